"""Does an article match a query? Tested node by node."""

from corpus.value_folding import folded
from indexer.engine import AnalysedArticle
from indexer.engines.memory.positions import find_match
from indexer.engines.memory.scorer import Articles
from indexer.other_readings import widest_match
from indexer.query import And, Dates, FacetFilter, Match, Not, Or, Query, Question, Words
from indexer.tiers import Tier, required_units, required_words, tiers


def passing(articles: Articles, filters: tuple[FacetFilter, ...], dates: Dates) -> list[AnalysedArticle]:
    """The articles that pass the filters and the range of dates."""
    return [
        article
        for article in articles.values()
        if matches(article, dates)
        and all(
            bool(folded(article.facets[item.facet]) & folded(item.values)) is not item.excluded
            for item in filters
        )
    ]


def matches(article: AnalysedArticle, query: Query) -> bool:
    """Whether the article matches the whole query."""
    match query:
        case Match():
            return bool(find_match(article, query))
        case Dates(None, None):
            return True
        case Dates(first, last):
            return (
                article.first_day > 0
                and (first is None or first.toordinal() <= article.first_day)
                and (last is None or article.last_day <= last.toordinal())
            )
        case Not(child):
            return not matches(article, child)
        case Or(children):
            return any(matches(article, child) for child in children)
        case And() | Words():
            parts = query.children if isinstance(query, And) else _units(query)
            return all(matches(article, part) for part in parts)


def _units(words: Words) -> list[Match]:
    return [required.unit for required in required_units(words)]


def tier_of(article: AnalysedArticle, question: Question) -> Tier | None:
    """The tier of an article; None where it is no result."""
    if matches(article, question.query):
        return Tier.MATCHES
    words, binding = tiers(question.query, expanded=question.expanded)
    if words is None or not all(matches(article, part) for part in binding):
        return None
    if all(find_match(article, word) for word in required_words(words)):
        return Tier.SCATTERED
    widest = (widest_match(word, expanded=question.expanded) for word in words.distinct)
    return Tier.PARTIAL if any(find_match(article, word) for word in widest) else None


def lacking_words(article: AnalysedArticle, question: Question) -> tuple[Match, ...]:
    """The words that an article lacks."""
    words, _ = tiers(question.query, expanded=question.expanded)
    required = required_words(words) if words else ()
    return tuple(word for word in required if not find_match(article, word))


def scattered_units(article: AnalysedArticle, question: Question) -> tuple[Match, ...]:
    """The units whose words an article has, but nowhere in a row."""
    words, _ = tiers(question.query, expanded=question.expanded)
    lacking = set(lacking_words(article, question))
    return tuple(
        required.unit
        for required in (required_units(words) if words else ())
        if lacking.isdisjoint(required.words) and not find_match(article, required.unit)
    )
