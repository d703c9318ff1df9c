"""What surrounds a text is furniture; body sentences never are."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, TITLE, kinds, pasted

from ingest.structure.furniture import find_furniture


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


def furniture(*lines: str, title: str | None = None, headings: tuple[int, ...] = ()) -> set[int]:
    return find_furniture(lines, title, headings)


def test_a_title_is_furniture_from_its_second_time_on() -> None:
    assert furniture(TITLE, FIRST, TITLE, SECOND, title=TITLE) == {2}


def test_a_line_twice_in_a_row_is_a_picture_with_its_caption() -> None:
    assert furniture(TITLE, FIRST, "The new cranes at night", "The new cranes at night", SECOND) == {2, 3}
    assert furniture("Grain moves", "Grain moves", FIRST) == {1}  # the first of them is the title


def test_a_marked_heading_is_no_pull_quote_though_the_text_repeats_it() -> None:
    quote = "Two new cranes were delivered in spring"
    assert furniture(FIRST, quote, SECOND) == {1}
    assert furniture(FIRST, quote, SECOND, headings=(1,)) == set()


def test_a_reworded_pull_quote_is_found_and_a_title_is_not() -> None:
    body = "The owners of the smaller harbours along the coast complain about fees which were fixed years before."
    quote = "Owners of smaller harbours along the coast complain of fees fixed years before"
    assert furniture(FIRST, quote, body) == {1}
    assert furniture(FIRST, quote.title(), body) == set()
    assert furniture(FIRST, f"{quote}.", body) == set()


def test_all_below_related_content_is_furniture_if_it_is_short() -> None:
    assert furniture(FIRST, SECOND, "Related content", "Fees in small ports", "Cranes") == {2, 3, 4}
    assert 3 not in furniture(FIRST, SECOND, "Related content", SECOND)


def test_the_caption_above_a_click_on_the_map_is_furniture_too() -> None:
    assert furniture(FIRST, "Harbours of the coast", "(click on the map for a larger version)", SECOND) == {
        1,
        2,
    }
