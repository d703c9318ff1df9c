"""Finds where two reports disagree: on figures, in statements, in their accounts of an event.

Public: `differences`, `Difference`, `conflicts_in`.
"""
