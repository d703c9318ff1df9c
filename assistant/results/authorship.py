"""Which parts of a briefing a model wrote, in words, counted from its sentences."""

from __future__ import annotations

from assistant.results.briefing import Briefing
from assistant.results.wording import count_words
from assistant.settings import EXTRACTIVE


def prose_words(one: Briefing) -> str | None:
    """How many sentences are the model's and how many the sources' own; None where no model wrote."""
    if one.model == EXTRACTIVE:
        return None
    shown = [*one.bottom_line, *(each for paragraph in one.paragraphs for each in paragraph.sentences)]
    own = sum(each.support != "verbatim" for each in shown)
    said = f"{count_words(own, 'sentence')} written by {one.model} and checked against what they cite"
    rest = len(shown) - own
    return f"{said}; {rest} word for word from the sources." if rest else f"{said}."


def judgement_words(one: Briefing) -> str | None:
    """What stands over key judgements and alternatives; None where there are none."""
    if not one.key_judgements and not one.alternatives:
        return None
    checked = "the facts they cite are checked against the sources, the judgements are the model's"
    return f"Written by {one.model}: {checked}."
