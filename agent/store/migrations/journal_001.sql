-- Chapters of the journal; the last one is current.
CREATE TABLE chapter (
    no      INTEGER PRIMARY KEY,
    agent   INTEGER NOT NULL,
    held    INTEGER NOT NULL DEFAULT 0,
    held_at INTEGER NOT NULL DEFAULT 0,
    frozen  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- id: chapter * 2^40 + number of the entry.
CREATE TABLE entry (
    id    INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL,
    chain BLOB NOT NULL
) STRICT;

-- Batch signatures, by the id of their last entry.
CREATE TABLE batch (
    last      INTEGER PRIMARY KEY,
    first     INTEGER NOT NULL,
    signature BLOB NOT NULL
) STRICT;

-- Idempotency keys: what was asked, and the entries that answer it.
CREATE TABLE claim (
    key     TEXT PRIMARY KEY,
    content BLOB NOT NULL,
    first   INTEGER NOT NULL,
    count   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Filings and what became of them; id is that of the journal entry.
CREATE TABLE filing (
    id     INTEGER PRIMARY KEY,
    uuid   BLOB NOT NULL UNIQUE,
    bytes  BLOB NOT NULL,
    state  INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    in_seq INTEGER NOT NULL
) STRICT;
