"""What can go wrong with an index.

StoreError
├── NotFound         no such document, conversation or briefing
├── ModelMismatch    the index was built with another embedding model
├── IndexHeld        another process owns Chroma and would not let go
├── NewerIndex       the data folder was written by a later version
├── DamagedBackup    a file is no backup, or not what it was
└── Unwritable       the data folder cannot be written (rights, full disk, a file in its place)
"""

from __future__ import annotations


class StoreError(Exception):
    """`code` is stable and for programs; the message says what is wrong and what to do next."""

    code = "store"

    @property
    def message(self) -> str:
        return str(self)


class NotFound(StoreError):
    code = "not_found"


class ModelMismatch(StoreError):
    code = "model_mismatch"


class IndexHeld(StoreError):
    code = "held"


class NewerIndex(StoreError):
    code = "newer_index"


class DamagedBackup(StoreError):
    code = "damaged_backup"


class IndexUnwritable(StoreError):
    code = "unwritable"
