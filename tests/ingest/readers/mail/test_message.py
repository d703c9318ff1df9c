"""A mail's title, author and day are its headers', or those of the mail that it forwards."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from mail_samples import FORWARDS, HEADERS, mail, own, read_message

from ingest import read


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
