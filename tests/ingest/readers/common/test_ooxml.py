"""A variant that cannot be read is named with its remedy."""

from __future__ import annotations

import pytest
from office_samples import REGIONS, rewritten, workbook

from ingest import IngestError, read


@pytest.mark.parametrize("name", ["a.xlsx", "a.pptx"])
def test_the_strict_variant_is_named_with_its_remedy(name: str, deck: bytes) -> None:
    data = workbook(REGIONS) if name == "a.xlsx" else deck
    strict = rewritten(
        data,
        lambda _, part: part.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"),
    )
    with pytest.raises(IngestError) as caught:
        read(strict, name)
    assert caught.value.code == "unreadable"
    assert "Strict Open XML" in caught.value.message
