"""The tables of the ledger, and the migrations of older ledgers."""

from __future__ import annotations

import sqlite3

VERSION = 2  # of the format, in SQLite's user_version; raise it with each new migration

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One document per identity (resolved path, address or upload name). The metadata here is in force:
-- what the live generation states, overridden by corrections.
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    identity    TEXT NOT NULL UNIQUE,
    source      TEXT NOT NULL,
    added       TEXT NOT NULL,
    title       TEXT,
    authors     TEXT NOT NULL DEFAULT '[]',
    publisher   TEXT,
    published   TEXT,
    language    TEXT,
    tags        TEXT NOT NULL DEFAULT '[]',
    credibility INTEGER CHECK (credibility BETWEEN 1 AND 6),
    corrections TEXT NOT NULL DEFAULT '{}',
    parent      TEXT                         -- id of the mail that it came with
);
CREATE INDEX documents_by_parent ON documents (parent);

-- One version of a document's text. At most one per document is live; dead ones stay, hidden, until purge.
CREATE TABLE generations (
    generation  INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    state       TEXT NOT NULL CHECK (state IN ('live', 'dead')),
    indexed     INTEGER NOT NULL DEFAULT 0,  -- in Chroma: 0 absent, 1 being written, 2 present
    original    TEXT NOT NULL,               -- SHA-256 of the bytes read; names the stored original
    text_hash   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    pages       INTEGER,
    stated      TEXT NOT NULL,               -- JSON: metadata as the report states it
    created     TEXT NOT NULL
);
CREATE UNIQUE INDEX one_live_generation ON generations (document_id) WHERE state = 'live';
CREATE INDEX generations_by_original ON generations (original);
CREATE INDEX generations_by_text ON generations (text_hash);
CREATE INDEX generations_to_index ON generations (state, indexed);

CREATE TABLE passages (
    row        INTEGER PRIMARY KEY AUTOINCREMENT,  -- also the id in Chroma: never used twice
    generation INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
    passage_id TEXT NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    page       INTEGER,
    heading    TEXT,
    text       TEXT NOT NULL,
    context    TEXT NOT NULL,                      -- title and heading, embedded before the text
    vector_key BLOB NOT NULL
);
CREATE INDEX passages_by_generation ON passages (generation);
CREATE INDEX passages_by_id ON passages (passage_id);
CREATE INDEX passages_by_vector ON passages (vector_key);

-- Holds live generations only; kept up in the transaction that makes a generation live or dead.
CREATE VIRTUAL TABLE passages_fts USING fts5 (
    text, context, content='passages', content_rowid='row',
    tokenize="porter unicode61 remove_diacritics 2"
);

-- float32 vectors of unit length, by model and SHA-256 of the embedded text.
CREATE TABLE vectors (
    model TEXT NOT NULL, key BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, key)
) WITHOUT ROWID;

-- Signatures of live versions, and the near-duplicates found with them: see near_duplicates.py.
CREATE TABLE bands (
    band INTEGER NOT NULL, value INTEGER NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
    PRIMARY KEY (band, value, generation)
) WITHOUT ROWID;
CREATE INDEX bands_by_generation ON bands (generation);
CREATE TABLE likenesses (
    generation INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
    other      INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
    share      REAL NOT NULL,  -- Jaccard similarity of their shingles, 0 to 1
    PRIMARY KEY (generation, other)
) WITHOUT ROWID;
CREATE INDEX likenesses_by_other ON likenesses (other);

CREATE TABLE publishers (publisher TEXT PRIMARY KEY COLLATE NOCASE, grade TEXT NOT NULL
    CHECK (grade IN ('A', 'B', 'C', 'D', 'E', 'F'))) WITHOUT ROWID;

CREATE TABLE jobs (
    job_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    request     TEXT NOT NULL,  -- JSON: what to add and how
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'embedding', 'done', 'failed')),
    status      TEXT,           -- added, unchanged, replaced, duplicate
    document_id TEXT,
    code        TEXT,
    message     TEXT,
    created     TEXT NOT NULL,
    updated     TEXT NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state);

CREATE TABLE conversations (
    conversation_id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE turns (
    conversation_id TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    role    TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    content TEXT NOT NULL,
    answer  TEXT,               -- JSON of the Answer, for the assistant's turns
    PRIMARY KEY (conversation_id, number)
) WITHOUT ROWID;

CREATE TABLE briefings (
    briefing_id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL, created TEXT NOT NULL, briefing TEXT NOT NULL  -- JSON of the Briefing
);
"""

# MIGRATIONS[n] takes a ledger from version n to n + 1, inside one transaction.
MIGRATIONS: dict[int, str] = {
    1: """
    ALTER TABLE documents ADD COLUMN parent TEXT;
    CREATE INDEX documents_by_parent ON documents (parent);
    -- Signatures of live versions, and the near-duplicates found with them: see near_duplicates.py.
    CREATE TABLE bands (
        band INTEGER NOT NULL, value INTEGER NOT NULL,
        generation INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
        PRIMARY KEY (band, value, generation)
    ) WITHOUT ROWID;
    CREATE INDEX bands_by_generation ON bands (generation);
    CREATE TABLE likenesses (
        generation INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
        other      INTEGER NOT NULL REFERENCES generations ON DELETE CASCADE,
        share      REAL NOT NULL,  -- Jaccard similarity of their shingles, 0 to 1
        PRIMARY KEY (generation, other)
    ) WITHOUT ROWID;
    CREATE INDEX likenesses_by_other ON likenesses (other);
    """,
}


def create(connection: sqlite3.Connection) -> None:
    """Create all tables in an empty file, within the caller's transaction."""
    for statement in _statements(TABLES):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Take a ledger from an older `version` to VERSION, within the caller's transaction."""
    for step in range(version, VERSION):
        for statement in _statements(MIGRATIONS[step]):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> list[str]:
    """The statements of a script. (`executescript` would commit the caller's transaction.)"""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
