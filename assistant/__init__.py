"""Questions and topics in, checked answers and briefings out.

Public: `Assistant` (the desk), its results (`Answer`, `Briefing`, `Citation`, `Sentence`), `Settings`, `load_settings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.desk import Assistant
    from assistant.results.answer import Answer, Citation, Sentence
    from assistant.results.briefing import Briefing
    from assistant.settings import Settings, load_settings

_HOMES = {
    "Answer": "results.answer",
    "Citation": "results.answer",
    "Sentence": "results.answer",
    "Briefing": "results.briefing",
    "Assistant": "desk",
    "Settings": "settings",
    "load_settings": "settings",
}

__all__ = [
    "Answer",
    "Assistant",
    "Briefing",
    "Citation",
    "Sentence",
    "Settings",
    "load_settings",
]


def __getattr__(name: str) -> Any:
    # Heavy libraries are imported when a name is first used, so that --help answers at once.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
