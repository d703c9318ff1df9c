"""Chronologies: what counts as an event, when, where, by whom, and one row for each; as table, picture and CSV."""

from __future__ import annotations

import copy
import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from assistant import Assistant, Citation
from assistant.events.casualties import casualties_in
from assistant.events.chronology import chronology
from assistant.evidence.scoring import Evidence
from assistant.export.csv import COLUMNS, table
from assistant.export.pdf.timeline import drawing
from assistant.export.timeline_svg import svg
from assistant.language.date_resolution import DateContext, event_dates
from assistant.results.answer import CitationList
from assistant.results.briefing import Event
from assistant.results.event_table import WHAT, columns
from assistant.results.timeline import timeline
from assistant.results.wording import shorten
from vectorstore import Filters, Passage

REPORTS = {
    "wire.md": """---
title: Water over the quays
publisher: River Wire
date: 2022-05-16
---

At least 14 people were killed in the floods at Sarrel on 15 May 2022, the harbour master Odile Brandt said.
The army evacuated the old town of Sarrel on Monday with rubber boats. The port will reopen to barges by 1 June 2022.
""",
    "gazette.md": """---
title: A town counts its dead
publisher: Delta Gazette
date: 2022-07-18
---

Floods killed at least 22 people at Sarrel on 15 May 2022. The council dismissed Mayor Jonas Achterberg in June.
""",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    folder, data = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("index") / "data"
    shutil.copytree(models, data / "models")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    with Assistant.open(data) as opened:
        opened.add([str(folder)])
        yield opened


def said(text: str, document: str = "a", published: str | None = "2022-06-01", **passage: str) -> Evidence:
    """One sentence that is a passage of its own."""
    held = Passage(
        f"{document}:{text}", document, f"Report {document}", (), passage.get("publisher"), published,
        f"{document}.txt", None, passage.get("heading"), 0, len(text), text,
    )  # fmt: skip
    return Evidence(held, 0, len(text), score=0.9)


def events(*evidence: Evidence, as_of: str | None = None, most: int = 10) -> list[tuple[str, str]]:
    return [(one.date, one.text) for one in chronology(evidence, CitationList().number, as_of, most)]


def test_the_month_of_may_is_not_the_verb() -> None:
    text = "On May 15, 2022 the dyke at Sarrel broke."
    assert events(said(text)) == [("2022-05-15", text)]
    assert events(said("The dyke of 15 May 2022 may break again.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The port will reopen in March 2022.",
        "Barges are expected at the quay on 3 March 2022.",
        "The union plans to strike on 3 March 2022.",
        "Pay should have been settled by the end of March 2022.",
        "Wages have been unpaid since March 2022.",
        "The dyke was strong.",
        "The dyke broke in March 2025.",
    ],
)
def test_what_is_expected_lasting_undated_or_later_than_its_report_is_no_event(text: str) -> None:
    assert events(said(text)) == []


def test_a_dateline_is_when_it_was_written_not_when_it_happened() -> None:
    assert events(said("Sarrel, 1 June 2022 – The mayor spoke of the dyke.")) == []


def test_one_event_told_twice_is_one_row_with_both_sources() -> None:
    one = said("The upper dyke at Sarrel broke on 15 May 2022.", "a")
    other = said("On 15 May 2022 Sarrel's upper dyke broke after rain.", "b")
    (row,) = chronology([one, other], CitationList().number, None, 10)
    assert row.text == one.text and row.citations == (1, 2)


def test_the_strongest_events_are_kept_and_sorted() -> None:
    rows = [said(f"The ferry sank on {day} May 2022.") for day in (9, 3, 6)]
    rows += [said("Cranes were sold in 2021."), said("A lock jammed in May 2022.")]
    assert [date for date, _ in events(*rows, most=3)] == ["2022-05-03", "2022-05-06", "2022-05-09"]
    assert [date for date, _ in events(*rows)] == [
        "2021",
        "2022-05",
        "2022-05-03",
        "2022-05-06",
        "2022-05-09",
    ]


def test_a_row_that_is_too_long_ends_at_a_clause() -> None:
    cut = shorten("The port closed after the flood, " * 12)
    assert len(cut) <= 242 and cut.endswith("the flood …")
    assert shorten("The port closed.") == "The port closed."


def rows(*evidence: Evidence) -> tuple[Event, ...]:
    return chronology(evidence, CitationList().number, None, 20)


# -- when


def dated(text: str, before: str = "", published: str | None = None, after: str = "") -> list[str | None]:
    return [one.date for one in event_dates(text, DateContext(before, f"{before}{text}{after}", published))]


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        ("The dyke broke on Tuesday.", "2022-05-18", "2022-05-17"),
        ("The dyke broke on Wednesday.", "2022-05-18", "2022-05-18"),
        ("The dyke broke yesterday.", "2022-03-01", "2022-02-28"),
        ("The dyke broke three days ago.", "2022-05-18", "2022-05-15"),
        ("The dyke broke last month.", "2022-01-18", "2021-12"),
        ("The dyke broke last month.", "2022-01", "2021-12"),
        ("The dyke broke last year.", "2022", "2021"),
        ("The dyke broke earlier this year.", "2022-05-18", "2022"),
        ("The dyke broke last week.", "2022-05-18", "2022-05"),
        ("The dyke broke in early March.", "2022-05-18", "2022-03"),
        ("The dyke broke on 2 Nov. and burst.", "2022-11-18", "2022-11-02"),
    ],
)
def test_a_relative_date_is_told_from_its_report_s(text: str, published: str, date: str) -> None:
    assert dated(text, published=published) == [date]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The dyke broke on Tuesday.", None),
        ("The dyke broke on Tuesday.", "2022-05"),  # which of five?
        ("The dyke broke last month.", "2022"),
        ("The dyke broke last week.", "2022-06-06"),  # the week lies in two months
        ("The mayor was invited to the lock on 16 December.", "2022-12-05"),  # that is to come
        ("The dyke broke in March.", None),
    ],
)
def test_a_date_that_is_not_certain_is_found_and_left_open(text: str, published: str | None) -> None:
    assert dated(text, published=published) == [None]
    assert rows(said(text, published=published)) == ()


