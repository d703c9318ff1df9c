"""Wrapped lines are joined, and of two forms of a text the fuller is read."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from mail_samples import mail, own, read_message, read_source, texts, wrapped

from ingest.readers.mail.body import preferred_text, repeats_text, unflowed


def test_flowed_text_is_joined() -> None:
    flowed = (
        b"The harbour of Lindow \r\nhandled more grain.\r\n> An earlier \r\n> question\r\n-- \r\nMara\r\n"
    )
    document = read_source(b'Content-Type: text/plain; charset="utf-8"; format=flowed\r\n\r\n' + flowed)
    assert own(document) == ["The harbour of Lindow handled more grain."]
    assert "An earlier question" in texts(document, "furniture")


def test_flowed_text_may_drop_the_space() -> None:
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\n"
    assert own(read_source(head + "港の \r\n穀物\r\n".encode())) == ["港の穀物"]


def test_lines_that_can_only_be_headings_are() -> None:
    body = f"IN THE NORTH\n\n{wrapped(FIRST)}\n\nIn the south\n============\n\n{wrapped(SECOND)}\n\nMARA\nLINDOW\n"
    document = read_message(mail(body))
    assert texts(document, "heading") == ["Grain", "IN THE NORTH", "In the south"]
    assert [block.heading for block in document.blocks if block.kind == "paragraph"][:2] == [
        "IN THE NORTH",
        "In the south",
    ]


@pytest.mark.parametrize(
    ("plain", "html", "chosen"),
    [
        (f"{FIRST}\n", f"<p>{FIRST} <b>In HTML.</b></p>", FIRST),
        ("View this email in your browser\n", f"<p>{FIRST}</p>", FIRST),
        ("", f"<p>{FIRST}</p>", FIRST),
        (f"{SECOND}\n", f"<h2>Fees</h2><p>{FIRST}</p>", FIRST),
        (f"{SECOND}\nhttps://x.example/{'c' * 400}\n", f"<p>{FIRST}</p>", FIRST),
        (f"{FIRST}\n", "", FIRST),
    ],
    ids=["plain is enough", "stub", "empty plain", "headings", "addresses", "empty HTML"],
)
def test_of_two_forms_the_fuller_is_read(plain: str, html: str, chosen: str) -> None:
    message = mail(plain)
    message.add_alternative(html, subtype="html")
    assert own(read_message(message)) == [chosen]


@pytest.mark.parametrize(
    ("text", "drop_space", "expected"),
    [
        ("New \ncranes \ncame.\nShips left.", False, "New cranes came.\nShips left."),
        ("New \ncranes", True, "Newcranes"),
        ("> An earlier \n> question\nAn answer", False, "> An earlier question\nAn answer"),
        ("> Quoted \nanswer", False, "> Quoted \nanswer"),  # of another depth
        ("-- \nMara", False, "-- \nMara"),
    ],
    ids=["joined", "DelSp", "quotation", "depth", "signature"],
)
def test_lines_that_end_in_a_space_go_on(text: str, drop_space: bool, expected: str) -> None:
    assert unflowed(text, drop_space=drop_space) == expected


def test_html_without_structure_gives_way_to_its_plain_text() -> None:
    assert not preferred_text(FIRST, f"<p>{FIRST}</p>").markup
    assert preferred_text(FIRST, f"<h1>Grain</h1><p>{FIRST}</p>").markup


def test_html_repeats_a_text_whatever_its_spaces_and_signs() -> None:
    assert repeats_text("<p>New  <b>cranes</b>.</p><p>More.</p>", "* New cranes <https://x.example>\n")
    assert not repeats_text("<p>Old cranes.</p>", "New cranes.")
