"""Quotations, their headers and signatures are told from what the sender wrote."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from mail_samples import mail, own, read_message, texts

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


def test_a_mail_that_only_quotes_is_read() -> None:
    assert own(read_message(mail(f"> {FIRST}\n>\n> {SECOND}\n"))) == [FIRST, SECOND]