def test_a_day_without_its_year_is_settled_by_the_report_around_it() -> None:
    before = "On 9 April 2020 the lock jammed. "
    assert dated("Four months later, on 5 August, the dyke broke.", before) == ["2020-08-05"]
    assert dated("Two days later the dyke broke.", before) == ["2020-04-11"]
    assert dated("On 18 June the dyke broke.", after=" So ended June 2023.") == ["2023-06-18"]
    assert dated("On 17 February it fell.", "It rose on 31 January 2022. ", "2022-08-24") == ["2022-02-17"]
    assert dated("On 24 May it fell.", "He led the strike of August 2020. ", "2021-06-09") == ["2021-05-24"]
    assert dated("On 24 May it fell.", "It rose on 3 May 2019. ", "2021-06-09") == ["2019-05-24"]
    two = " It came in June 2021, and in June 2023."
    assert dated("On 18 June the dyke broke.", after=two) == [None]


def test_neither_end_of_a_span_is_when_it_happened() -> None:
    assert dated("Towns fell between October and December 2021.")[-1] == "2021"
    assert dated("It burnt from 3 May 2020 to 9 May 2020.")[-1] == "2020-05"


def test_a_year_that_stands_once_for_two_days_holds_for_both_however_old_they_are() -> None:
    text = "It burnt on 28 February and 2 March 2012."
    assert dated(text, published="2018-06-15") == ["2012-02-28", "2012-03-02"]
    assert dated("The dyke of 16 March 1827 broke.", published="2018-06-15") == ["1827-03-16"]


# -- what


@pytest.mark.parametrize(
    "text",
    [
        "The council intends to sell the cranes in March 2022.",
        "Sarrel had 3,000 inhabitants in March 2022.",
        "The port remained shut in March 2022.",
        "As of March 2022, half of the quays were mended.",
        "In March 2022 the mayor said that the dyke was strong.",
        "The cranes, which were needed by March 2022, are old.",
        "The owners did not sign in March 2022.",
        "If the dyke had broken in March 2022, the port would be gone.",
        "Convoys planned for March 2022 carry wheat.",
    ],
)
def test_an_intention_a_state_a_saying_or_a_denial_is_no_event(text: str) -> None:
    assert rows(said(text)) == ()


def test_what_is_announced_is_an_event_of_the_announcement_not_of_what_it_promises() -> None:
    (row,) = rows(said("On 3 March 2022 the owners announced that they would sell the cranes by June 2022."))
    assert row.date == "2022-03-03" and row.actor == "owners"


def test_one_sentence_tells_each_event_that_it_dates() -> None:
    text = "When the last barge left Sarrel on 15 May 2022, it ended a trade that had begun on 11 May 1993."
    assert [(one.date, one.place) for one in rows(said(text))] == [
        ("1993-05-11", None),
        ("2022-05-15", "Sarrel"),
    ]


