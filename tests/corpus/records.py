"""Records and readings for the tests, in Vietnamese of their own."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.archived import Outcome, StoredRecord
from corpus.article import Article, Provenance
from corpus.ingest import Progress
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading, Record, Refusal

AT = "2026-01-01T00:00:00+00:00"


def article(article_id: str = "song-1", title: str = "Nước sông Thao lên nhanh", **parts: object) -> Article:
    return Article(**{"id": article_id, "title": title, "lede": "Mưa lớn suốt đêm."} | parts)  # type: ignore[arg-type] # each test gives parts of the right type


def reading(article_id: str = "song-1", title: str = "Nước sông Thao lên nhanh", **parts: object) -> Reading:
    provenance = Provenance("bao.jsonl", "line 1", "0" * 64, "jsonl", 1, AT)
    return Reading(article(article_id, title, **parts), provenance)


def with_raw(made: Reading, raw: bytes) -> Reading:
    """The reading with the record that it was read from."""
    origin = replace(made.provenance, raw_sha256=hashlib.sha256(raw).hexdigest())
    return replace(made, provenance=origin, raw=raw)


def line(article_id: str, title: str = "Chợ đêm mở lại", **fields: object) -> bytes:
    record = {"id": article_id, "title": title, "body": "Khách đến đông."} | fields
    return json.dumps(record, ensure_ascii=False).encode()


def read(path: Path, fields: FieldMap | None = None, tally: Tally | None = None) -> list[Record]:
    """All records of one file, by the reader that knows it."""
    options = ImportOptions(fields=fields or FieldMap.known())
    return list(records_of(SourceFile.on_disk(path, AT), options, tally or Tally()))


def read_bytes(folder: Path, raw: bytes, name: str = "bao.jsonl") -> list[Record]:
    path = folder / name
    path.write_bytes(raw)
    return read(path)


def articles(records: list[Record]) -> list[Article]:
    return [record.article for record in records if isinstance(record, Reading)]


def refusals(records: list[Record]) -> list[Refusal]:
    return [record for record in records if isinstance(record, Refusal)]


def outline(records: list[Record]) -> list[tuple[str, str]]:
    """Of each record its place, and its id or the reason of its refusal."""
    return [
        (record.place, record.reason)
        if isinstance(record, Refusal)
        else (record.provenance.place, record.article.id)
        for record in records
    ]


def outcomes(stored: Sequence[StoredRecord]) -> list[Outcome]:
    """What became of each record, in their order."""
    return [each.outcome for each in stored]


def quiet(_progress: Progress) -> None:
    """An ``on_progress`` that shows nothing."""
