"""A segment of a few articles, as the engine writes it."""

from collections.abc import Sequence
from pathlib import Path

from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.writer import WhooshWriter
from tests.indexer.articles import analysed, article


def segment_of(folder: Path, title: str, bodies: Sequence[str]) -> Segment:
    """The segment of articles with one title, and these bodies in their order."""
    index = folder / "0001"
    writer = WhooshWriter(index)
    for number, body in enumerate(bodies):
        writer.add(analysed(article(f"a{number}", title, body), number + 1))
    writer.commit(1)
    (path,) = index.glob("*.kho")
    return Segment(path)
