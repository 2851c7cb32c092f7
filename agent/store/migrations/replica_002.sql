-- Copies from before a recovery of the hub: they count until the institution record says that it is over.
CREATE TABLE before_part (
    copy  INTEGER NOT NULL,
    name  TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (copy, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE before_record (
    copy  INTEGER NOT NULL,
    no    INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (copy, no)
) STRICT, WITHOUT ROWID;