def test_an_event_that_is_only_named_has_the_date_beside_its_name() -> None:
    assert [one.date for one in rows(said("After the March 2020 coup the port thrived."))] == ["2020-03"]
    assert [one.date for one in rows(said("The coup of May 2021, the second, closed the port."))] == [
        "2021-05"
    ]
    assert [one.date for one in rows(said("The lock, built in 1993 and opened in 1994, is old."))] == []


def test_a_row_of_a_table_is_dated_by_its_own_column() -> None:
    (row,) = rows(said("Date: 3 March 2022; Place: Sarrel; Toll: 4 people killed, 2 wounded"))
    assert (row.date, row.casualties) == ("2022-03-03", "4 people killed; 2 wounded")


# -- where, who, how many


@pytest.mark.parametrize(
    ("text", "place", "actor"),
    [
        ("On 3 March 2022 the army shelled a camp near Tamsin.", "Tamsin", "army"),
        ("Gunmen from Sarrel attacked a post in the Hallum region on 3 March 2022.", "Hallum region", "Gunmen"),
        ("A convoy was attacked on 3 March 2022 in Kidal by fighters of the River Front.", "Kidal",
         "fighters of the River Front"),
        ("The last barge left Gao on 3 March 2022.", "Gao", None),
        ("On 3 March 2022 Mali withdrew from the alliance.", "Mali", "Mali"),
        ("The upper dyke broke on 3 March 2022.", None, None),
        ("A commander was killed on 3 March 2022 in a US raid.", None, "US"),
        ("MINUSMA left on 3 March 2022 after talks in March.", None, "MINUSMA"),
    ],
)  # fmt: skip
def test_place_and_actor_are_the_sentence_s_own_words(
    text: str, place: str | None, actor: str | None
) -> None:
    (row,) = rows(said(text))
    assert (row.place, row.actor) == (place, actor)


def test_the_town_is_the_one_named_before_it() -> None:
    before = "Barges gathered at Tamsin. "
    text = before + "The army entered the town on 3 March 2022."
    one = replace(said(text), start=len(before))
    assert [row.place for row in rows(one)] == ["Tamsin"]
    headed = said("Miners struck on 3 March 2022.", heading="Rudno Region")
    assert [row.place for row in rows(headed)] == ["Rudno Region"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("53 national army soldiers and one civilian were killed.",
         "53 national army soldiers and one civilian killed"),
        ("An attack killing five in the region.", "five killed"),
        ("It wounded at least 29 soldiers and killed 24 villagers.",
         "at least 29 soldiers wounded; 24 villagers killed"),
        ("Bamako admitted to 25 dead and some 60 missing.", "25 dead; some 60 missing"),
        ("All thirteen men aboard died.", "All thirteen men aboard died"),
        ("The staff raised the toll to 42 soldiers.", "toll to 42 soldiers"),
        ("The execution of 300 civilians.", "execution of 300 civilians"),
        ("France keeps 4,500 soldiers there.", None),
        ("The dead were buried in 2019.", None),
    ],
)  # fmt: skip
def test_casualties_are_counted_as_the_sentence_counts_them(text: str, stated: str | None) -> None:
    assert casualties_in(text) == stated


# -- one row for one event


def test_the_more_precise_date_stands_when_two_reports_tell_one_event() -> None:
    month = said("Following a military coup in March 2021, the port of Mali was shut.", "a")
    day = said("The coup in Mali occurred on 24 March 2021 and shut the port.", "b")
    for told in ([month, day], [day, month]):
        (row,) = rows(*told)
        assert row.date == "2021-03-24" and set(row.citations) == {1, 2}


def test_like_events_at_two_places_or_days_are_two_rows() -> None:
    attack = "Gunmen attacked the post at Sarrel on 3 March 2022."
    assert (
        len(rows(said(attack), said(attack.replace("Sarrel", "Hallum").replace("post", "market"), "b"))) == 2
    )
    assert len(rows(said(attack), said(attack.replace("3 March", "4 March"), "b"))) == 2
    coup = "The coup of 2015 in Burkina Faso closed the post."
    assert len(rows(said(coup), said(coup.replace("Burkina Faso", "Mali"), "b"))) == 2


def test_a_sentence_that_leans_on_the_one_before_is_cut_to_what_stands_alone() -> None:
    assert rows(said("They burnt the lock on 3 March 2022.")) == ()
    (row,) = rows(said("It seems a pattern: on 3 March 2022 gunmen attacked the lock."))
    assert row.text == "… on 3 March 2022 gunmen attacked the lock."
    (row,) = rows(said("Furthermore, the council sold the cranes on 3 March 2022."))
    assert row.text.startswith("Furthermore")


