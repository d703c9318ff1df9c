"""Sentences that tell a reader which parts of a briefing a language model wrote."""

from __future__ import annotations

from assistant.results.briefing import Briefing
from assistant.results.wording import count_words
from assistant.settings import EXTRACTIVE


def prose_words(briefing: Briefing) -> str | None:
    """How many sentences of the bottom line and paragraphs the model wrote; None if no model was used."""
    if briefing.model == EXTRACTIVE:
        return None
    prose = [
        *briefing.bottom_line,
        *(sentence for paragraph in briefing.paragraphs for sentence in paragraph.sentences),
    ]
    written = sum(sentence.support != "verbatim" for sentence in prose)
    verbatim = len(prose) - written
    words = (
        f"{count_words(written, 'sentence')} written by {briefing.model} and checked against what they cite"
    )
    return f"{words}; {verbatim} word for word from the sources." if verbatim else f"{words}."


def judgement_words(briefing: Briefing) -> str | None:
    """The note above key judgements and alternatives; None if the briefing has neither."""
    if not briefing.key_judgements and not briefing.alternatives:
        return None
    checked = "the facts they cite are checked against the sources, the judgements are the model's"
    return f"Written by {briefing.model}: {checked}."
