"""A Word file is dated by its cover page, and a damaged one is refused."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST
from word_samples import MAIN_PART, of_body, rewritten, run

from ingest import IngestError, read


def test_a_date_filled_in_on_the_cover_page_is_the_date_of_publication() -> None:
    cover = (
        '<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps">'
        "<PublishDate>2021-03-14T00:00:00</PublishDate></CoverPageProperties>"
    )
    data = rewritten(
        of_body(f"<w:p>{run(FIRST)}</w:p>"), lambda _, member: member, {"customXml/item9.xml": cover}
    )
    metadata = read(data, "a.docx").metadata
    assert metadata.published == "2021-03-14"
    assert metadata.found["published"] == "publication date on the cover page"


def test_a_damaged_document_is_named_unreadable() -> None:
    whole = of_body(f"<w:p>{run(FIRST)}</w:p>")
    half = rewritten(whole, lambda name, member: member[: len(member) // 2] if name == MAIN_PART else member)
    with pytest.raises(IngestError) as caught:
        read(half, "a.docx")
    assert caught.value.code == "unreadable"
