"""A message written as EML is read again as it was."""

from __future__ import annotations

from dataclasses import replace

from ingest_samples import FIRST
from mail_samples import own

from ingest import read
from ingest.document import Attachment
from ingest.readers.mail.body import BodyText
from ingest.readers.mail.headers import MailAddress
from ingest.readers.mail.message import Message
from ingest.readers.mail.nested import as_eml

MESSAGE = Message(
    subject="Gebühren – Lindow",
    sender=(MailAddress("Jürgen Möller", "j@coast.example"),),
    to=(MailAddress("", "desk@example.org"), MailAddress("Tomas Okoro", "")),
    copies=(),
    sent="Tue, 9 Mar 2021 10:00:00 +0000",
    texts=(BodyText(FIRST, False),),
    attachments=(Attachment("Größe.csv", b"a,b"),),
)


def test_headers_text_and_files_come_back() -> None:
    document = read(as_eml(MESSAGE), "a.eml")
    metadata = document.metadata
    assert (metadata.title, metadata.authors, metadata.published) == (
        "Gebühren – Lindow",
        ("Jürgen Möller",),
        "2021-03-09",
    )
    assert own(document) == [FIRST]
    assert document.attachments == MESSAGE.attachments


def test_a_text_in_html_stays_html() -> None:
    message = replace(MESSAGE, texts=(BodyText(f"<h2>Fees</h2><p>{FIRST}</p>", True),))
    document = read(as_eml(message), "a.eml")
    assert own(document) == [FIRST]
    assert "Fees" in [block.heading for block in document.blocks]


def test_a_broken_character_does_not_keep_a_mail_from_being_written() -> None:
    message = replace(MESSAGE, texts=(BodyText(f"{FIRST} \ud83d", False),))
    assert own(read(as_eml(message), "a.eml")) == [f"{FIRST} ?"]


def test_a_message_without_headers_is_still_a_mail() -> None:
    message = replace(MESSAGE, subject="", sender=(), to=(), sent="", attachments=())
    assert own(read(as_eml(message), "a.eml")) == [FIRST]
