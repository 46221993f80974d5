"""What can be looked at beside a search? Versions, neighbours in time, what is alike, what is held.

All of it is read-only and safe for threads, as the searches are.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from corpus.archive import ArchiveReader
from corpus.archived import ArchivedArticle
from indexer.budget import Stage, charge
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.query import And, Query, Question, Sort
from indexer.text.normalise import normalise
from indexer.text.words import segmenter
from search_app.answer.archive.held import Held, Memory, count_held, on_this_day
from search_app.answer.archive.neighbours import Neighbours, neighbours
from search_app.answer.archive.similar import distinctive_query
from search_app.answer.archive.version_changes import TextChange, version_changes

SIMILAR = 6
LOOKED_AT = 40
"""Articles among which those are chosen: a text that was reprinted stands there many times."""


class Browse:
    """The use cases of looking around."""

    def __init__(self, archive: ArchiveReader, index: ReaderHolder[IndexReader]) -> None:
        self._archive = archive
        self._index = index
        self._remembered = lru_cache(maxsize=2)(self._count_held)
        self._alike = lru_cache(maxsize=1 << 10)(self._similar)

    def kept(self, ids: Sequence[str]) -> list[ArchivedArticle]:
        """The articles of some ids, in their order; ids that the archive does not know are passed over."""
        found = self._archive.articles(ids)
        charge(Stage.ARTICLES)
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    def versions(self, article_id: str) -> list[ArchivedArticle]:
        """Every version of an article, the oldest first; empty where the archive does not know it."""
        return self._archive.versions(article_id)

    def changes(self, older: ArchivedArticle, newer: ArchivedArticle) -> list[TextChange]:
        """What became of each text from one version to another."""
        charge(Stage.ARTICLES)
        return version_changes(older.article, newer.article)

    def similar(self, archived: ArchivedArticle) -> list[ArchivedArticle]:
        """Articles that hold most of an article's distinctive words, the best first; of one title, one."""
        with self._index.lend() as reader:
            number = reader.manifest.archive_number
        return self.kept(self._alike(archived.article.id, number))

    def _similar(self, article_id: str, _number: int) -> tuple[str, ...]:
        """The ids; for an article and a state of the index."""
        archived = self._archive.article(article_id)
        if archived is None:
            return ()
        boundaries = self._archive.words([archived.change], segmenter()).get(archived.change, b"")
        with self._index.lend() as reader:
            query = distinctive_query(archived.article, boundaries, reader.lexicon())
            if query is None:
                return ()
            found = reader.search(Question(query, size=LOOKED_AT, expanded=False))
        titles = {_title(archived): ""}
        for one in self.kept([hit.id for hit in found.hits]):
            titles.setdefault(_title(one), one.article.id)
        return tuple(filter(None, titles.values()))[:SIMILAR]

    def neighbours(self, archived: ArchivedArticle) -> Neighbours[ArchivedArticle]:
        """The articles before and after one, in its source and section."""
        with self._index.lend() as reader:
            ids = neighbours(archived.article, reader)
        found = self._archive.articles([one for one in (ids.earlier, ids.later) if one])
        return Neighbours(found.get(ids.earlier or ""), found.get(ids.later or ""))

    def held(self) -> Held:
        """What the index holds; counted once for each of its states."""
        with self._index.lend() as reader:
            return self._remembered(reader.manifest.archive_number, reader.manifest.articles)

    def on_this_day(self, day: date, size: int) -> Memory:
        """Articles of a day in the other years, the newest first."""
        held = self.held()
        with self._index.lend() as reader:
            hits = on_this_day(day, held, reader, size)
        return Memory(hits.total, tuple(self.kept(hits.ids)))

    def newest(self, size: int) -> list[ArchivedArticle]:
        """The newest articles."""
        return self.kept(self._ids(And(()), size))

    def _ids(self, query: Query, size: int) -> list[str]:
        with self._index.lend() as reader:
            return [hit.id for hit in reader.search(Question(query, sort=Sort.NEWEST, size=size)).hits]

    def _count_held(self, _number: int, _articles: int) -> Held:
        with self._index.lend() as reader:
            return count_held(reader)


def _title(archived: ArchivedArticle) -> str:
    return normalise(" ".join(archived.article.title.split()))
