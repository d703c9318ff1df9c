"""Checks whether a sentence is supported by the words it cites: rules for facts, similarity or a model for meaning.

Public: `check`, `Checker`, `SupportVerdict`; also `entailment.EntailmentModel`, `surroundings.surroundings`,
`figures.figure_disagreements`, `names.same_name` and `similarity.Embed`.
"""

from assistant.grounding.checker import Checker, SupportVerdict, check

__all__ = ["Checker", "SupportVerdict", "check"]
