"""Checks whether a sentence is supported by the words it cites: rules for facts, similarity or a model for meaning.

Public: `check`, `Checker`, `SupportVerdict`; also `entailment.EntailmentModel`, `surroundings.surroundings`,
`figures.figure_disagreements` and `names.same_name`.
"""

from assistant.grounding.checker import Checker, SupportVerdict, check

__all__ = ["Checker", "SupportVerdict", "check"]
