"""What is the right answer? A small engine, written to be read: the oracle.

It keeps analysed articles in a dictionary and looks at every one for every question. Other engines
are held against it: ids, scores, totals, facets.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from indexer.engine import (
    INDEX_FORMAT,
    AnalysedArticle,
    Explanation,
    Hit,
    Manifest,
    Occurrences,
    Reason,
    Results,
    Spread,
    Why,
    places_checksum,
    result_order,
)
from indexer.engines.memory.lexicon import MemoryLexicon
from indexer.evidence import named_readings, other_reading, tiered, tiers, weighed, widest
from indexer.places import ZONE_WEIGHTS, Place, Zone, unpack
from indexer.proximity import AS_TYPED, CLOSE, DEPTH, HEAD, WINDOW, placed
from indexer.query import (
    TEXT_FIELDS,
    And,
    Chosen,
    Dates,
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
    as_typed,
    readable,
    typed_syllables,
)
from indexer.scoring import idf, norm, weight
from indexer.spans import unpack_spans
from indexer.story_numbers import StoryNumbers
from indexer.text.analyse import fingerprint
from indexer.text.readings import fits, same_spelling

Articles = Mapping[str, AnalysedArticle]
Ranked = tuple[int, float, AnalysedArticle]
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

    def commit(self, archive_number: int, *, last: bool = False) -> Manifest:  # noqa: ARG002 - the port's
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
        self._stories = (stories or StoryNumbers()).stories(one.change for one in index.articles.values())

    @property
    def manifest(self) -> Manifest:
        """What this state holds."""
        return self._manifest

    def close(self) -> None:
        """Nothing is held."""

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article: id to (change, checksum)."""
        return {name: (article.change, places_checksum(article)) for name, article in self._articles.items()}

    def lexicon(self) -> MemoryLexicon:
        """What the text knows of syllables."""
        return MemoryLexicon(self._articles.values())

    def search(self, question: Question) -> Results:
        """The exact answer, by looking at every article."""
        passing = _passing(self._articles, question.chosen, question.dates)
        whole = [article for article in passing if _holds(article, question.query)]
        partial = [article for article in passing if _holds_some(article, question)]
        ranked = _ranked(self._articles, question, (whole,) if question.whole_only else (whole, partial))
        found = Counter(self._story(article) for article in (*whole, *partial))
        if question.by_story:
            ranked = self._folded(ranked)
        typed = typed_syllables(question.query)
        hits = (
            replace(
                _hit(article, score, question, typed, lacking=_lacks(article, question) if tier else ()),
                others=found[self._story(article)] - 1 if question.by_story else 0,
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
                match.label: _readings(self._as_typed(passing, question), match)
                for match in (readable(question.query) if question.readings else ())
            },
            spread=_spread(whole) if question.spread else None,
            stories=len(set(map(self._story, whole))) if question.stories else None,
            partial_stories=(
                len(set(map(self._story, partial)) - set(map(self._story, whole)))
                if question.stories
                else None
            ),
        )

    def _as_typed(self, passing: list[AnalysedArticle], question: Question) -> list[AnalysedArticle]:
        """The articles that match by no other name."""
        query = as_typed(question.query)
        return [article for article in passing if _holds(article, query)]

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why an article scores what it scores."""
        article = self._articles.get(article_id)
        return None if article is None else _Scorer(self._articles, question).explanation(article)

    def _story(self, article: AnalysedArticle) -> int | str:
        """The number of an article's story; its id where it is alone."""
        return self._stories.get(article.change, article.id)

    def _folded(self, ranked: list[Ranked]) -> list[Ranked]:
        """The best of each story."""
        firsts = {self._story(one[2]): one for one in reversed(ranked)}
        return [one for one in ranked if firsts[self._story(one[2])] is one]

    def _facet(self, name: FacetName, question: Question) -> dict[str, int]:
        others = tuple(chosen for chosen in question.chosen if chosen.facet is not name)
        passing = _passing(self._articles, others, question.dates)
        return dict(Counter(_value(article, name) for article in passing if _holds(article, question.query)))


def _value(article: AnalysedArticle, name: FacetName) -> str:
    return {
        FacetName.SOURCE: article.source,
        FacetName.SECTION: article.section,
        FacetName.YEAR: article.year,
        FacetName.MONTH: article.month,
    }[name]


def _spread(articles: list[AnalysedArticle]) -> Spread:
    spans = Counter((article.first_day, article.last_day) for article in articles)
    firsts, lasts = np.array(list(spans), np.int64).reshape(-1, 2).T
    return Spread(firsts, lasts, np.array(list(spans.values()), np.int64))


