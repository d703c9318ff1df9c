"""Briefings of real reports, from the topic to the saved JSON."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Briefing, Sentence
from assistant.briefings.verify import verify
from assistant.evidence.refusal import REFUSAL
from vectorstore import Filters

pytestmark = pytest.mark.index

REPORTS = {
    "wire.md": """---
title: Water over the quays
publisher: River Wire
date: 2022-05-16
---

At least 14 people were killed in the floods at Sarrel on 15 May 2022, the harbour master Odile Brandt said.
The floods at the port of Sarrel began on May 15, 2022, when the upper dyke broke after nine days of rain.
Four cranes of the river port fell into the water and every warehouse on the north quay was flooded.
The army evacuated Sarrel's old town on 16 May 2022 with rubber boats. The port of Sarrel will reopen to barges
by 1 June 2022, according to its director. Barges were held at the lock of Tamsin, two days upstream.
""",
    "gazette.md": """---
title: A town counts its dead
publisher: Delta Gazette
date: 2022-05-18
---

At least 22 people were killed in the floods at Sarrel on 15 May 2022, the mayor's office said on Tuesday.
Most of the dead lived below the upper dyke, which had not been repaired since 2016. Mayor Jonas Achterberg asked
the government for pumps on 17 May 2022. Insurance covers none of the flooded homes in Sarrel. Fuel from the port's
depot has spread over eleven kilometres of the river and killed the fish, biologists said.
""",
    "relief.md": """---
title: Relief after the flood
publisher: Open Hands
date: 2022-07-02
---

So far 3,100 people have been displaced by the floods in Sarrel, and most sleep in schools. Open Hands gave
1,900 mattresses to families at the port of Sarrel in June 2022. Cholera was found in two wells near the river port on
24 June 2022. The flooded market of Sarrel is currently closed, which leaves traders without an income.
""",
    "year-after.md": """---
title: Sarrel, a year on
publisher: Open Hands
date: 2023-05-20
---

In total 5,400 people have been displaced by the floods in Sarrel, and most now live in tents. The river port of
Sarrel reopened on 3 March 2023 after the floods with two cranes out of six. Rebuilding the upper dyke at Sarrel cost
8 million crowns, of which the port paid half. Shipping companies moved to the rival port of Hallum after the floods.
""",
    "memo.txt": """Memo on flood walls

The flood walls of the port of Sarrel are three metres high. Floods at the port of Sarrel were worse in 1994 than
anything the engineers had planned for. Sandbags protected the grain silos of the port against the water.
""",
    "mine.md": """---
title: Strike at the copper mine
publisher: Delta Gazette
date: 2021-11-09
---

