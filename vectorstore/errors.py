"""The errors of an index, each with a code for programs and a message that says what to do.

StoreError
├── NotFound           no such document, conversation or briefing
├── ModelMismatch      the index was built with another embedding model
├── IndexHeld          another process owns Chroma and does not let go
├── NewerIndex         a later version of the program wrote the data folder
├── DamagedBackup      a file is no backup, or is damaged
├── IndexUnwritable    the data folder cannot be written (rights, full disk, a file in its place)
├── ModelUnavailable   the embedding model cannot be loaded (embedding/torch_model.py)
├── ChromaUnavailable  Chroma cannot be opened (chroma/process.py)
└── PurgeUnfinished    a reader keeps erased bytes in the files (upkeep/purge.py)
"""

from __future__ import annotations


class StoreError(Exception):
    """What goes wrong with an index. `code` is stable; the message says what is wrong and what to do next."""

    code = "store"

    @property
    def message(self) -> str:
        """The text of the error."""
        return str(self)


class NotFound(StoreError):
    """There is no document, conversation or briefing with this id."""

    code = "not_found"


class ModelMismatch(StoreError):
    """The index was built with another embedding model, whose vectors cannot be compared with this one's."""

    code = "model_mismatch"


class IndexHeld(StoreError):
    """Another process owns Chroma and does not let go."""

    code = "held"


class NewerIndex(StoreError):
    """A later version of the program wrote the data folder or the backup."""

    code = "newer_index"


class DamagedBackup(StoreError):
    """A file is no backup, or is damaged."""

    code = "damaged_backup"


class IndexUnwritable(StoreError):
    """The data folder, or the file to write, cannot be used."""

    code = "unwritable"
