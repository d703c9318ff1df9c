"""A mail gives its body and the files that somebody sent; a saved web page is read as a page."""

from __future__ import annotations

import base64
from collections.abc import Iterable

import pytest
from ingest_samples import FIRST, PAGE
from mail_samples import (
    HEADERS,
    PICTURE,
    mail,
    names,
    own,
    read_message,
    read_source,
    texts,
    with_files,
    wrapped,
)

from ingest import IngestError, read, read_isolated


def test_a_mail_is_its_subject_its_headers_and_its_body() -> None:
    document = read_message(mail(f"Dear all,\n\n{wrapped(FIRST)}\n\n- one crane\n- another crane\n"))
    assert document.kind == "eml"
    assert texts(document, "heading") == ["Grain"]
    assert own(document) == ["Dear all,", FIRST, "- one crane", "- another crane"]
    assert texts(document, "furniture") == [
        "From: Mara Lindqvist <mara@coast.example>",
        "To: desk@example.org",
        "Sent: Tue, 09 Mar 2021 23:30:00 -0500",
    ]
    assert document.metadata.title == "Grain"
    assert document.metadata.authors == ("Mara Lindqvist",)
    assert document.metadata.found["authors"] == "mail header"


def test_files_that_somebody_sent_are_attachments() -> None:
    document = read_message(
        with_files(
            ("application/pdf", "Bericht über Größe.pdf", b"%PDF-", {}),
            ("application/pdf", None, b"%PDF-", {}),
            ("text/csv", "C:\\files\\fees.csv", b"a,b", {}),
            ("text/csv", "../../fees\x07.csv", b"a,b", {}),
            ("text/html", "page.html", b"<p>x", {"Content-Disposition": 'inline; filename="page.html"'}),
            ("image/png", "scan.png", PICTURE, {}),
        )
    )
    assert names(document) == [
        "Bericht über Größe.pdf",
        "attachment-2.pdf",
        "fees.csv",
        "fees.csv",
        "page.html",
        "scan.png",
    ]
    assert document.attachments[-1].data == PICTURE
    assert own(document) == [FIRST]


def test_what_mail_programs_add_is_no_attachment() -> None:
    document = read_message(
        with_files(
            ("image/png", "logo.png", PICTURE, {"Content-ID": "<logo@x>"}),
            ("image/png", "photo.png", PICTURE, {"Content-Disposition": 'inline; filename="photo.png"'}),
            ("image/gif", "pixel.gif", b"GIF89a", {}),
            ("application/pkcs7-signature", "smime.p7s", b"0", {}),
            ("text/calendar", "invite.ics", b"BEGIN:VCALENDAR", {}),
            ("application/pdf", "nothing.pdf", b"", {}),
        )
    )
    assert names(document) == []


def test_a_mail_within_a_mail_is_an_attachment_of_its_own() -> None:
    outer = mail("See the mail attached.\n", subject="Fwd")
    outer.add_attachment(mail(f"{FIRST}\n", subject="Fees / Grain"))
    document = read_message(outer)
    (attachment,) = document.attachments
    assert attachment.name == "Fees - Grain.eml"
    inner = read(attachment.data, attachment.name)
    assert own(inner) == [FIRST]
    assert inner.metadata.published == "2021-03-09"


def test_a_mail_within_a_mail_is_read_though_it_is_encoded() -> None:
    encoded = base64.encodebytes(mail(f"{FIRST}\n", subject="Fees").as_bytes())
    document = read_source(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded + b"\r\n--b--\r\n"
    )
    (attachment,) = document.attachments
    assert own(read(attachment.data, attachment.name)) == [FIRST]


def test_very_many_attachments_are_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read_message(with_files(*[("text/plain", f"{number}.txt", b"x", {}) for number in range(201)]))
    assert caught.value.code == "too_large"


SEALED = [
    b'Content-Type: multipart/encrypted; boundary=b; protocol="application/pgp-encrypted"\r\n\r\n--b\r\n'
    b"Content-Type: application/octet-stream\r\n\r\nxxxx\r\n--b--\r\n",
    b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nMIAG\r\n",
    b"Content-Type: text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhIwD\r\n-----END PGP MESSAGE-----\r\n",
]


