"""The index of one data folder: put documents in, take them out, find passages."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ingest.text.cleaning import one_line
from vectorstore.chroma.process import ChromaUnavailable
from vectorstore.embedding import vector_cache
from vectorstore.embedding.index_model import IndexModel
from vectorstore.embedding.passages import (
    IncomingDocument,
    PreparedDocument,
    cut_document,
    embedded_text,
    passage_context,
)
from vectorstore.errors import IndexHeld, StoreError
from vectorstore.ledger import attachments, catalogue, versions
from vectorstore.ledger.database import Ledger, unwritable
from vectorstore.ledger.originals import Originals
from vectorstore.records import NO_FILTERS, DocumentRecord, Filters, Passage
from vectorstore.search.bm25 import LexicalIndex
from vectorstore.search.dense import DenseIndex, Progress
from vectorstore.search.hybrid import HybridRetriever, SearchResult, admitted_generations

if TYPE_CHECKING:
    from vectorstore.embedding.model import EmbeddingModel
    from vectorstore.embedding.reranker import Reranker
    from vectorstore.embedding.types import Vectors

log = logging.getLogger(__name__)

_TRIES = 3  # attempts to publish a document: a purge may delete its vectors before it is in the ledger
_MAX_QUERY_VECTORS = 64  # vectors of the latest questions kept in memory
HELD_WAIT = 0.5  # seconds to wait for another process to let go of Chroma before saying who holds it


class Store:
    """All reports of one data folder. Safe to share between threads.

    Its methods raise StoreErrors (see vectorstore/errors.py) whose messages say what to do.
    """

    def __init__(
        self,
        folder: Path,
        model: EmbeddingModel | None = None,
        chroma_url: str | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Open the index in `folder`, or begin a new one there.

        Without a `model` it uses the one that the index was built with, or the packaged one for a new index. Raises
        IndexUnwritable and NewerIndex as Ledger does. Another model than that of the index is refused only when
        something is searched or added.
        """
        self.folder = folder
        self.ledger = Ledger(folder)
        self.originals = Originals(folder)
        self.dense = DenseIndex(self.ledger, chroma_url)
        self.lexical = LexicalIndex(self.ledger)
        self._query_lock = threading.Lock()
        self._query_vectors: dict[tuple[str, str], Vectors] = {}
        self._retrieval = HybridRetriever(self.ledger, self.dense, self.lexical, reranker)
        self._index_model = IndexModel(self.ledger)
        if model is None:
            from vectorstore.embedding.model import EmbeddingModel
            from vectorstore.embedding.torch_model import DEFAULT_MODEL

            model = EmbeddingModel(self._index_model.name or DEFAULT_MODEL, folder / "models")
        self.model = model
        self.mismatch = self._index_model.mismatch(model.name)  # raised by `claim_model`

    # -- what is in it

    def documents(self, filters: Filters = NO_FILTERS) -> list[DocumentRecord]:
        """The live documents that the filters admit, in the order in which they were first added."""
        return [record for record in catalogue.records(self.ledger) if filters.admits(record)]

    def document(self, document_id: str) -> DocumentRecord:
        """A live document by its id, or by an unambiguous beginning of it. Raises NotFound."""
        return catalogue.record(self.ledger, document_id)

    def text(self, document_id: str, generation: int | None = None) -> str:
        """The extracted text of a document's live version, or of the `generation` that a citation refers to.

        Raises NotFound for an unknown document or a purged generation.
        """
        if generation is None:
            generation = self.document(document_id).generation
        return catalogue.generation_text(self.ledger, generation)

    # -- putting in and taking out

    def unchanged(self, identity: str, original: str) -> DocumentRecord | None:
        """The live document of an identity, if it was read from the bytes with the SHA-256 `original`; else None."""
        record = catalogue.find_live(self.ledger, identity)
        return record if record is not None and record.original == original else None

    def find_duplicate(
        self, identity: str, *, original: str | None = None, text: str | None = None
    ) -> DocumentRecord | None:
        """A live document of another identity with the same bytes (SHA-256 `original`) or the same `text`."""
        text_hash = None if text is None else catalogue.text_hash(text)
        record = catalogue.find_same(self.ledger, original=original, text=text_hash)
        return None if record is None or record.document_id == catalogue.document_id(identity) else record

    def origins(self, document_id: str) -> set[str]:
        """Identities of everything that, when added again, may change or hide a document."""
        return attachments.origins(self.ledger, document_id)

    def put(self, incoming: IncomingDocument, progress: Progress | None = None) -> tuple[str, str]:
        """`prepare`, `embed` and `publish` one document; returns its id, and "added" or "replaced"."""
        prepared = self.prepare(incoming)
        self.embed(prepared.texts, progress)
        return self.publish(prepared)

    def prepare(self, incoming: IncomingDocument) -> PreparedDocument:
        """Cut a document into passages, each with the title in force. Raises ModelMismatch."""
        self.claim_model()
        title = self._corrections(incoming).get("title", incoming.document.metadata.title)
        return cut_document(incoming, title, self.model)

    def _corrections(self, incoming: IncomingDocument) -> dict[str, Any]:
        """The fields of a document that people have set, earlier or for this addition."""
        return {**catalogue.corrections(self.ledger, incoming.identity), **incoming.corrected}

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> None:
        """Bring the vectors of texts into the ledger; only texts without one are computed. Raises ModelMismatch."""
        self.claim_model()
        vector_cache.ensure_vectors(self.ledger, self.model, texts, progress)

    def publish(
        self, prepared: PreparedDocument, members: Mapping[str, bytes] = MappingProxyType({})
    ) -> tuple[str, str]:
        """Make a document the live version of its identity; returns its id, and "added" or "replaced".

        `members` are the bytes of its attachments, by identity. Attachments of an older version that are not among
        them are hidden, with everything that came with those. When this returns, the document is safe in the ledger
        and every reader sees it; Chroma may follow later. Raises ModelMismatch if the index was embedded with another
        model meanwhile, StoreError if purges keep deleting the vectors.
        """
        incoming = prepared.incoming
        former = catalogue.find_live(self.ledger, incoming.identity)
        keys = [vector_cache.text_key(text) for text in prepared.texts]
        version = versions.NewVersion(
            incoming.document,
            incoming.original.digest,
            prepared.spans,
            prepared.contexts,
            keys,
            _digests(members),
        )
        for _ in range(_TRIES):
            with self.originals.settled(self.ledger, incoming.original):
                self.claim_model()  # another process may have changed it since the texts were embedded
                stored = vector_cache.stored_vectors(self.ledger, vector_cache.model_key(self.model), keys)
                if len(stored) == len({*keys}):
                    corrected = self._corrections(incoming)
                    document_id = versions.go_live(
                        self.ledger, incoming.identity, incoming.source, version, corrected, incoming.parent
                    )
                    attachments.hide_attachments_except(self.ledger, document_id, _digests(members).keys())
                    return document_id, "added" if former is None else "replaced"
            self.embed(prepared.texts)  # a purge has deleted vectors that no live passage needed yet
        raise StoreError(
            f"{incoming.source} could not be added beside a purge: add it again when that has ended"
        )

    def retire(self, identity: str, first: DocumentRecord) -> None:
        """Hide the live document of an identity, if any, because its file now duplicates the document `first`."""
        stale = catalogue.find_live(self.ledger, identity)
        if stale is not None and stale.original != first.original:
            attachments.remove(self.ledger, [stale.document_id])

    def is_whole(self, document_id: str) -> bool:
        """True if everything that came with a document, at any depth, is live and its original file is stored.

        False for a mail added by an older program, which did not record what came with it.
        """
        waiting, seen = [document_id], set[str]()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            brought = attachments.brought_identities(self.ledger, current)
            if brought is None and self.document(current).kind in catalogue.MAILS:
                return False
            for digest in (brought or {}).values():
                attachment = catalogue.find_same(self.ledger, original=digest)
                if attachment is None or not self.originals.has(digest):
                    return False
                waiting.append(attachment.document_id)
        return True

    def note_members(self, record: DocumentRecord, members: Mapping[str, bytes]) -> None:
        """Record what came with a mail (identity -> bytes) if an older program did not."""
        if (
            record.kind in catalogue.MAILS
            and attachments.brought_identities(self.ledger, record.document_id) is None
        ):
            attachments.record_brought(self.ledger, record.document_id, _digests(members))

    def note_unpacked(self, mail: str, archive: str, members: Mapping[str, bytes]) -> None:
        """Record that an archive (identity) that came with a mail (id) held `members` (identity -> bytes)."""
        attachments.record_brought(self.ledger, mail, _digests(members), catalogue.document_id(archive))

    def note_duplicate(self, mail: str, identity: str, first: DocumentRecord) -> None:
        """Record that an attachment (identity) of a mail (id) duplicates the document `first`."""
        attachment = catalogue.document_id(identity)
        if (attachments.brought_identities(self.ledger, mail) or {}).get(attachment) != first.original:
            attachments.record_brought(self.ledger, mail, {attachment: first.original})

    def members(self, document_id: str) -> list[DocumentRecord]:
        """The live documents that came with a mail, each followed by those that came with it in turn."""
        return attachments.attachments_of(self.ledger, document_id)

    def edit(self, document_id: str, changes: Mapping[str, Any]) -> DocumentRecord:
        """Correct a document's metadata; see `versions.store_corrections` for the fields and for None.

        The title is embedded with each passage, so a new title makes a new generation. Raises NotFound, ModelMismatch.
        """
        before = self.document(document_id)
        title = versions.title_after(self.ledger, before.document_id, changes)
        if title != before.title:  # embed first: it takes time, and a transaction keeps others waiting
            self.embed(self._contexts_and_texts(title, before.generation)[1])
        with self.ledger.transaction():  # title and vectors together, so that a kill cannot separate them
            versions.store_corrections(self.ledger, before.document_id, changes)
            after = self.document(before.document_id)
            if after.title != before.title:
                contexts, texts = self._contexts_and_texts(after.title, after.generation)
                self.claim_model()
                keys = vector_cache.ensure_vectors(self.ledger, self.model, texts)
                versions.copy_generation(self.ledger, after.document_id, after.generation, contexts, keys)
        return self.document(before.document_id)

    def _contexts_and_texts(self, title: str | None, generation: int) -> tuple[list[str], list[str]]:
        """For each passage of a generation: its context under a title, and the text that is embedded."""
        rows = self.ledger.connection.execute(
            "SELECT text, heading FROM passages WHERE generation = ? ORDER BY row", (generation,)
        ).fetchall()
        contexts = [passage_context(title, row["heading"]) for row in rows]
        return contexts, [
            embedded_text(context, row["text"]) for context, row in zip(contexts, rows, strict=True)
        ]

    def grade(self, publisher: str, letter: str | None) -> None:
        """Set the Admiralty letter (A to F) of a publisher, or delete it with None."""
        versions.grade(self.ledger, publisher, letter)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Hide documents, and everything that came with them. Raises NotFound, and then hides nothing."""
        attachments.remove(
            self.ledger, [self.document(document_id).document_id for document_id in document_ids]
        )

    # -- finding

    def search(self, question: str, k: int = 10, filters: Filters = NO_FILTERS) -> SearchResult:
        """The k best passages for a question, by meaning and by words; never cut off by score.

        Empty for k < 1 and for an index without reports. Raises ModelMismatch.
        """
        if k < 1 or not self._index_model.name:
            return SearchResult((), admitted_generations(self.ledger, filters)[1])
        self.claim_model()
        question = one_line(question)
        vector = self.query_vector(question)
        return self._retrieval.search(question, vector, vector_cache.model_key(self.model), k, filters)

    def preceding(self, passage: Passage) -> Passage | None:
        """The passage before another, under the same heading of the same version, or None: see Retrieval."""
        return self._retrieval.preceding(passage)

    def following(self, passage: Passage) -> Passage | None:
        """The passage after one that was found, where it belongs to it: see Retrieval."""
        return self._retrieval.following(passage)

    def passages(self, generation: int) -> list[Passage]:
        """All passages of a live generation, in the order of the text."""
        return self._retrieval.passages(generation)

    def query_vector(self, question: str) -> Vectors:
        """The unit vector of a question, shape (dimension,); those of the last 64 questions are kept in memory."""
        key = (self.model.identity.key, question)
        vector: Vectors | None = self._query_vectors.get(key)
        if vector is None:
            vector = self.model.embed([question])[0]
            with self._query_lock:
                self._query_vectors[key] = vector
                if len(self._query_vectors) > _MAX_QUERY_VECTORS:
                    del self._query_vectors[next(iter(self._query_vectors))]
        return vector

    def vectors_of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimension); taken from and stored in the ledger if possible."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.model.identity.dimension), dtype=np.float32)
        return vector_cache.vectors_for(self.ledger, self.model, texts)

    def frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        """The number of live passages that contain each word (by its stem), and the number of all live passages."""
        return self.lexical.frequencies(words)

    # -- Chroma and the model

    def own(self, name: str, wait: float = 0.0, progress: Progress | None = None) -> bool:
        """Become the owner of Chroma and bring it up to date; False if another process owns it.

        `name` is shown to other processes; `wait` is in seconds. If Chroma cannot be opened, this process owns it all
        the same: answers come from the ledger alone, and a later call tries again. Raises ModelMismatch.
        """
        if self._index_model.name:
            self.claim_model()
        try:
            if not self.dense.own(self.model.identity, name, wait):
                return False
        except ChromaUnavailable as error:
            log.warning("%s. Reports are kept and found without it; it is brought up to date later", error)
        self.sync(progress)
        return True

    def sync(self, progress: Progress | None = None) -> int:
        """Bring Chroma up to date with the ledger, if this process owns it; returns the number of versions changed.

        If Chroma fails, nothing is lost: it is brought up to date later.
        """
        try:
            return self.dense.sync(progress)
        except ChromaUnavailable as error:
            log.warning("%s. Reports are kept and found without it; it is brought up to date later", error)
            return 0

    def rebuild(self, embedding_model: EmbeddingModel | None = None, progress: Progress | None = None) -> int:
        """Rebuild Chroma and the full-text index from the ledger, with another embedding model if one is given.

        Returns the number of live passages. Without a new model, no report is read and no model is run. With one, its
        vectors are made beside the old ones, which serve searches until all are there; if interrupted, the next call
        goes on where it stopped. Raises IndexHeld if another process owns Chroma, ChromaUnavailable if it cannot be
        opened, ModelMismatch.
        """
        if not self.dense.lock.acquire("briefing rebuild", wait=HELD_WAIT):
            raise IndexHeld(
                f"The index is held by {self.dense.lock.holder()}: close it, or wait until it has finished, "
                "and run the command again"
            )
        if embedding_model is not None:
            self._change_model(embedding_model, progress)
        else:
            self.claim_model()
        versions.rebuild_fulltext(self.ledger)
        self.dense.rebuild(self.model.identity, progress)
        return sum(record.passages for record in self.documents())

    def _change_model(self, model: EmbeddingModel, progress: Progress | None) -> None:
        name = vector_cache.model_key(model)
        swapped = False
        while not swapped:
            vector_cache.ensure_vectors(self.ledger, model, self._live_texts(), progress)
            with self.ledger.transaction() as connection:
                # Checked in the same transaction: another process may have added a report since the texts were read.
                swapped = not vector_cache.count_missing_vectors(connection, name)
                if swapped:
                    self._index_model.set(model.identity)
                    connection.execute("DELETE FROM vectors WHERE model != ?", (name,))
                    self.ledger.bump(connection)
        self.model = model
        self.mismatch = None

    def _live_texts(self) -> list[str]:
        rows = self.ledger.connection.execute(
            "SELECT p.context, p.text FROM passages p "
            "JOIN generations g ON g.generation = p.generation AND g.state = 'live' ORDER BY p.row"
        )
        return [embedded_text(row["context"], row["text"]) for row in rows]

    @property
    def recorded_model_name(self) -> str | None:
        """Name of the embedding model that the index was built with; None for an index that never held reports."""
        return self._index_model.name

    def claim_model(self) -> None:
        """Record the model in use with the first document; raise ModelMismatch if the index has another one."""
        if self.mismatch is not None:
            raise self.mismatch
        self._index_model.claim(self.model)

    def close(self) -> None:
        """Let go of Chroma, and close this thread's connection to the ledger."""
        self.dense.close()
        self.ledger.close()

    def guard(self, error: Exception) -> StoreError:
        """The StoreError for an error of SQLite or the file system; raises any other error again."""
        if isinstance(error, StoreError):
            return error
        if isinstance(error, (sqlite3.Error, OSError)):
            return unwritable(self.folder, error)
        raise error


def _digests(members: Mapping[str, bytes]) -> dict[str, str]:
    """Members (identity -> bytes) as document id -> SHA-256 of the bytes."""
    return {catalogue.document_id(identity): sha256(data).hexdigest() for identity, data in members.items()}
