"""What is the right answer? The reference engine: small, and written to be read.

It keeps analysed articles in a dictionary, and tests every article for every question, in time linear in the
archive. Other engines must give the same ids, scores, totals and facets.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.message import Message
from corpus.value_folding import fold_value, folded, usual_spellings
from indexer.checksums import places_checksum
from indexer.counting import CountedText
from indexer.engine import (
    INDEX_FORMAT,
    AnalysedArticle,
    DateHistogram,
    Explanation,
    Hit,
    Manifest,
    Results,
)
from indexer.engines.memory.counting import MemoryCounts
from indexer.engines.memory.lexicon import MemoryLexicon
from indexer.engines.memory.matching import lacking_words, matches, passing, scattered_units, tier_of
from indexer.engines.memory.positions import find_readings, typed_occurrences, weighted_frequency
from indexer.engines.memory.scorer import Articles, Scorer
from indexer.engines.memory.word_counts import count_words
from indexer.facets import SEVERAL, FacetName
from indexer.fields import Field
from indexer.hit_matches import counted_zones, hit_matches
from indexer.other_readings import named_readings, one_spelling, other_reading_of
from indexer.pin import PinnedVersions
from indexer.places import unpack
from indexer.proximity import RERANK_DEPTH
from indexer.query import (
    Match,
    Question,
    Sort,
    ambiguous_matches,
    typed_syllables,
    without_expansions,
)
from indexer.result_order import result_order
from indexer.story_numbers import StoryNumbers
from indexer.text.analyse import fingerprint
from indexer.text.readings import fits
from indexer.tiers import Tier, is_tiered
from indexer.word_counts import WordCounts

RankedArticle = tuple[int, float, AnalysedArticle]
"""Tier, score, article."""


@dataclass
class MemoryIndex:
    """Committed articles, shared between a writer and the readers it opens."""

    articles: dict[str, AnalysedArticle] = field(default_factory=dict)
    archive_number: int = 0
    kept: dict[int, AnalysedArticle] = field(default_factory=dict)
    kept_to: int = 0

    @property
    def manifest(self) -> Manifest:
        """What the last commit holds."""
        return Manifest(INDEX_FORMAT, fingerprint(), self.archive_number, len(self.articles))


class MemoryWriter:
    """Implements indexer.engine.IndexWriter."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index
        self._pending = dict(index.articles)

    @property
    def manifest(self) -> Manifest:
        """What the last commit holds."""
        return self._index.manifest

    def add(self, article: AnalysedArticle) -> None:
        """Adds an article, in place of an earlier version."""
        self._pending[article.id] = article

    def erase(self, article_id: str) -> None:
        """Removes an article."""
        self.remove(article_id)

    def erase_kept(self, article_id: str) -> None:
        """Removes the superseded versions of an article."""
        kept = self._index.kept
        self._index.kept = {change: one for change, one in kept.items() if one.id != article_id}

    @property
    def kept_to(self) -> int:
        """The archive's change up to which superseded versions are kept."""
        return self._index.kept_to

    def keep(self, article: AnalysedArticle) -> None:
        """Keeps a superseded version."""
        self._index.kept[article.change] = article

    def commit_kept(self, archive_number: int) -> None:
        """Notes up to which change superseded versions are kept."""
        self._index.kept_to = archive_number

    def remove(self, article_id: str) -> None:
        """Takes an article out."""
        self._pending.pop(article_id, None)

    def commit(self, archive_number: int, *, last: bool = False) -> Manifest:  # noqa: ARG002 - the protocol has it
        """Makes what was added and removed visible."""
        self._index.articles = dict(self._pending)
        self._index.archive_number = archive_number
        return self.manifest

    def close(self) -> None:
        """Drops what was not committed."""
        self._pending = dict(self._index.articles)


