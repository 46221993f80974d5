-- The archive's tables, format 2. Versions, raw records, changes, refusals and their resolutions are append-only: triggers hold it.
CREATE TABLE changes (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL CHECK (kind IN ('version', 'withdrawal', 'restoration')),
    article_id  TEXT NOT NULL,
    note        TEXT NOT NULL DEFAULT '',
    at          TEXT NOT NULL
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
-- Derived: the last version and state of each article.
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
    at         TEXT NOT NULL
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
    boundaries BLOB NOT NULL
);
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
PRAGMA user_version = 2;
