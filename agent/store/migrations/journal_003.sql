-- How many decisions of a claim were reversed: when all were, its key may be asked anew.
ALTER TABLE claim ADD COLUMN reversed INTEGER NOT NULL DEFAULT 0;

-- Visits. key: the first bytes of a keyed hash of the visit's id; nothing here is of a patient. Times: seconds since 1970;
-- touched: running time, which says what is old.
CREATE TABLE visit (
    key         INTEGER PRIMARY KEY,
    begun       INTEGER,
    admitted    INTEGER NOT NULL,
    first_asked INTEGER,
    med_type    TEXT NOT NULL,
    touched     INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_by_age ON visit (touched);

-- Lines that were refused: keyed hashes of visit, item and amount, and of who was refused. weak: what comes under another
-- person is marked, not held.
CREATE TABLE refusal (
    key     INTEGER PRIMARY KEY,
    person  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    weak    INTEGER NOT NULL
) STRICT;
CREATE INDEX refusal_by_age ON refusal (touched);

-- Lots of lines that were asked together (first: id of the entry), how many of their decisions stand, and what settled
-- them (0: nobody said). visit, lot, settlement: keyed hashes.
CREATE TABLE lot (
    first      INTEGER PRIMARY KEY,
    count      INTEGER NOT NULL,
    standing   INTEGER NOT NULL,
    visit      INTEGER NOT NULL,
    lot        INTEGER NOT NULL,
    settlement INTEGER NOT NULL,
    touched    INTEGER NOT NULL
) STRICT;
CREATE INDEX lot_by_visit ON lot (visit);
CREATE INDEX lot_by_lot ON lot (lot);
CREATE INDEX lot_by_age ON lot (touched);
CREATE INDEX lot_by_settlement ON lot (settlement) WHERE settlement <> 0;

-- Decisions that passed as an emergency (id of the entry), and the entry with the newest evidence.
CREATE TABLE emergency (
    id       INTEGER PRIMARY KEY,
    fee_time INTEGER NOT NULL,
    evidence INTEGER
) STRICT;

-- Decisions that were reversed (id of the entry), and the entry that says so.
CREATE TABLE reversed (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL
) STRICT;
