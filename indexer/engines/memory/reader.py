"""What is the right answer? The reference engine: small, and written to be read.

It keeps analysed articles in a dictionary, and tests every article for every question, in time linear in the
archive. Other engines must give the same ids, scores, totals and facets.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from indexer.boosts import (
    boosted_query,
    is_tiered,
    named_readings,
    other_reading_of,
    second_tier_match,
    tiers,
)
from indexer.engine import (
    INDEX_FORMAT,
    AnalysedArticle,
    DateHistogram,
    Explanation,
    Hit,
    Manifest,
    Occurrences,
    Reason,
    ReasonKind,
    Results,
    places_checksum,
    result_order,
)
from indexer.engines.memory.lexicon import MemoryLexicon
from indexer.places import ZONE_WEIGHTS, Place, Zone, unpack
from indexer.proximity import (
    EXACT_FORM_BOOST,
    HEAD_BOOSTS,
    RERANK_DEPTH,
    WINDOW,
    WINDOW_BOOST,
    proximity_terms,
)
from indexer.query import (
    TEXT_FIELDS,
    And,
    Dates,
    FacetFilter,
    FacetName,
    Field,
    Match,
    Not,
    Or,
    Query,
    Question,
    Sort,
    Typed,
    Words,
    ambiguous_matches,
    typed_syllables,
    without_expansions,
)
from indexer.scoring import inverse_document_frequency, norm, weight
from indexer.spans import unpack_spans
from indexer.story_numbers import StoryNumbers
from indexer.text.analyse import fingerprint
from indexer.text.readings import fits, same_spelling

Articles = Mapping[str, AnalysedArticle]
RankedArticle = tuple[int, float, AnalysedArticle]
"""Tier, score, article."""


@dataclass
class MemoryIndex:
    """Committed articles, shared between a writer and the readers it opens."""

    articles: dict[str, AnalysedArticle] = field(default_factory=dict)
    archive_number: int = 0

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
        self._articles = index.articles
        self._manifest = index.manifest
        self._stories = (stories or StoryNumbers()).numbers_of(
            article.change for article in index.articles.values()
        )

    @property
    def manifest(self) -> Manifest:
        """What this state holds."""
        return self._manifest

    def close(self) -> None:
        """Does nothing: no resource is held."""

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article: id to (change, checksum)."""
        return {name: (article.change, places_checksum(article)) for name, article in self._articles.items()}

    def lexicon(self) -> MemoryLexicon:
        """What the text knows of syllables."""
        return MemoryLexicon(self._articles.values())

    def search(self, question: Question) -> Results:
        """The exact answer, by looking at every article."""
        passing = _passing(self._articles, question.filters, question.dates)
        whole = [article for article in passing if _holds(article, question.query)]
        partial = [article for article in passing if _holds_some(article, question)]
        ranked = _ranked(self._articles, question, (whole,) if question.first_tier_only else (whole, partial))
        prints = Counter(self._story(article) for article in (*whole, *partial))
        if question.collapse_stories:
            ranked = self._collapsed(ranked)
        typed = typed_syllables(question.query)
        hits = (
            replace(
                _hit(article, score, question, typed, lacking=_lacks(article, question) if tier else ()),
                collapsed=prints[self._story(article)] - 1 if question.collapse_stories else 0,
            )
            for tier, score, article in ranked[question.offset : question.offset + question.size]
        )
        return Results(
            total=len(whole),
            partial_total=len(partial),
            hits=tuple(hits),
            facets={name: self._facet(name, question) for name in question.facets},
            manifest=self._manifest,
            readings={
                match.label: _readings(self._without_expansions(passing, question), match)
                for match in (ambiguous_matches(question.query) if question.readings else ())
            },
            date_histogram=_date_histogram(whole) if question.date_histogram else None,
            stories=len(set(map(self._story, whole))) if question.stories else None,
            partial_stories=(
                len(set(map(self._story, partial)) - set(map(self._story, whole)))
                if question.stories
                else None
            ),
        )

    def _without_expansions(
        self, passing: list[AnalysedArticle], question: Question
    ) -> list[AnalysedArticle]:
        """The articles that match the query without its expansions."""
        query = without_expansions(question.query)
        return [article for article in passing if _holds(article, query)]

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why an article scores what it scores."""
        article = self._articles.get(article_id)
        return None if article is None else _Scorer(self._articles, question).explanation(article)

    def _story(self, article: AnalysedArticle) -> int | str:
        """The number of an article's story; its id where it is alone."""
        return self._stories.get(article.change, article.id)

    def _collapsed(self, ranked: list[RankedArticle]) -> list[RankedArticle]:
        """The best article of each story, in order."""
        firsts = {self._story(hit[2]): hit for hit in reversed(ranked)}
        return [hit for hit in ranked if firsts[self._story(hit[2])] is hit]

    def _facet(self, name: FacetName, question: Question) -> dict[str, int]:
        other_filters = tuple(
            facet_filter for facet_filter in question.filters if facet_filter.facet is not name
        )
        passing = _passing(self._articles, other_filters, question.dates)
        return dict(Counter(_value(article, name) for article in passing if _holds(article, question.query)))


