"""Whose is each article, in the order in which articles last changed? Read once for a state, into two arrays.

A list of one source's articles can go on from any place of that order: looked for row by row, each page of a
small source would pass over all other articles.
"""

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.archive_reader import ArchiveReader
from corpus.publishers import Publication, named_publisher
from corpus.value_folding import tidy_value, usual_spelling

_NOBODY = ""
_BATCH = 500  # below SQLite's smallest limit of 999 values a statement

_TOLD = (
    "f.source, CASE f.source WHEN '' THEN json_extract(v.content, '$.url') END"
    " FROM heads h JOIN facts f ON f.article_id = h.article_id"
    " LEFT JOIN versions v ON v.change = h.change AND f.source = '' AND v.content != ''"
)
"""The source that an article names, and where it names none its address: a text is read for nothing else."""


@dataclass(frozen=True, slots=True)
class PublisherColumn:
    """The articles that are not withdrawn, in the order of their last changes.

    Attributes:
        numbers: the last change of each.
        publishers: whose it is: where its key stands in ``keys``.
        keys: those of the publishers (corpus.publishers); empty: of an article that tells of none.
        names: by key, the publisher's name as it is most often written.
    """

    numbers: "array[int]"
    publishers: "array[int]"
    keys: Sequence[str]
    names: Mapping[str, str]

    def after(self, number: int) -> Iterator[tuple[int, str]]:
        """The last changes above a number, ascending, each with the key of its article's publisher."""
        for place in range(bisect_right(self.numbers, number), len(self.numbers)):
            yield self.numbers[place], self.keys[self.publishers[place]]


def publisher_column(archive: ArchiveReader, number: int) -> PublisherColumn:
    """The column of the articles that have not changed since a change."""
    rows = archive.rows(
        f"SELECT h.last_change, {_TOLD} WHERE h.last_change <= ? AND NOT h.withdrawn ORDER BY h.last_change",
        [number],
    )
    numbers, publishers = array("q"), array("l")
    places: dict[str, int] = {}
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    known: dict[tuple[str, str | None], Publication] = {}
    for last_change, source, url in rows:
        told = known.get((source, url))
        if told is None:
            told = known[source, url] = _publisher(source, url) or Publication(_NOBODY, "")
        spellings[told.key][told.name] += 1
        numbers.append(last_change)
        publishers.append(places.setdefault(told.key, len(places)))
    names = {key: usual_spelling(written) for key, written in spellings.items()}
    return PublisherColumn(numbers, publishers, tuple(places), names)


def publishers_of(archive: ArchiveReader, ids: Sequence[str]) -> dict[str, Publication]:
    """Whose some articles are, by id, withdrawn or not; but for those of which nothing says it."""
    found: dict[str, Publication] = {}
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        rows = archive.rows(f"SELECT h.article_id, {_TOLD} WHERE h.article_id IN ({marks})", batch)
        for article_id, source, url in rows:
            if publisher := _publisher(source, url):
                found[article_id] = publisher
    return found


def _publisher(source: str, url: str | None) -> Publication | None:
    """A publisher, with its name as the article writes it."""
    publisher = named_publisher(source, url or "")
    return publisher and Publication(publisher.key, tidy_value(source) or publisher.name)
