"""search, ask, brief and verify, one at a time and in batches."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.questions import format_of

PASSAGE = {
    "passage_id", "document_id", "title", "authors", "publisher", "published", "source", "page", "heading", "start",
    "end", "text", "score",
}  # fmt: skip
CITATION = PASSAGE - {"text", "score"} | {"number", "quote"}

WHEN = "When did the bridge at Kolda fall?"


def test_passages_come_best_first_and_are_exact_spans(briefing: Any, ids: dict[str, str]) -> None:
    result = briefing("search", "traders fined for fish", "--json").json
    passages = result["passages"]
    assert result["query"] == "traders fined for fish" and passages[0]["source"] == "fish.txt"
    scores = [one["score"] for one in passages]
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] <= scores[0] <= 1
    texts = {one: briefing("show", one, "--text").out for one in ids.values()}
    for one in passages:
        assert set(one) >= PASSAGE and texts[one["document_id"]][one["start"] : one["end"]] == one["text"]


def test_k_is_how_many_passages_come(briefing: Any, index: Path) -> None:
    assert len(briefing("search", "bridge", "-k", 1, "--json").json["passages"]) == 1


def test_filters_choose_the_documents(briefing: Any, ids: dict[str, str]) -> None:
    briefing("edit", ids["fish.txt"], "--tag", "trade", "--publisher", "River Desk")
    for narrow in (["--tag", "trade"], ["--publisher", "river desk"], ["--document", ids["fish.txt"]]):
        found = briefing("search", "bridge", *narrow, "--json").json["passages"]
        assert {one["source"] for one in found} == {"fish.txt"}


def test_a_date_filter_says_how_many_undated_documents_it_left_out(
    briefing: Any, ids: dict[str, str]
) -> None:
    briefing("edit", ids["fish.txt"], "--published", "2022")
    run = briefing("search", "bridge", "--as-of", "2022-12-31", "--json")
    assert {one["source"] for one in run.json["passages"]} == {"fish.txt"}
    assert run.json["left_out_undated"] == 1
    early = briefing("search", "bridge", "--as-of", "2022-11", "--json").json  # "2022" may be December
    assert early["passages"] == []
    both = briefing("search", "bridge", "--as-of", "2022", "--include-undated", "--json").json
    assert {one["source"] for one in both["passages"]} == {"bridge.txt", "fish.txt"}
    told = briefing("search", "bridge", "--as-of", "2022").err
    assert "1 undated document was left out" in told and "--include-undated" in told


def holds_together(answer: dict[str, Any], texts: Callable[[str], str]) -> None:
    numbers = {one["number"] for one in answer["citations"]}
    markers = {int(one) for one in re.findall(r"\[(\d+)\]", answer["answer"])}
    assert numbers == markers == {n for one in answer["sentences"] for n in one["citations"]}
    assert bool(numbers) != answer["refused"]
    for one in answer["citations"]:
        assert set(one) >= CITATION and len(one["quote"]) <= 900
        assert texts(one["document_id"])[one["start"] : one["end"]] == one["quote"]


def test_an_answer_cites_exact_words(briefing: Any, index: Path) -> None:
    run = briefing("ask", WHEN, "--json")
    assert run.status == 0 and "March 2021" in run.json["answer"] and run.json["model"] == "extractive"
    holds_together(run.json, lambda one: briefing("show", one, "--text").out)


def test_an_answer_for_people_shows_numbered_sources(briefing: Any, index: Path) -> None:
    out = briefing("ask", WHEN).out
    assert "March 2021" in out and re.search(r"^\[1\] .*The bridge at Kolda.*undated", out, re.M)
    assert "“The bridge at Kolda fell in March 2021" in out


def test_a_refusal_is_a_proper_answer(briefing: Any, index: Path) -> None:
    run = briefing("ask", "What is the population of Iceland?", "--json")
    assert run.status == 0 and run.json["refused"] and run.json["citations"] == []
    assert all(one["support"] == "note" for one in run.json["sentences"])


def test_an_empty_index_refuses(briefing: Any) -> None:
    run = briefing("ask", WHEN, "--json")
    assert run.status == 0 and run.json["refused"]


def test_a_batch_keeps_order_and_a_bad_line_stops_nothing(
    briefing: Any, index: Path, tmp_path: Path, write_lines: Any, read_lines: Any
) -> None:
    batch = write_lines(
        {"id": "b", "question": WHEN},
        "{broken",
        "[1]",
        {"id": 7, "question": ""},
        {"id": "long", "question": "x" * 100_000},
        {
            "id": "a",
            "question": "How high were the fines?",
            "history": [{"role": "user", "content": "Fish?"}],
        },
        {"id": "odd", "question": "And when?", "history": ["what"]},
    )
    run = briefing("ask", "--batch", batch, "--out", tmp_path / "out.jsonl", "--json")
    lines = read_lines(tmp_path / "out.jsonl")
    assert run.status == 1 and (run.json["done"], run.json["failed"]) == (2, 5)
    assert [one["id"] for one in lines] == ["b", None, None, 7, "long", "a", "odd"]
    assert ["error" in one for one in lines] == [False, True, True, True, True, False, True]
    assert all(one["error"]["code"] and one["error"]["message"] for one in lines if "error" in one)
    holds_together(lines[0], lambda one: briefing("show", one, "--text").out)


def test_a_batch_in_another_encoding_loses_only_the_lines_it_spoils(
    briefing: Any, index: Path, tmp_path: Path, read_lines: Any
) -> None:
    good = json.dumps({"id": 1, "question": WHEN}).encode()
    (tmp_path / "in.jsonl").write_bytes(b'{"id": 0, "question": "\xe9t\xe9"}\r\n\r\n' + good + b"\r\n")
    run = briefing("ask", "--batch", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    assert run.status == 1
    assert [one["id"] for one in read_lines(tmp_path / "out.jsonl")] == [None, 1]


def test_search_batches_take_a_query_or_a_question(
    briefing: Any, index: Path, tmp_path: Path, write_lines: Any, read_lines: Any
) -> None:
    batch = write_lines({"id": 1, "query": "fish"}, {"id": 2, "question": "bridge"})
    run = briefing("search", "--batch", batch, "--out", tmp_path / "out.jsonl", "-k", 1)
    first, second = read_lines(tmp_path / "out.jsonl")
    assert run.status == 0 and first["passages"][0]["source"] == "fish.txt"
    assert second["query"] == "bridge" and second["passages"][0]["source"] == "bridge.txt"


def test_a_batch_that_cannot_be_read_or_written_is_told(
    briefing: Any, tmp_path: Path, write_lines: Any
) -> None:
    batch = write_lines({"id": 1, "query": "fish"})
    for one, other in ((tmp_path / "none.jsonl", tmp_path / "o"), (batch, tmp_path / "no" / "o")):
        run = briefing("search", "--batch", one, "--out", other, "--json")
        assert run.status == 1 and run.json["error"]["code"] == "system"


def test_a_briefing_cites_exact_words_and_verifies(briefing: Any, index: Path, tmp_path: Path) -> None:
    run = briefing("brief", "The bridge at Kolda", "--json")
    assert run.status == 0 and run.json["bottom_line"] and not run.json["refused"]
    saved = tmp_path / "brief.json"
    saved.write_text(run.out, "utf8")
    assert briefing("verify", saved, "--json").json == {"ok": True, "problems": []}
    changed = run.json
    changed["citations"][0]["quote"] += "!"
    saved.write_text(json.dumps(changed), "utf8")
    failed = briefing("verify", saved, "--json")
    assert failed.status == 1 and not failed.json["ok"] and failed.json["problems"][0]["message"]


@pytest.mark.parametrize(
    ("format", "head"), [("md", b"#"), ("html", b"<"), ("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")]
)
def test_a_briefing_is_written_in_every_format(
    briefing: Any, index: Path, tmp_path: Path, format: str, head: bytes
) -> None:
    file = tmp_path / f"brief.{format}"
    run = briefing("brief", "The bridge at Kolda", "--format", format, "-o", file, "--length", "short")
    assert run.status == 0 and head in file.read_bytes()[:200] and run.out == ""


def test_the_ending_of_the_file_names_the_format(briefing: Any, index: Path, tmp_path: Path) -> None:
    assert briefing("brief", "The bridge at Kolda", "-o", tmp_path / "brief.html").status == 0
    assert b"<html" in (tmp_path / "brief.html").read_bytes()[:500].lower()


def test_a_refused_briefing_is_a_proper_one(briefing: Any) -> None:
    run = briefing("brief", "The bridge at Kolda", "--json")  # of an empty index
    assert run.status == 0 and run.json["refused"] and run.json["citations"] == []


def test_briefings_come_in_batches(
    briefing: Any, index: Path, tmp_path: Path, write_lines: Any, read_lines: Any
) -> None:
    batch = write_lines({"id": "one", "topic": "The bridge at Kolda"}, {"id": "two", "topic": ""})
    run = briefing("brief", "--batch", batch, "--out", tmp_path / "out.jsonl")
    first, second = read_lines(tmp_path / "out.jsonl")
    assert run.status == 1 and first["id"] == "one" and first["citations"] and second["error"]["message"]


@pytest.mark.parametrize(
    ("option", "file", "format"),
    [
        (None, None, "md"),
        (None, "a.PDF", "pdf"),
        (None, "a.txt", "md"),
        ("html", "a.pdf", "html"),
        ("csv", None, "csv"),
    ],
)
def test_the_option_names_the_format_over_the_ending_of_the_file(
    option: str | None, file: str | None, format: str
) -> None:
    assert format_of(option, file and Path(file), to_screen=True) == format  # type: ignore[arg-type]


def test_a_binary_format_is_kept_from_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(ValueError, match="-o FILE.pdf"):
        format_of("pdf", None, to_screen=True)
    assert format_of("pdf", None, to_screen=False) == format_of("pdf", Path("a"), to_screen=True) == "pdf"
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert format_of("pdf", None, to_screen=True) == "pdf"
