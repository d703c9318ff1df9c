"""Text is decoded whatever encoding it was written in."""

from __future__ import annotations

import codecs

import pytest

from ingest import read
from ingest.text.decoding import decode, looks_binary

FRENCH = "Les élèves du lycée français étaient déjà arrivés à l'école, où l'hôtesse leur a donné un café très sucré."


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        FRENCH.encode("utf-16"),
        FRENCH.encode("utf-16-le"),
        codecs.BOM_UTF32_BE + FRENCH.encode("utf-32-be"),
        FRENCH.encode("utf-32-le"),
        FRENCH.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16 marked", "utf-16", "utf-32 marked", "utf-32", "cp1252"],
)
def test_plain_text_is_read_in_any_encoding(data: bytes) -> None:
    document = read(data, "note.txt")
    assert document.text == FRENCH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "shift_jis",
            "港の倉庫には、去年の秋に収穫された穀物がまだ残っている。船は三週間も沖で待っているという。",
        ),
        (
            "euc-jp",
            "港の倉庫には、去年の秋に収穫された穀物がまだ残っている。船は三週間も沖で待っているという。",
        ),
        ("gb18030", "港口的仓库里还存放着去年秋天收获的粮食。船只已经在海上等待了三个星期。"),
        ("big5", "港口的倉庫裡還存放著去年秋天收穫的糧食。船隻已經在海上等待了三個星期。"),
        ("euc-kr", "항구의 창고에는 작년 가을에 수확한 곡물이 아직 남아 있다. 배들은 삼 주째 기다리고 있다."),
        (
            "cp1251",
            "В портовых складах ещё лежит зерно, собранное прошлой осенью. Корабли ждут уже три недели.",
        ),
        (
            "koi8-r",
            "В портовых складах ещё лежит зерно, собранное прошлой осенью. Корабли ждут уже три недели.",
        ),
        (
            "cp1250",
            "Przeładunek zboża w porcie trwał całą jesień, gdyż źle działały dźwigi i brakowało ludzi.",
        ),
        ("cp1253", "Στις αποθήκες του λιμανιού βρίσκεται ακόμη το σιτάρι του περασμένου φθινοπώρου."),
        (
            "cp1256",
            "لا تزال الحبوب التي حصدت في الخريف الماضي في مستودعات الميناء وتنتظر السفن منذ ثلاثة أسابيع.",
        ),
    ],
)
def test_text_in_an_old_code_page_is_read_by_what_its_letters_look_like(encoding: str, text: str) -> None:
    assert read(text.encode(encoding), "note.txt").text == text


def test_a_few_broken_bytes_do_not_turn_a_whole_text_strange() -> None:
    data = (f"{FRENCH} " * 20).encode() + b"\xff\xe9 fin."
    assert read(data, "note.txt").text.startswith(FRENCH)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<meta charset="windows-1251"><p>Порт</p>'.encode("cp1251"), "Порт"),
        ('<?xml version="1.0" encoding="koi8-r"?><p>Порт</p>'.encode("koi8-r"), "Порт"),
        ('<meta charset="latin-1"><p>“Port”</p>'.encode("cp1252"), "“Port”"),
        ('<meta charset="utf-16"><p>élan</p>'.encode(), "élan"),
        ('<meta charset="no-such"><p>élan</p>'.encode(), "élan"),
        ('<meta charset="ascii"><p>Порт, порт</p>'.encode(), "Порт"),
    ],
    ids=["html", "xml", "latin-1 is cp1252", "impossible", "unknown", "wrong"],
)
def test_a_declared_encoding_is_believed_if_it_is_possible(source: bytes, text: str) -> None:
    if b"ascii" not in source:  # any byte is a letter of cp1252, which browsers take "ascii" for
        assert text in decode(source, markup=True)
    else:
        assert text not in decode(source, markup=True)


def test_a_declaration_counts_only_in_markup() -> None:
    source = '<meta charset="koi8-r">élan'.encode()
    assert decode(source).endswith("élan")
    assert not decode(source, markup=True).endswith("élan")


@pytest.mark.parametrize(
    ("data", "is_binary"),
    [
        (b"Grain moves.", False),
        (b"", False),
        ("Grain".encode("utf-16"), False),
        ("Grain".encode("utf-16-be"), False),
        (b"one\x0cpage\x1b[0m", False),
        (b"\x89PNG" + bytes(100), True),
        (bytes(range(32)), True),
    ],
)
def test_control_characters_tell_binary_data_from_text(data: bytes, is_binary: bool) -> None:
    assert looks_binary(data) is is_binary
