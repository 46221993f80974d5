"""What can be asked? Search, article, status: what every interface calls.

Nothing here knows of the web, the terminal or Whoosh. Texts come from the archive, ids from the
index; both are read-only.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from corpus.archive import ArchiveReader
from corpus.archived import ArchivedArticle
from corpus.article import Article
from corpus.errors import OperatorError
from indexer.budget import Stage, charge
from indexer.engine import Hit, IndexReader, Results
from indexer.evidence import tiered
from indexer.holder import ReaderHolder
from indexer.places import Zone
from indexer.query import Dates, Match, Query, Question, Sort
from indexer.sharing import sharing
from indexer.stories.story import KnowsStories, NoStories
from indexer.suggest.suggestion import Kind, NoSuggestions, Suggestion, Suggests
from indexer.text.syllables import TOKEN
from indexer.text.words import segmenter
from search_app.answer.archive.accounts import Accounts
from search_app.answer.archive.browse import Browse
from search_app.answer.archive.reprint_changes import reprint_changes
from search_app.answer.date_histogram import timeline
from search_app.answer.exporting import Export, rows
from search_app.answer.highlight import HighlightedText, highlight_article
from search_app.answer.pages import (
    ArticlePage,
    ChangesPage,
    PageHit,
    PageStory,
    Printed,
    SearchPage,
    SearchRequest,
    Status,
    WhyPage,
)
from search_app.answer.questions import applied_sort, check_window, facets, marked, question_of
from search_app.answer.snippets import snippet
from search_app.answer.token_spans import MatchedText, TokenMatcher
from search_app.query.completion import closed, is_completed
from search_app.query.correction.deciding import CorrectedAnswer, correct
from search_app.query.expansion import ExpandedQuery
from search_app.query.expansion.expander import QueryExpander
from search_app.query.grammar import Understood, check_characters, understand
from search_app.query.readings import word_readings
from search_app.settings import MAX_SUGGESTIONS

_MINUS = re.compile(r"(?<!\S)-(?=\S)")


@dataclass(frozen=True, slots=True)
class _Answer:
    """A query and what it finds."""

    understood: Understood
    expanded: ExpandedQuery
    sort: Sort
    results: Results

    @property
    def total(self) -> int:
        return self.results.total

    @property
    def partial_total(self) -> int:
        return self.results.partial_total


@dataclass(frozen=True, slots=True)
class State:
    """What the archive and the index hold, by number; the index's None where there is none that fits."""

    archive_number: int
    index_number: int | None
    stories: tuple[int, ...]
    changed_at: datetime


