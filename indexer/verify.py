"""Does the index hold the archive, all of it and nothing else?

Every byte of the index's files is compared with its checksums. Then every live article is analysed again from
the archive and compared with what the index holds of it: the change it came from, and a checksum over every
term with every place. Of an index whose files are damaged nothing more is compared.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from corpus.archive import ArchiveReader
from corpus.fixity import check
from corpus.message import Message, say
from indexer.checksums import places_checksum
from indexer.engine import IndexReader
from indexer.text.analyse import analyse
from indexer.text.words import segmenter

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found wrong; whole where ``faults`` is empty.

    Attributes:
        articles: of the state of the archive that was judged, without those that are withdrawn.
        waiting: articles that changed after what the index holds; they are no fault.
        unproven: rows of the archive that were read, but have no digest to compare, by table.
    """

    articles: int
    indexed: int
    archive_number: int
    index_number: int
    faults: tuple[Message, ...]
    waiting: int = 0
    unproven: Mapping[str, int] = field(default_factory=dict)


def verify(
    archive: ArchiveReader, reader: IndexReader, on_progress: Callable[[int, int], None]
) -> Verification:
    """Compares the whole index with one state of the archive, whatever is added meanwhile."""
    indexed_number = reader.manifest.archive_number
    faults = list(reader.damage())
    contents = {} if faults else dict(reader.contents())
    indexed = len(contents)
    with archive.snapshot():
        number, fixity = archive.number, check(archive)
        heads = archive.heads_since(0)
        waiting = {head.article_id for head in heads if head.last_change > indexed_number}
        live = [head.article_id for head in heads if not head.withdrawn and head.article_id not in waiting]
        if faults:
            live = []
        faults += fixity.faults
        for start in range(0, len(live), _BATCH):
            faults += _compare(archive, live[start : start + _BATCH], contents)
            on_progress(min(start + _BATCH, len(live)), len(live))
        faults += _compare_waiting(archive, contents, waiting)
    articles = sum(not head.withdrawn for head in heads)
    return Verification(
        articles, indexed, number, indexed_number, tuple(faults), len(waiting), fixity.unproven
    )


def _compare_waiting(
    archive: ArchiveReader, contents: Mapping[str, tuple[int, int]], waiting: AbstractSet[str]
) -> Iterator[Message]:
    """Faults of what else the index holds: earlier versions of articles that changed, or no article's."""
    for name, (change, checksum) in contents.items():
        version = archive.version(change) if name in waiting else None
        if version is None or version.article.id != name:
            yield say(
                "{id}: the index holds it, the archive does not; make the index again with: khobao rebuild",
                id=name,
            )
            continue
        boundaries = archive.words([change], segmenter()).get(change)
        if boundaries is not None and checksum != places_checksum(
            analyse(version.article, change, boundaries)
        ):
            yield _other_text(name)


def _compare(
    archive: ArchiveReader, ids: list[str], contents: dict[str, tuple[int, int]]
) -> Iterator[Message]:
    """The faults of some articles; removes each article from ``contents``."""
    archived_articles = archive.articles(ids)
    boundaries = archive.words([archived.change for archived in archived_articles.values()], segmenter())
    for article_id in ids:
        indexed = contents.pop(article_id, None)
        archived = archived_articles[article_id]
        if indexed is None:
            yield say(
                "{id}: the archive holds it, the index does not; mend with: khobao rebuild", id=article_id
            )
        elif indexed[0] != archived.change:
            yield say(
                "{id}: the index holds change {held}, the archive {change}; mend with: khobao rebuild",
                id=article_id,
                held=indexed[0],
                change=archived.change,
            )
        elif archived.change not in boundaries:
            yield say(
                "{id}: its word boundaries are not in the archive; mend with: khobao rebuild", id=article_id
            )
        elif indexed[1] != places_checksum(
            analyse(archived.article, archived.change, boundaries[archived.change])
        ):
            yield _other_text(article_id)


def _other_text(article_id: str) -> Message:
    return say("{id}: the index does not hold its text as archived; mend with: khobao rebuild", id=article_id)
