"""Makes extracted text safe to store, show and cite: removes invisible characters, and nothing that can be seen."""

from __future__ import annotations

import re

# Characters that are not drawn, but change how text is shown, hide text or cannot be written as UTF-8. The zero-width
# joiner and non-joiner stay: Persian, Indic scripts and emoji need them.
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, except tab and line ends
    "\u00ad"  # soft hyphen
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u200b\u2060-\u2064\u206a-\u206f\ufeff"  # zero-width space, word joiner, byte order mark
    "\ufff9-\ufffb\ufffe\uffff"  # interlinear annotation, non-characters
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tags: invisible ASCII, a way to smuggle instructions
    "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` with `\\n` line ends, without invisible characters: `clean("a\\x00b\\r\\nc") == "ab\\nc"`."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Cleaned text on one line, for titles, names and comparisons: `one_line(" a\\n  b ") == "a b"`."""
    return " ".join(clean(text).split())


def single_spaced(text: str | None) -> str:
    """Text with each run of white space as one space, as HTML shows it: `single_spaced("a\\n b ") == "a b "`."""
    return re.sub(r"\s+", " ", text or "")


def comparable_words(text: str) -> str:
    """The words in lower case with single spaces, for comparisons: `comparable_words("Grain: up!") == "grain up"`."""
    return " ".join(re.findall(r"\w+", text.casefold()))
