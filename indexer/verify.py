"""Does the index hold the archive, all of it and nothing else?

Every byte of the index's files is compared with its checksums, and its counts of words and of neighbours with
those of its articles. Then every live article is analysed again from
the archive and compared with what the index holds of it: the change it came from, and a checksum over every
term with every place; its words are cut again, and compared with those that the archive keeps. Of an index
whose files are damaged nothing more is compared.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from corpus.archive import ArchiveReader
from corpus.fixity import Fixity, check
from corpus.message import Message, say
from indexer.build import CHUNK_ARTICLES, Draft, Prepare, batches, preparing
from indexer.checksums import places_checksum
from indexer.engine import IndexReader
from indexer.text.analyse import analyse
from indexer.text.words import segmenter

_BATCH = 2_048


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found wrong; whole where ``faults`` is empty.

    Attributes:
        articles: of the state of the archive that was judged, without those that are withdrawn for good.
        waiting: articles that changed after what the index holds; they are no fault.
        unproven: rows of the archive that were read, but have no digest to compare, by table.
        lagging: what is derived and still to be brought up to the archive; that is no fault either.
    """

    articles: int
    indexed: int
    archive_number: int
    index_number: int
    faults: tuple[Message, ...]
    waiting: int = 0
    unproven: Mapping[str, int] = field(default_factory=dict)
    lagging: tuple[Message, ...] = ()


def verify(
    archive: ArchiveReader,
    reader: IndexReader,
    on_progress: Callable[[int, int], None],
    *,
    fixity: Fixity | None = None,
    sample: int | None = None,
) -> Verification:
    """Compares the whole index with one state of the archive, whatever is added meanwhile.

    Args:
        fixity: what was found in the archive itself; it is checked here where that is not given.
        sample: of how many articles, drawn anew each time, the words are cut again; None: of all.
    """
    indexed_number = reader.manifest.archive_number
    faults = list(reader.damage())
    contents = {} if faults else dict(reader.contents())
    indexed = len(contents)
    with archive.snapshot():
        number, fixity = archive.number, fixity or check(archive)
        heads = archive.heads_since(0)
        waiting = {head.article_id for head in heads if head.last_change > indexed_number}
        embargoed = archive.withdrawals().embargoed()
        held = {head.article_id for head in heads if not head.withdrawn} | embargoed
        live = [head.article_id for head in heads if head.article_id in held - waiting]
        if faults:
            live = []
        faults += fixity.faults
        cut = set(live if sample is None else random.sample(live, min(sample, len(live))))
        with preparing(len(live)) as prepare:
            for start in range(0, len(live), _BATCH):
                faults += _compare(archive, live[start : start + _BATCH], contents, cut, prepare)
                on_progress(min(start + _BATCH, len(live)), len(live))
        faults += _compare_waiting(archive, contents, waiting)
    articles = len(held)
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
    archive: ArchiveReader,
    ids: list[str],
    contents: dict[str, tuple[int, int]],
    cut: AbstractSet[str],
    prepare: Prepare,
) -> Iterator[Message]:
    """The faults of some articles; removes each article from ``contents``.

    Args:
        cut: those whose words are cut again.
        prepare: analyses, and cuts words, on all cores.
    """
    archived_articles = archive.articles(ids)
    boundaries = archive.words([archived.change for archived in archived_articles.values()], segmenter())
    drafts: list[Draft] = []
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
        else:
            kept = None if article_id in cut else boundaries[archived.change]
            drafts.append(Draft(archived.article, archived.change, kept, archived.provenance))
            contents[article_id] = indexed
    for prepared in prepare(list(batches(drafts, CHUNK_ARTICLES))):
        for item in prepared:
            _, checksum = contents.pop(item.article.id)
            if item.new_boundaries not in {None, boundaries[item.article.change]}:
                yield say(
                    "{id}: its words are cut otherwise now; mend with: khobao rebuild --words",
                    id=item.article.id,
                )
            elif checksum != places_checksum(item.article):
                yield _other_text(item.article.id)


def _other_text(article_id: str) -> Message:
    return say("{id}: the index does not hold its text as archived; mend with: khobao rebuild", id=article_id)
