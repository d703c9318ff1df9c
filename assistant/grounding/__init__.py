"""Whether a sentence stands on the words it cites: `check(sentence, spans) -> Verdict`."""

from assistant.grounding.checker import Checker, Verdict, check

__all__ = ["Checker", "Verdict", "check"]
