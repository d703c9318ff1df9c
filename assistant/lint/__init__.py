"""Is a briefing fit to sign? Rules over any briefing, the desk's or one written by hand: see `lint`."""

from assistant.lint.draft.finding import Finding
from assistant.lint.linting import LintReport, lint
from assistant.lint.rules.quoted import SourceLookup

__all__ = ["Finding", "LintReport", "SourceLookup", "lint"]
