"""Collocations, keywords, n-grams and comparisons are what plain Python counts, over small archives."""

import math
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from indexer.counting import TokenUnit, Window
from search_app.answer.collation import collation_key
from search_app.answer.counting.collocations import CollocationCounting, CollocationRequest
from search_app.answer.counting.comparing import ComparedPart, Comparing, ComparisonRequest
from search_app.answer.counting.item_order import Direction, ItemMeasure, Listing
from search_app.answer.counting.keywords import KEYWORD_MEASURES, KeywordCounting, KeywordRequest
from search_app.answer.counting.ngrams import NgramCounting, NgramRequest
from search_app.answer.evaluation import Evaluator
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from tests.counting.choosing import Choice, choices, phrases_drawn
from tests.counting.plain import (
    SOURCES,
    SYLLABLES,
    PlainArticle,
    archives,
    evaluator_of,
    folded,
    hits_of,
    items_of,
    matching,
    nearby_of,
)
from tests.examples import examples

ALL = Listing(page=None)
units = st.sampled_from(TokenUnit)


def signed(a: int, b: int, c: int, d: int) -> float:
    """G² by SciPy, signed; 0 where a row or a column is empty."""
    if min(a + b, c + d, a + c, b + d) == 0:
        return 0.0
    found = chi2_contingency([[a, b], [c, d]], lambda_="log-likelihood", correction=False).statistic
    return math.copysign(float(found), a * d - b * c)


def ratio(a: int, here: int, c: int, there: int) -> float | None:
    return math.log2((a or 0.5) / here / ((c or 0.5) / there)) if here and there else None


def close(value: float | None) -> object:
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)


@given(archives(), phrases_drawn, choices, units, st.integers(0, 3), st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=examples(150), deadline=None)
def test_collocations(
    archive: tuple[PlainArticle, ...],
    phrases: list[tuple[str, ...]],
    choice: Choice,
    unit: TokenUnit,
    before: int,
    after: int,
    least: int,
) -> None:
    listing = Listing(page=None, least=least)
    request = CollocationRequest(choice.selection(phrases), Window(before, after, unit), listing)
    found = CollocationCounting(evaluator_of(archive)).find(request)
    passing = choice.passing(archive)
    articles = choice.folded(matching(passing, phrases))
    held = choice.held(passing, articles)
    near = nearby_of(articles, phrases, unit, before, after, once=choice.once)
    every = items_of(held, unit, once=choice.once)
    hits = sum(len(hits_of(one, phrases, once=choice.once)) for one in articles)
    windows, total = near.total(), every.total()
    assert (found.articles, found.hits) == (len(articles), hits), (archive, phrases, choice)
    assert (found.window_tokens, found.held_articles, found.held_tokens) == (windows, len(held), total)
    expected = {text: count for text, count in near.items() if count >= least}
    assert found.total == len(expected)
    assert {one.text: (one.together, one.held) for one in found.collocates} == {
        text: (count, every[text]) for text, count in expected.items()
    }
    for one in found.collocates:
        a, f_y = near[one.text], every[one.text]
        assert one.log_likelihood == close(signed(a, windows - a, f_y - a, total - windows - f_y + a))
        assert one.log_dice == close(14 + math.log2(2 * a / (hits + f_y)))
        assert one.log_ratio == close(ratio(a, windows, f_y - a, total - windows))


