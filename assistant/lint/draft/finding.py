"""What a linter reports: where, which rule, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assistant.lint.draft.draft import DraftStatement


@dataclass(frozen=True)
class Finding:
    line: int  # 1-based; of a Word file the paragraph
    where: str  # the heading it stands under
    rule: str
    message: str
    remedy: str
    text: str  # the sentence or note

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def finding(one: DraftStatement, rule: str, message: str, remedy: str, at: int = 0) -> Finding:
    """A finding about a statement, at an offset of its text."""
    return Finding(one.line_at(at), one.where, rule, message, remedy, one.text)
