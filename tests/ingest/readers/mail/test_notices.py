"""A program's notice is told from what somebody wrote, by its words and its length."""

from __future__ import annotations

import pytest

from ingest.readers.mail.notices import is_notice


@pytest.mark.parametrize(
    "line",
    [
        "View this email in your browser",
        "Having trouble viewing this message?",
        "Newsletter im Browser ansehen",
        "You are receiving this email because you signed up on our page.",
        "Update your preferences",
        "Unsubscribe",
        "Se désinscrire de cette liste",
        "Our mailing address is: 1 Quay Street, Lindow",
        "Sent from my iPhone",
        "Please consider the environment before printing this mail.",
        "This e-mail is confidential and intended solely for the addressee.",
        "Diese Nachricht ist vertraulich.",
        "-----------",
    ],
)
def test_what_programs_add_is_a_notice(line: str) -> None:
    assert is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ministry views this message from the port as a threat.",
        "The ship was sent from Lindow.",
        "The talks remain confidential.",
        "The minister opted for a new quay.",
        "- one crane",
    ],
)
def test_what_somebody_wrote_is_none(line: str) -> None:
    assert not is_notice(line)


def test_a_long_paragraph_that_mentions_a_subscription_is_text() -> None:
    assert is_notice("Readers may unsubscribe at any time.")
    assert not is_notice("Readers may unsubscribe at any time. " + "The fees were set years ago. " * 10)
