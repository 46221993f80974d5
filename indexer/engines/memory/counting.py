"""What is counted, in the plainest way? Each article is laid out syllable by syllable."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from corpus.value_folding import fold_value, usual_spellings
from indexer.counting import (
    EDGE,
    ArticleCounts,
    CountedText,
    HitSpan,
    Int64Array,
    ItemCounts,
    LocatedHits,
    Neighbours,
    TokenUnit,
    ValueColumn,
    Window,
)
from indexer.engine import AnalysedArticle
from indexer.engines.memory.matching import matches, passing
from indexer.engines.memory.positions import find_variant, slot_places
from indexer.facets import FacetName
from indexer.fields import Field
from indexer.hit_matches import hit_matches
from indexer.places import PARAGRAPH_GAP, Place, Zone, unpack
from indexer.query import Match, Question
from indexer.spans import unpack_spans
from indexer.story_numbers import StoryNumbers
from indexer.window_hits import window_spans


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable of an article; ``index`` counts those before it, ``position`` is flat."""

    index: int
    position: int
    zone: Zone
    term: str
    begins: bool


@dataclass(frozen=True, slots=True)
class ArticleTokens:
    """The syllables of an article in reading order, and where its zones begin."""

    tokens: tuple[Token, ...]
    zone_starts: Mapping[Zone, int]

    def paragraphs(self) -> Iterator[list[Token]]:
        """The syllables paragraph by paragraph."""
        here: list[Token] = []
        for token in self.tokens:
            if here and token.position != here[-1].position + 1:
                yield here
                here = []
            here.append(token)
        if here:
            yield here

    def repeated(self) -> frozenset[int]:
        """The positions at which the body repeats the lede."""
        lede = [token.term for token in self.tokens if token.zone is Zone.LEDE]
        beginning = [token for token in self.tokens if token.zone is Zone.BODY][: len(lede)]
        if [token.term for token in beginning] != lede:
            return frozenset()
        return frozenset(token.position for token in beginning)

    def counted(self, text: CountedText) -> frozenset[int]:
        """The positions of the text that is counted."""
        some = frozenset(token.position for token in self.tokens if token.zone in text.zones)
        return some - self.repeated() if text.once else some


def tokens_of(article: AnalysedArticle) -> ArticleTokens:
    """An article, syllable by syllable."""
    places: list[tuple[Place, str]] = sorted(
        ((unpack(place), term) for term, some in article.places[Field.TEXT].items() for place in some),
        key=lambda pair: (pair[0].zone, pair[0].position),
    )
    starts, start = {}, 0
    for zone in Zone:
        starts[zone] = start
        own = [place.position for place, _ in places if place.zone == zone]
        start += max(own, default=-1) + 1 + PARAGRAPH_GAP
    tokens = (
        Token(index, starts[Zone(place.zone)] + place.position, Zone(place.zone), term, place.begins)
        for index, (place, term) in enumerate(places)
    )
    return ArticleTokens(tuple(tokens), starts)


