-- What a state is made of: state, config, trust, ineligible_salt.
CREATE TABLE part (
    name  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- as_of (seconds since 1970), ineligible_version.
CREATE TABLE figure (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The bytes under the Merkle leaves.
CREATE TABLE record (
    no    INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- Region ineligible set; days since 1970.
CREATE TABLE ineligible (
    id       INTEGER PRIMARY KEY,
    key      BLOB NOT NULL,
    status   INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    end_day  INTEGER
) STRICT;
CREATE INDEX ineligible_by_key ON ineligible (key);

-- Small values that are no part of the copy.
CREATE TABLE value (
    name  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
