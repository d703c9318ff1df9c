"""One HTML file that needs nothing else: light and dark, good to print, every word of a source escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from assistant.briefing import Briefing
from assistant.event_table import WHAT, cell, columns
from assistant.export import outline
from assistant.export.timeline_svg import svg
from assistant.wording import date_words


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
            outline=outline,
            date_words=date_words,
            columns=names,
            cell=cell,
            what=WHAT,
            timeline=Markup(svg(one.chronology)),
        )
        .encode()
    )
