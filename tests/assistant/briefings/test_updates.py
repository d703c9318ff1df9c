"""A briefing written again: what changed, and which report caused it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.briefings.updates import compare_briefings
from vectorstore import NotFound

FERRY = (
    "The ferry of Lomidan ran aground on 4 May 2021 with 62 people aboard. The harbour master of Lomidan closed the "
    "ferry for a week. Traders of Lomidan crossed the river in canoes while the ferry was closed.\n"
)
TOLL = (
    "The ferry of Lomidan had no life vests on 4 May 2021, its owner admitted. The owner of the ferry of Lomidan was "
    "fined 300 francs.\n"
)
TOPIC = "The ferry of Lomidan"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(settings=Settings(data_dir=tmp_path / "data")) as desk:
        add(desk, tmp_path / "ferry.txt", FERRY, "River Desk", "2021-05-05")
        yield desk


def add(desk: Assistant, path: Path, text: str, publisher: str, published: str) -> str:
    path.write_text(text, "utf8")
    report = desk.add([str(path)], corrections={"publisher": publisher, "published": published})
    assert report.documents[0].record is not None
    return report.documents[0].record.document_id


def test_a_briefing_written_again_names_the_new_report_behind_each_new_sentence(
    desk: Assistant, tmp_path: Path
) -> None:
    first = desk.brief(TOPIC, as_of="2022-01-01", handling="FOR THE DESK ONLY")
    number = desk.save_briefing(first.to_json())
    same, nothing = desk.update_brief(number)
    assert nothing.changes == () and nothing.unchanged > 0 and same.as_of == "2022-01-01"
    assert same.handling == "FOR THE DESK ONLY"
    add(desk, tmp_path / "toll.txt", TOLL, "Coast Monitor", "2021-06-01")
    later, changes = desk.update_brief(number)
    fresh = [one for one in changes.changes if one.kind in ("new", "changed") and "owner" in one.text]
    assert fresh and all(one.cause.startswith("new report: Coast Monitor, 1 June 2021") for one in fresh)
    cited = {one.number: one.publisher for one in later.citations}
    assert all("Coast Monitor" in {cited[number] for number in one.citations} for one in fresh)
    assert changes.unchanged > 0 and desk.verify(later.to_json())["ok"]


def test_what_a_removed_or_corrected_report_carried_is_gone_or_changed_for_that_reason(
    desk: Assistant, tmp_path: Path
) -> None:
    toll = add(desk, tmp_path / "toll.txt", TOLL, "Coast Monitor", "2021-06-01")
    number = desk.save_briefing(desk.brief(TOPIC).to_json())
    desk.remove([toll])
    _, changes = desk.update_brief(number)
    gone = [one for one in changes.changes if one.kind == "gone" and "owner" in one.text]
    assert gone and all(one.cause.startswith("its report was removed: Coast Monitor") for one in gone)


def test_the_saved_sentences_that_rest_on_a_report_are_listed(desk: Assistant) -> None:
    ferry = desk.documents()[0].document_id
    assert desk.history.resting_on({ferry}) == []
    briefing = desk.brief(TOPIC)
    number = desk.save_briefing(briefing.to_json())
    conversation = desk.history.start("How many were aboard?")
    answer = desk.ask("How many people were aboard the ferry of Lomidan?")
    desk.history.append(conversation, "assistant", answer.text, answer.to_json())
    rested = desk.history.resting_on({ferry})
    assert {(one.kind, one.id) for one in rested} == {("briefing", str(number)), ("answer", conversation)}
    texts = {one.text for one in rested}
    assert briefing.bottom_line[0].text in texts and answer.sentences[0].text in texts
    assert desk.history.resting_on({"another"}) == []


def test_a_sentence_that_only_moved_has_not_changed(desk: Assistant) -> None:
    from dataclasses import replace

    one = desk.brief(TOPIC)
    moved = replace(one, paragraphs=tuple(replace(each, heading="Elsewhere") for each in one.paragraphs))
    assert compare_briefings(one, moved, desk.documents()).changes == ()


def test_a_briefing_that_is_not_there_cannot_be_updated(desk: Assistant) -> None:
    with pytest.raises(NotFound, match="briefing saved"):
        desk.update_brief(99)