@pytest.mark.parametrize("source", SEALED, ids=["pgp/mime", "s/mime", "pgp"])
def test_an_encrypted_mail_asks_to_be_decrypted(source: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        read_source(source)
    assert caught.value.code == "password"
    assert "a.eml" in caught.value.message


@pytest.mark.parametrize(
    "source",
    [
        b"Content-Type: text/plain; charset=no-such\r\n\r\nLes \xe9l\xe8ves sont l\xe0.",
        b"Content-Type: text/plain; charset=us-ascii\r\n\r\nLes \xe9l\xe8ves sont l\xe0.",
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nLes \xe9l\xe8ves sont l\xe0.",
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nLes \xc3\xa9l\xc3\xa8ves sont l\xc3\xa0.",
        b"Content-Type: text/plain; charset=windows-1251\r\n\r\nLes \xc3\xa9l\xc3\xa8ves sont l\xc3\xa0.",
        b'Content-Type: multipart/alternative; boundary="stated"\r\n\r\n--there\r\nContent-Type: text/plain;\r\n'
        b" charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode("Les élèves sont là.".encode())
        + b"\r\n--there--\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nLes =C3=A9l=C3=A8ves sont l=C3=A0.",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        b"Les \xc3\xa9l\xc3\xa8ves sont l\xc3\xa0.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b"<p>Les \xc3\xa9l\xc3\xa8ves sont l\xc3\xa0.</p>\r\n--b--\r\n",
    ],
    ids=[
        "unknown charset",
        "ascii",
        "wrong utf-8",
        "wrong latin",
        "wrong cyrillic",
        "wrong boundary",
        "no end",
        "said twice",
    ],
)
def test_a_badly_made_mail_is_read_all_the_same(source: bytes) -> None:
    assert own(read_source(source)) == ["Les élèves sont là."]


def test_a_mail_saved_in_wide_characters_is_read() -> None:
    source = mail(f"{FIRST}\n").as_bytes().decode()
    for data in (source.encode("utf-16"), source.encode("utf-16-be"), b"\xef\xbb\xbf\r\n" + source.encode()):
        assert own(read(data, "a.eml")) == [FIRST]


@pytest.mark.parametrize(
    "source",
    [
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
        ),
        b"Cc: " + b'"a\\' * 50_000 + b"\r\n\r\nx",
        b"X: =?utf-8?q?" + b"=C3" * 50_000 + b"?=\r\nTo: " + b"a@b.example, " * 50_000 + b"\r\n\r\nx",
        b"Content-Type: text/plain; " + b"a*0*=utf-8''%C3;" * 20_000 + b"\r\n\r\nx",
        b"Content-Type: text/html\r\n\r\n" + b"<blockquote type=cite><table><tr><td>" * 3000 + b"words",
        b"Content-Type: text/plain\r\n\r\n" + b"> " * 50_000 + b"words\r\n" + b"On 1, 2 wrote:\r\n" * 2000,
        b"Content-Type: text/plain\r\n\r\n" + b"From: a\r\n\r\n" * 2000 + b"--\r\n" * 2000,
    ],
    ids=["nested parts", "quotes", "recipients", "parameters", "nested html", "quotations", "headers"],
)
@pytest.mark.index
def test_a_hostile_mail_is_an_error_or_text_but_no_crash(source: bytes) -> None:
    try:
        read_isolated(HEADERS + source, "a.eml")
    except IngestError as error:
        assert error.code in ("unreadable", "too_large")


def saved_page(*head: str) -> bytes:
    lines = [
        *head,
        "Subject: Cranes",
        "Date: Thu, 5 Jan 2023 10:00:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="b"',
        "",
        "--b",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://coast.example/2022/05/04/cranes/",
        "",
        base64.encodebytes(PAGE.encode()).decode(),
        "--b",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://coast.example/crane.png",
        "",
        base64.encodebytes(PICTURE).decode(),
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize(
    "head",
    [
        ("From: <Saved by Blink>", "Snapshot-Content-Location: https://coast.example/2022/05/04/cranes/"),
        ('From: "Saved by Internet Explorer 11"',),
        (),
    ],
)
def test_a_saved_page_is_a_page_and_not_of_the_day_it_was_saved(head: Iterable[str]) -> None:
    document = read(saved_page(*head), "page.mhtml")
    assert FIRST in own(document)
    assert "About" not in document.text
    metadata = document.metadata
    assert (metadata.title, metadata.publisher, metadata.published) == (
        "Cranes at work",
        "Coast News",
        "2022-05-04",
    )
    assert document.attachments == ()
