"""Checks whether a sentence is supported by the words it cites: rules for facts, similarity or a model for meaning.

Public: `check`, `Checker`, `SupportVerdict`, `entailment.EntailmentModel`, `figures.figure_disagreements`,
`surroundings` (`DocumentText`, `surroundings`).
"""

from assistant.grounding.checker import Checker, SupportVerdict, check

__all__ = ["Checker", "SupportVerdict", "check"]
