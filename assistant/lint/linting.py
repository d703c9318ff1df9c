"""Runs every rule over one briefing and collects the findings."""

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
    """What the linter found in one briefing."""

    findings: tuple[Finding, ...]  # sorted by line; empty when the briefing is sound
    quotes_checked: bool  # True if quotes were compared with the reports of an index

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values: `ok` (True without findings), `findings`, `quotes_checked`."""
        return {
            "ok": not self.findings,
            "findings": [finding.to_json() for finding in self.findings],
            "quotes_checked": self.quotes_checked,
        }


def lint(data: bytes, name: str, lookup: SourceLookup | None = None) -> LintReport:
    """Check the briefing in `data`, the bytes of a file called `name`, against every rule.

    Quotes are compared with the reports in `lookup`. If it is None or holds no documents, that check is skipped and
    the report says so. Raises IngestError `empty`, `unknown_kind`, `unreadable` or `too_large`.
    """
    draft = draft_of(read_blocks(data, name))
    findings = [finding for rule in _RULES for finding in rule(draft)]
    findings += covered.uncovered_findings(draft, lookup.embed if lookup is not None else None)
    checked = lookup is not None and bool(lookup.documents)
    if lookup is not None and checked:
        findings += quoted.missing_quote_findings(draft, lookup)
    return LintReport(tuple(sorted(findings, key=lambda finding: finding.line)), checked)