class MemoryReader:
    """Implements indexer.engine.IndexReader."""

    def __init__(self, index: MemoryIndex, stories: StoryNumbers | None = None) -> None:
        self._index = index
        self._stories = stories
        self._articles = index.articles
        self._manifest = index.manifest
        self.stories_number = stories.archive_number if stories else 0
        """The archive's change up to which its stories are known."""
        self._prints = (stories or StoryNumbers()).prints_of(
            article.change for article in index.articles.values()
        )

    @property
    def manifest(self) -> Manifest:
        """What this state holds."""
        return self._manifest

    def only(self, versions: frozenset[int]) -> "MemoryReader":
        """A reader of some versions alone."""
        some = {name: one for name, one in self._articles.items() if one.change in versions}
        return MemoryReader(MemoryIndex(some, self._manifest.archive_number), self._stories)

    def counts(self) -> MemoryCounts:
        """What counts in this state."""
        return MemoryCounts(self._articles, self._stories or StoryNumbers())

    def pinned(self, pin: PinnedVersions) -> "MemoryReader":
        """A reader of an earlier state."""
        then = {name: one for name, one in self._articles.items() if one.change not in pin.absent}
        then |= {one.id: one for change, one in self._index.kept.items() if change in pin.superseded}
        stories = self._stories.and_superseded(pin.superseded) if self._stories else None
        return MemoryReader(MemoryIndex(then, pin.number), stories)

    def close(self) -> None:
        """Does nothing: no resource is held."""

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article: id to (change, checksum)."""
        return {name: (article.change, places_checksum(article)) for name, article in self._articles.items()}

    def damage(self) -> tuple[Message, ...]:
        """Nothing: there are no files."""
        return ()

    def lexicon(self) -> MemoryLexicon:
        """What the text knows of syllables."""
        return MemoryLexicon(self._articles.values())

    def word_counts(self) -> WordCounts:
        """The exact counts of words and of their neighbours."""
        return count_words(self._articles.values())

    def search(self, question: Question) -> Results:
        """The exact answer, by testing every article."""
        candidates = passing(self._articles, question.filters, question.dates)
        tiers = self._tiers(candidates, question)
        matching = tiers[Tier.MATCHES]
        as_typed = self._without_expansions(candidates, question) if question.readings else []
        stories = self._count_stories(tiers) if question.stories else (None, None, None)
        facets = {name: self._facet(name, question) for name in question.facets}
        return Results(
            total=len(matching),
            scattered_total=len(tiers[Tier.SCATTERED]),
            partial_total=len(tiers[Tier.PARTIAL]),
            hits=self._hits(question, tiers),
            facets={name: _listed(name, counts, question) for name, counts in facets.items()},
            facet_sizes={name: len(counts) for name, counts in facets.items()},
            manifest=self._manifest,
            readings={
                match.label: _readings(as_typed, match)
                for match in (ambiguous_matches(question.query) if question.readings else ())
            },
            date_histogram=_date_histogram(matching) if question.date_histogram else None,
            stories=stories[Tier.MATCHES],
            scattered_stories=stories[Tier.SCATTERED],
            partial_stories=stories[Tier.PARTIAL],
            hits_total=self._count_hits(question) if question.count_hits else None,
        )

    def _count_hits(self, question: Question) -> int | None:
        if not hit_matches(question.query):
            return None
        text = CountedText(counted_zones(question.query), question.once)
        return int(self.counts().articles(question, text).hits.sum())

    def _tiers(self, candidates: list[AnalysedArticle], question: Question) -> list[list[AnalysedArticle]]:
        """The articles of each tier."""
        tiers: list[list[AnalysedArticle]] = [[] for _ in Tier]
        for article in candidates:
            tier = tier_of(article, question)
            if tier is not None:
                tiers[tier].append(article)
        return tiers

    def _count_stories(self, tiers: list[list[AnalysedArticle]]) -> list[int]:
        """The number of stories of each tier that no earlier tier has."""
        stories = [set(map(self._story, articles)) for articles in tiers]
        return [len(own - set().union(*stories[:tier])) for tier, own in enumerate(stories)]

    def _hits(self, question: Question, tiers: list[list[AnalysedArticle]]) -> tuple[Hit, ...]:
        """The hits of the window; of articles, or of the one that stands for each story."""
        ranked = _ranked(self._articles, question, tiers[: 1 if question.first_tier_only else len(tiers)])
        if question.collapse_stories:
            ranked = self._collapsed(ranked, question)
        prints = Counter(self._story(article) for articles in tiers for article in articles)
        return tuple(
            replace(
                _hit(article, score, question, tier),
                collapsed=prints[self._story(article)] - 1 if question.collapse_stories else 0,
            )
            for tier, score, article in ranked[question.offset : question.offset + question.size]
        )

    def _without_expansions(
        self, candidates: list[AnalysedArticle], question: Question
    ) -> list[AnalysedArticle]:
        """The articles that match the query without its expansions."""
        query = without_expansions(question.query)
        return [article for article in candidates if matches(article, query)]

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why an article scores what it scores."""
        article = self._articles.get(article_id)
        return None if article is None else Scorer(self._articles, question).explanation(article)

    def _story(self, article: AnalysedArticle) -> int | str:
        """The number of an article's story; its id where it is alone."""
        return self._prints.get(article.change, (article.id, 0))[0]

    def _collapsed(self, ranked: list[RankedArticle], question: Question) -> list[RankedArticle]:
        """The best article of each story, the first printed of equal ones; in the order of the articles."""

        def rank(hit: RankedArticle) -> tuple[int, float, int]:
            tier, score, article = hit
            by_score = -score if question.sort is Sort.RELEVANCE else 0.0
            return _group(tier, question), by_score, self._prints.get(article.change, (0, 0))[1]

        worst_first = sorted(ranked, key=rank, reverse=True)
        chosen = {self._story(hit[2]): hit for hit in worst_first}
        return [hit for hit in ranked if chosen[self._story(hit[2])] is hit]

    def _facet(self, name: FacetName, question: Question) -> dict[str, int]:
        other_filters = tuple(
            facet_filter for facet_filter in question.filters if facet_filter.facet is not name
        )
        candidates = passing(self._articles, other_filters, question.dates)
        every = (value for article in self._articles.values() for value in article.facets[name])
        spellings = usual_spellings(Counter(every))
        return dict(
            Counter(
                spellings[key]
                for article in candidates
                if matches(article, question.query)
                for key in folded(article.facets[name])
            )
        )


