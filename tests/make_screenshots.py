"""Pictures of the real app over the sample reports, for the README: python tests/make_screenshots.py"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "app"))

from served import ask, browser, served, settled  # noqa: E402

DOCS = Path(__file__).parents[1] / "docs"
_QUESTION = "How many attacks were there in Kayes in 2023?"


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    executable = shutil.which("chromium") or sys.exit("there is no chromium: install it")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "data") as url,
        browser(executable) as opened,
    ):
        for scheme in ("light", "dark"):
            page = opened.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
            _pages(page, url, scheme)
        _phone(opened.new_page(viewport={"width": 390, "height": 844}), url)


def _pages(page: Any, url: str, scheme: str) -> None:
    page.goto(url)
    ask(page, "How many people are displaced in Mali?")
    settled(page)
    page.locator(".bd-source", has_text="Six months to leave").locator("button.bd-cite").first.click()
    page.get_by_role("dialog").locator("img").wait_for()
    _picture(page, f"ask-{scheme}")
    page.goto(f"{url}/briefing")
    page.get_by_label("Topic").fill("Displacement and humanitarian need in Mali")
    page.get_by_role("button", name="Write briefing").click()
    page.get_by_role("button", name="Word").wait_for()
    settled(page)
    page.locator(".bd-sentence").nth(1).hover()
    _picture(page, f"briefing-{scheme}")
    page.goto(f"{url}/library")
    page.get_by_text("Gold country under a longer shadow").first.wait_for()
    _picture(page, f"library-{scheme}")
    page.close()


def _phone(page: Any, url: str) -> None:
    page.goto(url)
    ask(page, _QUESTION)
    _picture(page, "phone")
    page.close()


def _picture(page: Any, name: str) -> None:
    settled(page)
    for question in page.locator(".bd-question").all()[:1]:  # the page follows what is written to its end
        question.scroll_into_view_if_needed()
    page.wait_for_timeout(800)  # fonts and the drawer's slide
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
