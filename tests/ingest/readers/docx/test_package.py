"""The parts of a Word file are found, whichever variant it is in."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from ingest_samples import FIRST
from word_samples import lines, of_body, rewritten, run

from ingest import IngestError, read


def test_the_strict_variant_reads_as_the_usual_one() -> None:
    data = of_body(f"<w:p>{run(FIRST)}</w:p>")

    def strict(_: str, member: bytes) -> bytes:
        return re.sub(
            rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/",
            rb"http://purl.oclc.org/ooxml/\1/",
            member,
        )

    assert lines(rewritten(data, strict)) == [FIRST]


def test_a_word_file_that_unpacks_to_far_too_much_is_refused() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        styles = archive.read("word/styles.xml")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(
                "word/styles.xml", styles.replace(b"</w:styles>", b" " * 20 * (1 << 20) + b"</w:styles>")
            )
    with pytest.raises(IngestError) as caught:
        read(out.getvalue(), "report.docx")
    assert caught.value.code == "too_large"
