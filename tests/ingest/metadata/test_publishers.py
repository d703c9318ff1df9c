"""Publishers are named by the lines around a text."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, TITLE, metadata


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Published by the Harbour Institute", "Harbour Institute"),
        ("This article was first published by Coast News.", "Coast News"),
        ("Get the weekly email from Coast News that makes reading about grain a joy.", "Coast News"),
        ("Subscribe to the newsletter of Coast News", "Coast News"),
        ("© 2021 Harbour Institute. All rights reserved.", "Harbour Institute"),
        ("Copyright © 2019-2021 The Coast News", "Coast News"),
        ("HARBOR recognizes its longstanding partnerships with the Union and the Kingdom.", "HARBOR"),
        ("Media that wish to re-publish Coast News articles may write to us.", "Coast News"),
        ("Photo: a crane. © 2020 Getty Images", None),
        ("The ministry recognises its duties towards the Harbour Institute.", None),
    ],
)
def test_publishers_are_named_by_the_lines_around_a_text(line: str, publisher: str | None) -> None:
    assert metadata(TITLE, FIRST, SECOND, line).publisher == publisher
