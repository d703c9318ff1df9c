"""Extracted text made safe to store, show and cite; nothing a reader of the report would miss is lost."""

from __future__ import annotations

import re

# Characters that draw nothing but change what is shown, hide text or break a UTF-8 write. Zero-width joiner and
# non-joiner stay: Persian, Indic scripts and emoji need them.
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, apart from tab and the line ends
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
    """`text` with `\\n` line ends and without invisible control characters, tags and lone surrogates."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Cleaned text with every run of white space made one space, for titles, names and comparisons."""
    return " ".join(clean(text).split())


def single_spaced(text: str | None) -> str:
    """Text of a mark-up language as it is shown: every run of white space is one space, also at the ends."""
    return re.sub(r"\s+", " ", text or "")


def bare_words(text: str) -> str:
    """The words in small letters and nothing between them but spaces, for comparisons."""
    return " ".join(re.findall(r"\w+", text.casefold()))
