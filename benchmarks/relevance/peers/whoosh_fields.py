"""How does a user set up Whoosh? A TEXT field for each part, the multi-field parser, as its manual says."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from whoosh import fields, index
from whoosh.qparser import MultifieldParser, OrGroup

from benchmarks.relevance.asking import Ask
from benchmarks.relevance.peers.texts import WEIGHTS, texts_of
from corpus.article import Article

_POOL_MB = 512


def fill(folder: Path, articles: Iterable[Article]) -> None:
    """One writer, one segment."""
    schema = fields.Schema(id=fields.STORED, **{name: fields.TEXT() for name in WEIGHTS})
    writer = index.create_in(str(folder), schema).writer(limitmb=_POOL_MB)
    for article in articles:
        writer.add_document(id=article.id, **texts_of(article))
    writer.commit()


def opened(folder: Path, _variant: str) -> Ask:
    """Its parser, its searcher, its BM25F."""
    opened_index = index.open_dir(str(folder))
    searcher = opened_index.searcher()
    names, weights = list(WEIGHTS), dict(WEIGHTS)
    parser = MultifieldParser(names, opened_index.schema, fieldboosts=weights, group=OrGroup)

    def ask(query: str, depth: int) -> Sequence[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(query), limit=depth)]

    return ask
