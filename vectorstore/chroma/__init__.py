"""Chroma in a process of its own: who owns it, whether its files are sound, and how far it differs from the ledger.

Public: `drift` (`compare_with_ledger`, `IndexDrift`, `probe`), `fingerprint` (`index_state`, `remove_fingerprint`,
`write_fingerprint`), `owner_lock.OwnerLock`, `process` (`ChromaBusy`, `ChromaProcess`, `ChromaUnavailable`).
"""
