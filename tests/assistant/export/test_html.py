"""HTML files: what they may not load or run, where their markers lead, and in which direction text runs."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.etree
import lxml.html
import pytest
from export_samples import (
    BRIEFING,
    MARKED,
    MARKING,
    NUMBERS,
    html_of,
)
from made_briefing import ARABIC, MADE

from assistant.export import render
from assistant.export.html import _css_string as css_string


def test_a_page_runs_nothing_and_loads_nothing() -> None:
    page = html_of(render(BRIEFING, "html"))
    assert page.xpath("//script | //img | //iframe | //link | //object | //base | //@src") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    outside = [one for one in page.xpath("//a[@href]") if not one.get("href").startswith(("#note-", "#ref-"))]
    assert {one.get("href") for one in outside} == {BRIEFING.citations[2].source}, (
        "a known source's own address"
    )
    assert all(one.get("rel") == "noreferrer noopener" for one in outside)
    assert not re.search(r"url\(|@import", "".join(page.xpath("//style/text()")))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy and "script-src" not in policy


def test_every_marker_of_a_page_leads_to_its_one_endnote_and_back() -> None:
    page = html_of(render(BRIEFING, "html"))
    links = page.xpath("//a[starts-with(@href, '#note-')]")
    assert {one.text for one in links} == {f"[{number}]" for number in NUMBERS}
    for link in links:
        (note,) = page.xpath("//*[@id=$id]", id=link.get("href").removeprefix("#"))
        assert note.text_content().startswith(link.text)
        (back,) = note.xpath("./a[starts-with(@href, '#ref-')]")
        assert page.xpath("//*[@id=$id]", id=back.get("href").removeprefix("#"))
    assert len(page.xpath("//*[starts-with(@id, 'note-')]")) == len(NUMBERS)


def test_the_marking_is_at_the_top_and_the_bottom_of_a_page_in_html_and_in_its_print() -> None:
    page = lxml.html.document_fromstring(render(MARKED, "html").decode())
    shown = [
        one.text_content() for one in page.find(".//main") if one.tag == "p" and one.get("class") == "marking"
    ]
    first, last = page.find(".//main")[0], page.find(".//main")[-1]
    assert shown == [MARKING] * 2 and first.text_content() == last.text_content() == MARKING
    assert "@top-center" in page.findtext(".//style") and "@bottom-center" in page.findtext(".//style")


def test_a_marking_cannot_end_the_style_sheet() -> None:
    page = lxml.html.document_fromstring(
        render(replace(MADE, handling='"}</style><script>x</script>'), "html").decode()
    )
    assert page.xpath("//script") == []


def test_text_from_sources_in_html_has_a_direction_of_its_own() -> None:
    page = lxml.html.document_fromstring(render(MADE, "html").decode())
    quotes = page.xpath("//div[@class='note']//*[@class='quoted']")
    assert len(quotes) == len(MADE.citations) and all(one.get("dir") == "auto" for one in quotes)
    for paragraph in MADE.paragraphs:
        right = paragraph.sentences[0].text.startswith(ARABIC)
        found = page.xpath(
            "//p[starts-with(normalize-space(.), $text)]", text=paragraph.sentences[0].text[:60]
        )
        assert found and all((one.get("dir") == "rtl") == right for one in found)
    credits = page.xpath("//div[@class='note']//*[@class='credit']/bdi")
    assert "وكالة الأنباء" in [one.text for one in credits]


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("RIVER 1", '"RIVER\\20 1"'),
        ('a"b', '"a\\22 b"'),
        ("</style>", '"\\3c \\2f style\\3e "'),
        ("é", '"\\e9 "'),
        ("", '""'),
    ],
)
def test_no_character_of_a_marking_ends_a_string_of_the_style_sheet(text: str, string: str) -> None:
    assert css_string(text) == string


def test_a_marker_says_on_hovering_what_it_leads_to() -> None:
    page = html_of(render(BRIEFING, "html"))
    (title,) = {link.get("title") for link in page.xpath("//a[@href='#note-1']")}
    assert title.startswith("River Wire, Odile Brandt, “Water over the quays”")
