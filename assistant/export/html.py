"""A briefing as one HTML file that loads nothing and runs nothing: light and dark, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from assistant.export import content
from assistant.export.timeline_svg import svg
from assistant.results.answer import Citation
from assistant.results.briefing import Briefing
from assistant.results.event_table import WHAT_HAPPENED, cell, columns
from assistant.results.wording import date_words


def render(briefing: Briefing) -> bytes:
    """The briefing as an HTML file in UTF-8; every word of a source is escaped by the template."""
    return (
        _template()
        .render(
            briefing=briefing,
            content=content,
            date_words=date_words,
            columns=columns(briefing.chronology),
            cell=cell,
            what=WHAT_HAPPENED,
            timeline=Markup(svg(briefing.chronology)),
            cites=_Markers(briefing.citations),
            marking_in_print=Markup(_css_string(content.sentence_text(briefing.handling or ""))),
        )
        .encode()
    )


@cache
def _template() -> Template:
    """briefing.html, which escapes every value and fails on a name that it does not know."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files("assistant.export").joinpath("briefing.html").read_text("utf-8"))


class _Markers:
    """Markers [1] as links to their endnotes, with the credit as their tooltip.

    The first marker of each number carries the id that the endnote's own link leads back to. One object per file.
    """

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._credits = {citation.number: content.credit(citation) for citation in citations}
        self._anchored: set[int] = set()  # numbers whose first marker has been written

    def __call__(self, numbers: Sequence[int]) -> Markup:
        return Markup("").join(self._marker(number) for number in numbers)

    def _marker(self, number: int) -> Markup:
        anchor = Markup(' id="ref-{}"').format(number) if number not in self._anchored else ""
        self._anchored.add(number)
        return Markup(' <a class="cite"{} href="#note-{}" title="{}">[{}]</a>').format(
            anchor, number, self._credits.get(number, ""), number
        )


def _css_string(text: str) -> str:
    r"""A CSS string in which every character stands for itself: `_css_string('a"b')` is `"a\22 b"`."""
    escaped = "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text)
    return f'"{escaped}"'
