"""The index as one thing: put documents in, take them out, find passages."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import Document, Span
from ingest.cleaning import one_line
from ingest.splitting import passages as split
from vectorstore import catalogue, lexical, vectors
from vectorstore.chroma_process import ChromaUnavailable
from vectorstore.dense import DenseIndex
from vectorstore.errors import IndexHeld, ModelMismatch, StoreError
from vectorstore.fusion import fuse
from vectorstore.ledger import Ledger, unwritable
from vectorstore.originals import Held, Originals
from vectorstore.records import NO_FILTERS, DocumentRecord, Filters, Passage

if TYPE_CHECKING:
    from vectorstore.embeddings import EmbeddingModel, ModelIdentity, Vectors

Progress = Callable[[int, int], None]  # done, in all

log = logging.getLogger(__name__)

HELD_WAIT = 1.0  # seconds to wait for another process to let go of Chroma before saying who holds it
_TRIES = 3  # searches for one question, where the index changes during each
_POOL = 100  # hits taken from each of the two searches before they are fused


@dataclass(frozen=True)
class SearchResult:
    passages: tuple[Passage, ...]  # best first
    left_out_undated: int | None = None  # documents without a date that a date filter left out


@dataclass(frozen=True)
class Incoming:
    """A document on its way in, as it was read."""

    identity: str  # a resolved path, an address, or what names an upload or attachment
    source: str  # what people know it by
    document: Document
    original: Held  # the bytes it was read from
    corrected: Mapping[str, Any] = field(default_factory=dict)  # set by people: over all that is stated of it
    parent: str | None = None  # id of the mail that it came with


@dataclass(frozen=True)
class Prepared:
    """A document on its way in, cut into passages whose texts are still to be embedded."""

    incoming: Incoming
    spans: tuple[Span, ...]
    contexts: tuple[str, ...]  # embedded before each passage's text
    texts: tuple[str, ...]  # what is embedded, one a span

    @property
    def document_id(self) -> str:
        return catalogue.document_id(self.incoming.identity)


class Store:
    """All reports of one data folder.

    Safe to share between threads. Raises StoreErrors (see vectorstore/errors.py) whose messages say
    what to do.
    """

    def __init__(self, folder: Path, model: EmbeddingModel, chroma_url: str | None = None) -> None:
        self.folder = folder
        self.model = model
        self.ledger = Ledger(folder)
        self.originals = Originals(folder)
        self.dense = DenseIndex(self.ledger, chroma_url)
        recorded = self._recorded_model()
        self.mismatch: ModelMismatch | None = None  # refused when search or add is asked for
        if recorded is not None and recorded["name"] != model.name:
            self.mismatch = self._mismatch(recorded, model.name)

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

    def put(self, incoming: Incoming, progress: Progress | None = None) -> tuple[str, str]:
        """`prepare`, `embed` and `publish` for one document."""
        prepared = self.prepare(incoming)
        self.embed(prepared.texts, progress)
        return self.publish(prepared)

    def prepare(self, incoming: Incoming) -> Prepared:
        """Cut a document into passages, under the title that is in force."""
        self.claim_model()
        document, kept = incoming.document, self._corrections(incoming)
        title = kept.get("title", document.metadata.title)
        longest = self.model.limit - min(self.model.count(title or ""), _TITLE_PIECES) - _HEADING_PIECES
        spans = split(document, longest, self.model.count)
        contexts = tuple(_context(title, span.heading) for span in spans)
        texts = tuple(
            f"{context}\n{document.text[span.start : span.end]}".strip()
            for context, span in zip(contexts, spans, strict=True)
        )
        return Prepared(incoming, tuple(spans), contexts, texts)

    def _corrections(self, incoming: Incoming) -> dict[str, Any]:
        """What people have set of a document, earlier and now."""
        return {**catalogue.corrections(self.ledger, incoming.identity), **incoming.corrected}

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> None:
        """Have the vectors of texts in the ledger; each text is computed once, ever."""
        self.claim_model()
        vectors.ensure(self.ledger, self.model, texts, progress)

    def publish(self, prepared: Prepared, members: Sequence[str] = ()) -> tuple[str, str]:
        """Make a document the live version of its identity; returns its id, and "added" or "replaced".

        The vectors of its texts are in the ledger. `members` are the identities of what came with it: what came
        with an older version and is no more among them is removed, with all that came with that. When this
        returns, the document is safe in the ledger and every reader sees it; Chroma may follow later.
        """
        one = prepared.incoming
        before = catalogue.find_live(self.ledger, one.identity)
        keys = [vectors.text_key(text) for text in prepared.texts]
        version = catalogue.Version(
            one.document, one.original.digest, prepared.spans, prepared.contexts, keys
        )
        with self.originals.settled(self.ledger, one.original):
            corrected = self._corrections(one)
            which = catalogue.go_live(self.ledger, one.identity, one.source, version, corrected, one.parent)
            staying = {catalogue.document_id(identity) for identity in members}
            came = [member.document_id for member in catalogue.members(self.ledger, which)]
            catalogue.remove(self.ledger, [member for member in came if member not in staying])
        return which, "added" if before is None else "replaced"

    def members(self, which: str) -> list[DocumentRecord]:
        """The live documents that came with a mail, each followed by what came with it in turn."""
        return catalogue.came_with(self.ledger, which)

    def edit(self, which: str, changes: Mapping[str, Any]) -> DocumentRecord:
        """Correct a document's metadata; None takes a correction back, and what was read out.

        A corrected title is embedded with the passages, so it makes a new generation.
        """
        before = self.document(which)
        catalogue.correct(self.ledger, before.document_id, changes)
        after = self.document(before.document_id)
        if after.title != before.title:
            self._embed_again(after)
        return self.document(before.document_id)

    def _embed_again(self, record: DocumentRecord) -> None:
        self.claim_model()
        rows = self.ledger.connection.execute(
            "SELECT text, heading FROM passages WHERE generation = ? ORDER BY row", (record.generation,)
        ).fetchall()
        contexts = [_context(record.title, row["heading"]) for row in rows]
        texts = [f"{context}\n{row['text']}".strip() for context, row in zip(contexts, rows, strict=True)]
        keys = vectors.ensure(self.ledger, self.model, texts)
        catalogue.copy_generation(self.ledger, record.document_id, record.generation, contexts, keys)

    def grade(self, publisher: str, letter: str | None) -> None:
        catalogue.grade(self.ledger, publisher, letter)

    def remove(self, which: Sequence[str]) -> None:
        """Hide documents, and with a mail all that came with it."""
        catalogue.remove(self.ledger, [self.document(one).document_id for one in which])

    # -- finding

    def search(self, question: str, k: int = 10, filters: Filters = NO_FILTERS) -> SearchResult:
        """The k passages nearest to a question, by meaning and by words; never cut off by score."""
        for _ in range(_TRIES):
            revision = self.ledger.revision
            result = self._search(question, k, filters)
            if self.ledger.revision == revision:
                break  # else a report that was replaced between two steps may be in neither version
        return result

    def _search(self, question: str, k: int, filters: Filters) -> SearchResult:
        only, left_out = self._admitted(filters)
        if (only is not None and not only) or k < 1 or not self._recorded_model():
            return SearchResult((), left_out)
        self.claim_model()
        question = one_line(question)
        pool = max(_POOL, k)
        vector = self.query_vector(question)
        dense = self.dense.query(vector, pool, vectors.model_key(self.model), only)
        words = lexical.search(self.ledger, question, pool, only)
        similarity = dict(dense)
        fused = fuse(dense, words)
        return SearchResult(tuple(self._passages(fused, similarity)[:k]), left_out)

    def query_vector(self, question: str) -> Vectors:
        vector: Vectors = self.model.embed([question])[0]
        return vector

    def vectors_of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimension); kept for the next time where they can be."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.model.identity.dimension), dtype=np.float32)
        return vectors.of(self.ledger, self.model, texts)

    def frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        """In how many live passages each word occurs (by its stem), and how many passages there are."""
        return lexical.frequencies(self.ledger, words)

    def _admitted(self, filters: Filters) -> tuple[set[int] | None, int | None]:
        """Generations that may answer (None: all), and how many undated documents a date left out."""
        if not filters.any:
            return None, None
        candidates = [one for one in catalogue.records(self.ledger) if filters.admits_but_for_date(one)]
        admitted = {one.generation for one in candidates if filters.admits_date(one.published)}
        left_out = None
        if filters.dated:
            left_out = sum(one.published is None for one in candidates) * (not filters.include_undated)
        return admitted, left_out

    def _passages(self, hits: Sequence[tuple[int, float]], similarity: Mapping[int, float]) -> list[Passage]:
        numbers = ",".join(str(row) for row, _ in hits)
        found = {
            row["row"]: row
            for row in self.ledger.connection.execute(
                "SELECT p.*, d.document_id, d.title, d.authors, d.publisher, d.published, d.source "
                "FROM passages p JOIN generations g ON g.generation = p.generation AND g.state = 'live' "
                f"JOIN documents d ON d.document_id = g.document_id WHERE p.row IN ({numbers})"
            )
        }
        return [_passage(found[row], score, similarity.get(row, 0.0)) for row, score in hits if row in found]

    # -- Chroma and the model

    def own(self, name: str, wait: float = 0.0, progress: Progress | None = None) -> bool:
        """Become the owner of Chroma and bring it up to date; False where another process owns it.

        Where Chroma cannot be opened now, answers come from the ledger alone, and a later call tries again.
        """
        if self._recorded_model():
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
        catalogue.rebuild_fulltext(self.ledger)
        self.dense.rebuild(self.model.identity, progress)
        return sum(record.passages for record in self.documents())

    def _change_model(self, model: EmbeddingModel, progress: Progress | None) -> None:
        name = vectors.model_key(model)
        swapped = False
        while not swapped:
            vectors.ensure(self.ledger, model, self._live_texts(), progress)
            with self.ledger.transaction() as connection:
                # In the transaction that swaps: another process may have added a report since the texts were read.
                swapped = not vectors.lacking(connection, name)
                if swapped:
                    self._record_model(model.identity)
                    connection.execute("DELETE FROM vectors WHERE model != ?", (name,))
                    self.ledger.bump(connection)
        self.model = model
        self.mismatch = None

    def _live_texts(self) -> list[str]:
        rows = self.ledger.connection.execute(
            "SELECT p.context, p.text FROM passages p "
            "JOIN generations g ON g.generation = p.generation AND g.state = 'live' ORDER BY p.row"
        )
        return [f"{row['context']}\n{row['text']}".strip() for row in rows]

    @property
    def recorded_model_name(self) -> str | None:
        """The embedding model that the index was built with; None for an index that never held any."""
        recorded = self._recorded_model()
        return None if recorded is None else str(recorded["name"])

    def _recorded_model(self) -> dict[str, Any] | None:
        recorded = self.ledger.get("embedding_model")
        return None if recorded is None else dict(json.loads(recorded))

    def claim_model(self) -> None:
        """Refuse to mix models; the first document records the one in use."""
        if self.mismatch is not None:
            raise self.mismatch
        recorded, mine = self._recorded_model(), self.model.identity
        if recorded is None:
            self._record_model(mine)
        elif (recorded["name"], recorded["revision"], recorded["dimension"]) != (
            mine.name,
            mine.revision,
            mine.dimension,
        ):
            raise self._mismatch(recorded, str(mine))

    def _record_model(self, mine: ModelIdentity) -> None:
        self.ledger.set(
            "embedding_model",
            json.dumps({"name": mine.name, "revision": mine.revision, "dimension": mine.dimension}),
        )

    def _mismatch(self, recorded: Mapping[str, Any], mine: str) -> ModelMismatch:
        return ModelMismatch(
            f"This index was built with the embedding model {recorded['name']}@{recorded['revision']} "
            f"({recorded['dimension']} dimensions), but the one in use is {mine}. Set "
            f"BRIEFING_EMBEDDING_MODEL back, or embed everything again with: "
            f"briefing rebuild --embedding-model '{self.model.name}'"
        )

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


_TITLE_PIECES = 48  # of the model's limit, kept for a title; longer ones are cut when embedded
_HEADING_PIECES = 32


def _context(title: str | None, heading: str | None) -> str:
    """What is embedded before a passage: its document's title and the headings it stands under."""
    return " › ".join(part for part in ((title or "")[:160], (heading or "")[-120:]) if part)


def _passage(row: sqlite3.Row, score: float, similarity: float) -> Passage:
    return Passage(
        passage_id=row["passage_id"],
        document_id=row["document_id"],
        title=row["title"],
        authors=tuple(json.loads(row["authors"])),
        publisher=row["publisher"],
        published=row["published"],
        source=row["source"],
        page=row["page"],
        heading=row["heading"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        score=round(score, 6),
        generation=row["generation"],
        similarity=similarity,
    )