Miners at the copper mine of Rudno stopped work on 2 November 2021 over unpaid wages. The owners offered a tenth more
pay, and the union refused. Deliveries of copper to the smelter ended after five days of the strike at Rudno.
""",
}
TOPIC = "floods at the port of Sarrel"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    with Assistant.open(tmp_path_factory.mktemp("data")) as opened:
        report = opened.add([str(folder)])
        assert [one.status for one in report.documents] == ["added"] * len(REPORTS)
        yield opened


@pytest.fixture(scope="module")
def briefing(desk: Assistant) -> Briefing:
    return desk.brief(TOPIC, length="long")


def body(one: Briefing) -> list[Sentence]:
    return [*one.bottom_line, *(sentence for paragraph in one.paragraphs for sentence in paragraph.sentences)]


def dates_of(one: Briefing) -> set[str | None]:
    return {citation.published for citation in one.citations}


# -- briefings of real reports


@pytest.mark.parametrize("length", ["short", "standard", "long"])
@pytest.mark.parametrize("topic", [TOPIC, "the strike at Rudno", "What did the floods destroy?"])
def test_every_number_leads_to_words_that_stand_in_a_report(desk: Assistant, topic: str, length: str) -> None:
    made = desk.brief(topic, length=length)
    assert not made.refused
    for citation in made.citations:
        assert desk.text(citation.document_id)[citation.start : citation.end] == citation.quote
    assert [citation.number for citation in made.citations] == list(range(1, len(made.citations) + 1))
    sides = [side for conflict in made.conflicts for side in conflict.sides]
    rows = [*body(made), *made.chronology, *sides]
    assert all(row.citations for row in rows)
    assert {number for row in rows for number in row.citations} == {one.number for one in made.citations}
    assert verify(made.to_json(), desk.text) == {"ok": True, "problems": []}


def test_a_topic_of_several_reports_is_told_from_several(briefing: Briefing) -> None:
    assert len({one.document_id for one in briefing.citations}) >= 4
    assert len({briefing.citations[one.citations[0] - 1].document_id for one in briefing.bottom_line}) == 2
    assert briefing.source_summary.documents == len({one.document_id for one in briefing.citations})
    assert "Rudno" not in "".join(one.quote for one in briefing.citations), "the strike is another topic"


def test_no_sentence_is_said_twice_in_the_text(briefing: Briefing) -> None:
    said = [one.text for one in body(briefing)]
    assert len(said) == len(set(said))
    assert len({one.heading for one in briefing.paragraphs}) == len(briefing.paragraphs)


def test_a_longer_briefing_says_no_less(desk: Assistant) -> None:
    short, standard, long = (
        len(body(desk.brief(TOPIC, length=one))) for one in ("short", "standard", "long")
    )
    assert 2 <= short <= standard <= long and short < long


@pytest.mark.parametrize("topic", ["sourdough baking with rye", "penalty shoot-outs at the world cup"])
def test_a_topic_that_no_report_speaks_of_is_refused(desk: Assistant, topic: str) -> None:
    made = desk.brief(topic)
    assert made.refused and made.citations == () and made.paragraphs == () and made.chronology == ()
    assert [one.text for one in made.bottom_line] == [REFUSAL]
    assert made.source_summary.documents == 0
    assert verify(made.to_json(), desk.text)["ok"]


def test_as_of_leaves_out_what_came_later_and_counts_what_has_no_date(desk: Assistant) -> None:
    made = desk.brief(TOPIC, filters=Filters(as_of="2022-05-31"), length="long")
    assert dates_of(made) == {"2022-05-16", "2022-05-18"}
    assert made.as_of == "2022-05-31" and made.left_out_undated == 1
    assert any("1 report without a known date was left out" in gap for gap in made.gaps)
    assert all(event.date <= "2022-05-31" for event in made.chronology)


def test_undated_reports_take_part_when_asked_for(desk: Assistant) -> None:
    made = desk.brief(TOPIC, filters=Filters(as_of="2022-05-31", include_undated=True), length="long")
    assert None in dates_of(made) and not made.left_out_undated
    assert made.source_summary.undated == 1
    assert any("published is not known: “Memo on flood walls”" in gap for gap in made.gaps)


def test_two_reports_that_count_the_same_dead_differently_are_set_side_by_side(briefing: Briefing) -> None:
    (conflict,) = [one for one in briefing.conflicts if "14" in one.about]
    assert conflict.kind == "conflict" and "22" in conflict.about
    assert [side.date for side in conflict.sides] == ["2022-05-16", "2022-05-18"]
    assert "14 people" in conflict.sides[0].text and "22 people" in conflict.sides[1].text


def test_a_later_figure_is_an_update_not_a_conflict(briefing: Briefing) -> None:
    (update,) = [one for one in briefing.conflicts if "3,100" in one.about]
    assert update.kind == "update" and "5,400" in update.about
    assert [side.date for side in update.sides] == ["2022-07-02", "2023-05-20"]


def test_the_chronology_runs_forward_and_holds_nothing_expected(briefing: Briefing) -> None:
    dates = [event.date for event in briefing.chronology]
    assert len(dates) >= 4 and dates == sorted(dates)
    assert {"2022-05-15", "2023-03-03"} <= set(dates)
    assert not any(" will " in event.text for event in briefing.chronology)


def test_today_in_an_old_report_is_given_its_date(briefing: Briefing) -> None:
    (said,) = [one.text for one in body(briefing) if "currently closed" in one.text]
    assert said.endswith("without an income [published 2022-07-02].")


def test_one_changed_letter_of_a_quote_is_found(desk: Assistant, briefing: Briefing) -> None:
    for place in range(len(briefing.citations)):
        saved = copy.deepcopy(briefing.to_json())
        quote = saved["citations"][place]["quote"]
        saved["citations"][place]["quote"] = quote[:5] + ("x" if quote[5] != "x" else "y") + quote[6:]
        found = verify(saved, desk.text)
        assert not found["ok"] and f"citation {place + 1}" in [one["where"] for one in found["problems"]]


def test_a_saved_briefing_is_read_back_whole(briefing: Briefing) -> None:
    again = Briefing.from_json(briefing.to_json())
    assert again.to_json() == briefing.to_json()
    assert again.paragraphs == briefing.paragraphs and again.citations == briefing.citations


# -- parts, on sentences made by hand


def test_a_report_on_something_else_does_not_fill_a_short_briefing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The miners of Rudno went on strike on 3 May 2021 over unpaid wages.\n")
    (tmp_path / "b.txt").write_text("Oyster beds off the coast of Hallum are closed to fishing in winter.\n")
    with Assistant.open(tmp_path / "data") as desk:
        desk.add([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
        briefing = desk.brief("The strike of the miners at Rudno", length="long")
    assert {one.source for one in briefing.citations} == {"a.txt"}
