"""What is an export? Every article that a search matches, in its order, read as it is taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.archive import ArchiveReader
from corpus.archived import ArchivedArticle
from indexer.engine import Hit

_BATCH = 500


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A matching article, with its rank (from 1) and score."""

    rank: int
    score: float
    archived: ArchivedArticle


@dataclass(frozen=True, slots=True)
class Export:
    """All that matches: ``rows`` yields ``total`` articles, of the state of the archive that answered."""

    total: int
    archive_number: int
    rows: Iterator[ExportRow]


def rows(archive: ArchiveReader, hits: Sequence[Hit]) -> Iterator[ExportRow]:
    """The articles of hits, some hundreds read at a time."""
    for start in range(0, len(hits), _BATCH):
        batch = hits[start : start + _BATCH]
        kept = archive.articles([hit.id for hit in batch])
        for rank, hit in enumerate(batch, start + 1):
            yield ExportRow(rank, hit.score, kept[hit.id])
