from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.briefings.composing import SILENT
from assistant.questions.topics import Topic, topic_of

HARBOUR = """---
date: 2022-05-16
publisher: River Wire
---
# Water in the harbour

The flood in the harbour of Sarrel drowned 14 people on 15 May 2022. The flood broke the upper dyke of the harbour.
Traders lost 300 tonnes of grain in the harbour warehouses. The army sent boats to the harbour of Sarrel after the
flood. The mayor of Sarrel said that the harbour would get pumps.
"""
LATER = HARBOUR.replace("2022-05-16", "2023-02-01").replace("14 people", "22 people")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "harbour.md").write_text(HARBOUR, "utf8")
    (tmp_path / "later.md").write_text(LATER, "utf8")
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        desk.add([str(tmp_path / "harbour.md"), str(tmp_path / "later.md")])
        yield desk


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("JNIM in Kayes", Topic("JNIM in Kayes")),
        ("Brief me on JNIM in Kayes as of June 2023", Topic("JNIM in Kayes", as_of="2023-06")),
        ("Please write me a briefing about gold, as of 5 May 2021.", Topic("gold", as_of="2021-05-05")),
        ("Kayes\n- Attacks\n2. Gold:\n\n## Response", Topic("Kayes", ("Attacks", "Gold", "Response"))),
        ("Who attacked Kolda in May 2021?", Topic("Who attacked Kolda in May 2021?")),
        ("Rules as of old", Topic("Rules as of old")),
    ],
)
def test_a_topic_is_a_phrase_a_question_or_an_outline(text: str, topic: Topic) -> None:
    assert topic_of(text) == topic


@pytest.mark.parametrize(
    "text", ["", " \n ", "Kayes\n" + "\n".join(f"- Part {n}" for n in range(30)), "x" * 30_000]
)
def test_a_topic_that_cannot_be_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"topic|outline"):
        topic_of(text)


def test_the_headings_of_an_outline_are_kept_in_order_and_one_without_sources_says_so(
    desk: Assistant,
) -> None:
    briefing = desk.brief("The flood in the harbour\n- What the army did\n- Grain\n- Opera houses")
    assert [one.heading for one in briefing.paragraphs] == ["What the army did", "Grain", "Opera houses"]
    army, grain, opera = briefing.paragraphs
    assert "boats" in army.sentences[0].text and "300 tonnes" in grain.sentences[0].text
    assert [one.text for one in opera.sentences] == [SILENT] and opera.confidence is None
    assert any("Opera houses" in gap for gap in briefing.gaps)
    told = [one.text for paragraph in briefing.paragraphs for one in paragraph.sentences]
    assert len(told) == len(set(told))
    assert desk.verify(briefing.to_json())["ok"]
    assert briefing.inputs["outline"] == ["What the army did", "Grain", "Opera houses"]


def test_a_cut_off_named_in_the_topic_leaves_out_what_came_later_and_says_how_much(desk: Assistant) -> None:
    briefing = desk.brief("Brief me on the flood in the harbour as of June 2022")
    assert briefing.as_of == "2022-06" and briefing.left_out_later == 1
    assert {one.published for one in briefing.citations} == {"2022-05-16"}
    assert "1 report published after 2022-06 was left out." in briefing.gaps
    assert "14 people" in str(briefing.to_json()) and "22 people" not in str(briefing.to_json())
