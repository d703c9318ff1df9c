from __future__ import annotations

import json

import pytest
from passages import passage_of
from result_values import citation_of

from assistant.results.answer import Answer, Citation, CitationList, Sentence, escape_markers


def test_a_citation_of_a_passage_quotes_it_and_counts_from_its_document() -> None:
    passage = passage_of("The harbour flooded in May.")
    citation = Citation.of(passage, 4, 11)
    assert (citation.quote, citation.start, citation.end) == ("harbour", 4, 11)
    assert citation.document_id == passage.document_id and citation.number == 0


def test_the_same_span_gets_the_same_number_whatever_number_it_had() -> None:
    numbered = CitationList()
    first, second = citation_of(7), citation_of(9)
    assert numbered.numbers([second, first, second]) == (1, 2)
    assert numbered.number(citation_of(9, passage_id="d1:4", number=3)) == 1
    assert [(citation.number, citation.start) for citation in numbered.citations] == [(1, 90), (2, 70)]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("It fell [3].", "It fell ［3］."),
        ("It fell [3, 4; 5–6].", "It fell ［3, 4; 5–6］."),
        ("It fell [sic].", "It fell [sic]."),
        ("It fell [3 men].", "It fell [3 men]."),
    ],
)
def test_bracketed_numbers_of_a_source_cannot_pass_for_citations(text: str, escaped: str) -> None:
    assert escape_markers(text) == escaped


def answer_of(sentences: tuple[Sentence, ...], listed: bool = False, refused: bool = False) -> Answer:
    citations = () if refused else (citation_of(1), citation_of(2))
    return Answer(
        question="What fell?",
        sentences=sentences,
        citations=citations,
        refused=refused,
        model="extractive",
        seconds=0.5,
        listed=listed,
    )


def test_an_answer_is_a_paragraph_or_a_list_whose_remarks_have_no_bullet() -> None:
    sentences = (Sentence("A remark."), Sentence("It fell.", (1, 2), "verbatim"))
    assert answer_of(sentences).text == "A remark. It fell. [1] [2]"
    assert answer_of(sentences, listed=True).text == "A remark.\n- It fell. [1] [2]"


def test_an_answer_is_read_back_from_its_json_as_it_was() -> None:
    sentence = Sentence("It fell.", (1,), "unsupported", 0.4, ("a number differs",), "edited")
    answer = answer_of((sentence,), listed=True)
    assert Answer.from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_only_a_refusal_has_nearest_passages() -> None:
    assert "nearest" not in answer_of(()).to_json()
    assert answer_of((), refused=True).to_json()["nearest"] == []


def test_a_sentence_of_an_older_answer_lacks_reasons_and_mark() -> None:
    row = {"text": "It fell.", "citations": [1], "support": "verbatim", "score": 1.0}
    assert Sentence.from_json(row) == Sentence("It fell.", (1,), "verbatim")
