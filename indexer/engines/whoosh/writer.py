"""How is an index written? By one writer, in atomic commits."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.index import TOC, FileIndex, LockError
from whoosh.writing import SegmentWriter

from corpus.disk import make_folder
from corpus.errors import OperatorError
from corpus.message import say
from indexer.arrays.disk import report_disk_errors
from indexer.arrays.file import MappedArrays, strings
from indexer.engine import AnalysedArticle, Manifest
from indexer.engines.whoosh.codec import ArraysCodec, segment_path
from indexer.engines.whoosh.contents_table import DurableStorage, read_table
from indexer.engines.whoosh.directory import (
    empty_manifest,
    read_manifest,
    write_manifest,
)
from indexer.engines.whoosh.kept_versions import has_kept, kept_folder
from indexer.engines.whoosh.merging import choose_segments
from indexer.engines.whoosh.schema import SCHEMA
from indexer.engines.whoosh.segment_file import MAX_ARTICLES
from indexer.engines.whoosh.segments import Segment
from indexer.fields import Field
from indexer.term_places import PackedPlaces


class WhooshWriter:
    """Implements indexer.engine.IndexWriter over one directory; an existing index keeps its format.

    Added articles wait in memory until the commit, their places packed: some 10 KB each. A commit makes at
    most one new segment, so it takes at most MAX_ARTICLES.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pending: dict[str, AnalysedArticle | None] = {}
        self._erased: set[bytes] = set()
        self._kept: VersionWriter | None = None
        self._ids: dict[str, list[str]] = {}
        self._added = 0
        self._is_last_commit = False
        with report_disk_errors(directory):
            if (directory / "manifest.json").exists():
                self._manifest = read_manifest(directory)
                self._index = self._existing()
            else:
                self._manifest = empty_manifest()
                self._index = self._create()
            self._numbers = self._document_numbers()

    @property
    def manifest(self) -> Manifest:
        """The manifest of the last commit."""
        return self._manifest

    def add(self, article: AnalysedArticle) -> None:
        """Adds an article, in place of an earlier version."""
        text = article.places.get(Field.TEXT, {})
        if not isinstance(text, PackedPlaces):
            places = {**article.places, Field.TEXT: PackedPlaces.of(text)}
            article = replace(article, places=places)
        self._pending[self._key(article)] = article

    def remove(self, article_id: str) -> None:
        """Takes an article out."""
        self._pending[article_id] = None

    def erase(self, article_id: str) -> None:
        """Takes an article out, and its bytes out of every segment that has any of its versions."""
        self.remove(article_id)
        self._erased.add(article_id.encode())

    def erase_kept(self, article_id: str) -> None:
        """Takes the superseded versions of an article out, and their bytes."""
        if has_kept(self._directory):
            self._kept_writer().erase(article_id)

    @property
    def kept_to(self) -> int:
        """The archive's change up to which superseded versions are kept; 0 where none are."""
        return self._kept_writer().manifest.archive_number if has_kept(self._directory) else 0

    def keep(self, article: AnalysedArticle) -> None:
        """Keeps a superseded version for pins, beside the current one."""
        self._kept_writer().add(article)

    def commit_kept(self, archive_number: int) -> None:
        """Makes the versions that are kept durable; none but pinned readers see them."""
        self._kept_writer().commit(archive_number, last=True)

    def _kept_writer(self) -> "VersionWriter":
        if self._kept is None:
            self._kept = VersionWriter(kept_folder(self._directory))
        return self._kept

    def commit(self, archive_number: int, *, last: bool = False) -> Manifest:
        """Makes all additions and removals visible at once, and durable."""
        self._is_last_commit = last
        if len(self._pending) > MAX_ARTICLES:
            raise ValueError(f"a commit takes at most {MAX_ARTICLES} articles, not {len(self._pending)}")
        with report_disk_errors(self._directory):
            if self._pending:
                self._commit_pending()
            self._rewrite_erased()
            self._manifest = Manifest(
                self._manifest.format, self._manifest.analyser, archive_number, len(self._numbers)
            )
            write_manifest(self._directory, self._manifest)
        return self._manifest

    def close(self) -> None:
        """Drops what is not committed."""
        self._pending.clear()
        self._erased.clear()

    def _existing(self) -> FileIndex:
        self._table()  # proves it: Whoosh would unpickle whatever stands there
        return FileIndex(DurableStorage(str(self._directory)), schema=SCHEMA)

    def _table(self) -> TOC:
        return read_table(self._directory)

    def _create(self) -> FileIndex:
        shutil.rmtree(self._directory, ignore_errors=True)
        make_folder(self._directory)
        index = FileIndex.create(DurableStorage(str(self._directory)), SCHEMA)
        write_manifest(self._directory, self._manifest)
        return index

    def _commit_pending(self) -> None:
        with self._writing() as writer:
            self._fill(writer)
            writer.commit(mergetype=self._merge)
        self._pending.clear()
        self._numbers = self._document_numbers()

    @contextmanager
    def _writing(self) -> Iterator[SegmentWriter]:
        """Whoosh's writer; what it did is undone where the block raises."""
        try:
            codec = ArraysCodec(self._manifest.format)
            writer = self._index.writer(codec=codec, compound=False)
        except LockError as error:
            raise OperatorError(
                say(
                    "{path}: another process is writing the index; wait for it to end, then try again",
                    path=str(self._directory),
                )
            ) from error
        try:
            yield writer
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise

    def _rewrite_erased(self) -> None:
        """Rewrites, one by one, the segments that have the bytes of erased articles.

        It is repeated by the next build where it was killed: the manifest is written after it.
        """
        for entry in self._table().segments if self._erased else ():
            if not self._erased.isdisjoint(strings(MappedArrays(segment_path(self._directory, entry)), "id")):
                with self._writing() as writer:
                    writer.commit(mergetype=partial(self._rewrite, entry.segment_id()))
        if self._erased:
            self._numbers = self._document_numbers()
        self._erased.clear()

    def _rewrite(self, name: str, writer: SegmentWriter, segments: list[W3Segment]) -> list[W3Segment]:
        """Whoosh's merge policy that rewrites the segment of a name alone."""
        for segment in segments:
            if segment.segment_id() == name:
                self._take(writer, segment)
        return [segment for segment in segments if segment.segment_id() != name]

    def _fill(self, writer: SegmentWriter) -> None:
        for article_id in self._pending:
            if article_id in self._numbers:
                writer.delete_document(self._numbers[article_id])
        articles = [article for article in self._pending.values() if article is not None]
        for article in articles:
            writer.add_document(id=article.id)
        self._added += len(articles)
        writer.fieldwriter.take_articles(articles)

    def _merge(self, writer: SegmentWriter, segments: list[W3Segment]) -> list[W3Segment]:
        """Whoosh's merge policy: gives those that are merged to the codec, returns those that stay."""
        sizes = [segment.doc_count() for segment in segments]
        chosen = choose_segments(sizes, writer.doc_count(), self._added if self._is_last_commit else 0)
        for place in chosen:
            self._take(writer, segments[place])
        return [segment for place, segment in enumerate(segments) if place not in chosen]

    def _take(self, writer: SegmentWriter, segment: W3Segment) -> None:
        """Takes the live articles of a segment into the one that is written."""
        older = Segment(segment_path(self._directory, segment))
        live = np.ones(older.count, np.bool_)
        live[list(segment.deleted_docs())] = False
        for number in np.flatnonzero(live).tolist():
            writer.add_document(id=older.id(number))
        if live.any():
            writer.fieldwriter.take_segment(older, live)

    def _document_numbers(self) -> dict[str, int]:
        """The Whoosh document number of each live article."""
        numbers: dict[str, int] = {}
        ids: dict[str, list[str]] = {}
        first = 0
        for entry in self._table().segments:
            name = entry.segment_id()
            ids[name] = self._ids.get(name) or self._keys_of(segment_path(self._directory, entry))
            dead = set(entry.deleted_docs())
            numbers.update(
                (article_id, first + number)
                for number, article_id in enumerate(ids[name])
                if number not in dead
            )
            first += len(ids[name])
        self._ids = ids
        return numbers

    def _key(self, article: AnalysedArticle) -> str:
        """What an article takes the place of, where the index has it."""
        return article.id

    def _keys_of(self, path: Path) -> list[str]:
        return _ids_of(path)


class VersionWriter(WhooshWriter):
    """Writes the superseded versions of an index, which are told apart by the change that brought them."""

    def erase(self, article_id: str) -> None:
        """Takes all versions of an article out, and their bytes."""
        self._erased.add(article_id.encode())
        for entry in self._table().segments:
            path = segment_path(self._directory, entry)
            for key, held in zip(self._keys_of(path), _ids_of(path), strict=True):
                if held == article_id:
                    self.remove(key)

    def _key(self, article: AnalysedArticle) -> str:
        return str(article.change)

    def _keys_of(self, path: Path) -> list[str]:
        return list(map(str, MappedArrays(path)["change"].tolist()))


def _ids_of(path: Path) -> list[str]:
    return [article_id.decode() for article_id in strings(MappedArrays(path), "id")]
