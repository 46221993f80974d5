"""How does an index grow? One writer; a commit is seen whole or not at all."""

import pickle
import shutil
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from corpus.errors import OperatorError
from corpus.message import say
from indexer.engine import AnalysedArticle, Manifest
from indexer.engines.whoosh.directory import (
    empty_manifest,
    mendable,
    read_manifest,
    write_manifest,
)
from indexer.engines.whoosh.schema import SCHEMA, Facts

MERGE_WIDTH = 8  # so many segments of one size become one
_POOL_MB = 256


class WhooshWriter:
    """Implements indexer.engine.IndexWriter over one directory.

    What is added waits in memory, packed, until the commit: some 10 KB an article.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pending: dict[str, bytes | None] = {}
        with mendable(directory):
            if (directory / "manifest.json").exists():
                self._manifest = read_manifest(directory)
                self._index = FileIndex(FileStorage(str(directory)), schema=SCHEMA)
            else:
                self._manifest = empty_manifest()
                self._index = self._create()
            self._numbers = _document_numbers(self._index)

    @property
    def manifest(self) -> Manifest:
        """What the last commit holds."""
        return self._manifest

    def add(self, article: AnalysedArticle) -> None:
        """Adds an article, in place of an earlier version."""
        self._pending[article.id] = pickle.dumps(article)

    def remove(self, article_id: str) -> None:
        """Takes an article out."""
        self._pending[article_id] = None

    def commit(self, archive_number: int) -> Manifest:
        """Makes all that was added and removed visible at once, and durable."""
        with mendable(self._directory):
            if self._pending:
                self._commit_pending()
            self._manifest = Manifest(
                self._manifest.format, self._manifest.analyser, archive_number, len(self._numbers)
            )
            write_manifest(self._directory, self._manifest)
        return self._manifest

    def close(self) -> None:
        """Drops what was not committed."""
        self._pending.clear()

    def _create(self) -> FileIndex:
        shutil.rmtree(self._directory, ignore_errors=True)
        self._directory.mkdir(parents=True)
        index = FileIndex.create(FileStorage(str(self._directory)), SCHEMA)
        write_manifest(self._directory, self._manifest)
        return index

    def _commit_pending(self) -> None:
        try:
            writer = self._index.writer(limitmb=_POOL_MB)
        except LockError as error:
            raise OperatorError(
                say(
                    "{path}: another process is writing the index; wait for it to end, then try again",
                    path=str(self._directory),
                )
            ) from error
        try:
            self._fill(writer)
            writer.commit(mergetype=_merge_tiers)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        self._pending.clear()
        self._numbers = _document_numbers(self._index)

    def _fill(self, writer: SegmentWriter) -> None:
        for article_id, packed in self._pending.items():
            if article_id in self._numbers:
                writer.delete_document(self._numbers[article_id])
            if packed is not None:
                article: AnalysedArticle = pickle.loads(packed)  # noqa: S301 - packed by add(), never from disk
                fields = {field.value: places for field, places in article.places.items()}
                writer.add_document(id=article.id, facts=Facts.of(article).to_bytes(), **fields)


def _document_numbers(index: FileIndex) -> dict[str, int]:
    """Each live article's Whoosh document number."""
    reader = index.reader()
    try:
        numbers: dict[str, int] = {}
        for leaf, offset in reader.leaf_readers():
            if leaf.doc_count_all():
                facts = leaf.column_reader("facts")
                numbers.update(
                    (Facts.from_bytes(facts[number]).id, offset + number)
                    for number in range(leaf.doc_count_all())
                    if not leaf.is_deleted(number)
                )
        return numbers
    finally:
        reader.close()


def _merge_tiers(writer: SegmentWriter, segments: list[W3Segment]) -> list[W3Segment]:
    """Merges MERGE_WIDTH segments of about one size into the one being written.

    Sizes are tiers of a factor MERGE_WIDTH, so each article is rewritten about once a tier.
    """
    tiers: dict[int, list[W3Segment]] = {}
    for segment in segments:
        tiers.setdefault(_tier(segment.doc_count_all()), []).append(segment)
    merged: list[W3Segment] = []
    for _, members in sorted(tiers.items()):
        if len(members) < MERGE_WIDTH:
            continue
        for segment in members:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        merged += members
    return [segment for segment in segments if segment not in merged]


def _tier(articles: int) -> int:
    tier = 0
    while articles >= MERGE_WIDTH:
        articles //= MERGE_WIDTH
        tier += 1
    return tier
