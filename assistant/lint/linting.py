"""All rules over one briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.lint.draft.draft import DraftBriefing, draft_of
from assistant.lint.draft.finding import Finding
from assistant.lint.formats.detect import read_blocks
from assistant.lint.rules import cited, covered, dated, judging, quoted
from assistant.lint.rules.quoted import SourceLookup

_RULES: tuple[Callable[[DraftBriefing], Iterator[Finding]], ...] = (
    cited.uncited_findings,
    cited.markers_without_note,
    cited.unused_notes,
    judging.confidence_with_likelihood,
    judging.mixed_columns,
    judging.bare_possibility,
    dated.undated_time,
    dated.as_of,
    quoted.altered_quote_findings,
    quoted.figure_findings,
)


@dataclass(frozen=True)
class LintReport:
    findings: tuple[Finding, ...]  # by line
    quotes_checked: bool  # against the reports of an index

    def to_json(self) -> dict[str, Any]:
        return {
            "ok": not self.findings,
            "findings": [one.to_json() for one in self.findings],
            "quotes_checked": self.quotes_checked,
        }


def lint(data: bytes, name: str, shelf: SourceLookup | None = None) -> LintReport:
    """What is wrong with the briefing in `data`, a file called `name`.

    Quotes are looked up in the reports of `shelf`; without one, or with an empty one, they are not. Raises IngestError
    `empty`, `unknown_kind`, `unreadable` or `too_large`.
    """
    draft = draft_of(read_blocks(data, name))
    found = [finding for rule in _RULES for finding in rule(draft)]
    found += covered.uncovered_findings(draft, shelf.embed if shelf is not None else None)
    checked = shelf is not None and bool(shelf.documents)
    if shelf is not None and checked:
        found += quoted.missing_quote_findings(draft, shelf)
    return LintReport(tuple(sorted(found, key=lambda one: one.line)), checked)
