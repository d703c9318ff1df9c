"""Names that do not state their code page are read in the one in which they make sense."""

from __future__ import annotations

import pytest
from archive_samples import names, packed

from ingest import read


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Jahresbericht über Größe.pdf", "cp437"),
        ("Jahresbericht über Größe.pdf", "cp850"),
        ("Jahresbericht über Größe.pdf", "cp1252"),
        ("Résumé d’été.pdf", "cp1252"),
        ("relatório São Tomé.pdf", "cp850"),
        ("Jahresbericht über Größe.pdf", "utf-8"),
        ("報告書/港の穀物.pdf", "cp932"),
        ("PDF資料.pdf", "cp932"),
        ("报告/港口粮食.pdf", "gb18030"),
        ("Отчёты/Отчет за 2021 год.pdf", "cp866"),
        ("Отчёты/Отчет за 2021 год.pdf", "utf-8"),
    ],
)
def test_an_unmarked_name_is_read_in_the_code_page_it_was_written_in(name: str, codec: str) -> None:
    raw = name.encode(codec)
    placeholder = b"N" * len(raw)
    data = packed((placeholder.decode(), b"words")).replace(placeholder, raw)
    assert names(read(data, "a.zip")) == [name]
