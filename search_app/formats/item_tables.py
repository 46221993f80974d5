"""How are counts of items written as a table? The rows behind their CSV."""

from collections.abc import Iterable, Iterator

from search_app.answer.counting.collocations import Collocations
from search_app.answer.counting.comparing import ComparedPart, Comparison
from search_app.answer.counting.keywords import Keywords
from search_app.answer.counting.ngrams import Ngrams
from search_app.formats.answers.dumping import dump, keys
from search_app.formats.answers.items import CollocateAnswer, KeywordAnswer, NgramAnswer
from search_app.formats.answers.shape import AnswerSchema
from search_app.formats.table import Cell, Table


def collocations_table(found: Collocations) -> Table:
    """Collocates in their order, each beside what all are measured against."""
    request = found.request
    basis: list[tuple[str, Cell]] = [
        ("unit", request.window.unit.value),
        ("left", request.window.before),
        ("right", request.window.after),
        ("hits", found.hits),
        ("window_tokens", found.window_tokens),
        ("held_tokens", found.held_tokens),
        ("held_articles", found.held_articles),
        ("segmenter", found.segmenter),
    ]
    return _beside(CollocateAnswer, found.collocates, basis)


def keywords_table(found: Keywords) -> Table:
    """Keywords in their order, each beside what all are measured against."""
    basis: list[tuple[str, Cell]] = [
        ("unit", found.request.unit.value),
        ("tokens", found.tokens),
        ("articles", found.articles),
        ("rest_tokens", found.rest_tokens),
        ("rest_articles", found.rest_articles),
        ("segmenter", found.segmenter),
    ]
    return _beside(KeywordAnswer, found.keywords, basis)


def ngrams_table(found: Ngrams) -> Table:
    """Runs in their order, each beside what all are measured against."""
    basis: list[tuple[str, Cell]] = [
        ("unit", found.request.unit.value),
        ("length", found.request.length),
        ("runs", found.runs),
        ("articles", found.articles),
        ("segmenter", found.segmenter),
    ]
    return _beside(NgramAnswer, found.ngrams, basis)


def comparison_table(found: Comparison) -> Table:
    """The three parts, then the keywords of each side; cells that a row does not have are empty."""
    columns = ("part", "articles", "stories", "hits", "other_hits", "search", *keys(KeywordAnswer))
    return Table(columns, _compared(found))


def _compared(found: Comparison) -> Iterator[tuple[Cell, ...]]:
    nothing = (None,) * len(keys(KeywordAnswer))
    parts = {"only_here": found.only_here, "only_there": found.only_there, "both": found.both}
    for name, part in parts.items():
        yield (name, *_part(part), *nothing)
    for name, side in (("keyword_here", found.here), ("keyword_there", found.there)):
        for keyword in side.keywords:
            yield (name, None, None, None, None, None, *dump(KeywordAnswer, keyword).values())


def _part(part: ComparedPart) -> tuple[Cell, ...]:
    search = part.search.query if part.search else None
    return part.articles, part.stories, part.hits, part.other_hits, search


def _beside(answer: type[AnswerSchema], values: Iterable[object], basis: list[tuple[str, Cell]]) -> Table:
    columns = (*keys(answer), *(name for name, _ in basis))
    cells = tuple(cell for _, cell in basis)
    return Table(columns, ((*dump(answer, value).values(), *cells) for value in values))
