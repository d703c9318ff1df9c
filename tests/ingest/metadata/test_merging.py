"""Of several sources the first that states a field wins, and a report's language is recognised from its text."""

from __future__ import annotations

from ingest_samples import FIRST, SECOND, TITLE

from ingest import Metadata
from ingest.metadata.bylines import BylineLines
from ingest.metadata.merging import language_of, merge, metadata_in_address, metadata_in_text


def test_the_first_source_that_states_a_field_wins() -> None:
    page = Metadata(title="Grain", found={"title": "og:title tag"})
    text = Metadata(
        title="Grain again", published="2021", found={"title": "first line", "published": "dateline"}
    )
    merged = merge(page, text, Metadata(authors=("Mara Lindqvist",)))
    assert (merged.title, merged.published, merged.authors) == ("Grain", "2021", ("Mara Lindqvist",))
    assert merged.found == {
        "title": "og:title tag",
        "published": "dateline",
        "authors": "stated by the file",
    }


def test_what_is_said_of_pages_survives() -> None:
    assert merge(Metadata(), Metadata(found={"pages": "page 3 could not be read"})).found == {
        "pages": "page 3 could not be read"
    }


def test_a_title_is_taken_from_plain_text_alone() -> None:
    lines = [TITLE, FIRST]
    assert metadata_in_text(lines, BylineLines(), plain=True).title == TITLE
    assert metadata_in_text(lines, BylineLines(), plain=False).title is None


def test_an_author_is_not_also_the_publisher() -> None:
    byline = BylineLines(("Harbour Watch",), "byline in the text")
    metadata = metadata_in_text([FIRST, "Published by Harbour Watch"], byline, plain=False)
    assert (metadata.publisher, metadata.authors) == ("Harbour Watch", ())


def test_a_date_far_from_head_and_end_is_not_looked_for() -> None:
    lines = [FIRST] * 20 + ["Published: 3 June 2022"] + [SECOND] * 20
    assert metadata_in_text(lines, BylineLines(), plain=False).published is None
    assert metadata_in_text(lines[:21], BylineLines(), plain=False).published == "2022-06-03"


def test_a_language_is_recognised_or_else_declared() -> None:
    french = (
        "Le port de Lindow a reçu un tiers de céréales de plus que l'an dernier, et il attend encore deux grues. "
        * 2
    )
    assert language_of(french, "en").language == "fr"
    assert language_of("Short.", "de-AT").language == "de"
    assert language_of("Short.", None) == language_of("Short.", "?") == Metadata()


def test_an_address_states_at_most_a_date() -> None:
    assert metadata_in_address("https://coast.example/2021/03/12/grain").published == "2021-03-12"
    assert metadata_in_address("https://coast.example/grain") == metadata_in_address(None) == Metadata()
