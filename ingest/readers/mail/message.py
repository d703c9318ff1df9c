"""A mail taken apart, whatever its format, and the draft that is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Attachment, IngestError, Metadata
from ingest.metadata.dates import parse_date
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.mail.body import BodyText, mail_body_parts
from ingest.readers.mail.headers import MailAddress, addresses, listed_names, sent_day
from ingest.readers.mail.quotes import ForwardedHeaders
from ingest.readers.mail.senders import sender_metadata
from ingest.text.cleaning import one_line

_REPLY = re.compile(
    r"^(?:\s*(?:re|aw|sv|vs|antw|odp|ynt|r|fwd?|wg|tr|rv|enc|i|doorst)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE
)
# A forwarder who writes more than this has something to say; the mail is then the forwarder's own.
_LONGEST_NOTE = 300  # characters
_ZONE = re.compile(r"\s*(?:GMT|UTC)?\s?[+-]\d{1,2}:?(?:\d\d)?$")
_PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True)
class Message:
    """A mail's headers, decoded, the texts of its body in order, and the files that came with it."""

    subject: str
    sender: tuple[MailAddress, ...]
    to: tuple[MailAddress, ...]
    copies: tuple[MailAddress, ...]
    sent: str  # as the mail writes it
    texts: tuple[BodyText, ...]
    attachments: tuple[Attachment, ...]


def message_draft(message: Message) -> Draft:
    """The draft of a mail: its subject as heading, its headers as furniture, its body.

    The headers are strong metadata. A mail forwarded without comment is its first sender's.
    Raises IngestError `password` where the body is encrypted.
    """
    if any(text.source.lstrip().startswith(_PGP) for text in message.texts):
        raise encrypted()
    title = one_line(_REPLY.sub("", message.subject))
    body, forwarded = mail_body_parts(message.texts, message.subject)
    headers = [
        DraftPart(f"{name}: {value}", "furniture")
        for name, value in (
            ("From", listed_names(message.sender)),
            ("To", listed_names(message.to)),
            ("Cc", listed_names(message.copies)),
            ("Sent", message.sent),
        )
        if value
    ]
    text, pieces = compose([DraftPart(title, "heading", 1), *headers, *body])
    return Draft(text, pieces, strong=_metadata(message, title, forwarded), attachments=message.attachments)


def encrypted() -> IngestError:
    """The error of a mail that only its recipient's key opens."""
    return IngestError(
        "password",
        "The mail is encrypted. Open it in your mail program, save it decrypted or as PDF, and add that.",
    )


def _metadata(message: Message, title: str, forwarded: ForwardedHeaders | None) -> Metadata:
    if forwarded is not None and forwarded.note <= _LONGEST_NOTE and (forwarded.sender or forwarded.sent):
        how = "header of the forwarded mail"
        senders, published = addresses(forwarded.sender), _written_day(forwarded.sent)
    else:
        how = "mail header"
        senders, published = message.sender, sent_day(message.sent)
    named = sender_metadata(senders[0].name, senders[0].address, how) if senders else Metadata()
    found = {
        **named.found,
        **({"title": "mail header"} if title else {}),
        **({"published": how} if published else {}),
    }
    return Metadata(title or None, named.authors, named.publisher, published, found=found)


def _written_day(sent: str) -> str | None:
    """The day in the date of a forwarded mail, as its forwarder's program writes it in any language."""
    if (day := sent_day(sent)) is not None:
        return day
    sent = _ZONE.sub("", sent)
    for words in (sent, sent.partition(",")[2], sent.partition(" ")[2]):
        day = parse_date(words.strip())
        if day is not None and len(day) == 10:
            return day
    return None
