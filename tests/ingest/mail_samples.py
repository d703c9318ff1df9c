"""Mails and Outlook messages made on the spot, and what was read of them."""

from __future__ import annotations

from email.message import EmailMessage

from ingest_samples import FIRST, SECOND

from ingest import Document, read

HEADERS = (
    b"From: Mara Lindqvist <mara@coast.example>\r\nTo: desk@example.org\r\n"
    b"Subject: Grain\r\nDate: Tue, 9 Mar 2021 23:30:00 -0500\r\nMIME-Version: 1.0\r\n"
)


def mail(body: str, *, kind: str = "plain", subject: str = "Grain", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Mara Lindqvist <mara@coast.example>"
    message["To"] = "desk@example.org"
    message["Subject"] = subject
    message["Date"] = "Tue, 9 Mar 2021 23:30:00 -0500"
    for name, value in headers.items():
        del message[name]
        message[name] = value
    message.set_content(body, subtype=kind)
    return message


def read_message(message: EmailMessage) -> Document:
    return read(message.as_bytes(), "a.eml")


def read_source(source: bytes) -> Document:
    return read(HEADERS + source, "a.eml")


def texts(document: Document, *kinds: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def own(document: Document) -> list[str]:
    """What a question may be answered from."""
    return texts(document, "paragraph", "list", "table")


def names(document: Document) -> list[str]:
    return [attachment.name for attachment in document.attachments]


def wrapped(words: str) -> str:
    """The text as a mail program wraps it."""
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > 70:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


FORWARDS = [
    (
        "Fwd: Grain",
        "See below.\n\n---------- Forwarded message ---------\nFrom: Tomas Okoro <t@x.example>\n"
        f"Date: Mon, Mar 1, 2021 at 10:00 AM\nSubject: Grain\nTo: Mara <m@x.example>\n\n\n{wrapped(FIRST)}\n\n"
        f"On Sun, 28 Feb 2021 Ines Varga wrote:\n> {SECOND}\n",
    ),
    (
        "Fwd: Grain",
        "See below.\n\nBegin forwarded message:\n\n> From: Tomas Okoro <t@x.example>\n"
        "> Date: 1 March 2021 at 10:00:00 CET\n> To: Mara <m@x.example>\n> Subject: Grain\n>\n"
        f"> {FIRST}\n>\n>> {SECOND}\n",
    ),
    (
        "WG: Grain",
        "See below.\n\nVon: Tomas Okoro <t@x.example>\nGesendet: Montag, 1. März 2021 10:00\nAn: Mara\n"
        f"Betreff: Grain\n\n{FIRST}\n\n"
        f"Von: Ines Varga\nGesendet: Sonntag, 28. Februar 2021 10:00\nAn: Tomas\nBetreff: Grain\n\n{SECOND}\n",
    ),
]


def with_files(*files: tuple[str, str | None, bytes, dict[str, str]]) -> EmailMessage:
    message = mail(f"{FIRST}\n")
    message.add_alternative('<p>See <img src="cid:logo@x"></p>', subtype="html")
    message.make_mixed()
    for media_type, name, content, headers in files:
        kind, _, subtype = media_type.partition("/")
        message.add_attachment(content, kind, subtype, filename=name)
        part = list(message.iter_parts())[-1]
        for header, value in headers.items():
            del part[header]
            part[header] = value
    return message


PICTURE = b"\x89PNG" + bytes(20_000)


RTF = rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"


# The specification's own example.
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