class Service:
    """The use cases of reading; safe for threads."""

    def __init__(
        self,
        archive: ArchiveReader,
        index: ReaderHolder[IndexReader],
        suggests: Suggests | None = None,
        expansion: QueryExpander | None = None,
        stories: KnowsStories | None = None,
    ) -> None:
        self._archive = archive
        self.accounts = Accounts(archive)
        self._index = index
        self._suggests: Suggests = suggests or NoSuggestions()
        self._expander = expansion or QueryExpander(index)
        self.browse = Browse(archive, index)
        self._stories: KnowsStories = stories or NoStories()

    def search(self, request: SearchRequest) -> SearchPage:
        """A page of results.

        Raises:
            UserError: the query, the page or its size is past a stated limit.
            OperatorError: the index or the archive cannot be read.
        """
        started = time.perf_counter()
        check_window(request)
        with self._index.lend() as reader:
            found = self._corrected(reader, request)
        answer, results = found.answer, found.answer.results
        hits = self._hits(results.hits, answer.expanded.query, (request.page - 1) * request.size)
        if request.by_story:
            hits = tuple(map(self._with_first, hits))
        stories, more = results.stories or 0, results.partial_stories or 0
        counts = (stories, more) if request.by_story else (results.total, results.partial_total)
        ranked = counts[0] if request.whole_only else sum(counts)
        return SearchPage(
            request=request,
            understood=answer.understood.text,
            problems=understand(request.query).problems if found.shown else answer.understood.problems,
            sort=answer.sort,
            total=results.total,
            partial_total=results.partial_total,
            pages=-(-ranked // request.size),
            took_ms=(time.perf_counter() - started) * 1000,
            facets=facets(results, request),
            hits=hits,
            archive_number=results.manifest.archive_number,
            readings=word_readings(found.shown.text if found.shown else request.query, results.readings),
            mixed=answer.sort is Sort.RELEVANCE and not tiered(answer.expanded.query),
            expands=self._expander.is_on(request.expand),
            expansions=answer.expanded.expansions,
            offers=answer.expanded.offers,
            corrections=found.offered,
            searched_instead=found.shown,
            timeline=timeline(results.spread, Dates(request.first, request.last)) if results.spread else None,
            stories=stories,
            partial_stories=more,
        )

    def ranked(
        self, query: str, depth: int, *, expand: bool | None = None, exact: bool = False
    ) -> tuple[tuple[Hit, ...], Understood]:
        """The first ``depth`` ids with their scores, without texts: for runs and exports.

        A query that finds nothing is corrected as a page's is, unless ``exact``.
        """
        request = SearchRequest(query, size=depth, facets=(), expand=expand, exact=exact)
        with self._index.lend() as reader:
            found = self._corrected(reader, request, occurrences=False).answer
        return found.results.hits, found.understood

    def export(self, request: SearchRequest) -> Export:
        """Every article that matches, in the order asked for, of the query that a page would show.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index or the archive cannot be read.
        """
        every = replace(request, page=1, size=0, facets=(), by_story=False, whole_only=True)
        with self._index.lend() as reader:
            found = self._corrected(reader, every, occurrences=False)
            query = found.shown.text if found.shown else request.query
            total = found.answer.total
            whole = replace(every, size=total)
            hits = self._asked(reader, whole, query, occurrences=False).results.hits if total else ()
        number = found.answer.results.manifest.archive_number
        return Export(total, number, rows(self._archive, hits))

    def state(self) -> State:
        """What answers depend on; cheap to ask for."""
        index_number = None
        with suppress(OperatorError), self._index.lend() as reader:
            index_number = reader.manifest.archive_number
        return State(self._archive.number, index_number, self._stories.state(), self._archive.changed_at)

    def _corrected(
        self, reader: IndexReader, request: SearchRequest, *, occurrences: bool = True
    ) -> CorrectedAnswer[_Answer]:
        """The answer to a request's query, or to its correction."""
        ask = partial(self._asked, reader, request, occurrences=occurrences)
        everywhere = partial(self._everywhere, reader, request) if request.narrowed else None
        with sharing():
            return correct(request.query, ask, reader.lexicon(), exact=request.exact, everywhere=everywhere)

    def _asked(
        self, reader: IndexReader, request: SearchRequest, query: str, *, occurrences: bool = True
    ) -> _Answer:
        """What a query, typed or corrected, finds in the place of the request's."""
        understood = understand(query)
        charge(Stage.COMBINING)
        expanded = self._expander.of(understood.query, request.expand, request.not_also)
        sort = applied_sort(request.sort, understood.query)
        expands = self._expander.is_on(request.expand)
        question = question_of(request, expanded.query, sort, expanded=expands)
        results = reader.search(
            replace(question, occurrences=occurrences, readings=occurrences, stories=occurrences)
        )
        return _Answer(understood, expanded, sort, results)

    def _everywhere(self, reader: IndexReader, request: SearchRequest) -> int:
        """How many articles the typed query finds where nothing narrows it."""
        bare = SearchRequest(
            request.query, size=1, facets=(), expand=request.expand, not_also=request.not_also
        )
        return self._asked(reader, bare, request.query, occurrences=False).total

    def explain(
        self,
        article_id: str,
        query: str,
        *,
        expand: bool | None = None,
        not_also: tuple[str, ...] = (),
    ) -> WhyPage | None:
        """Why an article scores what it scores; None where the index does not hold it.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        understood = understand(query)
        expanded = self._expander.of(understood.query, expand, not_also)
        question = Question(expanded.query, widened=self._expander.is_on(expand))
        with self._index.lend() as reader:
            found = reader.explain(question, article_id)
        archived = self._archive.article(article_id)
        if found is None or archived is None:
            return None
        return WhyPage(understood.text, archived.article.title, found)

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """What may be meant by what was typed so far, the best first.

        Raises:
            UserError: more characters than a query may have.
            OperatorError: the suggestions cannot be read.
        """
        check_characters(typed)
        if not is_completed(typed):
            return ()
        found = tuple(map(_as_words, closed(typed, self._suggests.suggestions(typed, MAX_SUGGESTIONS))))
        charge(Stage.COMPLETION)
        return found

    def article(
        self,
        article_id: str,
        query: str = "",
        *,
        expand: bool | None = None,
        not_also: tuple[str, ...] = (),
    ) -> ArticlePage | None:
        """An article with the query's matches marked; None where the archive does not know it."""
        archived = self._archive.article(article_id)
        if archived is None:
            return None
        understood = understand(query)
        charge(Stage.COMBINING)
        leaves = marked(self._expander.of(understood.query, expand, not_also).query)
        boundaries = self._boundaries(leaves, [archived])
        slots = TokenMatcher(leaves).read(archived.article, boundaries.get(archived.change, b""))
        texts = tuple(highlight_article(slots, leaves))
        charge(Stage.HIGHLIGHTING)
        story = self._stories.story(article_id)
        return ArticlePage(
            archived=archived,
            texts=texts,
            versions=archived.version,
            hit_count=sum(part.hit for text in texts for part in text.fragments()),
            understood=understood.text,
            problems=understood.problems,
            story=PageStory(self._prints(story.ids), story.dated) if story else None,
        )

    def changes(self, article_id: str, against: str = "") -> ChangesPage | None:
        """What an article changed of another; None where one is not known, or none is named and it is alone.

        Args:
            against: the other one; empty: the first print of its story.

        Raises:
            OperatorError: the archive or the stories cannot be read.
        """
        story = None if against else self._stories.story(article_id)
        first = against or (story.first if story else "")
        kept = self._archive.articles([first, article_id])
        if first not in kept or article_id not in kept:
            return None
        one, other = kept[first].article, kept[article_id].article
        charge(Stage.ARTICLES)
        return ChangesPage(_printed(one), _printed(other), reprint_changes(one, other))

    def _prints(self, ids: Sequence[str]) -> tuple[Printed, ...]:
        kept = self._archive.articles(ids)
        return tuple(_printed(kept[name].article) for name in ids if name in kept)

    def _with_first(self, hit: PageHit) -> PageHit:
        """A hit with the first print of its story."""
        story = self._stories.story(hit.id)
        firsts = self._prints([story.first]) if story else ()
        return replace(hit, first=firsts[0], first_dated=story.dated) if story and firsts else hit

    def status(self) -> Status:
        """What the archive and the index hold now."""
        counts = self._archive.counts()
        number = indexed = None
        try:
            with self._index.lend() as reader:
                number, indexed = reader.manifest.archive_number, reader.manifest.articles
        except OperatorError:
            pass  # no index that fits: said as None
        return Status(
            counts.articles,
            counts.withdrawn,
            counts.versions,
            counts.refusals,
            counts.number,
            number,
            indexed,
        )

    def _boundaries(self, leaves: list[Match], kept: Iterable[ArchivedArticle]) -> Mapping[int, bytes]:
        """Word boundaries by change, where a match asks for a word; else none are needed."""
        if not any(leaf.as_word for leaf in leaves):
            return {}
        return self._archive.words([one.change for one in kept], segmenter())

    def _slots_of_term(
        self, hits: tuple[Hit, ...], kept: Mapping[str, ArchivedArticle], leaves: list[Match]
    ) -> Iterator[Iterable[MatchedText]]:
        """The texts of each hit: placed by the index, or read where the archive has a newer version."""
        matcher = TokenMatcher(leaves)
        for hit in hits:
            one, found = kept[hit.id], hit.occurrences
            if found is not None and found.change == one.change:
                yield matcher.placed(one.article, found)
            else:
                yield matcher.read(one.article, self._boundaries(leaves, [one]).get(one.change, b""))

    def _hits(self, hits: tuple[Hit, ...], query: Query, offset: int) -> tuple[PageHit, ...]:
        leaves = marked(query)
        kept = self._archive.articles([hit.id for hit in hits])
        found: list[PageHit] = []
        slots = self._slots_of_term(hits, kept, leaves)
        for rank, (hit, texts_of) in enumerate(zip(hits, slots, strict=True), offset + 1):
            article = kept[hit.id].article
            texts = highlight_article(texts_of, leaves)
            charge(Stage.HIGHLIGHTING)
            title = next(text for text in texts if text.zone is Zone.TITLE)
            found.append(
                PageHit(
                    rank,
                    hit.id,
                    article.url,
                    title.fragments(),
                    article.source,
                    article.section,
                    article.published,
                    hit.score,
                    snippet(texts),
                    hit.lacks,
                    hit.instead,
                    _syllables(hit, texts),
                    hit.others,
                )
            )
        return tuple(found)


def _printed(article: Article) -> Printed:
    return Printed(article.id, article.title, article.source, article.published)


def _as_words(suggestion: Suggestion) -> Suggestion:
    """A headline in which no word is left out of the search: "U -23" is written "U - 23"."""
    if suggestion.kind is not Kind.HEADLINE:
        return suggestion
    return replace(suggestion, text=_MINUS.sub("- ", suggestion.text))


def _syllables(hit: Hit, texts: list[HighlightedText]) -> int:
    """How long an article is: the index knows, where it said where the syllables stand."""
    if hit.occurrences is not None:
        return len(hit.occurrences.spans)
    return sum(len(TOKEN.findall(text.text)) for text in texts)
