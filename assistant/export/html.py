"""One HTML file that needs nothing else: light and dark, good to print, every word of a source escaped."""

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
from assistant.results.event_table import WHAT, cell, columns
from assistant.results.wording import date_words


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files("assistant.export").joinpath("briefing.html").read_text("utf-8"))


def render(one: Briefing) -> bytes:
    names = columns(one.chronology)
    return (
        _template()
        .render(
            one=one,
            content=content,
            date_words=date_words,
            columns=names,
            cell=cell,
            what=WHAT,
            timeline=Markup(svg(one.chronology)),
            cites=_Markers(one.citations),
            marking_in_print=Markup(_css_string(content.sentence_text(one.handling or ""))),
        )
        .encode()
    )


class _Markers:
    """[1] as links that tell on hovering what they lead to; the first of each is where its endnote leads back."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._credits = {one.number: content.credit(one) for one in citations}
        self._led_back: set[int] = set()

    def __call__(self, numbers: Sequence[int]) -> Markup:
        return Markup("").join(self._one(number) for number in numbers)

    def _one(self, number: int) -> Markup:
        back = Markup(' id="ref-{}"').format(number) if number not in self._led_back else ""
        self._led_back.add(number)
        return Markup(' <a class="cite"{} href="#note-{}" title="{}">[{}]</a>').format(
            back, number, self._credits.get(number, ""), number
        )


def _css_string(text: str) -> str:
    """A string of a style sheet in which every character stands for itself."""
    escaped = "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text)
    return f'"{escaped}"'
