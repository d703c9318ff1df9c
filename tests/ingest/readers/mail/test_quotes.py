"""Quotations, their headers and signatures are told from what the sender wrote."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from mail_samples import mail, own, read_message, texts

from ingest.readers.mail.quotes import LineRole, MailLine, line_roles

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


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (["I agree.", "> Fees rose."], ["own", "quoted"]),
        (["On Mon, 8 Mar 2021 Tomas wrote:", "> Fees rose.", "No."], ["header", "quoted", "own"]),
        (["8.3.2021 klo 10.00 Tomas kirjoitti:", "> Fees rose.", "No."], ["header", "quoted", "own"]),
        (["The minister wrote on 8 March 2021:", "Fees rose."], ["own", "own"]),
        (["Fees rose.", "--", "Mara"], ["own", "signature", "signature"]),
        (["> Fees rose."], ["own"]),
        (["From: a desk", "To: another", "Fees rose."], ["own", "own", "own"]),
    ],
    ids=[
        "answer",
        "attribution",
        "unknown language",
        "no quotation",
        "signature",
        "only a quotation",
        "two fields",
    ],
)
def test_each_line_has_its_role(lines: list[str], roles: list[LineRole]) -> None:
    mail_lines = [MailLine(line.removeprefix("> "), int(line.startswith(">"))) for line in lines]
    assert line_roles(mail_lines, "Re: Fees") == (roles, None)


def test_a_forward_is_own_and_its_headers_are_known() -> None:
    lines = ["See below.", "From: Tomas", "Date: 1 March 2021", "To: Mara", "", "Fees rose."]
    roles, forwarded = line_roles([MailLine(line) for line in lines], "Fwd: Fees")
    assert roles[0] == roles[-1] == "own"
    assert roles[1:4] == ["header"] * 3
    assert forwarded is not None
    assert (forwarded.sender, forwarded.sent, forwarded.note) == ("Tomas", "1 March 2021", len("See below."))