@given(archives(), st.just([]) | phrases_drawn, choices, units, st.integers(1, 3))
@settings(max_examples=examples(150), deadline=None)
def test_keywords(
    archive: tuple[PlainArticle, ...],
    phrases: list[tuple[str, ...]],
    choice: Choice,
    unit: TokenUnit,
    least: int,
) -> None:
    """Against what is held under the same filters; without a query, against the whole archive."""
    request = KeywordRequest(choice.selection(phrases), unit, Listing(page=None, least=least))
    found = KeywordCounting(evaluator_of(archive)).find(request)
    passing = choice.passing(archive)
    articles = choice.folded(matching(passing, phrases) if phrases else passing)
    held = choice.held(passing if phrases else archive, articles)
    own, every = (items_of(some, unit, once=choice.once) for some in (articles, held))
    rest = every - own
    here, there = own.total(), rest.total()
    assert found.is_of_query is bool(phrases)
    assert (found.articles, found.tokens) == (len(articles), here)
    assert (found.rest_articles, found.rest_tokens) == (len(held) - len(articles), there)
    expected = {
        text: (own[text], rest[text])
        for text, count in every.items()
        if here and there and (own[text] >= least or count * here >= least * (here + there))
    }
    assert found.total == len(expected)
    assert {one.text: (one.count, one.rest) for one in found.keywords} == expected
    for one in found.keywords:
        a, c = expected[one.text]
        assert one.log_likelihood == close(signed(a, here - a, c, there - c))
        assert one.log_ratio == close(ratio(a, here, c, there))
        assert one.per_million == close(a * 1e6 / here)
        assert one.rest_per_million == close(c * 1e6 / there)


@given(archives(), st.just([]) | phrases_drawn, choices, units, st.integers(1, 5), st.integers(1, 2))
@settings(max_examples=examples(150), deadline=None)
def test_ngrams(
    archive: tuple[PlainArticle, ...],
    phrases: list[tuple[str, ...]],
    choice: Choice,
    unit: TokenUnit,
    length: int,
    least: int,
) -> None:
    listing = Listing(ItemMeasure.FREQUENCY, page=None, least=least)
    found = NgramCounting(evaluator_of(archive)).find(
        NgramRequest(choice.selection(phrases), unit, length, listing)
    )
    passing = choice.passing(archive)
    articles = choice.folded(matching(passing, phrases) if phrases else passing)
    runs = items_of(articles, unit, once=choice.once, length=length)
    assert (found.articles, found.runs, found.distinct) == (len(articles), runs.total(), len(runs))
    expected = {text: count for text, count in runs.items() if count >= least}
    assert {one.text: one.count for one in found.ngrams} == expected
    counts = [one.count for one in found.ngrams]
    assert counts == sorted(counts, reverse=True)
    assert all(one.per_million == close(one.count * 1e6 / runs.total()) for one in found.ngrams)


def keys(articles: Sequence[PlainArticle], choice: Choice) -> dict[object, PlainArticle]:
    """Articles by what makes them one: their change, or their story where stories are collapsed."""
    if not choice.stories:
        return {one.change: one for one in articles}
    return {one.change if one.story is None else f"story {one.story}": one for one in folded(articles)}


def part(
    articles: Sequence[PlainArticle], hits: int | None, other_hits: int | None
) -> tuple[int, int, int | None, int | None]:
    return len(articles), len(folded(articles)), hits, other_hits


def told(found: ComparedPart) -> tuple[int, int, int | None, int | None]:
    return found.articles, found.stories, found.hits, found.other_hits


@given(archives(), phrases_drawn, phrases_drawn, choices, units)
@settings(max_examples=examples(150), deadline=None)
def test_comparisons(
    archive: tuple[PlainArticle, ...],
    phrases: list[tuple[str, ...]],
    others: list[tuple[str, ...]],
    choice: Choice,
    unit: TokenUnit,
) -> None:
    request = ComparisonRequest(
        choice.selection(phrases), choice.selection(others), unit, Listing(least=1, page=None)
    )
    found = Comparing(evaluator_of(archive)).compare(request)
    passing = choice.passing(archive)
    first, second = (keys(matching(passing, some), choice) for some in (phrases, others))

    def hits(side: dict[object, PlainArticle], names: set[object], some: Sequence[tuple[str, ...]]) -> int:
        return sum(len(hits_of(side[name], some, once=choice.once)) for name in names)

    here, there, both = first.keys() - second, second.keys() - first, first.keys() & second
    only_here, only_there = [first[name] for name in here], [second[name] for name in there]
    assert told(found.only_here) == part(only_here, hits(first, here, phrases), None)
    assert told(found.only_there) == part(only_there, None, hits(second, there, others))
    shared = hits(first, both, phrases), hits(second, both, others)
    assert told(found.both) == part([first[name] for name in both], *shared)
    for side, own, rest in ((found.here, first, only_there), (found.there, second, only_here)):
        assert (side.articles, side.hits) == (
            len(own), hits(own, set(own), phrases if own is first else others)
        )  # fmt: skip
        items, against = (items_of(some, unit, once=choice.once) for some in (list(own.values()), rest))
        assert {one.text: (one.count, one.rest) for one in side.keywords} == more_often(items, against)