def _value(article: AnalysedArticle, name: FacetName) -> str:
    return {
        FacetName.SOURCE: article.source,
        FacetName.SECTION: article.section,
        FacetName.YEAR: article.year,
        FacetName.MONTH: article.month,
    }[name]


def _date_histogram(articles: list[AnalysedArticle]) -> DateHistogram:
    spans = Counter((article.first_day, article.last_day) for article in articles)
    firsts, lasts = np.array(list(spans), np.int64).reshape(-1, 2).T
    return DateHistogram(firsts, lasts, np.array(list(spans.values()), np.int64))


def _passing(articles: Articles, filters: tuple[FacetFilter, ...], dates: Dates) -> list[AnalysedArticle]:
    return [
        article
        for article in articles.values()
        if _holds(article, dates)
        and all((_value(article, item.facet) in item.values) is not item.excluded for item in filters)
    ]


def _holds(article: AnalysedArticle, query: Query) -> bool:
    """Whether the article matches the whole query."""
    match query:
        case Match():
            return bool(_occurrences(article, query))
        case Dates(None, None):
            return True
        case Dates(first, last):
            return (
                article.first_day > 0
                and (first is None or first.toordinal() <= article.first_day)
                and (last is None or article.last_day <= last.toordinal())
            )
        case Not(child):
            return not _holds(article, child)
        case Or(children):
            return any(_holds(article, child) for child in children)
        case And(children) | Words(children):
            return all(_holds(article, child) for child in children)


def _holds_some(article: AnalysedArticle, question: Question) -> bool:
    """Whether the article is of the second tier: some of the words, all that binds, and no full match."""
    words, binding = tiers(question.query, expanded=question.expanded)
    return (
        words is not None
        and all(_holds(article, part) for part in binding)
        and any(
            _holds(article, second_tier_match(word, expanded=question.expanded)) for word in words.children
        )
        and not _holds(article, words)
    )


def _hit(
    article: AnalysedArticle,
    score: float,
    question: Question,
    typed: tuple[Typed, ...],
    *,
    lacking: tuple[Match, ...],
) -> Hit:
    labels = tuple(word.label for word in lacking)
    if not question.occurrences:
        return Hit(article.id, score, labels)
    other_readings = tuple(_other_reading(article, word, question) for word in lacking)
    return Hit(article.id, score, labels, _occurring(article, typed), other_readings)


def _lacks(article: AnalysedArticle, question: Question) -> tuple[Match, ...]:
    """The words that an article of the second tier lacks."""
    words, _ = tiers(question.query, expanded=question.expanded)
    return tuple(word for word in words.children if not _holds(article, word)) if words else ()


def _other_reading(article: AnalysedArticle, word: Match, question: Question) -> str:
    """The reading of a word that has most weight in an article; "" where it has none."""
    typed = other_reading_of(word, expanded=question.expanded)
    weights = {
        term: _weighted(list(map(unpack, places)))
        for term, places in article.places[Field.TEXT].items()
        if typed and fits(typed, term)
    }
    return min(weights, key=lambda term: (-weights[term], term), default="")


