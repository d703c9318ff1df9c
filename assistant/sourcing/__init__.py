"""Judges how far the sources can be trusted: common origins, Admiralty grades, confidence, source summary.

Public: `with_sourcing`, `with_counts`, `confirmed_by_another`, `CONFIRMED`, `same_origin`.
"""
