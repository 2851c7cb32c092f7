-- What earlier messages of the national interface said about a visit; hashes name visits and lots of lines.
CREATE TABLE visit (
    visit    BLOB PRIMARY KEY,
    med_type TEXT NOT NULL,
    day      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lot (
    visit BLOB NOT NULL,
    lot   BLOB NOT NULL,
    day   INTEGER NOT NULL,
    PRIMARY KEY (visit, lot)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_by_day ON visit (day);
CREATE INDEX lot_by_day ON lot (day);
