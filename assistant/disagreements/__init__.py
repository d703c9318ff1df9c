"""Finds where two reports disagree: on figures, in statements, in their accounts of an event.

Public: `disagreements` (`conflicts_in`, `Difference`, `differences`).
"""
