"""The index as one thing: put documents in, take them out, find passages."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
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
from vectorstore.search.dense import DenseIndex
from vectorstore.search.hybrid import Retrieval, SearchResult, admitted

if TYPE_CHECKING:
    from vectorstore.embedding.model import EmbeddingModel
    from vectorstore.embedding.reranker import Reranker
    from vectorstore.embedding.types import Vectors

Progress = Callable[[int, int], None]  # done, in all

log = logging.getLogger(__name__)

_TRIES = 3  # to publish a document, whose vectors a purge may take away before it is in the ledger
_QUERIES_KEPT = 64
HELD_WAIT = 0.5  # seconds to wait for another process to let go of Chroma before saying who holds it


class Store:
    """All reports of one data folder.

    Safe to share between threads. Raises StoreErrors (see vectorstore/errors.py) whose messages say
    what to do.
    """

    def __init__(
        self,
        folder: Path,
        model: EmbeddingModel | None = None,
        chroma_url: str | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Without a `model`, the one that the index was built with; a new index is built with the packaged one."""
        self.folder = folder
        self.ledger = Ledger(folder)
        self.originals = Originals(folder)
        self.dense = DenseIndex(self.ledger, chroma_url)
        self.lexical = LexicalIndex(self.ledger)
        self._query_lock = threading.Lock()
        self._query_vectors: dict[tuple[str, str], Vectors] = {}
        self._retrieval = Retrieval(self.ledger, self.dense, self.lexical, reranker)
        self._recorded = IndexModel(self.ledger)
        if model is None:
            from vectorstore.embedding.model import EmbeddingModel
            from vectorstore.embedding.torch_model import DEFAULT_MODEL

            model = EmbeddingModel(self._recorded.name or DEFAULT_MODEL, folder / "models")
        self.model = model
        self.mismatch = self._recorded.mismatch(model.name)  # refused when search or add is asked for

    # -- what is in it

    def documents(self, filters: Filters = NO_FILTERS) -> list[DocumentRecord]:
        return [record for record in catalogue.records(self.ledger) if filters.admits(record)]

    def document(self, which: str) -> DocumentRecord:
        return catalogue.record(self.ledger, which)

    def text(self, which: str, generation: int | None = None) -> str:
        """The extracted text of a document's live version, or of the version that a citation names."""
        if generation is None:
            generation = self.document(which).generation
        return catalogue.generation_text(self.ledger, generation)

    # -- putting in and taking out

    def unchanged(self, identity: str, original: str) -> DocumentRecord | None:
        """The live document of this identity, if it was read from these very bytes."""
        record = catalogue.find_live(self.ledger, identity)
        return record if record is not None and record.original == original else None

    def same_elsewhere(
        self, identity: str, *, original: str | None = None, text: str | None = None
    ) -> DocumentRecord | None:
        """A live document of another identity that has the same bytes, or the same text."""
        text_hash = None if text is None else catalogue.text_hash(text)
        record = catalogue.find_same(self.ledger, original=original, text=text_hash)
        return None if record is None or record.document_id == catalogue.document_id(identity) else record

    def origins(self, which: str) -> set[str]:
        """Identities of all whose adding may change or hide a document."""
        return attachments.origins(self.ledger, which)

    def put(self, incoming: IncomingDocument, progress: Progress | None = None) -> tuple[str, str]:
        """`prepare`, `embed` and `publish` for one document."""
        prepared = self.prepare(incoming)
        self.embed(prepared.texts, progress)
        return self.publish(prepared)

    def prepare(self, incoming: IncomingDocument) -> PreparedDocument:
        """Cut a document into passages, under the title that is in force."""
        self.claim_model()
        title = self._corrections(incoming).get("title", incoming.document.metadata.title)
        return cut_document(incoming, title, self.model)

    def _corrections(self, incoming: IncomingDocument) -> dict[str, Any]:
        """What people have set of a document, earlier and now."""
        return {**catalogue.corrections(self.ledger, incoming.identity), **incoming.corrected}

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> None:
        """Have the vectors of texts in the ledger; each text is computed once, ever."""
        self.claim_model()
        vector_cache.ensure_vectors(self.ledger, self.model, texts, progress)

    def publish(
        self, prepared: PreparedDocument, members: Mapping[str, bytes] = MappingProxyType({})
    ) -> tuple[str, str]:
        """Make a document the live version of its identity; returns its id, and "added" or "replaced".

        `members` is what came with it, by its identities: what came
        with an older version and is no more among them is removed, with all that came with that. When this
        returns, the document is safe in the ledger and every reader sees it; Chroma may follow later. Raises
        ModelMismatch where the index was embedded with another model in the meantime.
        """
        one = prepared.incoming
        before = catalogue.find_live(self.ledger, one.identity)
        keys = [vector_cache.text_key(text) for text in prepared.texts]
        version = versions.NewVersion(
            one.document,
            one.original.digest,
            prepared.spans,
            prepared.contexts,
            keys,
            _digests(members),
        )
        for _ in range(_TRIES):
            with self.originals.settled(self.ledger, one.original):
                self.claim_model()  # it may have been changed since the texts were embedded
                if len(
                    vector_cache.stored_vectors(self.ledger, vector_cache.model_key(self.model), keys)
                ) == len({*keys}):
                    corrected = self._corrections(one)
                    which = versions.go_live(
                        self.ledger, one.identity, one.source, version, corrected, one.parent
                    )
                    attachments.keep_members(self.ledger, which, _digests(members).keys())
                    return which, "added" if before is None else "replaced"
            self.embed(prepared.texts)  # a purge has taken away what nothing needed yet
        raise StoreError(f"{one.source} could not be added beside a purge: add it again when that has ended")

    def retire(self, identity: str, first: DocumentRecord) -> None:
        """Hide the live document of an identity, if it has one, whose file now repeats another's words."""
        stale = catalogue.find_live(self.ledger, identity)
        if stale is not None and stale.original != first.original:
            attachments.remove(self.ledger, [stale.document_id])

    def is_whole(self, which: str) -> bool:
        """Whether all that came with a document is in the index, what came with that included, and its bytes kept.

        Of mails that an older program read it is not known.
        """
        asked, seen = [which], set[str]()
        while asked:
            one = asked.pop()
            if one in seen:
                continue
            seen.add(one)
            noted = attachments.brought_identities(self.ledger, one)
            if noted is None and self.document(one).kind in catalogue.MAILS:
                return False
            for digest in (noted or {}).values():
                found = catalogue.find_same(self.ledger, original=digest)
                if found is None or not self.originals.has(digest):
                    return False
                asked.append(found.document_id)
        return True

    def note_members(self, record: DocumentRecord, members: Mapping[str, bytes]) -> None:
        """Note what came with a mail, by its identities, where an older program did not."""
        if (
            record.kind in catalogue.MAILS
            and attachments.brought_identities(self.ledger, record.document_id) is None
        ):
            attachments.record_brought(self.ledger, record.document_id, _digests(members))

    def note_unpacked(self, which: str, archive: str, members: Mapping[str, bytes]) -> None:
        """Note what an archive that came with a mail held; all by their identities."""
        attachments.record_brought(self.ledger, which, _digests(members), catalogue.document_id(archive))

    def note_duplicate(self, which: str, identity: str, first: DocumentRecord) -> None:
        """Note that what came with a mail under this identity is there as another document."""
        mine = catalogue.document_id(identity)
        if (attachments.brought_identities(self.ledger, which) or {}).get(mine) != first.original:
            attachments.record_brought(self.ledger, which, {mine: first.original})

    def members(self, which: str) -> list[DocumentRecord]:
        """The live documents that came with a mail, each followed by what came with it in turn."""
        return attachments.parent_of(self.ledger, which)

    def edit(self, which: str, changes: Mapping[str, Any]) -> DocumentRecord:
        """Correct a document's metadata; None takes a correction back, and what was read out.

        A corrected title is embedded with the passages, so it makes a new generation.
        """
        before = self.document(which)
        title = versions.title_after(self.ledger, before.document_id, changes)
        if title != before.title:
            self.embed(
                self._under(title, before.generation)[1]
            )  # it takes time: before others are kept waiting
        with self.ledger.transaction():  # title and vectors at once: a kill leaves neither without the other
            versions.store_corrections(self.ledger, before.document_id, changes)
            after = self.document(before.document_id)
            if after.title != before.title:
                contexts, texts = self._under(after.title, after.generation)
                self.claim_model()
                keys = vector_cache.ensure_vectors(self.ledger, self.model, texts)
                versions.copy_generation(self.ledger, after.document_id, after.generation, contexts, keys)
        return self.document(before.document_id)

    def _under(self, title: str | None, generation: int) -> tuple[list[str], list[str]]:
        """Of each passage of a generation: its context under a title, and what is then embedded."""
        rows = self.ledger.connection.execute(
            "SELECT text, heading FROM passages WHERE generation = ? ORDER BY row", (generation,)
        ).fetchall()
        contexts = [passage_context(title, row["heading"]) for row in rows]
        return contexts, [
            embedded_text(above, row["text"]) for above, row in zip(contexts, rows, strict=True)
        ]

    def grade(self, publisher: str, letter: str | None) -> None:
        versions.grade(self.ledger, publisher, letter)

    def remove(self, which: Sequence[str]) -> None:
        """Hide documents, and with a mail all that came with it."""
        attachments.remove(self.ledger, [self.document(one).document_id for one in which])

    # -- finding

    def search(self, question: str, k: int = 10, filters: Filters = NO_FILTERS) -> SearchResult:
        """The k passages nearest to a question, by meaning and by words; never cut off by score."""
        if k < 1 or not self._recorded.name:
            return SearchResult((), admitted(self.ledger, filters)[1])
        self.claim_model()
        question = one_line(question)
        vector = self.query_vector(question)
        return self._retrieval.search(question, vector, vector_cache.model_key(self.model), k, filters)

    def preceding(self, passage: Passage) -> Passage | None:
        """The passage before one that was found, where it belongs to it: see Retrieval."""
        return self._retrieval.preceding(passage)

    def following(self, passage: Passage) -> Passage | None:
        """The passage after one that was found, where it belongs to it: see Retrieval."""
        return self._retrieval.following(passage)

    def passages(self, generation: int) -> list[Passage]:
        """All passages of one live version of a document, in its order."""
        return self._retrieval.passages(generation)

    def query_vector(self, question: str) -> Vectors:
        """A question's vector; those of the last questions are kept."""
        key = (self.model.identity.key, question)
        vector: Vectors | None = self._query_vectors.get(key)
        if vector is None:
            vector = self.model.embed([question])[0]
            with self._query_lock:
                self._query_vectors[key] = vector
                if len(self._query_vectors) > _QUERIES_KEPT:
                    del self._query_vectors[next(iter(self._query_vectors))]
        return vector

    def vectors_of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimension); kept for the next time where they can be."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.model.identity.dimension), dtype=np.float32)
        return vector_cache.vectors_for(self.ledger, self.model, texts)

    def frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        """In how many live passages each word occurs (by its stem), and how many passages there are."""
        return self.lexical.frequencies(words)

    # -- Chroma and the model

    def own(self, name: str, wait: float = 0.0, progress: Progress | None = None) -> bool:
        """Become the owner of Chroma and bring it up to date; False where another process owns it.

        Where Chroma cannot be opened now, answers come from the ledger alone, and a later call tries again.
        """
        if self._recorded.name:
            self.claim_model()
        try:
            if not self.dense.own(self.model.identity, name, wait):
                return False
        except ChromaUnavailable as error:
            log.warning("%s. Reports are kept and found without it; it is brought up to date later", error)
        self.sync(progress)
        return True

    def sync(self, progress: Progress | None = None) -> int:
        """Bring Chroma to what the ledger says, where this process owns it; returns how many versions went in or out.

        Where Chroma fails, nothing is lost: it is brought up to date later.
        """
        try:
            return self.dense.sync(progress)
        except ChromaUnavailable as error:
            log.warning("%s. Reports are kept and found without it; it is brought up to date later", error)
            return 0

    def rebuild(self, embedding_model: EmbeddingModel | None = None, progress: Progress | None = None) -> int:
        """Make Chroma anew from the ledger, with another embedding model if one is given.

        Returns the number of live passages. Without a new model no file is read and no model is run. A new model's
        vectors are made beside the old ones, with which search goes on until all are there; interrupted, it goes on
        where it stopped. Raises IndexHeld where another process owns Chroma, ChromaUnavailable where it cannot be
        opened.
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
                # In the transaction that swaps: another process may have added a report since the texts were read.
                swapped = not vector_cache.missing_keys(connection, name)
                if swapped:
                    self._recorded.set(model.identity)
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
        """The embedding model that the index was built with; None for an index that never held any."""
        return self._recorded.name

    def claim_model(self) -> None:
        """Refuse to mix models; the first document records the one in use."""
        if self.mismatch is not None:
            raise self.mismatch
        self._recorded.claim(self.model)

    def close(self) -> None:
        self.dense.close()
        self.ledger.close()

    def guard(self, error: Exception) -> StoreError:
        """A StoreError for what SQLite or the file system raised in the middle of work."""
        if isinstance(error, StoreError):
            return error
        if isinstance(error, (sqlite3.Error, OSError)):
            return unwritable(self.folder, error)
        raise error


def _digests(members: Mapping[str, bytes]) -> dict[str, str]:
    """By the ids that the members' identities make: SHA-256 of their bytes."""
    return {catalogue.document_id(name): sha256(data).hexdigest() for name, data in members.items()}
