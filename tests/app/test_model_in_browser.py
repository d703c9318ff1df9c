"""A chat model behind the app: its sentences stream, are checked, and can be stopped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai_server import ChatServer, chat_server, in_pieces
from served import ask, served

_TRUE = "The Courier counted 43 attacks by Katiba Macina in the Kayes region between January and October 2023 [1]. "
_FALSE = "It counted 612 attacks in Gao [1]."


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[tuple[str, ChatServer]]:
    data = tmp_path_factory.mktemp("model") / "data"
    shutil.copytree(models, data / "models")
    with chat_server(lambda messages: in_pieces(_TRUE + _FALSE)) as server:
        settings = {
            "BRIEFING_MODEL": "openai:stand-in",
            "BRIEFING_MODEL_BASE_URL": server.url,
            "BRIEFING_MODEL_API_KEY": "none",
        }
        with served(data, **settings) as url:
            yield url, server


def test_the_app_names_the_model_and_marks_what_its_sources_do_not_say(
    behind: tuple[str, ChatServer], page: Any
) -> None:
    page.goto(behind[0])
    ask(page, "How many attacks were there in Kayes in 2023?")
    assert "openai:stand-in" in page.get_by_test_id("stSidebar").inner_text()
    assert "612" in page.locator(".bd-unsupported").inner_text()
    assert "612" in page.locator(".bd-reason").first.inner_text()
    assert "43 attacks" in page.locator(".bd-prose").first.inner_text()


def test_an_answer_can_be_stopped_and_what_was_written_is_kept(
    behind: tuple[str, ChatServer], page: Any
) -> None:
    url, server = behind
    go_on = threading.Event()

    def halting(messages: list[dict[str, Any]]) -> Any:
        yield from in_pieces(_TRUE)
        yield " The"
        go_on.wait(60)
        yield " rest never comes."

    server.script = halting  # type: ignore[assignment]
    try:
        page.goto(url)
        field = page.get_by_test_id("stChatInputTextArea")
        field.fill("How many attacks were there in Kayes?")
        field.press("Enter")
        page.get_by_text("43 attacks").first.wait_for()
        page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop").click()
        page.get_by_text("Stopped before the answer was finished").wait_for()
        page.reload()
        page.get_by_text("43 attacks").first.wait_for()
        assert "rest never comes" not in page.content()
    finally:
        go_on.set()
