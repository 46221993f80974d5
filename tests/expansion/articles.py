"""Asks one article of one sentence: does a typed query, widened, match it?"""

from collections.abc import Callable
from functools import cache

from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.query import Match, Query, Question
from search_app.query.expansion import NOTHING_DISABLED, Disabled, ExpandedQuery, expand
from search_app.query.grammar import understand
from search_app.query.names import Names, read_names
from tests.indexer.articles import analysed, article


@cache
def house_names() -> Names:
    return read_names()


def reader_of(text: str) -> MemoryReader:
    """An index of one article with this text."""
    index = MemoryIndex()
    writer = MemoryWriter(index)
    writer.add(analysed(article(title="Tin", body=text)))
    writer.commit(1)
    return MemoryReader(index)


def holding(reader: MemoryReader) -> Callable[[Match], bool]:
    return lambda match: reader.search(Question(match, expanded=False)).total > 0


def found(query: Query, reader: MemoryReader) -> bool:
    """Whether the article is a match, not only one of the second tier."""
    return reader.search(Question(query, expanded=False)).total == 1


def finds(typed: str, text: str, off: Disabled = NOTHING_DISABLED) -> bool:
    """Whether what was typed, widened, matches the text."""
    reader = reader_of(text)
    return found(expand(understand(typed).query, house_names(), off, holding(reader)).query, reader)


def finds_as_typed(typed: str, text: str) -> bool:
    """The same, not widened."""
    return found(understand(typed).query, reader_of(text))


def expanded(typed: str, off: Disabled = NOTHING_DISABLED) -> ExpandedQuery:
    """What was typed, widened over an index that holds every name, and no word that lacks a space."""
    return expand(understand(typed).query, house_names(), off, lambda match: match.label != "giavang")


def also(typed: str) -> list[str]:
    """What is searched besides."""
    return [one.also for one in expanded(typed).expansions if one.used]
