"""Headers are read however badly they are written."""

from __future__ import annotations

import pytest
from mail_samples import HEADERS

from ingest import read
from ingest.readers.mail.headers import MailAddress, addresses, decode_as, decoded_header, recipients_line


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
    ("header", "text"),
    [
        ("Grain", "Grain"),
        ("=?utf-8?q?Caf=C3=A9?= in Lindow", "Café in Lindow"),
        ("=?iso-8859-1?q?Caf=E9?=", "Café"),
        ("Gr\udce4in", "Gräin"),  # a raw byte, as the parser hands it on
        ("=?utf-8?B?broken", "=?utf-8?B?broken"),
        ("two\r\n lines", "two lines"),
    ],
    ids=["plain", "encoded word", "latin", "raw byte", "broken", "folded"],
)
def test_a_header_is_text_on_one_line(header: str, text: str) -> None:
    assert decoded_header(header) == text


@pytest.mark.parametrize(
    ("header", "people"),
    [
        ('"Okoro, Tomas" <t@x.example>, m@x.example', ["Okoro, Tomas <t@x.example>", "m@x.example"]),
        ('"t@x.example" <T@X.example>', ["T@X.example"]),  # a name that only repeats the address
        ("'Mara' <m@x.example>", ["Mara <m@x.example>"]),
        ("", []),
    ],
)
def test_people_are_names_and_addresses(header: str, people: list[str]) -> None:
    assert [str(address) for address in addresses(header)] == people


def test_more_than_thirty_recipients_are_counted() -> None:
    people = tuple(MailAddress(f"Person {number}", "") for number in range(32))
    assert recipients_line(people[:30]).endswith("Person 29")
    assert recipients_line(people).endswith("Person 29; and 2 more")


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Café".encode("cp1252"), "us-ascii", "Café"),
        ("Café".encode(), "windows-1252", "Café"),  # UTF-8 under a label of one byte
        ("Café".encode(), None, "Café"),
        ("港".encode("gb18030"), "GB2312", "港"),
        ("Café".encode("cp1252"), "no-such", "Café"),
        (("é" * 12).encode()[:-1], "utf-8", "é" * 11 + "\ufffd"),
    ],
    ids=["ascii", "wrong one-byte label", "none", "superset", "unknown", "cut"],
)
def test_text_is_decoded_by_what_it_is_whatever_its_label(
    data: bytes, charset: str | None, text: str
) -> None:
    assert decode_as(data, charset, markup=False) == text
