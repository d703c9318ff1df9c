"""What the linter reports about one fault: where it is, which rule it breaks and how to mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assistant.lint.draft.draft import DraftStatement


@dataclass(frozen=True)
class Finding:
    """One fault in a briefing."""

    line: int  # 1-based; in a Word file the 1-based paragraph
    where: str  # the heading above it; "" if there is none
    rule: str  # name of the rule: "uncited", "mixed-likelihood", …
    message: str  # what is wrong
    remedy: str  # what to do about it
    text: str  # the faulty sentence or note; "" if the fault is in neither

    def to_json(self) -> dict[str, object]:
        """The fields as JSON values."""
        return asdict(self)


def finding(statement: DraftStatement, rule: str, message: str, remedy: str, at: int = 0) -> Finding:
    """A finding about a statement, on the line of the character at offset `at` of its text."""
    return Finding(statement.line_at(at), statement.where, rule, message, remedy, statement.text)
