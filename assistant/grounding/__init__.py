"""Whether a sentence stands on the words it cites: `check(sentence, spans) -> Verdict`."""

from assistant.grounding.checker import Checker, SupportVerdict, check

__all__ = ["Checker", "SupportVerdict", "check"]
