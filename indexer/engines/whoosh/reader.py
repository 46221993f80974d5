"""How is the index read? One state of it, opened whole; segments are shared between states."""

from collections.abc import Mapping
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from corpus.errors import OperatorError
from corpus.message import say
from indexer.engine import Manifest, Results, term_checksum
from indexer.engines.whoosh.directory import IndexDirectory, mendable, read_manifest
from indexer.engines.whoosh.evaluation import Evaluation
from indexer.engines.whoosh.schema import SCHEMA
from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.query import Question

_INDEX_NAME = "MAIN"  # whoosh's default
_ATTEMPTS = 10  # a commit may delete a segment between our reading of the table and our opening it


class WhooshReader:
    """Implements indexer.engine.IndexReader."""

    def __init__(self, directory: Path, reuse: "WhooshReader | None" = None) -> None:
        self._manifest = read_manifest(directory)
        self._segments: dict[str, Segment] = {}
        self._snapshot = self._open(directory, reuse.segments if reuse else {})

    @property
    def manifest(self) -> Manifest:
        """What this state holds."""
        return self._manifest

    @property
    def segments(self) -> Mapping[str, Segment]:
        """Segments that a later state can share, by name."""
        return self._segments

    def search(self, question: Question) -> Results:
        """The exact answer."""
        return Evaluation(self._snapshot, question).results(self._manifest)

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article held: id to (change, places_checksum)."""
        found: dict[str, tuple[int, int]] = {}
        live = iter(self._snapshot.live.tolist())
        for segment in self._snapshot.segments:
            sums = [0] * segment.count
            for field, term, number, places in segment.each_posting():
                sums[number] += term_checksum(field, term, places)
            for fact, total in zip(segment.facts, sums, strict=True):
                if next(live):
                    found[fact.id] = (fact.change, total % (1 << 64))
        return found

    def close(self) -> None:
        """Lets go of the segments; those that no other state has are closed."""
        for segment in self._segments.values():
            segment.release()
        self._segments = {}

    def _open(self, directory: Path, known: Mapping[str, Segment]) -> Snapshot:
        storage = FileStorage(str(directory))
        for attempt in range(_ATTEMPTS):
            try:
                toc = TOC.read(storage, _INDEX_NAME, schema=SCHEMA)
                for entry in toc.segments:
                    name = f"{directory}/{entry.segment_id()}"
                    segment = known.get(name) or Segment(SegmentReader(storage, SCHEMA, entry))
                    segment.hold()
                    self._segments[name] = segment
            except FileNotFoundError:
                self.close()
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            deleted = [set(entry.deleted_docs()) for entry in toc.segments]
            return Snapshot(list(self._segments.values()), deleted)
        raise AssertionError("unreachable: the last attempt raises")


def open_reader(root: Path, reuse: WhooshReader | None = None) -> WhooshReader:
    """The state of the index that is read now.

    Raises:
        OperatorError: there is no index, or it does not fit, or the disk fails.
    """
    directory = IndexDirectory(root).current()
    if directory is None:
        raise OperatorError(
            say("{path}: there is no index here; make it with: khobao rebuild", path=str(root))
        )
    with mendable(root):
        return WhooshReader(directory, reuse)
