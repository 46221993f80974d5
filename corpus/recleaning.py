"""What does today's cleaning make of the records that the archive keeps? New versions where it differs.

Each article's last raw record is given to its reader again, with the context that it had. What cannot be
cleaned again is said: a record that was not kept, a reader that is no more, a record that is refused now.
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
    """What cleaning again makes otherwise of an article: the names of the fields that differ."""

    article_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedArticle:
    """An article whose record is refused now; it stays as it is."""

    article_id: str
    reason: str
    message: Message


@dataclass(frozen=True, slots=True)
class CleaningReport:
    """What cleaning again did, or would do. The numbers add up to the articles.

    Attributes:
        same: cleaned to what they are; without: their raw record was not kept, or their reader is no more.
        fields: how many articles differ in which field.
    """

    articles: int
    same: int
    without: int
    changes: tuple[ChangedArticle, ...]
    faults: tuple[RefusedArticle, ...]
    fields: Mapping[str, int]


def clean_again(archive: Archive, *, store: bool, on_progress: Callable[[int, int], None]) -> CleaningReport:
    """Cleans every article again; new versions are stored only where ``store`` says so."""
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
    """Each article with what its kept record is now; None where the record or its reader are no more."""
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
    """The article of a kept record; it keeps its id, whatever the reader would derive now."""
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
