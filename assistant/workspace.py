"""What every step of a question or briefing works with: store, checker and settings, and search over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from types import TracebackType

from assistant.evidence.selection import select_passages
from assistant.grounding import Checker
from assistant.settings import Settings
from vectorstore import DocumentRecord, Filters, Passage, SearchResult, Store
from vectorstore.records import NO_FILTERS


class Workspace:
    """The parts of a desk that its steps share; safe to share between threads.

    `Assistant` is built on it. Steps take a Workspace and never the Assistant, so that none can call what calls it.
    """

    def __init__(self, store: Store, checker: Checker, settings: Settings) -> None:
        self.store = store
        self.checker = checker
        self.settings = settings

    def documents(self, filters: Filters | None = None) -> list[DocumentRecord]:
        """The documents in the index that the filters admit, in order of addition."""
        return self.store.documents(filters or NO_FILTERS)

    def document(self, document_id: str) -> DocumentRecord:
        """The document with an id, or with an id that begins so if only one does. Raises NotFound."""
        return self.store.document(document_id)

    def text(self, document_id: str, generation: int | None = None) -> str:
        """The extracted text of a document, into which offsets count; of an older version if `generation` names one.

        Raises NotFound.
        """
        return self.store.text(document_id, generation)

    def passage_texts(self) -> Callable[[Passage], str]:
        """A function from a passage to the extracted text of its report, which reads each text once."""

        @cache
        def text(document_id: str, generation: int) -> str:
            return self.text(document_id, generation)

        def text_of(passage: Passage) -> str:
            return text(passage.document_id, passage.generation)

        return text_of

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> list[Passage]:
        """The k best passages for a query, best first."""
        return list(self.find(query, k, filters).passages)

    def find(self, query: str, k: int = 10, filters: Filters | None = None) -> SearchResult:
        """As `search`, together with how many undated documents a date filter left out."""
        with self.guarded():
            return self.store.search(query, k, filters or NO_FILTERS)

    def gather(self, query: str, k: int, filters: Filters | None = None) -> SearchResult:
        """About k passages to write from, chosen among 2k search results; see assistant/evidence/selection.py."""
        result = self.find(query, 2 * k, filters)
        return replace(result, passages=self.select(result.passages, k))

    def select(self, passages: Sequence[Passage], k: int) -> tuple[Passage, ...]:
        """About k of the passages, which are best first, to write from; see assistant/evidence/selection.py."""
        return select_passages(passages, k, self.store.preceding)

    def neighbours(self, passage: Passage) -> list[Passage]:
        """The passages just before and after one, under the same heading of its report; at most two."""
        beside = (self.store.preceding(passage), self.store.following(passage))
        return [neighbour for neighbour in beside if neighbour is not None]

    @property
    def embedding_model(self) -> str:
        """The embedding model of the index, or of the settings if the index has none yet."""
        return self.store.recorded_model_name or self.settings.embedding_model

    def guarded(self) -> _Guard:
        """A context in which errors of SQLite and the file system become StoreErrors that say what to do."""
        return _Guard(self.store)


class _Guard:
    """Turns errors of SQLite and the file system into StoreErrors that say what to do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, (sqlite3.Error, OSError)):
            raise self._store.guard(error) from error
