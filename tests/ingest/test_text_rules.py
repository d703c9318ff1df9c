"""What a pasted report states about itself is found, and nothing it does not state; its body stays whole."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND

from ingest import Document, Metadata, read
from ingest.metadata.bylines import names_in
from ingest.metadata.dates import dateline, machine_date, stated_date
from ingest.metadata.names import person


def pasted(*paragraphs: str) -> Document:
    return read("\n\n".join(paragraphs).encode(), "pasted.txt")


def metadata(*paragraphs: str) -> Metadata:
    return pasted(*paragraphs).metadata


def kinds(document: Document) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


TITLE = "Why grain moves to the large harbours"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Lindqvist", ("Mara Lindqvist",)),
        (
            "By Dr. Mara Lindqvist, Tomas Okoro and J. M. Varga",
            ("Mara Lindqvist", "Tomas Okoro", "J. M. Varga"),
        ),
        ("by MARA LINDQVIST", ("Mara Lindqvist",)),
        ("Par Mara Lindqvist et Tomas Okoro", ("Mara Lindqvist", "Tomas Okoro")),
        ("By Mara Lindqvist in Ostra", ("Mara Lindqvist",)),
        ("By Mara Lindqvist | 4 May 2021", ("Mara Lindqvist",)),
        ("Author: Mara Lindqvist", ("Mara Lindqvist",)),
        ("By Mara Lindqvist, Senior Analyst, and Tomas Okoro, Director", ("Mara Lindqvist", "Tomas Okoro")),
        ("By our own correspondent", ()),
        ("By the end of the year", ()),
        ("By Staff Writer", ()),
    ],
)
def test_bylines_under_the_title_name_the_authors(line: str, names: tuple[str, ...]) -> None:
    assert metadata(TITLE, line, FIRST, SECOND).authors == names


@pytest.mark.parametrize(
    "ending",
    [
        ("Mara Lindqvist, Senior Researcher and Tomas Okoro, Research Officer, Harbour Institute",),
        (
            "Article by:",
            "Mara Lindqvist\nMara Lindqvist\nResearch Fellow\nTomas Okoro\nTomas Okoro\nPhD Student",
        ),
        (
            "About the authors",
            "Mara Lindqvist is a fellow at the Harbour Institute. Tomas Okoro is a lecturer at Ostra.",
        ),
        ("Mara Lindqvist is a fellow at the Harbour Institute. Tomas Okoro is a doctoral student at Ostra.",),
    ],
)
def test_endings_name_the_authors_and_are_no_body(ending: tuple[str, ...]) -> None:
    document = pasted(TITLE, FIRST, SECOND, FIRST.replace("Lindow", "Ostra"), *ending)
    assert document.metadata.authors == ("Mara Lindqvist", "Tomas Okoro")
    assert document.metadata.publisher is None  # where an author works is not who published
    assert {document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"} == {
        FIRST,
        SECOND,
        FIRST.replace("Lindow", "Ostra"),
    }


def test_a_name_with_a_biography_is_one_author_however_spelt() -> None:
    end = "Mara-Lisa Lindqvist", "Mara Lisa Lindqvist is analyst at Harbour Watch and writes about grain."
    assert metadata(TITLE, FIRST, SECOND, *end).authors == ("Mara-Lisa Lindqvist",)


def test_people_in_the_text_are_no_authors() -> None:
    body = (
        "Tomas Okoro, the harbour master, said that fees were too high. Ines Varga is a member of the board."
    )
    assert metadata(TITLE, body + " " + FIRST, SECOND).authors == ()


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Published by the Harbour Institute", "Harbour Institute"),
        ("This article was first published by Coast News.", "Coast News"),
        ("Get the weekly email from Coast News that makes reading about grain a joy.", "Coast News"),
        ("Subscribe to the newsletter of Coast News", "Coast News"),
        ("© 2021 Harbour Institute. All rights reserved.", "Harbour Institute"),
        ("Copyright © 2019-2021 The Coast News", "Coast News"),
        ("HARBOR recognizes its longstanding partnerships with the Union and the Kingdom.", "HARBOR"),
        ("Media that wish to re-publish Coast News articles may write to us.", "Coast News"),
        ("Photo: a crane. © 2020 Getty Images", None),
        ("The ministry recognises its duties towards the Harbour Institute.", None),
    ],
)
def test_publishers_are_named_by_the_lines_around_a_text(line: str, publisher: str | None) -> None:
    assert metadata(TITLE, FIRST, SECOND, line).publisher == publisher


def test_a_newsletter_greeting_names_publisher_and_title() -> None:
    found = metadata(f"Welcome to Coast News’s Northern Harbours Newsletter. {FIRST}", SECOND)
    assert (found.title, found.publisher) == ("Coast News’s Northern Harbours Newsletter", "Coast News")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("12 March 2021", "2021-03-12"),
        ("Friday, March 12, 2021", "2021-03-12"),
        ("March 2021", "2021-03"),
        ("Published: 2021-03-12", "2021-03-12"),
        ("Publié le 1er mars 2021", "2021-03-01"),
        ("Policy Brief 12 | March 2021", "2021-03"),
        ("By Mara Lindqvist | 12 March 2021", "2021-03-12"),
        ("13/02/2021", "2021-02-13"),
        ("03/02/2021", "2021"),  # day and month cannot be told apart
        ("Last updated: 12 March 2021", None),
        ("Situation report | March 2021", None),
        ("1 January 2020 – 31 December 2020", None),
        ("32 March 2021", None),
    ],
)
def test_a_date_line_above_the_text_is_the_publication_date(line: str, published: str | None) -> None:
    assert metadata(TITLE, line, FIRST, SECOND).published == published


def test_datelines_and_labels_state_a_date() -> None:
    assert metadata(TITLE, f"Ostra, 3 June 2022 – {FIRST}", SECOND).published == "2022-06-03"
    assert metadata(TITLE, f"OSTRA, le 3 juin 2022 — {FIRST}", SECOND).published == "2022-06-03"
    end = "This article was first published on 4 May 2020 by Coast News."
    assert metadata(TITLE, FIRST, SECOND, end).published == "2020-05-04"


@pytest.mark.parametrize(
    "sentence",
    [
        "On 9 April 2020 a ship ran aground off Lindow.",
        "The plan, published on 3 May 2020 by the ministry, was never carried out.",
        "In Ostra, on 12 March 2021, the owners met: they agreed on nothing.",
        "June 2023 was the best month of all.",
    ],
)
def test_dates_of_events_are_no_publication_dates(sentence: str) -> None:
    assert metadata(TITLE, f"{sentence} {FIRST}", f"{SECOND} {sentence}", sentence).published is None


def test_dates_for_machines_lose_their_time_of_day() -> None:
    assert machine_date("2021-03-12T08:00:00+01:00") == "2021-03-12"
    assert (machine_date("2021"), machine_date("2021-13"), machine_date("yesterday")) == ("2021", None, None)
    assert stated_date("12 March 2021", in_head=False) is None
    assert dateline("Lindow grew: 12 March 2021 was a good day.") is None


@pytest.mark.parametrize(
    "line",
    [
        "Photo by Ines Varga",
        "Image: the harbour at night",
        "A crane at work. © Ines Varga / Alamy Stock Photo",
        "(click on the map for a larger version)",
        "Related content",
        "TRANSLATE THIS PAGE",
        "Share on Facebook",
        "Subscribe to our newsletter",
        "If you no longer want this mail you can unsubscribe here.",
        "This article was produced with support from the Harbour Fund.",
        "To learn more, please get in touch with us at desk@coast.example.",
        "The views expressed are those of the author and do not necessarily reflect those of the Institute.",
        "###",
        "Grain goes where the cranes are. #grain @coastnews",
        "Smaller ports along the coast have lost business in the same period",
        "Why grain moves to the large harbours",
    ],
)
def test_what_surrounds_a_text_is_furniture(line: str) -> None:
    document = pasted(TITLE, FIRST, line, SECOND)
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "furniture"] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The map was drawn in 1920 and shows the old harbour.",
        "Photographs of the crane were shown in court.",
        "The report was published by the ministry after long debate, and its figures are still in use today.",
        "Share prices of the port company fell by a third.",
        "The ministry thanks nobody and pays no one; related contents of the store were sold.",
        "Contact between the owners and the ministry broke off.",
        "Subscriptions pay for a tenth of the costs.",
        "Read in this light, the fees are a tax.",
        "Few readers unsubscribe, though the fees have doubled.",
    ],
)
def test_body_sentences_are_never_furniture(line: str) -> None:
    assert kinds(pasted(TITLE, FIRST, line, SECOND))[line] == "paragraph"


def test_short_lines_over_paragraphs_are_headings_and_give_their_path() -> None:
    document = read(
        f"{TITLE}\n{FIRST}\nNorthern ports\nThe old quay\n{SECOND}\n2020 in figures\n{FIRST} End.".encode(),
        "a.txt",
    )
    assert [block.heading for block in document.blocks if block.kind == "paragraph"] == [
        None,
        "Northern ports › The old quay",
        "2020 in figures",
    ]
    assert document.metadata.title == TITLE


def test_names_are_told_from_other_capitals() -> None:
    assert person("Dr. Mara van der Linden, PhD") == "Mara van der Linden"
    assert person("Jean DUPONT") == "Jean DUPONT"
    for other in (
        "Harbour Institute",
        "The Coast",
        "Mara",
        "HI Ostra",
        "Senior Analyst",
        "Ostra 2020",
        "mara lindqvist",
    ):
        assert person(other) is None
    assert names_in("Mara Lindqvist and the others") == ()


def test_a_table_s_column_of_dates_dates_neither_the_report_nor_hides_its_rows() -> None:
    rows = "| Date | Step |\n| --- | --- |\n| 3 May 2021 | The quay is closed |\n| 9 June 2021 | It opens |\n"
    document = read(f"# {TITLE}\n\n{FIRST}\n\n{rows}\n{SECOND}\n".encode(), "harbours.md")
    assert document.metadata.published is None
    told = [document.text[one.start : one.end] for one in document.blocks if one.kind == "table"]
    assert told == ["Date: 3 May 2021; Step: The quay is closed", "Date: 9 June 2021; Step: It opens"]
