"""A line is furniture by its wording, if it is short enough for the rule."""

from __future__ import annotations

import pytest

from ingest.structure.furniture_rules import is_furniture_line


@pytest.mark.parametrize(
    "line",
    [
        "Photo by Ines Varga",
        "Crédit photo : Ines Varga",
        "© 2021 Harbour Institute",
        "Read more: fees in small ports",
        "À lire aussi",
        "5 min read",
        "Share this article on Facebook",
        "Tags: grain, ports",
        "3 Comments",
        "Download the full report (PDF)",
        "Introduction . . . . . . . . . . . . 3",
        "* * *",
        "Abonnez-vous à la lettre",
        "press@ports.example",
        "https://coast.example/grain",
        "This report was made possible by the support of the Harbour Fund.",
        "All rights reserved",
        "This website uses cookies",
        "About the author",
        "Last updated: 3 June 2022",
    ],
)
def test_wording_of_sites_is_furniture(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photographs of the crane were shown in court.",
        "The ministry shared its figures.",
        "Tagged ships pay less.",
        "He read more than his brother did.",
        "All rights to the quay were sold.",
        "Lindow",
        "3.5 million tonnes",
    ],
)
def test_wording_of_reports_is_not(line: str) -> None:
    assert not is_furniture_line(line)


def test_a_long_block_is_a_paragraph_whatever_its_first_words() -> None:
    line = "Photo by Ines Varga"
    assert is_furniture_line(line)
    assert not is_furniture_line(line + " shows how the harbour grew" * 20)