def _passing(articles: Articles, chosen: tuple[Chosen, ...], dates: Dates) -> list[AnalysedArticle]:
    return [
        article
        for article in articles.values()
        if _holds(article, dates)
        and all((_value(article, one.facet) in one.values) is not one.left_out for one in chosen)
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
    """Whether the article is of the second tier."""
    words, binding = tiers(question.query, widened=question.widened)
    return (
        words is not None
        and all(_holds(article, part) for part in binding)
        and any(_holds(article, widest(word, widened=question.widened)) for word in words.children)
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
    instead = tuple(_instead(article, word, question) for word in lacking)
    return Hit(article.id, score, labels, _occurring(article, typed), instead)


def _lacks(article: AnalysedArticle, question: Question) -> tuple[Match, ...]:
    """The words an article of the second tier lacks."""
    words, _ = tiers(question.query, widened=question.widened)
    return tuple(word for word in words.children if not _holds(article, word)) if words else ()


def _instead(article: AnalysedArticle, word: Match, question: Question) -> str:
    """The reading of a word that an article has most of; "" where it has none."""
    typed = other_reading(word, widened=question.widened)
    weights = {
        term: _weighted(list(map(unpack, places)))
        for term, places in article.places[Field.TEXT].items()
        if typed and fits(typed, term)
    }
    return min(weights, key=lambda term: (-weights[term], term), default="")


def _ranked(articles: Articles, question: Question, held: tuple[list[AnalysedArticle], ...]) -> list[Ranked]:
    """Both tiers in order; of the best, those in which typed words stand together move up."""
    scorer = _Scorer(articles, question)

    def order(one: Ranked) -> tuple[int, tuple[float, int, str]]:
        tier, score, article = one
        place = 0 if question.sort is Sort.RELEVANCE and not tiered(question.query) else tier
        return place, result_order(score, article.minute, article.id, question.sort)

    ranked = sorted(
        ((tier, scorer.score(one), one) for tier, every in enumerate(held) for one in every), key=order
    )
    if question.sort is not Sort.RELEVANCE:
        return ranked
    best = [(tier, score + scorer.bonus(one), one) for tier, score, one in ranked[:DEPTH]]
    return sorted(best, key=order) + ranked[DEPTH:]


class _Scorer:
    """Scores of articles for a question."""

    def __init__(self, articles: Articles, question: Question) -> None:
        self._articles = articles
        self._mean_length = (
            sum(article.length for article in articles.values()) / len(articles) if articles else 0.0
        )
        self._evidence = weighed(question.query, widened=question.widened)
        self._rarities = {one.match: self._rarity(one.match) for _, one in self._evidence}
        self._placed = placed(question, self._rarities)

    def score(self, article: AnalysedArticle) -> float:
        """What the matches are worth."""
        return _added(self._matching(article))

    def bonus(self, article: AnalysedArticle) -> float:
        """What the places of typed words are worth."""
        together, as_typed, close, head = self._by_place(article)
        return _added((*together, *as_typed)) + _added(close) + _added(head)

    def explanation(self, article: AnalysedArticle) -> Explanation:
        """Every reason that is worth something."""
        reasons = (*self._matching(article), *chain.from_iterable(self._by_place(article)))
        return Explanation(article.id, article.length, self._mean_length, reasons)

    def _by_place(self, article: AnalysedArticle) -> tuple[list[Reason], ...]:
        return (
            self._together(article),
            self._as_typed(article),
            self._close(article),
            self._in_the_head(article),
        )

    def _matching(self, article: AnalysedArticle) -> list[Reason]:
        found = []
        for typed, one in self._evidence:
            if frequency := _weighted(_occurrences(article, one.match)):
                rarity = self._rarities[one.match]
                worth = one.share * self._weight(article, rarity, frequency)
                why = Why.MATCH if one.match == typed else Why.READINGS
                found.append(Reason(typed.label, why, frequency, rarity, one.share, worth))
        return found

    def _together(self, article: AnalysedArticle) -> list[Reason]:
        found = []
        for pair, rarity in self._placed.pairs:
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
                worth = pair.share * self._weight(article, rarity, frequency)
                found.append(Reason(pair.label, Why.TOGETHER, frequency, rarity, pair.share, worth))
        return found

    def _as_typed(self, article: AnalysedArticle) -> list[Reason]:
        return [
            Reason(match.label, Why.AS_TYPED, 1.0, 1.0, AS_TYPED, AS_TYPED)
            for match in self._placed.spelled
            if _occurrences(article, match)
        ]

    def _close(self, article: AnalysedArticle) -> list[Reason]:
        """The words in the stretch that holds most of them; the first of several such."""
        spots = [
            (place.zone, place.position, word)
            for word, (typed, _) in enumerate(self._placed.words)
            for place in _occurrences(article, typed.match)
        ]
        best: list[Reason] = []
        for zone, end, _ in sorted(spots):
            near = {word for other, place, word in spots if other == zone and 0 <= end - place < WINDOW}
            found = [self._once(word, Why.CLOSE, CLOSE) for word in sorted(near)]
            if _added(found) > _added(best):
                best = found
        return best

    def _in_the_head(self, article: AnalysedArticle) -> list[Reason]:
        found = []
        for word, (typed, _) in enumerate(self._placed.words):
            zones = {place.zone for place in _occurrences(article, typed.match)}
            if part := max((part for zone, part in HEAD.items() if zone in zones), default=0.0):
                found.append(self._once(word, Why.HEAD, part))
        return found

    def _once(self, word: int, why: Why, part: float) -> Reason:
        """What a word that counts once is worth."""
        typed, rarity = self._placed.words[word]
        share = part * typed.emphasis
        return Reason(typed.label, why, 1.0, rarity, share, share * rarity)

    def _rarity(self, match: Match) -> float:
        held = sum(bool(_occurrences(article, match)) for article in self._articles.values())
        return idf(len(self._articles), held)

    def _weight(self, article: AnalysedArticle, rarity: float, frequency: float) -> float:
        return weight(rarity, frequency, norm(article.length, self._mean_length))


def _added(reasons: Iterable[Reason]) -> float:
    """What they are worth, added one by one, as arrays are: ``sum`` rounds otherwise from Python 3.12 on."""
    total = 0.0
    for reason in reasons:
        total += reason.worth
    return total


def _weighted(places: list[Place]) -> float:
    return sum(ZONE_WEIGHTS[Zone(place.zone)] for place in places)


def _occurrences(article: AnalysedArticle, leaf: Match) -> list[Place]:
    """Where a match, or what also counts as it, begins in an article."""
    return [place for one in (leaf, *leaf.also) for place in _standing(article, one)]


def _standing(article: AnalysedArticle, leaf: Match) -> list[Place]:
    """Where a match begins in an article."""
    slots = [_places(article, leaf, typed) for typed in leaf.typed]
    if leaf.slop:
        return _windows(slots, leaf)
    following = [{(place.zone, place.position): place for place in places} for places in slots]
    return [first for first in slots[0] if _runs_on(first, following, as_word=leaf.as_word)]


def _runs_on(first: Place, following: list[dict[tuple[int, int], Place]], *, as_word: bool) -> bool:
    run = [slot.get((first.zone, first.position + step)) for step, slot in enumerate(following)]
    if None in run:
        return False
    places = [place for place in run if place]
    if not as_word:
        return True
    return places[0].begins and places[-1].ends and not any(place.begins for place in places[1:])


def _windows(slots: list[list[Place]], leaf: Match) -> list[Place]:
    """Places that begin a window of len(syllables) + slop which holds each syllable as often as typed."""
    names = [
        (syllable, leaf.prefix and slot == len(slots) - 1) for slot, syllable in enumerate(leaf.syllables)
    ]
    wanted = Counter(names)
    reach = len(slots) + leaf.slop
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


def _places(article: AnalysedArticle, leaf: Match, typed: Typed) -> list[Place]:
    """Every place of the terms that one typed syllable means, in the leaf's field."""
    zones = {Field.TITLE: {Zone.TITLE}, Field.CAPTION: {Zone.CAPTIONS}}.get(leaf.field, set(Zone))
    field = Field.TEXT if leaf.field in TEXT_FIELDS else leaf.field
    return [place for place in map(unpack, _numbers(article, field, typed)) if place.zone in zones]


def _numbers(article: AnalysedArticle, field: Field, typed: Typed) -> list[int]:
    """The packed places of the terms that a typed syllable means."""
    return [place for term, places in article.places[field].items() if fits(typed, term) for place in places]


def _occurring(article: AnalysedArticle, syllables: tuple[Typed, ...]) -> Occurrences:
    """Where the typed syllables stand in the text."""
    places = {typed: tuple(sorted(_numbers(article, Field.TEXT, typed))) for typed in syllables}
    return Occurrences(article.change, places, unpack_spans(article.spans))


def _readings(articles: list[AnalysedArticle], match: Match) -> dict[str, int]:
    """Articles by what they hold of the terms that a syllable means."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    (typed,) = match.typed
    for article in articles:
        held = {term for term in article.places[Field.TEXT] if fits(typed, term)}
        terms.update(held)
        words.update({same_spelling(term) for term in held})
    return named_readings(words, terms)