class MemoryCounts:
    """Implements indexer.counting.CountReader."""

    def __init__(self, articles: Mapping[str, AnalysedArticle], stories: StoryNumbers) -> None:
        self._by_id = articles
        self._articles = list(articles.values())
        self._prints = stories.prints_of(article.change for article in self._articles)
        self._keys: dict[tuple[str, ...], int] = {}
        self._laid_out = cache(lambda number: tokens_of(self._articles[number]))

    def articles(self, question: Question, text: CountedText) -> ArticleCounts:
        """The articles that match, each with the number of its hits."""
        return self.hits(question, text).articles

    def values(self, articles: ArticleCounts, name: FacetName) -> ValueColumn:
        """The value of each article in a facet."""
        spellings = usual_spellings(Counter(one.facets[name][0] for one in self._articles))
        values = [
            spellings[fold_value(self._articles[number].facets[name][0])]
            for number in articles.numbers.tolist()
        ]
        known = {value: code for code, value in enumerate(dict.fromkeys(values))}
        return ValueColumn(np.array([known[value] for value in values], np.int64), tuple(known))

    def ids(self, articles: ArticleCounts) -> list[str]:
        """The ids of articles."""
        return [self._articles[number].id for number in articles.numbers.tolist()]

    def id_ranks(self, articles: ArticleCounts) -> Int64Array:
        """A number for each article that ascends with its id."""
        ranks = {one: rank for rank, one in enumerate(sorted(self._by_id))}
        return np.array([ranks[one] for one in self.ids(articles)], np.int64)

    def hits(self, question: Question, text: CountedText) -> LocatedHits:
        """Every hit in the articles that match."""
        numbers = {article.id: number for number, article in enumerate(self._articles)}
        passed = passing(self._by_id, question.filters, question.dates)
        found = sorted(numbers[one.id] for one in passed if matches(one, question.query))
        spans = [self._spans_of(number, hit_matches(question.query), text) for number in found]
        rows = [(row, *span) for row, own in enumerate(spans) for span in own]
        columns = np.array(rows, np.int64).reshape(-1, 3).T
        return LocatedHits(self._counted(found, list(map(len, spans)), text), *columns)

    def _spans_of(self, number: int, every: Sequence[Match], text: CountedText) -> list[tuple[int, int]]:
        laid_out, article = self._laid_out(number), self._articles[number]
        counted = laid_out.counted(text)

        def flat(place: Place) -> int:
            return laid_out.zone_starts[Zone(place.zone)] + place.position

        spans: set[tuple[int, int]] = set()
        for match in every:
            if match.slop:
                slots = [list(map(flat, slot_places(article, match, typed))) for typed in match.typed]
                spans.update(window_spans(slots, len(match.syllables) + match.slop))
            else:
                begins = map(flat, find_variant(article, match))
                spans.update((begin, begin + len(match.syllables)) for begin in begins)
        return sorted(
            (start, stop) for start, stop in spans if any(place in counted for place in range(start, stop))
        )

    def _counted(self, found: Sequence[int], hits: Sequence[int], text: CountedText) -> ArticleCounts:
        some = [self._articles[number] for number in found]
        syllables = [len(self._laid_out(number).counted(text)) for number in found]
        prints = [self._prints.get(one.change, (-1, 0)) for one in some]
        return ArticleCounts(
            np.array(found, np.int64),
            np.array([one.change for one in some], np.int64),
            np.array(hits, np.int64),
            np.array(syllables, np.int64),
            np.array([one.first_day for one in some], np.int64),
            np.array([one.last_day for one in some], np.int64),
            np.array([one.minute for one in some], np.int64),
            np.array([one.guessed for one in some], np.bool_),
            np.array([story for story, _ in prints], np.int64),
            np.array([rank for _, rank in prints], np.int64),
        )

    def neighbours(self, hits: LocatedHits, distances: Sequence[int], unit: TokenUnit) -> Neighbours:
        """What stands at some distances from each hit."""
        found = np.full((len(hits), len(distances)), EDGE, np.int64)
        for place, (number, start, stop) in enumerate(_each(hits)):
            before, after = self._around(number, start, stop, unit)
            for column, distance in enumerate(distances):
                beside = before[::-1] if distance < 0 else after
                if abs(distance) <= len(beside):
                    found[place, column] = self._key(beside[abs(distance) - 1])
        return Neighbours(found, self._texts_of)

    def _around(
        self, number: int, start: int, stop: int, unit: TokenUnit
    ) -> tuple[list[list[Token]], list[list[Token]]]:
        """The units of the hit's paragraph before it and after it."""
        (paragraph,) = (
            own for own in self._laid_out(number).paragraphs() if own[0].position <= start <= own[-1].position
        )
        units = _units(paragraph, unit)
        before = [one for one in units if one[-1].position < start]
        return before, [one for one in units if one[0].position >= stop]

    def spans(self, hits: LocatedHits) -> list[HitSpan]:
        """Where each hit stands in the characters of its article."""
        found = []
        for number, start, stop in _each(hits):
            article, laid_out = self._articles[number], self._laid_out(number)
            index = {token.position: token.index for token in laid_out.tokens}
            (paragraph,) = (
                own for own in laid_out.paragraphs() if own[0].position <= start <= own[-1].position
            )
            edges = paragraph[0].index, paragraph[-1].index + 1
            first = index[start]
            found.append(
                HitSpan(article.change, unpack_spans(article.spans), first, first + stop - start, *edges)
            )
        return found

    def nearby(self, hits: LocatedHits, window: Window, text: CountedText) -> ItemCounts:
        """The items in the windows of hits."""
        inside: dict[int, set[int]] = {}
        chosen: dict[int, dict[int, list[Token]]] = {}
        for number, start, stop in _each(hits):
            before, after = self._around(number, start, stop, window.unit)
            near = [*(before[-window.before :] if window.before else ()), *after[: window.after]]
            chosen.setdefault(number, {}).update({one[0].position: one for one in near})
            inside.setdefault(number, set()).update(range(start, stop))
        counted = {number: self._laid_out(number).counted(text) for number in chosen}
        return self._count(
            one
            for number, own in chosen.items()
            for one in own.values()
            if all(
                token.position in counted[number] and token.position not in inside[number] for token in one
            )
        )

    def items(
        self,
        articles: ArticleCounts,
        text: CountedText,
        unit: TokenUnit,
        length: int = 1,
        *,
        at_least: int = 1,
    ) -> ItemCounts:
        """The runs of units of some articles."""
        numbers = articles.numbers.tolist()
        every = self._count(run for number in numbers for run in self._runs(number, text, unit, length))
        stays = every.counts >= at_least
        return replace(every, keys=every.keys[stays], counts=every.counts[stays])

    def _runs(self, number: int, text: CountedText, unit: TokenUnit, length: int) -> Iterator[list[Token]]:
        laid_out = self._laid_out(number)
        counted = laid_out.counted(text)
        for paragraph in laid_out.paragraphs():
            units = _units(paragraph, unit)
            for first in range(len(units) - length + 1):
                run = [token for one in units[first : first + length] for token in one]
                if all(token.position in counted for token in run):
                    yield run

    def _count(self, items: Iterator[list[Token]]) -> ItemCounts:
        counts = sorted(Counter(map(self._key, items)).items())
        keys, values = np.array(counts, np.int64).reshape(-1, 2).T
        return ItemCounts(keys, values, int(values.sum()), self._texts_of)

    def _key(self, item: Sequence[Token]) -> int:
        return self._keys.setdefault(tuple(token.term for token in item), len(self._keys))

    def _texts_of(self, keys: Int64Array) -> list[str]:
        texts = [" ".join(terms) for terms in self._keys]
        return [texts[key] for key in keys.tolist()]


def _each(hits: LocatedHits) -> Iterator[tuple[int, int, int]]:
    """The number of the article, the start and the stop of each hit."""
    numbers = hits.articles.numbers[hits.rows]
    return zip(numbers.tolist(), hits.starts.tolist(), hits.stops.tolist(), strict=True)


def _units(paragraph: Sequence[Token], unit: TokenUnit) -> list[list[Token]]:
    """The units of a paragraph."""
    units: list[list[Token]] = []
    for token in paragraph:
        if unit is TokenUnit.WORD and units and not token.begins:
            units[-1].append(token)
        else:
            units.append([token])
    return units
