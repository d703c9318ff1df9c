"""Passages are exact, keep to their page and heading, hold every body sentence once, and never exceed the limit."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from ingest_samples import FIRST, PAGE, SECOND

from ingest import Block, Document, Span, passages, read, sentences
from ingest.splitting import TARGET


def words(text: str) -> int:
    return len(re.findall(r"\w+|[^\w\s]", text))


def document(*parts: tuple[str, str, int | None, str | None]) -> Document:
    text, blocks = "", []
    for body, kind, page, heading in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(body), kind, page, heading))  # type: ignore[arg-type]
        text += body
    return Document(text, tuple(blocks), "txt")


def assert_sound(
    report: Document, spans: list[Span], limit: int, count: Callable[[str], int] = words
) -> None:
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.end <= after.start
    assert all(count(report.text[span.start : span.end]) <= limit for span in spans)
    for block in report.blocks:
        inside = [span for span in spans if span.start < block.end and block.start < span.end]
        if block.kind in ("heading", "furniture"):
            assert not inside
            continue
        assert {(span.page, span.heading) for span in inside} == {(block.page, block.heading)}
        for start, end in sentences(report.text[block.start : block.end]):
            sentence = report.text[block.start + start : block.start + end]
            if count(sentence) <= limit:
                assert any(
                    span.start <= block.start + start and block.start + end <= span.end for span in spans
                )


def test_passages_keep_to_headings_pages_and_furniture() -> None:
    report = document(
        ("One", "heading", 1, None),
        (FIRST, "paragraph", 1, "One"),
        ("Photo: a crane", "furniture", 1, "One"),
        (SECOND, "paragraph", 1, "One"),
        (FIRST, "paragraph", 2, "One"),
        (SECOND, "paragraph", 2, "Two"),
    )
    spans = passages(report, 250, words)
    assert len(spans) == 4
    assert_sound(report, spans, 250)


def test_paragraphs_of_one_heading_share_a_passage_up_to_the_target() -> None:
    report = document(*[(FIRST, "paragraph", None, None)] * 8)
    spans = passages(report, 250, words)
    assert 1 < len(spans) < 8
    assert_sound(report, spans, TARGET)


@pytest.mark.parametrize("limit", [1, 5, 30, 60, 200])
def test_no_passage_exceeds_any_limit(limit: int) -> None:
    report = document(*[(f"{FIRST} {SECOND}", "paragraph", None, None)] * 3)
    assert_sound(report, passages(report, limit, words), limit)


def test_a_single_endless_word_is_cut_too() -> None:
    for count in (words, len, lambda text: len(text) // 4 + 1):
        report = document(("x" * 100_000, "paragraph", None, None))
        spans = passages(report, 200, count)
        assert spans[0].start == 0
        assert spans[-1].end == 100_000
        assert all(count(report.text[span.start : span.end]) <= 200 for span in spans)
        assert all(before.end == after.start for before, after in zip(spans, spans[1:], strict=False))


def test_a_small_rest_joins_the_passage_before() -> None:
    report = document(
        (" ".join(["These are exactly ten words that make up one sentence."] * 16), "paragraph", None, None)
    )
    assert [words(report.text[span.start : span.end]) for span in passages(report, 256, words)] == [176]


def test_a_document_of_nothing_but_headings_is_taken_whole() -> None:
    report = document(("One line", "heading", None, None), ("Photo: a crane", "furniture", None, None))
    spans = passages(report, 100, words)
    assert "".join(report.text[span.start : span.end] for span in spans) == report.text


def test_passages_of_real_files_are_sound(pdf: bytes, word: bytes) -> None:
    for data, name in ((pdf, "a.pdf"), (word, "a.docx"), (PAGE.encode(), "a.html")):
        report = read(data, name)
        assert_sound(report, passages(report, 40, words), 40)


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        passages(document((FIRST, "paragraph", None, None)), 0, words)
