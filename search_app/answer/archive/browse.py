"""What can be read without a query? Versions, neighbours, similar articles, and what the archive holds."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from corpus.archived import ArchivedArticle
from corpus.pins import stood_from
from corpus.shown_archive import ShownArchive
from indexer.budget import Stage, charge
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.query import And, Query, Question, Sort
from indexer.stories.story import StoryLookup
from indexer.text.normalise import normalise
from indexer.text.words import segmenter
from search_app.answer.archive.held import Held, Memory, count_held, on_this_day
from search_app.answer.archive.neighbours import Neighbours, neighbours
from search_app.answer.archive.similar import distinctive_query
from search_app.answer.archive.version_changes import TextChange, version_changes

SIMILAR = 6
LOOKED_AT = 40
"""Stories from which the SIMILAR articles are chosen; of several with one title only the first is."""


class Browse:
    """The use cases of browsing; read-only and safe for threads."""

    def __init__(self, archive: ShownArchive, index: ReaderHolder[IndexReader], stories: StoryLookup) -> None:
        self._archive = archive
        self._index = index
        self._stories = stories
        self._held = lru_cache(maxsize=2)(self._count_held)
        self._similar_ids = lru_cache(maxsize=1 << 10)(self._find_similar)

    def kept(self, ids: Sequence[str]) -> list[ArchivedArticle]:
        """The articles of some ids, in their order, without those that the archive does not have."""
        articles = self._archive.articles(ids)
        charge(Stage.ARTICLES)
        return [articles[each] for each in dict.fromkeys(ids) if each in articles]

    def versions(self, article_id: str) -> list[ArchivedArticle]:
        """Every version of an article, the oldest first; empty if the archive does not have it."""
        return self._archive.versions(article_id)

    def stood_from(self, article_id: str, version: int) -> int | None:
        """The first change as of which the archive shows a version; None where it shows it as of none."""
        charge(Stage.ARTICLES)
        return stood_from(self._archive, article_id, version)

    def changes(self, older: ArchivedArticle, newer: ArchivedArticle) -> list[TextChange]:
        """The fields in which two versions of an article differ."""
        charge(Stage.ARTICLES)
        return version_changes(older.article, newer.article)

    def similar(self, archived: ArchivedArticle) -> list[ArchivedArticle]:
        """The articles most similar to one, the best first; at most SIMILAR.

        One of each story and of each title; of the article's own story, none.
        """
        with self._index.lend() as reader:
            state = reader.manifest.archive_number, reader.stories_number, self._archive.withdrawn().state
        return self.kept(self._similar_ids(archived.article.id, state))

    def _find_similar(self, article_id: str, _state: tuple[object, ...]) -> tuple[str, ...]:
        """The ids of the articles similar to one; cached for each state of the index and of withdrawals."""
        archived = self._archive.article(article_id)
        if archived is None:
            return ()
        boundaries = self._archive.words([archived.change], segmenter()).get(archived.change, b"")
        with self._index.lend() as reader:
            query = distinctive_query(archived.article, boundaries, reader.lexicon())
            if query is None:
                return ()
            question = Question(query, size=LOOKED_AT, expanded=False, collapse_stories=True)
            results = reader.search(question)
        own = self._stories.story(article_id)
        prints = own.ids if own else (article_id,)
        titles = {_title(archived): ""}
        for similar in self.kept([hit.id for hit in results.hits if hit.id not in prints]):
            titles.setdefault(_title(similar), similar.article.id)
        return tuple(filter(None, titles.values()))[:SIMILAR]

    def neighbours(self, archived: ArchivedArticle) -> Neighbours[ArchivedArticle]:
        """The articles published before and after one in the same source and section."""
        with self._index.lend() as reader:
            ids = neighbours(archived.article, reader)
        articles = self._archive.articles([each for each in (ids.earlier, ids.later) if each])
        return Neighbours(articles.get(ids.earlier or ""), articles.get(ids.later or ""))

    def held(self) -> Held:
        """What the index holds; counted once for each state of the index and of withdrawals."""
        with self._index.lend() as reader:
            manifest = reader.manifest
            return self._held(manifest.archive_number, manifest.articles, self._archive.withdrawn().state)

    def on_this_day(self, day: date, size: int) -> Memory:
        """Articles of the same day of the year in other years, the newest first; at most ``size``."""
        held = self.held()
        with self._index.lend() as reader:
            hits = on_this_day(day, held, reader, size)
        return Memory(hits.total, tuple(self.kept(hits.ids)))

    def newest(self, size: int) -> list[ArchivedArticle]:
        """The ``size`` newest articles, the newest first."""
        return self.kept(self._ids(And(()), size))

    def _ids(self, query: Query, size: int) -> list[str]:
        with self._index.lend() as reader:
            return [hit.id for hit in reader.search(Question(query, sort=Sort.NEWEST, size=size)).hits]

    def _count_held(self, _number: int, _articles: int, _withdrawn: tuple[int, int]) -> Held:
        with self._index.lend() as reader:
            return count_held(reader)


def _title(archived: ArchivedArticle) -> str:
    return normalise(" ".join(archived.article.title.split()))
