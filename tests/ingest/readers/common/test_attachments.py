"""Attachments have names fit to show, decoration is told from files, and a mail holds only so many."""

from __future__ import annotations

import pytest

from ingest import IngestError
from ingest.readers.common.attachments import Attachments, file_name, is_decoration, is_for_machines


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("grain.pdf", "grain.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mara\\grain.pdf", "grain.pdf"),
        ("re\u202efdp.exe\nport.pdf", "refdp.exe port.pdf"),
        ("..", ""),
        ("folder/", ""),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 200, "x" * 120),
    ],
)
def test_a_name_is_the_last_part_of_its_path(name: str, shown: str) -> None:
    assert file_name(name) == shown


def test_a_file_without_a_name_gets_one_by_number_and_type() -> None:
    attachments = Attachments()
    attachments.add("grain.pdf", b"x")
    attachments.add("", b"x", "application/pdf")
    attachments.add("..", b"x", "application/unknown")
    assert [attachment.name for attachment in attachments.all()] == [
        "grain.pdf",
        "attachment-2.pdf",
        "attachment-3",
    ]


def test_a_mail_within_a_mail_is_named_by_its_subject() -> None:
    attachments = Attachments()
    for name in ("Fees and/or dues", "", "grain.EML"):
        attachments.add_mail(name, b"x")
    assert [attachment.name for attachment in attachments.all()] == [
        "Fees and-or dues.eml",
        "attached mail.eml",
        "grain.EML",
    ]


def test_more_than_two_hundred_files_are_refused() -> None:
    attachments = Attachments()
    for number in range(200):
        attachments.add(f"{number}.txt", b"")
    with pytest.raises(IngestError) as caught:
        attachments.add("one-more.txt", b"")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("media_type", "name", "size", "inline", "decoration"),
    [
        ("image/png", "logo.png", 9_000, True, True),
        ("image/png", "pixel.png", 43, False, True),
        ("application/octet-stream", "logo.JPG", 43, False, True),
        ("image/png", "page.png", 9_000, False, False),
        ("application/pdf", "grain.pdf", 43, True, False),
    ],
)
def test_a_picture_within_the_text_or_a_tiny_one_is_decoration(
    media_type: str, name: str, size: int, inline: bool, decoration: bool
) -> None:
    assert is_decoration(media_type, name, bytes(size), inline=inline) is decoration


def test_signatures_and_invitations_are_for_machines() -> None:
    assert is_for_machines("text/calendar", "") and is_for_machines("application/octet-stream", "smime.P7S")
    assert not is_for_machines("application/pdf", "calendar.pdf")
