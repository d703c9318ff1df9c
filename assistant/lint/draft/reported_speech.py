"""Words that a briefing passes on from a source, told from those it says itself.

The rules on wording (bare "may", two columns of likelihood, confidence beside likelihood) are for what the briefing
says itself. Two kinds of sentence are the source's: one that stands word for word in the words its own note quotes,
as every sentence of the extractive writer does (the note shows whose words they are), and one that names its source
("ISS assesses that …") and cites it, where the quoted words use the same word, or the note quotes none. A sentence
that only repeats a source's "may" without citing or naming it is the briefing's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.words import stem
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.results.annotations import without_report_date
from vectorstore.terms import fold

_SAYS = (
    "accord(?:ing|s)|argu|announc|assess|believ|claim|conclud|consider|count|declar|estimat|expect|find|forecast|found|"
    "judg|note|observ|predict|project|put|quot|report|said|say|see|saw|state|suggest|tell|think|thought|told|warn|write|"
    "wrote|reckon|put|rate|regard"
)
_ATTRIBUTED = re.compile(
    rf"\baccording to\b|(?<!\b[Ww]e)(?<!\bI)(?<!\b[Ii]t)(?<!\bauthors) (?:{_SAYS})(?:s|es|ed|d|t|e)?\b(?! by\b)",
)
_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> str:
    """For comparing: case, accents, quotation marks, brackets and white space aside."""
    marks = str.maketrans("“”«»„［］", '"""""[]')
    return " ".join(fold(text.translate(marks)).split())


def is_verbatim(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence stands word for word in quoted words, the desk's date and publisher beside it aside."""
    held = [plain_words(quote) for quote in quotes]
    said = {plain_words(sentence), plain_words(without_report_date(sentence))}
    # A long sentence is shortened in the chronology, with an ellipsis.
    said |= {text.removesuffix("...").removesuffix("…").strip(" .") for text in said}
    return any(text and text in quote for text in said for quote in held)


def is_passed_on(sentence: str, quotes: Sequence[str], word: str) -> bool:
    """Whether a word of a sentence that cites these quotes is its source's: see the top of this module.

    A note that quotes nothing is an empty quote.
    """
    if is_verbatim(sentence, quotes):
        return True
    if not quotes or not _ATTRIBUTED.search(sentence):
        return False
    words = {stem(each) for each in _WORD.findall(fold(word))}
    return not any(quotes) or any(
        words <= {stem(each) for each in _WORD.findall(fold(quote))} for quote in quotes
    )


def is_sources_own(draft: DraftBriefing, one: DraftStatement, word: str) -> bool:
    return is_passed_on(one.text, [note.quote for note in draft.cited(one)], word)
