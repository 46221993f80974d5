"""Does the index hold the archive, all of it and nothing else?

Every live article is analysed again from the archive and compared with the index: by the change that it came
from, and by a checksum over all terms with all places.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.archive import ArchiveReader
from corpus.message import Message, say
from indexer.engine import IndexReader, places_checksum
from indexer.text.analyse import analyse
from indexer.text.words import segmenter

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared, and the faults; the index is right where ``faults`` is empty."""

    articles: int
    indexed: int
    archive_number: int
    index_number: int
    faults: tuple[Message, ...]


def verify(
    archive: ArchiveReader, reader: IndexReader, on_progress: Callable[[int, int], None]
) -> Verification:
    """Compares the whole index with the whole archive."""
    number = archive.number
    contents = dict(reader.contents())
    indexed = len(contents)
    live = [head.article_id for head in archive.heads_since(0) if not head.withdrawn]
    faults = [say("archive: {damage}", damage=damage) for damage in archive.damage()]
    if reader.manifest.archive_number != number:
        faults.append(
            say(
                "the index holds the archive up to change {held}, the archive is at {number};"
                " catch up with: khobao add, or khobao rebuild",
                held=reader.manifest.archive_number,
                number=number,
            )
        )
    for start in range(0, len(live), _BATCH):
        faults += _compare(archive, live[start : start + _BATCH], contents)
        on_progress(min(start + _BATCH, len(live)), len(live))
    faults += [
        say(
            "{id}: the index holds it, the archive does not; make the index again with: khobao rebuild",
            id=name,
        )
        for name in contents
    ]
    return Verification(len(live), indexed, number, reader.manifest.archive_number, tuple(faults))


def _compare(
    archive: ArchiveReader, ids: list[str], contents: dict[str, tuple[int, int]]
) -> Iterator[Message]:
    """The faults of some articles; removes each article from ``contents``."""
    kept = archive.articles(ids)
    boundaries = archive.words([one.change for one in kept.values()], segmenter())
    for name in ids:
        held = contents.pop(name, None)
        archived = kept[name]
        if held is None:
            yield say("{id}: the archive holds it, the index does not; mend with: khobao rebuild", id=name)
        elif held[0] != archived.change:
            yield say(
                "{id}: the index holds change {held}, the archive {change}; mend with: khobao rebuild",
                id=name,
                held=held[0],
                change=archived.change,
            )
        elif archived.change not in boundaries:
            yield say("{id}: its word boundaries are not in the archive; mend with: khobao rebuild", id=name)
        elif held[1] != places_checksum(
            analyse(archived.article, archived.change, boundaries[archived.change])
        ):
            yield say(
                "{id}: the index does not hold its text as archived; mend with: khobao rebuild", id=name
            )
