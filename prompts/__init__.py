"""Every prompt, as a text file; `load` checks that each has the variables its caller fills."""

from __future__ import annotations

import string
from functools import cache
from importlib import resources

# What each prompt must hold: a variable missing, or one too many, is found before a model is asked.
VARIABLES = {
    "answer": {"limit", "refusal"},
    "answer_question": {"passages", "question"},
    "repair": {"passages", "sentence", "reasons", "refusal"},
    "condense": {"conversation", "question"},
    "briefing": {"limit", "refusal"},
    "briefing_paragraph": {"passages", "topic", "heading"},
    "bottom_line": {"limit", "refusal"},
    "key_judgements": {"limit", "refusal"},
    "alternatives": {"limit", "refusal", "judgements"},
    "briefing_facts": {"facts", "topic"},
}


@cache
def load(name: str) -> str:
    """The text of a prompt. Raises ValueError, naming the variables, where they are not the expected ones."""
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text("utf8")
    found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    if found != VARIABLES[name]:
        raise ValueError(
            f"prompts/{name}.txt: missing {sorted(VARIABLES[name] - found)}, unknown {sorted(found - VARIABLES[name])}"
        )
    return text


def fill(name: str, **values: object) -> str:
    """A prompt with its variables filled. Values are data: braces in them mean nothing."""
    return load(name).format(**values)
