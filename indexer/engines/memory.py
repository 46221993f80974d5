"""What is the right answer? A small engine, written to be read: the oracle.

It keeps analysed articles in a dictionary and looks at every one for every question. Other engines
are held against it: ids, scores, totals, facets.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from indexer.engine import (
    INDEX_FORMAT,
    AnalysedArticle,
    Hit,
    Manifest,
    Occurrences,
    Results,
    places_checksum,
    result_order,
)
from indexer.places import ZONE_WEIGHTS, Place, Zone, unpack
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
    Typed,
    Words,
    scoring_matches,
    split_words,
    typed_syllables,
)
from indexer.ranking import idf, norm, weight
from indexer.spans import unpack_spans
from indexer.text.analyse import fingerprint
from indexer.text.readings import begins, means

Articles = Mapping[str, AnalysedArticle]


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

    def __init__(self, index: MemoryIndex) -> None:
        self._articles = index.articles
        self._manifest = index.manifest

    @property
    def manifest(self) -> Manifest:
        """What this state holds."""
        return self._manifest

    def close(self) -> None:
        """Nothing is held."""

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article: id to (change, checksum)."""
        return {name: (article.change, places_checksum(article)) for name, article in self._articles.items()}

    def search(self, question: Question) -> Results:
        """The exact answer, by looking at every article."""
        passing = _passing(self._articles, question.chosen, question.dates)
        scores = _scores(self._articles, question.query)
        whole = [article for article in passing if _holds(article, question.query)]
        partial = {
            article.id: lacks for article in passing if (lacks := _lacks(article, question.query)) is not None
        }
        ranked = [
            article
            for tier in (whole, [self._articles[name] for name in partial])
            for article in sorted(
                tier, key=lambda one: result_order(scores(one), one.minute, one.id, question.sort)
            )
        ]
        typed = typed_syllables(question.query)
        hits = (
            Hit(
                article.id,
                scores(article),
                partial.get(article.id, ()),
                _occurring(article, typed) if question.occurrences else None,
            )
            for article in ranked[question.offset : question.offset + question.size]
        )
        return Results(
            total=len(whole),
            partial_total=len(partial),
            hits=tuple(hits),
            facets={name: self._facet(name, question) for name in question.facets},
            manifest=self._manifest,
        )

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


def _passing(articles: Articles, chosen: tuple[Chosen, ...], dates: Dates) -> list[AnalysedArticle]:
    return [
        article
        for article in articles.values()
        if all(_value(article, choice.facet) in choice.values for choice in chosen) and _holds(article, dates)
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


def _lacks(article: AnalysedArticle, query: Query) -> tuple[str, ...] | None:
    """Labels of the words an article of the second tier lacks; None where it is in neither or the first."""
    words, binding = split_words(query)
    if words is None or not all(_holds(article, part) for part in binding):
        return None
    lacks = tuple(word.label for word in words.children if not _holds(article, word))
    return lacks if 0 < len(lacks) < len(words.children) else None


def _scores(articles: Articles, query: Query) -> Callable[[AnalysedArticle], float]:
    count = len(articles)
    mean_length = sum(article.length for article in articles.values()) / count if count else 0.0
    rarities = {
        leaf: idf(count, sum(bool(_occurrences(article, leaf)) for article in articles.values()))
        for leaf in scoring_matches(query)
    }

    def score(article: AnalysedArticle) -> float:
        total = 0.0
        for leaf in scoring_matches(query):
            frequency = sum(ZONE_WEIGHTS[Zone(place.zone)] for place in _occurrences(article, leaf))
            if frequency:
                total += weight(rarities[leaf], frequency, norm(article.length, mean_length))
        return total

    return score


def _occurrences(article: AnalysedArticle, leaf: Match) -> list[Place]:
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
    fits = begins if typed.prefix else means
    return [
        place
        for term, places in article.places[field].items()
        if fits(typed.syllable, term, complete=typed.complete)
        for place in places
    ]


def _occurring(article: AnalysedArticle, syllables: tuple[Typed, ...]) -> Occurrences:
    """Where the typed syllables stand in the text."""
    places = {typed: tuple(sorted(_numbers(article, Field.TEXT, typed))) for typed in syllables}
    return Occurrences(article.change, places, unpack_spans(article.spans))