def _ranked(
    articles: Articles, question: Question, by_tier: tuple[list[AnalysedArticle], ...]
) -> list[RankedArticle]:
    """Both tiers in order, the best RERANK_DEPTH reranked by proximity."""
    scorer = _Scorer(articles, question)

    def order(hit: RankedArticle) -> tuple[int, tuple[float, int, str]]:
        tier, score, article = hit
        place = 0 if question.sort is Sort.RELEVANCE and not is_tiered(question.query) else tier
        return place, result_order(score, article.minute, article.id, question.sort)

    ranked = sorted(
        ((tier, scorer.score(article), article) for tier, every in enumerate(by_tier) for article in every),
        key=order,
    )
    if question.sort is not Sort.RELEVANCE:
        return ranked
    best = [(tier, score + scorer.bonus(article), article) for tier, score, article in ranked[:RERANK_DEPTH]]
    return sorted(best, key=order) + ranked[RERANK_DEPTH:]


class _Scorer:
    """Scores articles for a question."""

    def __init__(self, articles: Articles, question: Question) -> None:
        self._articles = articles
        self._mean_length = (
            sum(article.length for article in articles.values()) / len(articles) if articles else 0.0
        )
        self._boosted_matches = boosted_query(question.query, expanded=question.expanded)
        self._idfs = {boosted.match: self._idf(boosted.match) for _, boosted in self._boosted_matches}
        self._proximity = proximity_terms(question, self._idfs)

    def score(self, article: AnalysedArticle) -> float:
        """The sum over the matches, without proximity."""
        return _added(self._matching(article))

    def bonus(self, article: AnalysedArticle) -> float:
        """What proximity adds, summed in the order in which arrays sum it."""
        together, as_typed, close, head = self._by_place(article)
        return _added((*together, *as_typed)) + _added(close) + _added(head)

    def explanation(self, article: AnalysedArticle) -> Explanation:
        """Every reason with a value above 0."""
        reasons = (*self._matching(article), *chain.from_iterable(self._by_place(article)))
        return Explanation(article.id, article.length, self._mean_length, reasons)

    def _by_place(self, article: AnalysedArticle) -> tuple[list[Reason], ...]:
        return (
            self._ordered_windows(article),
            self._as_typed(article),
            self._unordered_window(article),
            self._head(article),
        )

    def _matching(self, article: AnalysedArticle) -> list[Reason]:
        reasons = []
        for typed, boosted in self._boosted_matches:
            if frequency := _weighted(_occurrences(article, boosted.match)):
                idf = self._idfs[boosted.match]
                value = boosted.boost * self._weight(article, idf, frequency)
                kind = ReasonKind.MATCH if boosted.match == typed else ReasonKind.READINGS
                reasons.append(Reason(typed.label, kind, frequency, idf, boosted.boost, value))
        return reasons

    def _ordered_windows(self, article: AnalysedArticle) -> list[Reason]:
        reasons = []
        for pair, idf in self._proximity.pairs:
            following = {
                (place.zone, place.position)
                for place in map(unpack, _numbers(article, Field.TEXT, pair.second))
            }
            together = [
                place
                for place in map(unpack, _numbers(article, Field.TEXT, pair.first))
                if (place.zone, place.position + 1) in following
            ]
            if frequency := _weighted(together):
                value = pair.boost * self._weight(article, idf, frequency)
                reasons.append(
                    Reason(pair.label, ReasonKind.ORDERED_WINDOW, frequency, idf, pair.boost, value)
                )
        return reasons

    def _as_typed(self, article: AnalysedArticle) -> list[Reason]:
        return [
            Reason(match.label, ReasonKind.AS_TYPED, 1.0, 1.0, EXACT_FORM_BOOST, EXACT_FORM_BOOST)
            for match in self._proximity.exact_forms
            if _occurrences(article, match)
        ]

    def _unordered_window(self, article: AnalysedArticle) -> list[Reason]:
        """The words in the window that has the highest value; of several such windows, in the first."""
        spots = [
            (place.zone, place.position, word)
            for word, (typed, _) in enumerate(self._proximity.words)
            for place in _occurrences(article, typed.match)
        ]
        best: list[Reason] = []
        for zone, end, _ in sorted(spots):
            near = {word for other, place, word in spots if other == zone and 0 <= end - place < WINDOW}
            reasons = [self._once(word, ReasonKind.UNORDERED_WINDOW, WINDOW_BOOST) for word in sorted(near)]
            if _added(reasons) > _added(best):
                best = reasons
        return best

    def _head(self, article: AnalysedArticle) -> list[Reason]:
        reasons = []
        for word, (typed, _) in enumerate(self._proximity.words):
            zones = {place.zone for place in _occurrences(article, typed.match)}
            if part := max((part for zone, part in HEAD_BOOSTS.items() if zone in zones), default=0.0):
                reasons.append(self._once(word, ReasonKind.HEAD, part))
        return reasons

    def _once(self, word: int, kind: ReasonKind, part: float) -> Reason:
        """The reason of a word that counts once, however often it occurs."""
        typed, idf = self._proximity.words[word]
        boost = part * typed.boost
        return Reason(typed.label, kind, 1.0, idf, boost, boost * idf)

    def _idf(self, match: Match) -> float:
        matching = sum(bool(_occurrences(article, match)) for article in self._articles.values())
        return inverse_document_frequency(len(self._articles), matching)

    def _weight(self, article: AnalysedArticle, idf: float, frequency: float) -> float:
        return weight(idf, frequency, norm(article.length, self._mean_length))


