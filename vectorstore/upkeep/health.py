"""Health checks of an index, each with a remedy for what it finds."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass

import numpy as np

from vectorstore.embedding import vector_cache
from vectorstore.errors import StoreError
from vectorstore.store import Store
from vectorstore.upkeep.purge import unfinished_purge

_REMEDY = "Make room on the disk, or see that the Chroma server runs, then: briefing rebuild"
_MIN_FREE = 500 * 2**20  # bytes of free disk


@dataclass(frozen=True)
class HealthCheck:
    """The result of one check."""

    name: str  # of the check, e.g. "full-text index"
    ok: bool
    message: str  # what was found
    remedy: str | None = None  # a command or what to do; None if ok


def check_health(store: Store) -> list[HealthCheck]:
    """Check ledger, embedding model, vectors, full-text index, originals, purge, Chroma and disk, in this order.

    Changes nothing, except that opening Chroma brings it up to date.
    """
    return [
        _ledger(store),
        _model(store),
        _vectors(store),
        _fulltext(store),
        _originals(store),
        _purge(store),
        _chroma(store),
        _disk(store),
    ]


def _ledger(store: Store) -> HealthCheck:
    connection = store.ledger.connection
    try:
        integrity = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        documents = len(store.documents())
    except sqlite3.DatabaseError as error:
        integrity, orphans, documents = str(error), [], 0
    if integrity == "ok" and not orphans:
        return HealthCheck("ledger", True, f"{documents} documents, the file is sound")
    damage = integrity if integrity != "ok" else f"{len(orphans)} rows belong to nothing"
    return HealthCheck(
        "ledger",
        False,
        f"The ledger is damaged: {damage}",
        "briefing restore, from a backup, into a new folder",
    )


def _model(store: Store) -> HealthCheck:
    if store.mismatch is not None:
        return HealthCheck(
            "embedding model",
            False,
            store.mismatch.message,
            f"briefing rebuild --embedding-model '{store.model.name}', or unset BRIEFING_EMBEDDING_MODEL",
        )
    try:
        message = str(store.model.identity)
        if (reason := store.model.uncompiled) is not None:
            message += f", run by sentence-transformers, which starts slowly ({reason})"
        return HealthCheck("embedding model", True, message)
    except StoreError as error:
        return HealthCheck(
            "embedding model",
            False,
            error.message,
            "Set BRIEFING_EMBEDDING_MODEL to a model that can be loaded",
        )


def _vectors(store: Store) -> HealthCheck:
    if store.mismatch is not None:
        return HealthCheck("vectors", True, "not checked: see embedding model")
    model = vector_cache.model_key(store.model)
    rows = store.ledger.connection.execute(
        "SELECT v.vector FROM passages p JOIN generations g ON g.generation = p.generation AND g.state = 'live' "
        "LEFT JOIN vectors v ON v.model = ? AND v.key = p.vector_key",
        (model,),
    ).fetchall()
    missing = sum(row["vector"] is None for row in rows)
    broken = 0
    for row in rows:
        if row["vector"] is not None:
            length = float(np.linalg.norm(np.frombuffer(row["vector"], dtype="<f4")))
            broken += not 0.99 < length < 1.01
    if not missing and not broken:
        return HealthCheck("vectors", True, f"{len(rows)} passages, each with its vector")
    return HealthCheck(
        "vectors",
        False,
        f"{missing} of {len(rows)} passages have no vector, {broken} a broken one",
        f"briefing rebuild --embedding-model '{store.model.name}'",
    )


def _fulltext(store: Store) -> HealthCheck:
    connection = store.ledger.connection
    live = connection.execute(
        "SELECT count(*) FROM passages p JOIN generations g ON g.generation = p.generation AND g.state = 'live'"
    ).fetchone()[0]
    indexed = connection.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0]
    if live == indexed:
        return HealthCheck("full-text index", True, f"{indexed} passages")
    return HealthCheck(
        "full-text index", False, f"holds {indexed} passages, {live} are live", "briefing rebuild"
    )


def _originals(store: Store) -> HealthCheck:
    lost = [record.source for record in store.documents() if not store.originals.is_sound(record.original)]
    if not lost:
        return HealthCheck("originals", True, "every report's original file is kept, as it was added")
    return HealthCheck(
        "originals",
        False,
        f"The original files of {len(lost)} reports are missing or damaged: {', '.join(lost[:5])}",
        "Add these reports again to keep their originals; answers do not need them",
    )


def _purge(store: Store) -> HealthCheck:
    if not unfinished_purge(store.ledger):
        return HealthCheck("purge", True, "what was purged is erased from every file")
    return HealthCheck(
        "purge", False, "a purge was interrupted: old bytes may be left in files", "briefing purge"
    )


def _chroma(store: Store) -> HealthCheck:
    if store.mismatch is not None:
        return HealthCheck("chroma", True, "not checked: see embedding model")
    owned_before = store.dense.owned
    try:
        if not store.own("briefing doctor"):
            return HealthCheck(
                "chroma", True, f"in use by {store.dense.lock.holder()}, which keeps it up to date"
            )
        difference = store.dense.compare()
    except (StoreError, sqlite3.Error, OSError) as error:
        return HealthCheck(
            "chroma", False, store.guard(error).message, "Answers come from the ledger meanwhile. " + _REMEDY
        )
    finally:
        if not owned_before and store.dense.owned:
            store.dense.close()
    if not difference.any:
        return HealthCheck("chroma", True, "holds exactly the live passages, and finds them")
    return HealthCheck(
        "chroma",
        False,
        f"lacks {len(difference.missing)} live passages, holds {len(difference.extra)} others and "
        f"{len(difference.changed)} wrong vectors; of those sampled, {difference.found:.1%} find themselves",
        "briefing rebuild",
    )


def _disk(store: Store) -> HealthCheck:
    free = shutil.disk_usage(store.folder).free
    if free >= _MIN_FREE:
        return HealthCheck("disk", True, f"{free / 2**30:.1f} GB free")
    return HealthCheck(
        "disk",
        False,
        f"only {free / 2**20:.0f} MB free",
        "Make room, or move the data folder to another disk",
    )
