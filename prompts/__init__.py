"""The prompts for chat models, one text file each, checked for the variables that their callers fill.

Public: `load`, `fill`.
"""

from __future__ import annotations

import string
from functools import cache
from importlib import resources

# Prompt -> its variables. A missing or unknown one is an error when the prompt is loaded, before a model is called.
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
    """The text of a prompt. Raises ValueError if its variables differ from VARIABLES, FileNotFoundError without one."""
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text("utf8")
    variables = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    if variables != VARIABLES[name]:
        missing, unknown = sorted(VARIABLES[name] - variables), sorted(variables - VARIABLES[name])
        raise ValueError(f"prompts/{name}.txt: missing {missing}, unknown {unknown}")
    return text


def fill(name: str, **values: object) -> str:
    """A prompt with its variables filled in. Values are data: braces in them stay as they are.

    Raises KeyError for a variable without a value, and what `load` raises.
    """
    return load(name).format(**values)
