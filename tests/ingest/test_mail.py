"""A mail gives what its sender wrote, who and when by its headers, and the files that came with it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from compound_file import compound_file, properties, text
from ingest_samples import FIRST, PAGE, SECOND

from ingest import Document, IngestError, read, read_isolated
from ingest.readers.rtf.compressed import decompress

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


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Tue, 9 Mar 2021 23:30:00 -0500", "2021-03-09"),  # the tenth already in London
        ("9 Mar 2021 01:10 +0900", "2021-03-09"),
        ("Tue, 9 Mar 21 10:00:00 GMT (British time)", "2021-03-09"),
        ("2021-03-09T10:00:00Z", "2021-03-09"),
        ("Tue, 30 Feb 2021 10:00:00 +0000", None),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Tue, 9 Mar 2999 10:00:00 +0000", None),
        ("yesterday", None),
    ],
)
def test_a_mail_is_of_the_day_it_was_sent_where_it_was_sent(date: str, day: str | None) -> None:
    source = HEADERS.replace(b"Tue, 9 Mar 2021 23:30:00 -0500", date.encode())
    assert read(source + b"\r\nOnly words.", "a.eml").metadata.published == day


@pytest.mark.parametrize(
    ("sender", "authors", "publisher"),
    [
        ('"Okoro, Tomas" <t@x.example>', ("Tomas Okoro",), None),
        ("Tomas Okoro via Harbour List <list@x.example>", ("Tomas Okoro",), None),
        ("Tomas Okoro (Coast Watch) <t@coastwatch.example>", ("Tomas Okoro",), "Coast Watch"),
        ("=?utf-8?q?J=C3=BCrgen_M=C3=B6ller?= <j@x.example>", ("Jürgen Möller",), None),
        ("Coast Watch <news@coastwatch.example>", (), "Coast Watch"),
        ("Harbour Affairs <letters@harbouraffairs.example>", (), "Harbour Affairs"),
        ("The Institute for Coastal Studies <x@y.example>", (), "Institute for Coastal Studies"),
        ("Tomas <t@x.example>", (), None),
        ("tomas.okoro@x.example", (), None),
        ("tomas.okoro@x.example <noreply@y.example>", (), None),
        ("", (), None),
    ],
)
def test_a_person_is_the_author_and_an_organisation_the_publisher(
    sender: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    source = HEADERS.replace(b"Mara Lindqvist <mara@coast.example>", sender.encode())
    metadata = read(source + b"\r\nOnly words.", "a.eml").metadata
    assert (metadata.authors, metadata.publisher) == (authors, publisher)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: AW: Grain", "Grain"),
        ("RE[2]: Grain", "Grain"),
        ("Webinar: So what", "Webinar: So what"),
        ("=?utf-8?B?R3LDvMOf?= =?utf-8?Q?e_aus_Lindow?=", "Grüße aus Lindow"),
        ("Pr\xe9cis", "Précis"),
        ("=?no-such?Q?Grain?=", "Grain"),
        ("=?utf-8?B?broken", "=?utf-8?B?broken"),
        ("", None),
    ],
)
def test_the_title_is_the_subject_without_its_prefixes(subject: str, title: str | None) -> None:
    source = HEADERS.replace(b"Grain", subject.encode("latin-1"))
    assert read(source + b"\r\nOnly words.", "a.eml").metadata.title == title


REPLY = f"I agree with this.\n\nOn Mon, 8 Mar 2021 at 10:00, Tomas Okoro\n<tomas@coast.example> wrote:\n{{}}{FIRST}\n"


@pytest.mark.parametrize("mark", ["> ", "\n"])
def test_what_a_reply_quotes_is_kept_but_answers_nothing(mark: str) -> None:
    document = read_message(mail(REPLY.format(mark), subject="Re: Grain"))
    assert own(document) == ["I agree with this."]
    assert FIRST in texts(document, "furniture")


def test_answers_between_quotations_are_the_senders() -> None:
    body = f"On Monday at 10:00 Tomas wrote:\n> {FIRST}\n\n{SECOND}\n\n> And the fees?\n\nUnchanged."
    document = read_message(mail(body, subject="Re: Grain"))
    assert own(document) == [SECOND, "Unchanged."]


@pytest.mark.parametrize(
    "header",
    [
        "-----Original Message-----\nFrom: Tomas Okoro\nSent: Monday, March 8, 2021 10:00 AM\nTo: Mara\nSubject: Grain",
        "Von: Tomas Okoro\nGesendet: Montag, 8. März 2021 10:00\nAn: Mara Lindqvist\nBetreff: Grain",
        "De : Tomas Okoro\nEnvoyé : lundi 8 mars 2021 10:00\nÀ : Mara\nObjet : Grain",
    ],
)
def test_headers_within_a_reply_begin_a_quotation(header: str) -> None:
    document = read_message(mail(f"I agree.\n\n{header}\n\n{FIRST}\n", subject="Re: Grain"))
    assert own(document) == ["I agree."]


def test_a_signature_answers_nothing() -> None:
    document = read_message(mail(f"{FIRST}\n\n-- \nMara Lindqvist\nHarbour Office\n"))
    assert own(document) == [FIRST]
    assert "Harbour Office" in texts(document, "furniture")


def test_a_line_between_sections_begins_no_signature() -> None:
    sections = "\n\n".join(f"{SECOND} Number {number}." for number in range(20))
    assert len(own(read_message(mail(f"{FIRST}\n\n--\n{sections}")))) == 21


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


@pytest.mark.parametrize(("subject", "body"), FORWARDS, ids=["gmail", "apple", "outlook"])
def test_a_forwarded_mail_is_its_first_senders(subject: str, body: str) -> None:
    document = read_message(mail(body, subject=subject))
    assert own(document) == ["See below.", FIRST]
    metadata = document.metadata
    assert (metadata.authors, metadata.published) == (("Tomas Okoro",), "2021-03-01")
    assert metadata.found["published"] == "header of the forwarded mail"


def test_a_mail_that_comments_on_what_it_forwards_is_its_own_senders() -> None:
    subject, body = FORWARDS[0]
    metadata = read_message(mail(f"{FIRST} {SECOND}\n\n{body}", subject=subject)).metadata
    assert (metadata.authors, metadata.published) == (("Mara Lindqvist",), "2021-03-09")


def test_a_mail_that_only_quotes_is_read() -> None:
    assert own(read_message(mail(f"> {FIRST}\n>\n> {SECOND}\n"))) == [FIRST, SECOND]


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


NEWSLETTER = f"""<html><head><title>x</title><style>p {{}}</style></head><body>
<div style="display:none;max-height:0">What the list of mails shows</div>
<table role="presentation" width="100%"><tr><td><table><tr><td><a href="#">View this email in your browser</a></td></tr>
<tr><td><h2>In the north</h2><p>{FIRST}</p>
<table><tr><th>Harbour</th><th>Tonnes</th></tr><tr><td>Lindow</td><td>900</td></tr><tr><td>Ostra</td><td>40</td></tr></table>
</td></tr><tr><td><font>{SECOND}<br><br>Two lines<br>end here</font></td></tr></table></td></tr></table>
<p>You are receiving this email because you signed up. <a href="#">Unsubscribe</a></p>
<img src="https://x.example/pixel.gif" width="1" height="1"></body></html>"""


def test_a_newsletter_is_read_whole_and_its_layout_is_no_table() -> None:
    document = read_message(mail(NEWSLETTER, kind="html"))
    assert texts(document, "heading") == ["Grain", "In the north"]
    assert texts(document, "table") == ["Harbour: Lindow; Tonnes: 900", "Harbour: Ostra; Tonnes: 40"]
    assert texts(document, "paragraph") == [FIRST, SECOND, "Two lines", "end here"]
    assert "list of mails" not in document.text
    assert "View this email in your browser" in texts(document, "furniture")


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Mon, 8 Mar 2021 at 10:00, Tomas &lt;t@x.example&gt; wrote:'
        "<br></div><blockquote class='gmail_quote'>{}</blockquote></div>",
        '<div class="moz-cite-prefix">Op 8-3-2021 om 10:00 zei Tomas:<br></div><blockquote type="cite">{}</blockquote>',
        '<div id="divRplyFwdMsg"><b>From:</b> Tomas Okoro<br><b>Sent:</b> Monday, March 8, 2021 10:00 AM<br>'
        "<b>To:</b> Mara<br><b>Subject:</b> Grain</div><div>{}</div>",
    ],
    ids=["gmail", "thunderbird", "outlook"],
)
def test_what_an_html_reply_quotes_answers_nothing(quotation: str) -> None:
    html = f"<div>I agree.</div>{quotation.format(f'<p>{FIRST}</p>')}"
    document = read_message(mail(html, kind="html", subject="Re: Grain"))
    assert own(document) == ["I agree."]
    assert FIRST in texts(document, "furniture")


def test_an_html_forward_is_read() -> None:
    html = (
        '<p>See below.</p><div class="moz-forward-container">-------- Forwarded Message --------<table><tbody>'
        "<tr><th>Subject: </th><td>Grain</td></tr><tr><th>Date: </th><td>Mon, 1 Mar 2021 10:00:00 +0100</td></tr>"
        "<tr><th>From: </th><td>Tomas Okoro &lt;t@x.example&gt;</td></tr><tr><th>To: </th><td>Mara</td></tr></tbody>"
        f"</table><p>{FIRST}</p></div>"
    )
    document = read_message(mail(html, kind="html", subject="Fwd: Grain"))
    assert own(document) == ["See below.", FIRST]
    assert (document.metadata.authors, document.metadata.published) == (("Tomas Okoro",), "2021-03-01")


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


RTF = rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
# The specification's own example.
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


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


def test_compressed_rtf_unpacks_and_damage_ends_it() -> None:
    assert decompress(COMPRESSED) == RTF
    stored = b"\0\0\0\0" + len(RTF).to_bytes(4, "little") + b"MELA" + bytes(4) + RTF
    assert decompress(stored) == RTF
    for end in range(len(COMPRESSED)):
        assert RTF.startswith(decompress(COMPRESSED[:end]))
    assert decompress(b"nothing of the kind") == b""


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
    assert [(one.name, one.data) for one in mail_within.attachments] == [("fees.csv", b"a,b")]


def test_a_damaged_outlook_message_is_an_error_or_text_but_no_crash() -> None:
    data = compound_file(outlook(body=text(0x1000, FIRST), **{"0": attached("a.pdf", b"%PDF-")}))
    for end in range(600, len(data), 700):
        try:
            read(data[:end] + bytes(len(data) - end), "a.msg")
        except IngestError as error:
            assert error.code in ("unreadable", "unknown_kind", "empty")
