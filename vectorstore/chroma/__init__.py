"""Chroma in a process of its own: who owns it, whether its files are sound, and how far it differs from the ledger.

Public: `ChromaProcess`, `ChromaUnavailable`, `ChromaBusy`, `OwnerLock`, `IndexDrift`, and the functions of `drift` and
`fingerprint`.
"""