# -- of a whole index


def test_the_chronology_of_an_index_has_each_event_once_with_all_who_tell_it(desk: Assistant) -> None:
    made = desk.chronology()
    assert [(one.date, len(one.citations)) for one in made.events] == [
        ("2022-05-15", 2), ("2022-05-16", 1), ("2022-06", 1),
    ]  # fmt: skip
    flood = made.events[0]
    assert flood.place == "Sarrel" and flood.casualties is not None
    assert [one.number for one in made.citations] == [1, 2, 3, 4]
    for one in made.citations:
        assert desk.text(one.document_id)[one.start : one.end] == one.quote


def test_a_chronology_as_of_a_day_uses_nothing_that_was_published_later(desk: Assistant) -> None:
    made = desk.chronology(Filters(as_of="2022-05-31"))
    assert {one.published for one in made.citations} == {"2022-05-16"}
    assert [one.date for one in made.events] == ["2022-05-15", "2022-05-16"]


def test_verify_finds_a_row_that_is_changed_in_any_part(desk: Assistant) -> None:
    saved = desk.brief("floods at Sarrel").to_json()
    assert saved["chronology"] and desk.verify(saved)["ok"]
    for name, other in (
        ("text", "The army shelled Sarrel."), ("date", "2022-05-14"), ("place", "Hallum"), ("actor", "pirates"),
        ("casualties", "99 people killed"),
    ):  # fmt: skip
        changed = copy.deepcopy(saved)
        changed["chronology"][0][name] = other
        (problem,) = desk.verify(changed)["problems"]
        assert problem["where"] == "chronology 1"


# -- as a table, a picture, a file


def citation(number: int, quote: str, **other: str) -> Citation:
    made = Citation.of(said(quote, **other).passage, 0, len(quote))
    return replace(made, number=number)


EVENTS = (
    Event("2019", "Rain fell.", (1,)),
    Event("2022-05", "The <b>dyke</b> & the lock broke.", (1, 2), place="Sarrel"),
    Event("2022-05-15", '=HYPERLINK("http://evil")', (2,), place="@Sarrel", actor="-army"),
)
CITED = (citation(1, "Rain fell."), citation(2, "É: the <b>dyke</b>", publisher="+Wire"))


def test_a_column_that_nothing_stands_in_is_left_out() -> None:
    assert columns(EVENTS) == ("Date", "Place", "Actor", WHAT)
    assert columns(EVENTS[:1]) == ("Date", WHAT)


def test_the_csv_opens_in_excel_with_its_accents_and_without_formulas() -> None:
    data = table(EVENTS, CITED)
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    head, *read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    assert [one[:2] for one in read] == [["2019", "year"], ["2022-05", "month"], ["2022-05-15", "day"]]
    assert read[1][6] == "Report a, 1 June 2022\n+Wire, Report a, 1 June 2022" and "É: the" in read[1][7]
    assert [one for row in read for one in row if one.startswith(("=", "+", "-", "@"))] == []
    assert read[2][2:5] == ["'@Sarrel", "'-army", '\'=HYPERLINK("http://evil")']


def test_in_the_picture_a_day_is_a_dot_and_a_month_a_bar_and_no_two_marks_lie_on_each_other() -> None:
    made = timeline(EVENTS)
    assert made is not None
    assert [mark.width > 0 for mark in made.marks] == [True, True, False]
    assert [tick.label for tick in made.ticks] == ["2019", "2022"] and made.ticks[1].after_gap
    many = timeline([Event(f"2022-05-{day:02d}", "Rain", (1,)) for day in range(1, 29)])
    assert many is not None and all(0 <= mark.left <= 1 for mark in many.marks)
    assert len({(round(mark.left / 0.045), mark.lane) for mark in many.marks}) == 28
    assert timeline(EVENTS[:2]) is None


def test_the_picture_is_well_formed_escaped_and_leads_to_its_endnotes() -> None:
    read = lxml.html.fromstring(svg(EVENTS))
    assert {one.get("href") for one in read.iter("a")} == {"#note-1", "#note-2"}
    assert "The <b>dyke</b> & the lock broke." in "".join(one.text or "" for one in read.iter("title"))
    assert not list(read.iter("b")) and svg(EVENTS[:2]) == ""
    assert drawing(EVENTS, 400, "Helvetica") is not None and drawing(EVENTS[:1], 400, "Helvetica") is None
