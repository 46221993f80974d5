"""How does a user set up tantivy? A text field for each part, its lenient parser; the same folded."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy  # type: ignore[import-not-found,unused-ignore]  # only `make relevance` installs it

from benchmarks.relevance.asking import Ask
from benchmarks.relevance.peers.texts import WEIGHTS, texts_of
from corpus.article import Article

_HEAP_BYTES = 256_000_000
_LONGEST = 40  # as its default tokenizer


def _index(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in WEIGHTS:
        builder.add_text_field(name)
        builder.add_text_field(f"{name}_folded", tokenizer_name="folded")
    index = tantivy.Index(builder.build(), path=str(folder))
    folded = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for one in (
        tantivy.Filter.remove_long(_LONGEST),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
    ):
        folded = folded.filter(one)
    index.register_tokenizer("folded", folded.build())
    return index


def fill(folder: Path, articles: Iterable[Article]) -> None:
    """One thread; tantivy merges segments by its own policy."""
    writer = _index(folder).writer(_HEAP_BYTES, num_threads=1)
    for article in articles:
        document = tantivy.Document()
        document.add_text("id", article.id)
        for name, text in texts_of(article).items():
            document.add_text(name, text)
            document.add_text(f"{name}_folded", text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def opened(folder: Path, variant: str) -> Ask:
    """A searcher over the last commit."""
    index = _index(folder)
    searcher = index.searcher()
    ending = "_folded" if variant == "folded" else ""
    boosts = {f"{name}{ending}": weight for name, weight in WEIGHTS.items()}

    def ask(query: str, depth: int) -> Sequence[str]:
        parsed, _ = index.parse_query_lenient(query, list(boosts), field_boosts=boosts)
        hits = searcher.search(parsed, depth).hits
        return [str(searcher.doc(address)["id"][0]) for _, address in hits]

    return ask
