"""How is a state of the index opened and read? Unchanged segments are shared with the state before."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpus.errors import OperatorError
from corpus.message import Message, say
from corpus.withdrawals import NOTHING, Withdrawn
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.disk import report_disk_errors
from indexer.checksums import spans_checksum, term_checksum
from indexer.engine import Explanation, Manifest, Results
from indexer.engines.whoosh.codec import segment_path
from indexer.engines.whoosh.common_terms import RowCache
from indexer.engines.whoosh.contents_table import read_table
from indexer.engines.whoosh.corpus_counts import count_corpus
from indexer.engines.whoosh.counted_columns import is_miscounted_text
from indexer.engines.whoosh.counting import WhooshCounts
from indexer.engines.whoosh.directory import (
    IndexDirectory,
    has_forward_list,
    has_words,
    read_manifest,
)
from indexer.engines.whoosh.evaluation import evaluate
from indexer.engines.whoosh.explaining import explain
from indexer.engines.whoosh.forward_list import has_forward, is_other_text, read_forward
from indexer.engines.whoosh.kept_versions import KeptVersions
from indexer.engines.whoosh.lexicon import WhooshLexicon
from indexer.engines.whoosh.postings import FIELDS, Postings
from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.snapshot import (
    Snapshot,
    only_versions,
    open_segment,
    with_versions,
    without_versions,
)
from indexer.engines.whoosh.span_columns import read_packed_spans
from indexer.engines.whoosh.text_counts import is_miscounted
from indexer.pin import PinnedVersions
from indexer.places import POSITION_SHIFT, ZONE_SHIFT
from indexer.query import Question
from indexer.story_numbers import StoryNumbers
from indexer.word_counts import WordCounts

_PLACE_BYTES = 4
_ATTEMPTS = 10  # a commit may delete a segment after the table of contents was read and before it is opened


class WhooshReader:
    """Implements indexer.engine.IndexReader."""

    def __init__(
        self,
        directory: Path,
        reuse: "WhooshReader | None" = None,
        stories: StoryNumbers | None = None,
        withdrawn: Withdrawn = NOTHING,
    ) -> None:
        self._manifest = read_manifest(directory)
        self._masked = withdrawn.masked_at(self._manifest.archive_number)
        self._kept = KeptVersions(directory)
        self._stories = stories
        self._segments: dict[Path, Segment] = {}
        self.rows: RowCache = reuse.rows if reuse else RowCache()
        snapshot = self._open(directory, reuse.segments if reuse else {})
        self._take(snapshot, self._manifest.archive_number)

    @property
    def manifest(self) -> Manifest:
        """The manifest of this state."""
        return self._manifest

    @property
    def stories_number(self) -> int:
        """The archive's change up to which its stories are known."""
        return self._snapshot.stories.archive_number

    @property
    def segments(self) -> Mapping[Path, Segment]:
        """The segments by path; a reader of a later state shares those that it has too."""
        return self._segments

    def search(self, question: Question) -> Results:
        """The exact answer."""
        can_count = has_forward_list(self._manifest.format)
        asked = question if can_count else replace(question, count_hits=False)
        return evaluate(self._snapshot, asked, self._manifest)

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why an article has its score; None where this state does not hold it."""
        return explain(self._snapshot, question, article_id)

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article held: id to (change, places_checksum)."""
        contents: dict[str, tuple[int, int]] = {}
        for reader in self._snapshot.segment_readers:
            sums = _checksums(reader.segment.postings())
            changes = reader.segment.arrays["change"].tolist()
            for number, (change, total) in enumerate(zip(changes, sums, strict=True)):
                if reader.live is None or reader.live[number]:
                    spans = spans_checksum(read_packed_spans(reader.segment.arrays, number))
                    contents[reader.segment.id(number)] = (change, (total + spans) % (1 << 64))
        return contents

    def damage(self) -> tuple[Message, ...]:
        """What is wrong with the segments' files: bytes, or counts that are not those of the articles.

        The small files were proven when they were opened.
        """
        try:
            every = {**self._segments, **self._kept.all()}
        except OperatorError as error:
            return (error.message,)
        return tuple(filter(None, (_damage(path, segment) for path, segment in every.items())))

    def lexicon(self) -> WhooshLexicon:
        """What the text knows of syllables."""
        return self._lexicon

    def word_counts(self) -> WordCounts | None:
        """The exact counts of words and of their neighbours; None for an index of format 6."""
        return count_corpus(self._snapshot.segment_readers) if has_words(self._manifest.format) else None

    def counts(self) -> WhooshCounts | None:
        """What counts in this state; None for an index of a format before 8."""
        return WhooshCounts(self._snapshot) if has_forward_list(self._manifest.format) else None

    def pinned(self, pin: PinnedVersions) -> "WhooshReader":
        """A reader of an earlier state: without versions that came since, with those that they superseded.

        Raises:
            OperatorError: the index does not keep the versions of that state yet, or they are damaged.
        """
        readers = [without_versions(reader, pin.absent) for reader in self._snapshot.segment_readers]
        if pin.superseded:
            segments = self._kept.segments(self._manifest.archive_number)
            readers += [with_versions(segment, pin.superseded.keys(), self.rows) for segment in segments]
        stories = self._stories.and_superseded(pin.superseded) if self._stories else None
        return self._over(Snapshot(readers, stories), pin.number)

    def only(self, versions: frozenset[int]) -> "WhooshReader":
        """A reader of some versions of this state alone."""
        readers = [only_versions(reader, versions) for reader in self._snapshot.segment_readers]
        return self._over(Snapshot(readers, self._stories), self._manifest.archive_number)

    def _over(self, snapshot: Snapshot, number: int) -> "WhooshReader":
        reader = copy(self)
        reader._take(snapshot, number)  # noqa: SLF001 - another reader of this class
        return reader

    def _take(self, snapshot: Snapshot, number: int) -> None:
        self._snapshot = snapshot
        self._manifest = replace(self._manifest, archive_number=number, articles=snapshot.count)
        self._lexicon = WhooshLexicon(snapshot.segment_readers)

    def close(self) -> None:
        """Drops the segments; a segment is unmapped when no reader has it any more."""
        self._segments = {}

    def _open(self, directory: Path, known: Mapping[Path, Segment]) -> Snapshot:
        for attempt in range(_ATTEMPTS):
            try:
                entries = read_table(directory).segments
                paths = [segment_path(directory, entry) for entry in entries]
                self._segments = {path: known.get(path) or Segment(path) for path in paths}
            except FileNotFoundError:
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            segment_readers = (
                open_segment(self._segments[path], entry.deleted_docs(), self.rows, self._masked)
                for path, entry in zip(paths, entries, strict=True)
            )
            return Snapshot(segment_readers, self._stories)
        raise AssertionError("unreachable: the last attempt raises")


