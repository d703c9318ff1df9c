"""Writes a message as an EML file, for mails inside mails, which Outlook stores in its own format."""

from __future__ import annotations

from collections.abc import Sequence
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from ingest.readers.mail.headers import MailAddress
from ingest.readers.mail.message import Message


def as_eml(message: Message) -> bytes:
    """The message with its texts and files as bytes that `read_mail` can read."""
    mail = MIMEMultipart()
    if message.subject:
        mail["Subject"] = _encoded(message.subject)
    for name, people in (("From", message.sender), ("To", message.to), ("Cc", message.copies)):
        if people:
            mail[name] = _people(people)
    if message.sent:
        mail["Date"] = _encoded(message.sent) if not message.sent.isascii() else message.sent
    for text in message.texts:
        source = text.source.encode("utf-8", "replace").decode()
        mail.attach(MIMEText(source, "html" if text.markup else "plain", "utf-8"))
    for attachment in message.attachments:
        part = MIMEBase("application", "octet-stream")
        part.set_payload(attachment.data)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", attachment.name))
        mail.attach(part)
    return mail.as_bytes()


def _people(people: Sequence[MailAddress]) -> str:
    """A From, To or Cc header."""
    return ", ".join(
        f"{_encoded(person.name)} <{person.address.encode('ascii', 'replace').decode()}>"
        if person.name
        else person.address
        for person in people
    )


def _encoded(text: str) -> str:
    """Text as encoded words (RFC 2047), on one line."""
    return Header(text, "utf-8", maxlinelen=10_000).encode()
