"""The linter: rules that say whether a briefing, written by the desk or by hand, is fit to sign.

Public: `Finding`, `lint`, `LintReport`, `SourceLookup`. The writers that check a model's wording also import
`draft.own_words` and `draft.icd203_terms`.
"""

from assistant.lint.draft.finding import Finding
from assistant.lint.linting import LintReport, lint
from assistant.lint.rules.quoted import SourceLookup

__all__ = ["Finding", "LintReport", "SourceLookup", "lint"]
