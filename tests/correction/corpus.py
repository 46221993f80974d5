"""A corpus of bodies, to correct queries by."""

from collections.abc import Callable, Iterable

from indexer.engine import Results
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.query import Question
from search_app.query.grammar import understand
from tests.indexer.articles import analysed, article


def reader_of(bodies: Iterable[str]) -> MemoryReader:
    """An index of articles with these bodies, named by their numbers."""
    index = MemoryIndex()
    writer = MemoryWriter(index)
    for number, body in enumerate(bodies):
        writer.add(analysed(article(f"{number:03}", title="Tin", body=body)))
    writer.commit(1)
    return MemoryReader(index)


def asking(reader: MemoryReader) -> Callable[[str], Results]:
    """Answers the text of a query."""
    return lambda query: reader.search(Question(understand(query).query))
