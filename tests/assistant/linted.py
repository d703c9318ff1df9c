"""A short sound briefing in Markdown, which tests of the linter add a fault to."""

from __future__ import annotations

from assistant.lint import Finding, lint

HEAD = "# Floods\n\nAs of 1 June 2022\n\n"
NOTES = (
    "\n## Notes\n\n[1] River Wire, “Water over the quays”, 16 May 2022: “The dyke at Kolda broke on 15 May 2022 and "
    "14 people died.”\n[2] River Wire, “Water over the quays”, 16 May 2022: “The port is closed, and rain may go on.”\n"
)
SOUND = "The dyke at Kolda broke on 15 May 2022. [1] The port was closed. [2]\n"


def found(body: str, head: str = HEAD, notes: str = NOTES, name: str = "floods.md") -> list[Finding]:
    """What the linter finds in a briefing with this body."""
    return list(lint(f"{head}{body}{notes}".encode(), name).findings)


def rules(body: str, head: str = HEAD, notes: str = NOTES, name: str = "floods.md") -> list[tuple[int, str]]:
    """As `found`: line and rule alone."""
    return [(finding.line, finding.rule) for finding in found(body, head, notes, name)]
