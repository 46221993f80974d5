"""How are Whoosh's segments stored as arrays? By a Whoosh codec that writes one file per segment, at commit.

Whoosh asks the codec for a writer of documents and a writer of postings when it begins a segment. Analysed
articles and older segments are handed to the postings' writer as a whole: passing each posting through
Whoosh's own pool would take most of a build's time. Whoosh still counts the documents, asks which segments
are merged, and owns the table of contents, the lock, deletions and the removal of files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from whoosh.codec.base import Codec, FieldWriter, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

from corpus.disk import dropped_on_failure
from indexer.arrays.file import AnyArray, write_arrays
from indexer.engine import INDEX_FORMAT, AnalysedArticle
from indexer.engines.whoosh.columns import facets_of_format, merge_columns, pack_columns
from indexer.engines.whoosh.counted_columns import merge_counted, pack_counted
from indexer.engines.whoosh.directory import has_forward_list, has_words
from indexer.engines.whoosh.forward_list import (
    ForwardText,
    merge_forward,
    pack_forward,
    read_forward,
    stored_chunks,
)
from indexer.engines.whoosh.occurrences import Mask
from indexer.engines.whoosh.postings import (
    FieldPlaces,
    Postings,
    Term,
    merge_postings,
    postings_of_articles,
)
from indexer.engines.whoosh.segment_file import SUFFIX, pack_postings
from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.span_columns import merge_span_columns, pack_span_columns
from indexer.engines.whoosh.text_counts import (
    TextCounts,
    count_text,
    keep_text_counts,
    merge_text_counts,
    pack_text_counts,
)


def segment_path(directory: Path, segment: W3Segment) -> Path:
    """The path of a segment's file."""
    return directory / str(segment.make_filename(SUFFIX))


class ArraysCodec(Codec):  # type: ignore[misc]  # whoosh has no types
    """Keeps a segment in one file of arrays: those that an index of a format has."""

    length_stats = False

    def __init__(self, index_format: int = INDEX_FORMAT) -> None:
        self._format = index_format

    def per_document_writer(self, _storage: FileStorage, _segment: W3Segment) -> "DocumentCounter":
        """A writer that ignores what Whoosh passes for each document."""
        return DocumentCounter()

    def field_writer(self, storage: FileStorage, segment: W3Segment) -> "SegmentFiller":
        """The writer of the segment's file."""
        path = segment_path(Path(storage.folder), segment)
        return SegmentFiller(path, self._format)

    def new_segment(self, _storage: FileStorage, index_name: str) -> W3Segment:
        """Whoosh's own record of a segment."""
        return W3Segment(self, index_name)


class DocumentCounter(PerDocumentWriter):  # type: ignore[misc]  # whoosh has no types
    """Stores nothing per document: ids and columns are in the segment's file."""

    is_closed = False

    def start_doc(self, number: int) -> None:
        """Does nothing."""

    def add_field(self, name: str, field: object, value: object, length: int) -> None:
        """Does nothing: there are no stored fields."""

    def close(self) -> None:
        """Whoosh has finished the segment, or dropped it."""
        self.is_closed = True


class SegmentFiller(FieldWriter):  # type: ignore[misc]  # whoosh has no types
    """Gathers articles and older segments, and writes them as one segment's file."""

    is_closed = False

    def __init__(self, path: Path, index_format: int) -> None:
        self._path = path
        self._facets = facets_of_format(index_format)
        self._words = has_words(index_format)
        self._forward = has_forward_list(index_format)
        self._articles: Iterable[AnalysedArticle] = ()
        self._older: list[tuple[Segment, Mask]] = []

    def take_articles(self, articles: Iterable[AnalysedArticle]) -> None:
        """Takes the articles of this commit, in the order in which they were added to Whoosh."""
        self._articles = articles

    def take_segment(self, segment: Segment, live: Mask) -> None:
        """Takes the live articles of an older segment that is merged into this one."""
        self._older.append((segment, live))

    def add_postings(self, _schema: Schema, _lengths: object, _items: Iterator[tuple[object, ...]]) -> None:
        """Writes the file; Whoosh calls it once, when every document has been added."""
        with dropped_on_failure(self._path):
            self._write_segment()

    def _write_segment(self) -> None:
        facts: list[AnalysedArticle] = []
        fresh = postings_of_articles(_places(self._articles, facts))
        columns = pack_columns(facts, self._facets) | pack_span_columns(article.spans for article in facts)
        counts = count_text(fresh)
        text = read_forward(fresh) if self._forward else None
        if text is not None:
            columns |= pack_counted(facts, text, fresh.zone_starts)
        if not self._older:
            self._write(fresh, columns, counts, text)
            return
        live = [np.ones(len(facts), np.bool_), *(mask for _, mask in self._older)]
        sources = [columns, *(segment.arrays for segment, _ in self._older)]
        postings, counts, terms = self._merged(fresh, counts, live)
        columns = merge_columns(sources, live, self._facets) | merge_span_columns(sources, live)
        if text is not None:
            columns |= merge_counted(sources, live)
            text = self._merged_text(text, live, terms, postings.terms)
        self._write(postings, columns, counts, text)

    def _write(
        self, postings: Postings, columns: dict[str, AnyArray], counts: TextCounts, text: ForwardText | None
    ) -> None:
        packed = pack_text_counts(counts, postings.terms, words=self._words)
        forward = {} if text is None else pack_forward(text)
        write_arrays(self._path, pack_postings(postings) | columns | packed | forward)

    def _merged_text(
        self, fresh: ForwardText, live: list[Mask], terms: list[list[Term]], merged: list[Term]
    ) -> ForwardText:
        """The forward list of the new articles and of the live articles of older segments."""
        texts = [
            (chunk for _, chunk in fresh.chunks()),
            *(stored_chunks(segment.arrays) for segment, _ in self._older),
        ]
        known = {term: number for number, term in enumerate(merged)}
        # A term that stands in removed articles alone has no new number; it is not used.
        numbers = [np.fromiter((known.get(term, 0) for term in own), np.int64, len(own)) for own in terms]
        return merge_forward(list(zip(texts, live, numbers, strict=True)))

    def _merged(
        self, fresh: Postings, counts: TextCounts, live: list[Mask]
    ) -> tuple[Postings, TextCounts, list[list[Term]]]:
        """Postings and counts of the new articles and of the older segments' live ones; terms of each."""
        sources = [fresh, *(segment.postings() for segment, _ in self._older)]
        theirs = [
            keep_text_counts(segment.arrays, postings, ~mask)
            for (segment, mask), postings in zip(self._older, sources[1:], strict=True)
        ]
        postings = merge_postings(sources, live)
        terms = [source.terms for source in sources]
        pairs = list(zip(terms, [counts, *theirs], strict=True))
        return postings, merge_text_counts(postings.terms, pairs), terms

    def close(self) -> None:
        """Whoosh has finished the segment, or dropped it."""
        self.is_closed = True


def _places(articles: Iterable[AnalysedArticle], facts: list[AnalysedArticle]) -> Iterator[FieldPlaces]:
    """Yields the places of each article; the article without them goes to ``facts``, for places are large."""
    for article in articles:
        facts.append(replace(article, places={}))
        yield article.places