def more_often(items: Counter[str], against: Counter[str]) -> dict[str, tuple[int, int]]:
    here, there = items.total(), against.total()
    return {
        text: (count, against[text])
        for text, count in items.items()
        if here and there and count * there > against[text] * here
    }


def shown_total(evaluator: Evaluator, selection: Selection) -> int:
    with evaluator.lend(selection) as reader:
        return evaluator.answer(reader, SearchRequest(selection, size=1), shown=False).results.total


@given(archives(), phrases_drawn, phrases_drawn, st.sampled_from(["", SOURCES[0]]), st.booleans())
@settings(max_examples=examples(150), deadline=None)
def test_the_search_of_a_part_finds_as_many_articles_as_the_part_has(
    archive: tuple[PlainArticle, ...],
    phrases: list[tuple[str, ...]],
    others: list[tuple[str, ...]],
    source: str,
    is_typed_loosely: bool,
) -> None:
    """However the queries were typed: loose words in units, as well as phrases."""
    first, second = (Choice(source).selection(some) for some in (phrases, others))
    if is_typed_loosely:
        first = Selection(" ".join("_".join(phrase) for phrase in phrases), chosen=first.chosen)
    evaluator = evaluator_of(archive)
    found = Comparing(evaluator).compare(ComparisonRequest(first, second))
    for one in (found.only_here, found.only_there, found.both):
        assert one.search is None or shown_total(evaluator, one.search) == one.articles
        assert one.search is not None or not one.articles


@given(
    archives(), st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=1).map(tuple), units,
    st.sampled_from(ItemMeasure), st.sampled_from(Direction),
)  # fmt: skip
@settings(max_examples=examples(100), deadline=None)
def test_pages_of_a_list_are_the_list_and_its_order_is_total(
    archive: tuple[PlainArticle, ...],
    phrase: tuple[str, ...],
    unit: TokenUnit,
    measure: ItemMeasure,
    direction: Direction,
) -> None:
    """By the measure, then the more frequent, then as a dictionary sorts; in pages of any size."""
    counting = CollocationCounting(evaluator_of(archive))

    def listed(page: int | None, size: int = 50) -> list[tuple[int, str]]:
        listing = Listing(measure, direction, 1, page, size)
        request = CollocationRequest(Choice().selection([phrase]), Window(3, 3, unit), listing)
        return [(one.rank, one.text) for one in counting.find(request).collocates]

    whole = counting.find(
        CollocationRequest(
            Choice().selection([phrase]), Window(3, 3, unit), Listing(measure, direction, 1, None)
        )
    ).collocates
    name = "together" if measure is ItemMeasure.FREQUENCY else measure.value
    sign = -1 if direction is Direction.DESCENDING else 1

    def place(text: str) -> tuple[float, int, object, str]:
        one = next(one for one in whole if one.text == text)
        value = getattr(one, name)
        return (
            math.inf if value is None else sign * value, -one.together, collation_key(text), text
        )  # fmt: skip

    texts = [one.text for one in whole]
    assert texts == sorted(texts, key=place)
    for size in (1, 2, 3):
        pages = [listed(page, size) for page in range(1, len(texts) // size + 3)]
        assert [one for page in pages for one in page] == listed(None)


@pytest.mark.parametrize("measure", KEYWORD_MEASURES)
def test_what_has_nothing_to_be_held_against_has_no_keywords(measure: ItemMeasure) -> None:
    archive: tuple[PlainArticle, ...] = ()
    found = KeywordCounting(evaluator_of(archive)).find(
        KeywordRequest(Selection(""), listing=Listing(measure))
    )
    assert (found.total, found.keywords, found.rest_articles) == (0, (), 0)
