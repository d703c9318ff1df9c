"""A mail of either format, taken apart, and the draft made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Attachment, IngestError, Metadata
from ingest.metadata.dates import parse_written_date
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.mail.body import BodyText, mail_body_parts
from ingest.readers.mail.headers import MailAddress, addresses, recipients_line, sent_day
from ingest.readers.mail.quotes import ForwardedHeaders
from ingest.readers.mail.senders import sender_metadata
from ingest.text.cleaning import one_line

# Prefixes of subjects such as "Re:", "AW:" or "Fwd:".
_REPLY_PREFIX = re.compile(
    r"^(?:\s*(?:re|aw|sv|vs|antw|odp|ynt|r|fwd?|wg|tr|rv|enc|i|doorst)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE
)
# Characters that a forwarder writes: with more, the mail is the forwarder's own.
_LONGEST_NOTE = 300
_ZONE = re.compile(r"\s*(?:GMT|UTC)?\s?[+-]\d{1,2}:?(?:\d\d)?$")
_PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True)
class Message:
    """A mail taken apart: decoded headers, texts of the body in order, files."""

    subject: str
    sender: tuple[MailAddress, ...]
    to: tuple[MailAddress, ...]
    copies: tuple[MailAddress, ...]  # Cc
    sent: str  # as the mail writes it
    texts: tuple[BodyText, ...]
    attachments: tuple[Attachment, ...]


def message_draft(message: Message) -> Draft:
    """The draft of a mail: its subject as heading, its headers as furniture, its body.

    The headers are strong metadata; a mail forwarded with little comment has the author and date of the original.
    Raises IngestError `password` where the body is encrypted.
    """
    if any(text.source.lstrip().startswith(_PGP) for text in message.texts):
        raise encrypted_error()
    title = one_line(_REPLY_PREFIX.sub("", message.subject))
    body, forwarded = mail_body_parts(message.texts, message.subject)
    headers = [
        DraftPart(f"{name}: {value}", "furniture")
        for name, value in (
            ("From", recipients_line(message.sender)),
            ("To", recipients_line(message.to)),
            ("Cc", recipients_line(message.copies)),
            ("Sent", message.sent),
        )
        if value
    ]
    text, pieces = compose([DraftPart(title, "heading", 1), *headers, *body])
    return Draft(text, pieces, strong=_metadata(message, title, forwarded), attachments=message.attachments)


def encrypted_error() -> IngestError:
    """The IngestError `password` for an encrypted mail."""
    return IngestError(
        "password",
        "The mail is encrypted. Open it in your mail program, save it decrypted or as PDF, and add that.",
    )


def _metadata(message: Message, title: str, forwarded: ForwardedHeaders | None) -> Metadata:
    """Author or publisher, title and date by the headers, or by those of the mail that is forwarded."""
    if forwarded is not None and forwarded.note <= _LONGEST_NOTE and (forwarded.sender or forwarded.sent):
        origin = "header of the forwarded mail"
        senders, published = addresses(forwarded.sender), _written_day(forwarded.sent)
    else:
        origin = "mail header"
        senders, published = message.sender, sent_day(message.sent)
    by_sender = sender_metadata(senders[0].name, senders[0].address, origin) if senders else Metadata()
    origins = {
        **by_sender.found,
        **({"title": "mail header"} if title else {}),
        **({"published": origin} if published else {}),
    }
    return Metadata(title or None, by_sender.authors, by_sender.publisher, published, found=origins)


def _written_day(sent: str) -> str | None:
    """The day (YYYY-MM-DD) of a forwarded mail, whose date may be written in any language; None if not understood."""
    if (day := sent_day(sent)) is not None:
        return day
    sent = _ZONE.sub("", sent)
    for words in (sent, sent.partition(",")[2], sent.partition(" ")[2]):
        day = parse_written_date(words.strip())
        if day is not None and len(day) == 10:
            return day
    return None
