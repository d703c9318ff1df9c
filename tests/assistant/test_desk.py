"""What the desk does beyond answering: correcting what is known of reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("changes", "tags", "authors"),
    [
        ({"tags": None}, (), ("A. Sy",)),
        ({"tags": [], "authors": []}, (), ()),
        ({"tags": ["", "  "], "authors": None}, (), ()),
    ],
)
def test_taking_out_what_was_read_leaves_empty_lists(
    desk: Assistant, tmp_path: Path, changes: dict[str, Any], tags: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    for name, read in (("bare", ""), ("tagged", "---\ntags: [water]\nauthor: A. Sy\n---\n")):
        (tmp_path / f"{name}.md").write_text(f"{read}# The {name} well\n\nThe {name} well was dug in 1998.\n")
        desk.add([str(tmp_path / f"{name}.md")])
    bare, tagged = [one.document_id for one in desk.documents()]
    edited = desk.edit(tagged, **changes)
    assert (edited.tags, edited.authors) == (tags, authors)
    edited = desk.edit(bare, **changes)
    assert (edited.tags, edited.authors) == ((), ())
    assert desk.documents()[1].tags == tags
