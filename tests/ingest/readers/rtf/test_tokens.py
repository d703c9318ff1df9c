"""RTF falls into braces, control words, symbols and text, whatever is broken in it."""

from __future__ import annotations

import pytest

from ingest.readers.rtf.tokens import RtfToken, tokens

OPEN, CLOSE = RtfToken("open"), RtfToken("close")


def words(text: bytes) -> RtfToken:
    return RtfToken("text", data=text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (rb"{\b bold}", [OPEN, RtfToken("word", "b"), words(b"bold"), CLOSE]),
        (
            rb"\b0 x\li-720y",
            [RtfToken("word", "b", 0), words(b"x"), RtfToken("word", "li", -720), words(b"y")],
        ),
        (rb"\'e9", [RtfToken("text", data=b"\xe9", escaped=True)]),
        (rb"a\~b\*", [words(b"a"), RtfToken("symbol", "~"), words(b"b"), RtfToken("symbol", "*")]),
        (b"one\r\ntwo", [words(b"one"), words(b"two")]),
        (rb"\bin4 {}\\x", [words(b"x")]),
        (rb"\'zz", [RtfToken("symbol", "'"), words(b"zz")]),
        (b"end\\", [words(b"end")]),
        (b"", []),
    ],
    ids=[
        "group",
        "numbers",
        "escape",
        "symbols",
        "line ends",
        "binary",
        "no hex",
        "backslash at the end",
        "empty",
    ],
)
def test_a_source_is_cut_into_its_tokens(source: bytes, expected: list[RtfToken]) -> None:
    assert list(tokens(source)) == expected


def test_binary_data_beyond_the_end_ends_the_file() -> None:
    assert list(tokens(rb"x\bin999999 y")) == [words(b"x")]
