"""Whether a sentence stands on the words it cites: `check(sentence, spans) -> Verdict`."""

from assistant.support.checking import Verdict, check

__all__ = ["Verdict", "check"]
