"""How are archived records cleaned again, when the rules of cleaning have changed?

The last raw record of each article is given to its reader again, with the context that it had. The report
counts what cannot be cleaned again: records that were not stored, readers that no longer exist, records that
are refused now.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.archive import Archive
from corpus.archived import ArchivedArticle
from corpus.article import Article, Provenance
from corpus.errors import UserError
from corpus.ingest import BATCH_BYTES, BATCH_RECORDS
from corpus.message import Message
from corpus.moment import now
from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.steps import Cause
from corpus.readers.registry import Reader, reader_named
from corpus.records import Reading
from corpus.workers.jobs import ArchivedRecord
from corpus.workers.reading import clean_records


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article that is cleaned differently now: the names of the fields that differ."""

    article_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedArticle:
    """An article whose record is refused now; the archived version stays."""

    article_id: str
    reason: str
    message: Message


@dataclass(frozen=True, slots=True)
class CleaningReport:
    """What cleaning again did, or would do. The numbers add up to ``articles``.

    Attributes:
        same: articles whose content is the same; without: those without a raw record or a reader.
        fields: by field, how many articles differ in it.
    """

    articles: int
    same: int
    without: int
    changes: tuple[ChangedArticle, ...]
    faults: tuple[RefusedArticle, ...]
    fields: Mapping[str, int]


def clean_again(archive: Archive, *, store: bool, on_progress: Callable[[int, int], None]) -> CleaningReport:
    """Cleans every article again; new versions are stored only where ``store`` is true."""
    ids = [head.article_id for head in archive.heads_since(0)]
    same = without = 0
    changes: list[ChangedArticle] = []
    faults: list[RefusedArticle] = []
    for start in range(0, len(ids), BATCH_RECORDS):
        new: list[Reading] = []
        for kept, found in _again(archive, archive.articles(ids[start : start + BATCH_RECORDS]).values()):
            match found:
                case None:
                    without += 1
                case RefusedArticle():
                    faults.append(found)
                case _ if found.article.digest == kept.article.digest:
                    same += 1
                case _:
                    new.append(found)
                    changes.append(
                        ChangedArticle(kept.article.id, tuple(_differing(kept.article, found.article)))
                    )
        if store and new:
            archive.store(new)
        on_progress(min(start + BATCH_RECORDS, len(ids)), len(ids))
    fields = Counter(name for change in changes for name in change.fields)
    return CleaningReport(len(ids), same, without, tuple(changes), tuple(faults), dict(fields.most_common()))


def _again(
    archive: Archive, articles: Iterable[ArchivedArticle]
) -> Iterator[tuple[ArchivedArticle, Reading | RefusedArticle | None]]:
    """Each article with what its raw record gives now; None where there is no record or no reader."""
    waiting: list[tuple[ArchivedArticle, ArchivedRecord]] = []
    weight = 0
    for kept in articles:
        raw = archive.raw(kept)
        if raw is None or _reader(kept.provenance) is None:
            yield kept, None
            continue
        waiting.append((kept, ArchivedRecord(kept.article.id, kept.provenance.reader, raw, kept.context)))
        weight += len(raw)
        if weight >= BATCH_BYTES:
            yield from _made(waiting)
            waiting, weight = [], 0
    yield from _made(waiting)


def _made(
    waiting: Sequence[tuple[ArchivedArticle, ArchivedRecord]],
) -> Iterator[tuple[ArchivedArticle, Reading | RefusedArticle]]:
    if not waiting:
        return
    answers = clean_records([record for _, record in waiting], ItemLimits())
    for (kept, record), answer in zip(waiting, answers, strict=True):
        yield kept, _reading(kept, record, answer)


def _reading(
    kept: ArchivedArticle, record: ArchivedRecord, answer: Article | Cause
) -> Reading | RefusedArticle:
    """The reading of an archived record; the article keeps its id, whatever the reader derives now."""
    if isinstance(answer, Cause):
        return RefusedArticle(kept.article.id, answer.reason, answer.message)
    version = reader_named(record.reader).VERSION
    provenance = replace(kept.provenance, reader_version=version, imported_at=now())
    return Reading(replace(answer, id=kept.article.id), provenance, record.raw, record.context)


def _reader(provenance: Provenance) -> Reader | None:
    try:
        return reader_named(provenance.reader)
    except UserError:
        return None


def _differing(before: Article, after: Article) -> Iterator[str]:
    old, new = before.as_dict(), after.as_dict()
    return (name for name in old | new if old.get(name) != new.get(name))
