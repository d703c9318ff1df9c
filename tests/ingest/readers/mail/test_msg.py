"""An Outlook message is read like any mail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from compound_file import compound_file, properties, text
from ingest_samples import FIRST, SECOND
from mail_samples import COMPRESSED, PICTURE, names, own, texts

from ingest import IngestError, read


def outlook(*, body: dict[str, bytes], header: int = 32, **attachments: object) -> dict[str, object]:
    sent = datetime(2021, 3, 9, 10, 0, tzinfo=UTC)
    return {
        "__properties_version1.0": properties(header, {0x0039: sent}),
        **text(0x001A, "IPM.Note"),
        **text(0x0037, "Grain"),
        **text(0x0C1A, "Mara Lindqvist"),
        **text(0x5D01, "mara@coast.example"),
        **text(0x0E04, "Tomas Okoro; Desk"),
        **body,
        **{f"__attach_version1.0_#{name}": content for name, content in attachments.items()},
    }


def attached(name: str, content: bytes, media_type: str = "", **numbers: int) -> dict[str, object]:
    known = {"flags": 0x3714}
    return {
        "__properties_version1.0": properties(
            8, {0x3705: 1, **{known[key]: numbers[key] for key in numbers}}
        ),
        **text(0x3707, name),
        **text(0x370E, media_type),
        "__substg1.0_37010102": content,
    }


def test_an_outlook_message_is_read_like_any_mail() -> None:
    document = read(compound_file(outlook(body=text(0x1000, f"{FIRST}\r\n\r\n-- \r\nMara\r\n"))), "a.msg")
    assert document.kind == "msg"
    assert own(document) == [FIRST]
    assert texts(document, "furniture")[:3] == [
        "From: Mara Lindqvist <mara@coast.example>",
        "To: Tomas Okoro; Desk",
        "Sent: Tue, 09 Mar 2021 10:00:00 +0000",
    ]
    metadata = document.metadata
    assert (metadata.title, metadata.authors, metadata.published) == (
        "Grain",
        ("Mara Lindqvist",),
        "2021-03-09",
    )


def test_an_outlook_message_is_of_the_day_in_its_senders_own_time() -> None:
    headers = text(0x007D, "Date: Wed, 10 Mar 2021 01:00:00 +1100\r\nFrom: Tomas Okoro <t@x.example>\r\n")
    metadata = read(compound_file(outlook(body={**text(0x1000, FIRST), **headers})), "a.msg").metadata
    assert (metadata.authors, metadata.published) == (("Tomas Okoro",), "2021-03-10")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"__substg1.0_10130102": f"<p>{FIRST}</p>".encode()}, FIRST),
        ({"__substg1.0_1013001E": f"<p>{FIRST}</p>".encode()}, FIRST),
        (
            {"__substg1.0_1000001E": "Les élèves du lycée français étaient là.".encode("cp1252")},
            "Les élèves du lycée français étaient là.",
        ),
        ({"__substg1.0_10090102": COMPRESSED}, "hello world"),
    ],
    ids=["html", "html as text", "code page", "rtf"],
)
def test_an_outlook_message_has_one_of_many_bodies(body: dict[str, bytes], words: str) -> None:
    assert own(read(compound_file(outlook(body=body)), "a.msg")) == [words]


def test_files_and_mails_within_an_outlook_message_are_attachments() -> None:
    inner = outlook(body=text(0x1000, SECOND), header=24, **{"0": attached("fees.csv", b"a,b", "text/csv")})
    message = outlook(
        body={**text(0x1000, FIRST), "__substg1.0_10130102": b'<p>x <img src="cid:x"></p>'},
        **{
            "0": attached("report.pdf", b"%PDF-", "application/pdf"),
            "1": attached("logo.png", PICTURE, "image/png", flags=4),
            "2": {
                "__properties_version1.0": properties(8, {0x3705: 5}),
                **text(0x3001, "Grain"),
                "__substg1.0_3701000D": inner,
            },
        },
    )
    document = read(compound_file(message), "a.msg")
    assert names(document) == ["report.pdf", "Grain.eml"]
    mail_within = read(document.attachments[1].data, "Grain.eml")
    assert own(mail_within) == [SECOND]
    assert (mail_within.metadata.authors, mail_within.metadata.published) == (
        ("Mara Lindqvist",),
        "2021-03-09",
    )
    assert [(file.name, file.data) for file in mail_within.attachments] == [("fees.csv", b"a,b")]


def test_a_damaged_outlook_message_is_an_error_or_text_but_no_crash() -> None:
    data = compound_file(outlook(body=text(0x1000, FIRST), **{"0": attached("a.pdf", b"%PDF-")}))
    for end in range(600, len(data), 700):
        try:
            read(data[:end] + bytes(len(data) - end), "a.msg")
        except IngestError as error:
            assert error.code in ("unreadable", "unknown_kind", "empty")
