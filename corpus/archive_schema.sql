-- The archive's tables, format 3. Versions, raw records, changes, refusals and their resolutions are append-only: triggers hold it.
CREATE TABLE changes (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL, -- corpus.changes names them; a later khobao may add some
    article_id  TEXT NOT NULL, -- empty where the change is of no article
    note        TEXT NOT NULL DEFAULT '',
    at          TEXT NOT NULL,
    version     INTEGER, -- which version a change is of, where it is of one alone
    actor       TEXT NOT NULL DEFAULT '',
    until       TEXT NOT NULL DEFAULT '', -- when it ends by itself
    choice      TEXT NOT NULL DEFAULT '', -- of a new version: why it is the current one, or is not
    record      BLOB NOT NULL DEFAULT x'', -- of a new version: SHA-256 of its digest, provenance and context
    digest      BLOB NOT NULL -- SHA-256 of this row and of the digest before it
);
CREATE TABLE versions (
    change         INTEGER PRIMARY KEY REFERENCES changes (number),
    article_id     TEXT NOT NULL,
    version        INTEGER NOT NULL,
    digest         TEXT NOT NULL,
    content        TEXT NOT NULL, -- the article as JSON
    file           TEXT NOT NULL,
    place          TEXT NOT NULL,
    raw_sha256     TEXT NOT NULL,
    reader         TEXT NOT NULL,
    reader_version INTEGER NOT NULL,
    imported_at    TEXT NOT NULL,
    context        TEXT NOT NULL DEFAULT '{}', -- JSON: what else the reader needed to read the raw record
    UNIQUE (article_id, version),
    UNIQUE (article_id, digest)
);
CREATE INDEX versions_by_raw ON versions (raw_sha256);
-- Derived: the current version and state of each article.
CREATE TABLE heads (
    article_id  TEXT PRIMARY KEY,
    change      INTEGER NOT NULL REFERENCES versions (change),
    last_change INTEGER NOT NULL REFERENCES changes (number),
    withdrawn   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX heads_by_last_change ON heads (last_change);
CREATE TABLE refusals (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    file        TEXT NOT NULL,
    place       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    template    TEXT NOT NULL,
    template_values TEXT NOT NULL, -- JSON
    raw         BLOB NOT NULL,     -- zlib
    raw_sha256  TEXT NOT NULL,
    at          TEXT NOT NULL,
    digest      BLOB NOT NULL DEFAULT x'', -- SHA-256 of the other columns, raw by its digest
    UNIQUE (file, place, reason, raw_sha256)
);
-- Raw records, byte for byte (zstd), each once.
CREATE TABLE raws (
    sha256 TEXT PRIMARY KEY,
    data   BLOB NOT NULL
);
-- Refusals whose record was taken later, and as which article.
CREATE TABLE resolutions (
    refusal    INTEGER PRIMARY KEY REFERENCES refusals (number),
    article_id TEXT NOT NULL,
    at         TEXT NOT NULL,
    digest     BLOB NOT NULL DEFAULT x'' -- SHA-256 of the other columns
);
-- Derived: what coverage is counted from, of the last version of each article.
CREATE TABLE facts (
    article_id TEXT PRIMARY KEY REFERENCES heads (article_id),
    title      TEXT NOT NULL,
    source     TEXT NOT NULL,
    section    TEXT NOT NULL,
    day        TEXT NOT NULL, -- EDTF, a day at the finest
    characters INTEGER NOT NULL -- of lede and body
) WITHOUT ROWID;
CREATE INDEX facts_by_day ON facts (source, day);
-- Derived: word boundaries, kept so that a new index need not segment again.
CREATE TABLE words (
    change     INTEGER PRIMARY KEY REFERENCES versions (change),
    segmenter  TEXT NOT NULL,
    boundaries BLOB NOT NULL,
    digest     BLOB NOT NULL DEFAULT x'' -- SHA-256 of the other columns
);
-- One row: the archive itself.
CREATE TABLE archive (
    uuid    TEXT PRIMARY KEY,
    made_at TEXT NOT NULL, -- of an upgraded archive: the first change
    formats TEXT NOT NULL, -- JSON: format to the moment since which the archive has it
    schema  BLOB NOT NULL, -- SHA-256 of the texts of SQLite's own table of tables
    digest  BLOB NOT NULL -- SHA-256 of the other columns
);
-- Who published articles: corpus.publishers makes the keys.
CREATE TABLE publishers (
    number INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    digest BLOB NOT NULL -- SHA-256 of the other columns
);
-- Which article an id of a publication is.
CREATE TABLE identities (
    publisher  INTEGER NOT NULL REFERENCES publishers (number),
    local_id   TEXT NOT NULL,
    article_id TEXT NOT NULL,
    digest     BLOB NOT NULL, -- SHA-256 of the other columns
    PRIMARY KEY (local_id, publisher)
) WITHOUT ROWID;
CREATE INDEX identities_by_article ON identities (article_id);
-- What each verification found.
CREATE TABLE fixity (
    number   INTEGER PRIMARY KEY,
    begun_at TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT '', -- empty while it is not at its end
    change   INTEGER NOT NULL, -- the archive's number then
    done     TEXT NOT NULL DEFAULT '{}', -- JSON: what was proven before it was stopped
    proven   INTEGER NOT NULL DEFAULT 0,
    unproven INTEGER NOT NULL DEFAULT 0,
    faults   TEXT NOT NULL DEFAULT '[]', -- JSON
    digest   BLOB NOT NULL
);
-- Collections and recognised text stand empty until a later khobao fills them; audit and rights are in use.
CREATE TABLE collections (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    query  TEXT NOT NULL DEFAULT '', -- as understood
    change INTEGER NOT NULL REFERENCES changes (number),
    digest BLOB NOT NULL
);
CREATE TABLE collection_items (
    collection INTEGER NOT NULL REFERENCES collections (number),
    article_id TEXT NOT NULL,
    since      INTEGER NOT NULL REFERENCES changes (number),
    until      INTEGER NOT NULL DEFAULT 0, -- the change that took it out
    reviewed   TEXT NOT NULL DEFAULT '', -- by whom and when, JSON
    digest     BLOB NOT NULL,
    PRIMARY KEY (collection, article_id, since)
) WITHOUT ROWID;
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}', -- JSON
    digest BLOB NOT NULL
);
CREATE TABLE recognised (
    change     INTEGER PRIMARY KEY REFERENCES versions (change),
    confidence BLOB NOT NULL, -- by word
    boxes      BLOB NOT NULL, -- by word
    digest     BLOB NOT NULL
);
CREATE TABLE rights (
    publisher INTEGER NOT NULL REFERENCES publishers (number),
    since     INTEGER NOT NULL REFERENCES changes (number),
    statement TEXT NOT NULL,
    uri       TEXT NOT NULL DEFAULT '',
    digest    BLOB NOT NULL,
    PRIMARY KEY (publisher, since)
) WITHOUT ROWID;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER versions_stay BEFORE UPDATE ON versions BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER versions_remain BEFORE DELETE ON versions BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER raws_stay BEFORE UPDATE ON raws BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER raws_remain BEFORE DELETE ON raws BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER resolutions_stay BEFORE UPDATE ON resolutions BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER resolutions_remain BEFORE DELETE ON resolutions BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER refusals_stay BEFORE UPDATE ON refusals BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER refusals_remain BEFORE DELETE ON refusals BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'append-only'); END;
PRAGMA user_version = 3;
