"""Both engines, filled with the same articles and asked the same."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer.engine import AnalysedArticle
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import Query, Question


def both_engines(articles: Iterable[AnalysedArticle], query: Query) -> Iterator[tuple[str, list[str]]]:
    """For each engine its name, and the ids of the first tier in order."""
    question = Question(query, size=1_000, first_tier_only=True)
    index = MemoryIndex()
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "0001"
        for writer in (MemoryWriter(index), WhooshWriter(directory)):
            for one in articles:
                writer.add(one)
            writer.commit(1)
        reader = WhooshReader(directory)
        try:
            for name, engine in (("memory", MemoryReader(index)), ("whoosh", reader)):
                yield name, [hit.id for hit in engine.search(question).hits]
        finally:
            reader.close()
