"""The style sheet."""

from __future__ import annotations

import re

import pytest

from assistant.pages.shared.style import style


@pytest.mark.parametrize(
    ("theme", "scheme"), [("dark", "dark"), ("light", "light"), (None, "light dark"), ("x", "light dark")]
)
def test_the_sheet_takes_the_theme_that_the_browser_shows(theme: str | None, scheme: str) -> None:
    assert style(theme).startswith(f"<style>:root {{ color-scheme: {scheme}; }}")


def test_the_sheet_loads_nothing_and_closes_every_brace() -> None:
    sheet = style("light")
    assert not re.search(r"url\(|@import|https?:", sheet)
    assert sheet.count("{") == sheet.count("}") and sheet.endswith("</style>")


def test_every_colour_of_our_own_is_defined() -> None:
    sheet = style(None)
    assert set(re.findall(r"var\((--bd-[a-z-]+)\)", sheet)) <= set(re.findall(r"(--bd-[a-z-]+):", sheet))
