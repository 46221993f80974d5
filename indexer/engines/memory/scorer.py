"""What is the score of an article? Its reasons, one by one, and their sum."""

from collections.abc import Iterable, Mapping
from itertools import chain

from indexer.boosts import boosted_query
from indexer.engine import AnalysedArticle, Explanation, Reason, ReasonKind
from indexer.engines.memory.positions import find_match, find_syllable, weighted_frequency
from indexer.fields import Field
from indexer.places import unpack
from indexer.proximity import HEAD_BOOSTS, WINDOW, WINDOW_BOOST, proximity_terms
from indexer.query import Match, Question
from indexer.scoring import inverse_document_frequency, norm, weight

Articles = Mapping[str, AnalysedArticle]
"""Articles by id."""


class Scorer:
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
        together, held, close, head = self._by_place(article)
        return _added((*together, *held)) + _added(close) + _added(head)

    def explanation(self, article: AnalysedArticle) -> Explanation:
        """Every reason with a value above 0."""
        reasons = (*self._matching(article), *chain.from_iterable(self._by_place(article)))
        return Explanation(article.id, article.length, self._mean_length, reasons)

    def _by_place(self, article: AnalysedArticle) -> tuple[list[Reason], ...]:
        return (
            self._ordered_windows(article),
            self._held(article),
            self._unordered_window(article),
            self._head(article),
        )

    def _matching(self, article: AnalysedArticle) -> list[Reason]:
        reasons = []
        for typed, boosted in self._boosted_matches:
            if frequency := weighted_frequency(find_match(article, boosted.match)):
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
                for place in map(unpack, find_syllable(article, Field.TEXT, pair.second))
            }
            together = [
                place
                for place in map(unpack, find_syllable(article, Field.TEXT, pair.first))
                if (place.zone, place.position + 1) in following
            ]
            if frequency := weighted_frequency(together):
                value = pair.boost * self._weight(article, idf, frequency)
                reasons.append(
                    Reason(pair.label, ReasonKind.ORDERED_WINDOW, frequency, idf, pair.boost, value)
                )
        return reasons

    def _held(self, article: AnalysedArticle) -> list[Reason]:
        return [
            Reason(form.match.label, form.kind, 1.0, form.idf, form.boost, form.value)
            for form in self._proximity.forms
            if find_match(article, form.match)
        ]

    def _unordered_window(self, article: AnalysedArticle) -> list[Reason]:
        """The words in the window that has the highest value; of several such windows, in the first."""
        spots = [
            (place.zone, place.position, word)
            for word, (typed, _) in enumerate(self._proximity.words)
            for place in find_match(article, typed.match)
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
            zones = {place.zone for place in find_match(article, typed.match)}
            if part := max((part for zone, part in HEAD_BOOSTS.items() if zone in zones), default=0.0):
                reasons.append(self._once(word, ReasonKind.HEAD, part))
        return reasons

    def _once(self, word: int, kind: ReasonKind, part: float) -> Reason:
        """The reason of a word that counts once, however often it occurs."""
        typed, idf = self._proximity.words[word]
        boost = part * typed.boost
        return Reason(typed.label, kind, 1.0, idf, boost, boost * idf)

    def _idf(self, match: Match) -> float:
        matching = sum(bool(find_match(article, match)) for article in self._articles.values())
        return inverse_document_frequency(len(self._articles), matching)

    def _weight(self, article: AnalysedArticle, idf: float, frequency: float) -> float:
        return weight(idf, frequency, norm(article.length, self._mean_length))


def _added(reasons: Iterable[Reason]) -> float:
    """The values summed one by one, as arrays sum them: ``sum`` rounds differently from Python 3.12 on."""
    total = 0.0
    for reason in reasons:
        total += reason.value
    return total
