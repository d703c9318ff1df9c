"""Rich text gives what it shows, and nothing that it hides."""

from __future__ import annotations

import pytest
from book_samples import STYLE_SHEET, kinds, lines, places, rtf
from ingest_samples import FIRST, SECOND

from ingest import IngestError, read


def test_styles_and_outline_levels_of_rich_text_make_headings() -> None:
    body = (
        rf"\pard\s5 Fees in Small Harbours\par\pard\s1 What they pay\par\pard\s2 By weight\par\pard {FIRST}\par"
        rf"\pard\outlinelevel0 What they ask\par\pard {SECOND}\par\pard\s6 A crane at work\par"
    )
    document = read(rtf(body, STYLE_SHEET), "a.rtf")
    assert places(document)[FIRST] == "What they pay › By weight"
    assert places(document)[SECOND] == "What they ask"
    assert kinds(document)["A crane at work"] == "furniture"
    assert document.metadata.title == "Fees in Small Harbours"


def test_what_rich_text_does_not_show_is_left_out() -> None:
    body = (
        r"{\header Confidential\par}{\pict\wmetafile8 0102ff}{\pict\bin5 }}}{{}\pard Two "
        r'{\field{\*\fldinst HYPERLINK "https://x.example"}{\fldrslt cranes}} came{\v hidden}{\deleted gone}'
        r"{\*\bkmkstart mark}{\*\unknown words}, {\shp{\*\shpinst{\sp{\sn name}{\sv value}}"
        r"{\shptxt\pard In a box.\par}}"
        r"{\shprslt In a box.}}as said.\par"
    )
    assert lines(read(rtf(body) + b"trailing words", "a.rtf")) == ["Two cranes came, as said.", "In a box."]


def test_information_of_rich_text_counts_apart_from_its_times() -> None:
    head = (
        r"{\info{\upr{\title Fees ?}{\*\ud{\title Fees \u233?t\u233?}}}{\author Ines Varga}{\keywords ports; grain}"
        r"{\creatim\yr2022\mo1\dy2}{\revtim\yr2023}}"
    )
    body = rf"\pard\outlinelevel0 What they pay\par\pard {FIRST}\par"
    metadata = read(rtf(body, head), "a.rtf").metadata
    assert (metadata.title, metadata.authors) == ("Fees été", ("Ines Varga",))
    assert (metadata.published, metadata.tags) == (None, ("ports", "grain"))


def test_damaged_rich_text_is_read_as_far_as_it_goes() -> None:
    assert FIRST in read(rtf(rf"\pard {FIRST}\par {{\b cut off")[:-1], "a.rtf").text


def test_groups_nested_beyond_reason_are_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read(rb"{\rtf1 " + b"{" * 100_000 + b"x", "a.rtf")
    assert caught.value.code == "unreadable"
