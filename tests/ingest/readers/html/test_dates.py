"""The date of publication of a web page is found, and never that of a change, an event or another article."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, page_with

from ingest import read


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("<h1>Cranes</h1><span>04.05.2022, 10:27 Uhr</span>", "2022-05-04"),
        ("<p>4 May 2022</p><h1>Cranes</h1>", "2022-05-04"),
        (
            "<p>Monday, 9 May 2022</p><nav>Menu</nav><p>Log in</p><h1>Cranes</h1><p>4 May 2022</p>",
            "2022-05-04",
        ),
        ("<h1>Cranes</h1><span>4 May 2022</span> <span>5 May 2022</span>", None),
        ("<h1>Cranes</h1><p>Updated:</p><span>4 May 2022</span>", None),
        ("<h1>Cranes</h1><p>Event</p><span>4 May 2022</span>", None),
        (f"<h1>Cranes</h1><p>{FIRST}</p><p>{SECOND}</p><p>4 May 2022</p>", None),
    ],
    ids=["under it", "above it", "not today's", "two dates", "a change", "an event", "below the text"],
)
def test_a_date_alone_beside_the_heading_is_the_date_of_publication(body: str, published: str | None) -> None:
    assert read(page_with("<title>Cranes</title>", body), "page.html").metadata.published == published


def test_day_and_month_are_told_apart_only_where_the_language_tells() -> None:
    body = "<h1>Cranes</h1><span>04/05/2022</span>"
    assert read(page_with("", body, "fr"), "page.html").metadata.published == "2022-05-04"
    assert read(page_with("", body, "en"), "page.html").metadata.published in (None, "2022")


def test_a_date_tag_that_names_the_last_change_is_no_publication_date() -> None:
    head = '<title>Cranes</title><meta name="date" content="2022-05-06">'
    body = "<h1>Cranes</h1><div>Zuletzt geändert am:</div><div>06.05.2022</div>"
    assert read(page_with(head, "<h1>Cranes</h1>"), "page.html").metadata.published == "2022-05-06"
    assert read(page_with(head, body), "page.html").metadata.published is None


def test_times_of_other_articles_are_no_publication_date() -> None:
    other = '<time class="published" datetime="2022-07-0{}">x</time>'
    body = f"<h1>Cranes</h1><p>{FIRST}</p>" + f"<p>{SECOND}</p>" * 8 + other.format(1) + other.format(2)
    assert read(page_with("<title>Cranes</title>", body), "page.html").metadata.published is None
