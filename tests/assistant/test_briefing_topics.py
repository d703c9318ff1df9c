from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.briefings.composing import SILENT

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


def test_the_headings_of_an_outline_are_kept_in_order_and_one_without_sources_says_so(
    desk: Assistant,
) -> None:
    briefing = desk.brief("The flood in the harbour\n- What the army did\n- Grain\n- Opera houses")
    assert [paragraph.heading for paragraph in briefing.paragraphs] == [
        "What the army did",
        "Grain",
        "Opera houses",
    ]
    army, grain, opera = briefing.paragraphs
    assert "boats" in army.sentences[0].text and "300 tonnes" in grain.sentences[0].text
    assert [sentence.text for sentence in opera.sentences] == [SILENT] and opera.confidence is None
    assert any("Opera houses" in gap for gap in briefing.gaps)
    texts = [sentence.text for paragraph in briefing.paragraphs for sentence in paragraph.sentences]
    assert len(texts) == len(set(texts))
    assert desk.verify(briefing.to_json())["ok"]
    assert briefing.inputs["outline"] == ["What the army did", "Grain", "Opera houses"]


def test_a_cut_off_named_in_the_topic_leaves_out_what_came_later_and_says_how_much(desk: Assistant) -> None:
    briefing = desk.brief("Brief me on the flood in the harbour as of June 2022")
    assert briefing.as_of == "2022-06" and briefing.left_out_later == 1
    assert {citation.published for citation in briefing.citations} == {"2022-05-16"}
    assert "1 report published after 2022-06 was left out." in briefing.gaps
    assert "14 people" in str(briefing.to_json()) and "22 people" not in str(briefing.to_json())