def open_reader(
    root: Path,
    reuse: WhooshReader | None = None,
    stories: StoryNumbers | None = None,
    withdrawn: Withdrawn = NOTHING,
) -> WhooshReader:
    """Opens the current state of the index, with the stories of its articles, without what is withdrawn.

    Raises:
        OperatorError: there is no index, it is of another version or damaged, or the disk fails.
    """
    directory = IndexDirectory(root).current()
    if directory is None:
        raise OperatorError(
            say("{path}: there is no index here; make it with: khobao rebuild", path=str(root))
        )
    with report_disk_errors(root):
        return WhooshReader(directory, reuse, stories, withdrawn)


def _damage(path: Path, segment: Segment) -> Message | None:
    try:
        segment.arrays.prove()
    except DamagedFileError as error:
        return error.message
    postings = segment.postings()
    if is_miscounted(segment.arrays, postings) or _is_other_text(segment, postings):
        return say(
            "{path}: its counts of words are not those of its articles; make the index again with:"
            " khobao rebuild",
            path=str(path),
        )
    return None


def _is_other_text(segment: Segment, postings: Postings) -> bool:
    """Whether the forward list, or what is counted beside it, is not that of the segment's postings."""
    if not has_forward(segment.arrays):
        return False
    text = read_forward(postings)
    return is_other_text(segment.arrays, text) or is_miscounted_text(
        segment.arrays, text, postings.zone_starts
    )


def _checksums(postings: Postings) -> list[int]:
    """The places_checksum of each article of a segment; computed term by term, so that memory is bounded."""
    sums = [0] * postings.articles
    ends = np.cumsum(postings.counts, dtype=np.int64)
    for place, (field, _, term) in enumerate(postings.terms):
        first, last = int(postings.starts[place]), int(postings.starts[place + 1])
        begin = int(ends[first]) - int(postings.counts[first])
        data = _packed_places(
            postings, slice(first, last), slice(begin, int(ends[last - 1])), text=field == 0
        )
        name = term.decode()
        cuts = [0, *((ends[first:last] - begin) * _PLACE_BYTES).tolist()]
        for number, (start, stop) in zip(postings.numbers[first:last].tolist(), pairwise(cuts), strict=True):
            sums[number] += term_checksum(FIELDS[field], name, data[start:stop])
    return [total % (1 << 64) for total in sums]


def _packed_places(postings: Postings, held: slice, occurring: slice, *, text: bool) -> bytes:
    """The packed places of consecutive postings, as 32-bit little-endian integers."""
    positions = postings.positions[occurring].astype(np.int64)
    places = positions << POSITION_SHIFT | postings.flags[occurring]
    if text:
        starts = postings.zone_starts[np.repeat(postings.numbers[held], postings.counts[held])]
        zones = (starts[:, 1:] <= positions[:, None]).sum(axis=1)
        begins = starts[np.arange(len(zones)), zones]
        places += (zones << ZONE_SHIFT) - (begins << POSITION_SHIFT)
    return places.astype("<u4").tobytes()