def _added(reasons: Iterable[Reason]) -> float:
    """The values summed one by one, as arrays sum them: ``sum`` rounds differently from Python 3.12 on."""
    total = 0.0
    for reason in reasons:
        total += reason.value
    return total


def _weighted(places: list[Place]) -> float:
    return sum(ZONE_WEIGHTS[Zone(place.zone)] for place in places)


def _occurrences(article: AnalysedArticle, match: Match) -> list[Place]:
    """Where a match, or an expansion of it, begins in an article."""
    return [place for variant in (match, *match.expansions) for place in _own_occurrences(article, variant)]


def _own_occurrences(article: AnalysedArticle, match: Match) -> list[Place]:
    """Where a match begins in an article."""
    slots = [_places(article, match, typed) for typed in match.typed]
    if match.slop:
        return _windows(slots, match)
    following = [{(place.zone, place.position): place for place in places} for places in slots]
    return [first for first in slots[0] if _is_phrase(first, following, as_word=match.as_word)]


def _is_phrase(first: Place, following: list[dict[tuple[int, int], Place]], *, as_word: bool) -> bool:
    run = [slot.get((first.zone, first.position + step)) for step, slot in enumerate(following)]
    if None in run:
        return False
    places = [place for place in run if place]
    if not as_word:
        return True
    return places[0].begins and places[-1].ends and not any(place.begins for place in places[1:])


def _windows(slots: list[list[Place]], match: Match) -> list[Place]:
    """The places that begin a window of len(syllables) + slop with each syllable as often as typed."""
    names = [
        (syllable, match.prefix and slot == len(slots) - 1) for slot, syllable in enumerate(match.syllables)
    ]
    wanted = Counter(names)
    reach = len(slots) + match.slop
    by_syllable = dict(zip(names, slots, strict=True))
    return [
        begin
        for begin in sorted(
            {place for places in slots for place in places}, key=lambda place: (place.zone, place.position)
        )
        if all(
            sum(
                place.zone == begin.zone and 0 <= place.position - begin.position < reach
                for place in by_syllable[syllable]
            )
            >= count
            for syllable, count in wanted.items()
        )
    ]


def _places(article: AnalysedArticle, match: Match, typed: Typed) -> list[Place]:
    """Every place of the terms that a typed syllable means, in the field of the match."""
    zones = {Field.TITLE: {Zone.TITLE}, Field.CAPTION: {Zone.CAPTIONS}}.get(match.field, set(Zone))
    field = Field.TEXT if match.field in TEXT_FIELDS else match.field
    return [place for place in map(unpack, _numbers(article, field, typed)) if place.zone in zones]


def _numbers(article: AnalysedArticle, field: Field, typed: Typed) -> list[int]:
    """The packed places of the terms that a typed syllable means."""
    return [place for term, places in article.places[field].items() if fits(typed, term) for place in places]


def _occurring(article: AnalysedArticle, syllables: tuple[Typed, ...]) -> Occurrences:
    """Where the typed syllables occur in the text."""
    places = {typed: tuple(sorted(_numbers(article, Field.TEXT, typed))) for typed in syllables}
    return Occurrences(article.change, places, unpack_spans(article.spans))


def _readings(articles: list[AnalysedArticle], match: Match) -> dict[str, int]:
    """For each reading of a syllable, how many of the articles have it."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    (typed,) = match.typed
    for article in articles:
        readings = {term for term in article.places[Field.TEXT] if fits(typed, term)}
        terms.update(readings)
        words.update({same_spelling(term) for term in readings})
    return named_readings(words, terms)
