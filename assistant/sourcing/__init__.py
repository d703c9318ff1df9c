"""Judges how far the sources can be trusted: common origins, Admiralty grades, confidence, source summary.

Public: `grades` (`CONFIRMED`, `confirmed_by_another`), `origins.same_origin`, `sourcing` (`with_counts`,
`with_sourcing`).
"""