def _listed(name: FacetName, counts: Mapping[str, int], question: Question) -> Mapping[str, int]:
    """The counts of those values of a facet that the question wants listed."""
    if name not in SEVERAL or question.most_values is None:
        return counts
    fewest = sorted(counts.values(), reverse=True)[: question.most_values][-1:]
    kept = folded(value for one in question.filters if one.facet is name for value in one.values)
    return {
        value: count
        for value, count in counts.items()
        if (fewest and count >= fewest[0]) or fold_value(value) in kept
    }


def _date_histogram(articles: list[AnalysedArticle]) -> DateHistogram:
    spans = Counter((article.first_day, article.last_day) for article in articles)
    guessed = Counter((article.first_day, article.last_day) for article in articles if article.guessed)
    firsts, lasts = np.array(list(spans), np.int64).reshape(-1, 2).T
    return DateHistogram(
        firsts,
        lasts,
        np.array(list(spans.values()), np.int64),
        np.array([guessed[span] for span in spans], np.int64) if guessed else None,
    )


def _hit(article: AnalysedArticle, score: float, question: Question, tier: int) -> Hit:
    lacking = lacking_words(article, question) if tier else ()
    hit = Hit(
        article.id,
        score,
        tuple(word.label for word in lacking),
        scattered=tuple(unit.label for unit in scattered_units(article, question)) if tier else (),
    )
    if not question.occurrences:
        return hit
    return replace(
        hit,
        occurrences=typed_occurrences(article, typed_syllables(question.query)),
        other_readings=tuple(_other_reading(article, word, question) for word in lacking),
    )


def _other_reading(article: AnalysedArticle, word: Match, question: Question) -> str:
    """The reading of a word that has most weight in an article; "" where it has none."""
    typed = other_reading_of(word, expanded=question.expanded)
    weights = {
        term: weighted_frequency(list(map(unpack, places)))
        for term, places in article.places[Field.TEXT].items()
        if typed and fits(typed, term)
    }
    return min(weights, key=lambda term: (-weights[term], term), default="")


def _group(tier: int, question: Question) -> int:
    """The first sort key of an article: its tier, or 0 where the best come first whatever they lack."""
    return 0 if question.sort is Sort.RELEVANCE and not is_tiered(question.query) else tier


def _ranked(
    articles: Articles, question: Question, by_tier: Sequence[list[AnalysedArticle]]
) -> list[RankedArticle]:
    """The tiers in order, the best RERANK_DEPTH reranked by proximity."""
    scorer = Scorer(articles, question)

    def order(hit: RankedArticle) -> tuple[int, tuple[float, int, str]]:
        tier, score, article = hit
        key = result_order(score, article.minute, article.id, question.sort)
        return _group(tier, question), key

    ranked = sorted(
        ((tier, scorer.score(article), article) for tier, every in enumerate(by_tier) for article in every),
        key=order,
    )
    if question.sort is not Sort.RELEVANCE:
        return ranked
    best = [(tier, score + scorer.bonus(article), article) for tier, score, article in ranked[:RERANK_DEPTH]]
    return sorted(best, key=order) + ranked[RERANK_DEPTH:]


def _readings(articles: list[AnalysedArticle], match: Match) -> dict[str, int]:
    """For each reading of a unit or syllable, how many of the articles have it."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for article in articles:
        readings = find_readings(article, match)
        terms.update(readings)
        words.update(set(map(one_spelling, readings)))
    return named_readings(words, terms)
