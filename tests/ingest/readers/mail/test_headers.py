"""Headers are read however badly they are written."""

from __future__ import annotations

import pytest
from mail_samples import HEADERS

from ingest import read


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
