"""What does today's cleaning make of the records that the archive keeps? New versions where it differs.

Each article's last raw record is given to its reader again, with the context that it had. What cannot be
cleaned again is said: a record that was not kept, a reader that is no more, a record that is refused now.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.archive import Archive
from corpus.archived import ArchivedArticle
from corpus.article import Article, Provenance
from corpus.errors import ImpossibleValueError, UserError
from corpus.ingest import BATCH_RECORDS
from corpus.message import Message
from corpus.moment import now
from corpus.readers.registry import Reader, reader_named
from corpus.records import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """What cleaning again makes otherwise of an article: the names of the fields that differ."""

    article_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """An article whose record is refused now; it stays as it is."""

    article_id: str
    reason: str
    message: Message


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning again did, or would do. The numbers add up to the articles.

    Attributes:
        same: cleaned to what they are; without: their raw record was not kept, or their reader is no more.
        fields: how many articles differ in which field.
    """

    articles: int
    same: int
    without: int
    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    fields: Mapping[str, int]


def clean_again(archive: Archive, *, store: bool, on_progress: Callable[[int, int], None]) -> Cleaned:
    """Cleans every article again; new versions are stored only where ``store`` says so."""
    ids = [head.article_id for head in archive.heads_since(0)]
    same = without = 0
    changes: list[Change] = []
    faults: list[Fault] = []
    for start in range(0, len(ids), BATCH_RECORDS):
        new: list[Reading] = []
        for kept in archive.articles(ids[start : start + BATCH_RECORDS]).values():
            found = _again(archive, kept)
            match found:
                case None:
                    without += 1
                case Fault():
                    faults.append(found)
                case _ if found.article.digest == kept.article.digest:
                    same += 1
                case _:
                    new.append(found)
                    changes.append(Change(kept.article.id, tuple(_differing(kept.article, found.article))))
        if store and new:
            archive.store(new)
        on_progress(min(start + BATCH_RECORDS, len(ids)), len(ids))
    fields = Counter(name for change in changes for name in change.fields)
    return Cleaned(len(ids), same, without, tuple(changes), tuple(faults), dict(fields.most_common()))


def _again(archive: Archive, kept: ArchivedArticle) -> Reading | Fault | None:
    """The article of a kept record; it keeps its id, whatever the reader would derive now."""
    raw, reader = archive.raw(kept), _reader(kept.provenance)
    if raw is None or reader is None:
        return None
    try:
        article = replace(reader.article(raw, kept.context), id=kept.article.id)
    except ImpossibleValueError as error:
        return Fault(kept.article.id, error.reason, error.message)
    provenance = replace(kept.provenance, reader_version=reader.VERSION, imported_at=now())
    return Reading(article, provenance, raw, kept.context)


def _reader(provenance: Provenance) -> Reader | None:
    try:
        return reader_named(provenance.reader)
    except UserError:
        return None


def _differing(before: Article, after: Article) -> Iterator[str]:
    old, new = before.as_dict(), after.as_dict()
    return (name for name in old | new if old.get(name) != new.get(name))
