"""A byte of rich text is the character that its font shows."""

from __future__ import annotations

import pytest

from ingest import read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 caf\'e9 noir\par}", "café noir"),
        (rb"{\rtf1\ansi\ansicpg1251 \'cc\'e8\'f0\par}", "Мир"),
        (rb"{\rtf1\ansi\deff0{\fonttbl{\f0\fcharset204 Arial;}}\'cc\'e8\'f0\par}", "Мир"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset128 B;}}{\f1 \'83A\'83\'43} caf\'e9\par}", "アイ café"),
        (rb"{\rtf1\mac caf\'8e\par}", "café"),
        (rb"{\rtf1\ansi\uc1 \u1052?\u1080\'e8\u1088 ? ok\par}", "Мир ok"),
        (rb"{\rtf1\ansi\uc0 \u233 t\u233 \par}", "été"),
        (rb"{\rtf1\ansi\uc2 \u12450\'83\'41x\par}", "アx"),
        (rb"{\rtf1\ansi\u-10179?\u-8704?\par}", "😀"),
        (rb"{\rtf1\ansi a\u8226\bullet b\u233\par c\par}", "a•bé\n\nc"),
        ("{\\rtf1\\ansi déjà\\par}".encode(), "déjà"),
        (rb"{\rtf1\ansi \ldblquote so\rdblquote\~they\emdash said\_so \{x\}\par}", "“so” they—said-so {x}"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Symbol;}}{\f1 a}-rays\par}", "α-rays"),
        (
            rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Wingdings;}}{\f1 \'fc} paid {\f1\u-3844?}\par}",
            "✓ paid ✓",
        ),
        (rb"{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset2 Webdings;}}{\f1 a}paid\par}", "paid"),
    ],
)
def test_characters_of_rich_text_are_what_they_show(data: bytes, expected: str) -> None:
    assert read(data, "a.rtf").text == expected
