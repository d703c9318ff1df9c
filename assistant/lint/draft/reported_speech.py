"""Tells the words that a briefing passes on from a source from its own, because only its own must follow ICD 203.

A word is the source's in two cases: the sentence stands word for word in the quote of a note it cites (as every
sentence of the extractive writer does), or the sentence attributes it ("ISS assesses that …") and cites a note that
quotes the same word, or quotes nothing. A "may" that is merely repeated, without citation or attribution, is the
briefing's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.words import stem
from assistant.lint.draft.draft import DraftBriefing, DraftStatement
from assistant.results.annotations import without_annotations
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
    """Text in the form in which texts are compared: case, accents, quote marks and spacing made equal.

    `plain_words("The  “Élysée” said")` is `'the "elysee" said'`.
    """
    marks = str.maketrans("“”«»„［］", '"""""[]')
    return " ".join(fold(text.translate(marks)).split())


def is_verbatim(sentence: str, quotes: Sequence[str]) -> bool:
    """True if a sentence stands word for word in one of the quotes.

    The date and publisher that the desk adds to a sentence are ignored, and so is an ellipsis at its end:
    `is_verbatim("Rain may go on.", ["The port is closed. Rain may go on."])` is True.
    """
    plain_quotes = [plain_words(quote) for quote in quotes]
    forms = {plain_words(sentence), plain_words(without_annotations(sentence))}
    # The chronology cuts long sentences off with an ellipsis.
    forms |= {text.removesuffix("...").strip(" .") for text in forms}
    return any(text and text in quote for text in forms for quote in plain_quotes)


def is_passed_on(sentence: str, quotes: Sequence[str], word: str) -> bool:
    """True if `word`, used in a sentence that cites `quotes`, is the source's and not the sentence's own.

    A note that quotes nothing counts as an empty quote.
    `is_passed_on("ISS said that rain may go on.", ["It may rain."], "may")` is True;
    `is_passed_on("Rain may go on.", ["It may rain."], "may")` is False.
    """
    if is_verbatim(sentence, quotes):
        return True
    if not quotes or not _ATTRIBUTED.search(sentence):
        return False
    words = {stem(token) for token in _WORD.findall(fold(word))}
    return not any(quotes) or any(
        words <= {stem(token) for token in _WORD.findall(fold(quote))} for quote in quotes
    )


def is_sources_own(draft: DraftBriefing, statement: DraftStatement, word: str) -> bool:
    """True if `word` in a statement of the draft is passed on from the notes that the statement cites."""
    return is_passed_on(statement.text, [note.quote for note in draft.cited(statement)], word)
