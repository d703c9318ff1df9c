"""A briefing composed of sentences made for the test, without an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from made_evidence import counts, said

from assistant import Briefing
from assistant.briefings.composing import SILENT, compose_briefing
from assistant.evidence.refusal import REFUSAL
from assistant.evidence.scoring import Evidence

EVIDENCE = [
    said("The upper dyke at Sarrel broke on 15 May 2022 after nine days of rain.", "a"),
    said("Ships of the harbour of Sarrel are currently idle below four sunken cranes.", "b"),
    said("The upper dyke at Sarrel was weak for years, engineers said.", "c"),
    said("Ships of the harbour of Sarrel paid double fees on 3 June 2022.", "d"),
    said("The upper dyke at Sarrel cost eight million crowns.", "a"),
    said("Ships of the harbour of Sarrel carry millet, copper and oil.", "b"),
]


def composed(evidence: Sequence[Evidence], **changes: Any) -> Briefing:
    values: dict[str, Any] = {
        "as_of": None, "length": "standard", "model": "extractive", "index_documents": 4,
        "embedding_model": "counts", "left_out_undated": None, "embed": counts,
    }  # fmt: skip
    return compose_briefing("floods at Sarrel", evidence, **values | changes)


def test_every_sentence_is_verbatim_and_cites_its_own_words() -> None:
    briefing = composed(EVIDENCE)
    sentences = [*briefing.bottom_line, *(one for part in briefing.paragraphs for one in part.sentences)]
    assert len(sentences) >= 4 and {sentence.support for sentence in sentences} == {"verbatim"}
    for sentence in sentences:
        (number,) = sentence.citations
        assert briefing.citations[number - 1].quote in sentence.text.replace(" [published 2022-06-01]", "")
    assert [citation.number for citation in briefing.citations] == list(range(1, len(briefing.citations) + 1))


def test_a_sentence_that_says_currently_is_dated() -> None:
    briefing = composed(EVIDENCE)
    sentences = [*briefing.bottom_line, *(one for part in briefing.paragraphs for one in part.sentences)]
    (dated,) = [sentence.text for sentence in sentences if "currently" in sentence.text]
    assert dated.endswith("[published 2022-06-01].")


def test_weak_evidence_is_refused_with_one_note() -> None:
    briefing = composed([replace(sentence, score=0.01) for sentence in EVIDENCE])
    assert briefing.refused and [sentence.text for sentence in briefing.bottom_line] == [REFUSAL]
    assert (briefing.paragraphs, briefing.citations, briefing.chronology) == ((), (), ())


def test_an_outline_gives_the_paragraphs_in_its_order_and_says_where_the_sources_are_silent() -> None:
    briefing = composed(EVIDENCE, outline=[("The mine", []), ("The dyke", [EVIDENCE[0], EVIDENCE[2]])])
    assert [paragraph.heading for paragraph in briefing.paragraphs] == ["The mine", "The dyke"]
    assert [sentence.text for sentence in briefing.paragraphs[0].sentences] == [SILENT]


def test_further_sentences_serve_the_chronology_alone() -> None:
    further = said("The lock of Tamsin at Sarrel was closed on 20 May 2022.", "e")
    briefing = composed(EVIDENCE, further=[further])
    assert "2022-05-20" in {event.date for event in briefing.chronology}
    body = str([*briefing.bottom_line, *briefing.paragraphs])
    assert "Tamsin" not in body


def test_a_lone_paragraph_has_no_bottom_line_no_chronology_and_no_weak_sentence() -> None:
    weak = replace(said("The upper dyke at Sarrel is long.", "f"), score=0.3)
    briefing = composed([EVIDENCE[0], EVIDENCE[2], weak], length="paragraph")
    assert (briefing.bottom_line, briefing.chronology) == ((), ())
    (paragraph,) = briefing.paragraphs
    assert weak.text not in [sentence.text for sentence in paragraph.sentences]
