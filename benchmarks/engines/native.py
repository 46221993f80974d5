"""How is tantivy filled and asked? Through tantivy-py: one field with marks, one without.

In tantivy's favour: scores are of one unweighted field; ids come from a column of numbers and a list in
memory, not from its store of documents; a prefix is a set of articles that all score 1.
Facets take two passes, for tantivy-py cannot collect hits and aggregations in one: the first, for the ten
best, may skip what cannot be among them; the second counts, and gives the total.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found,unused-ignore]  # only `make bench` installs it

from benchmarks.engines import Answer
from benchmarks.queries import Ask, How
from benchmarks.tokens import FACETS, Tokens

_TEXT = {False: "text", True: "folded"}
_HEAP_BYTES = 256_000_000
_BUCKETS = 1_000  # more than there are sources, sections or years
_COUNTS: dict[str, Any] = {name: {"terms": {"field": name, "size": _BUCKETS}} for name in FACETS} | {
    "total": {"value_count": {"field": "number"}}
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _TEXT.values():
        builder.add_text_field(name, tokenizer_name="spaces", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("minute", fast=True)
    builder.add_unsigned_field("day", fast=True, indexed=True)
    return builder.build()


def _index(folder: Path) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder))
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    return index


class Filler:
    """Adds with one thread; tantivy merges segments by its own policy."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._index = _index(folder)
        self._writer: tantivy.IndexWriter | None = None
        self._ids: list[str] = _read_ids(folder) if (folder / "ids.json").exists() else []

    def add(self, one: Tokens) -> None:
        """Takes an article."""
        self._writer = self._writer or self._index.writer(_HEAP_BYTES, num_threads=1)
        document = tantivy.Document()
        for folded, name in _TEXT.items():
            for text in one.joined(folded=folded):
                document.add_text(name, text)
        for name, value in one.facets.items():
            document.add_text(name, value)
        for name, number in (("number", one.number), ("minute", one.minute), ("day", one.day)):
            document.add_unsigned(name, number)
        self._writer.add_document(document)
        self._ids.append(one.article.id)

    def finish(self) -> None:
        """Commits, and waits for the merges."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        (self._folder / "ids.json").write_text(json.dumps(self._ids), "utf-8")


class Engine:
    """A searcher over the last commit."""

    def __init__(self, folder: Path) -> None:
        index = _index(folder)
        self._schema = index.schema
        self._searcher = index.searcher()
        self._ids = _read_ids(folder)

    def answer(self, ask: Ask) -> Answer:
        """The first ten and the exact total."""
        query = self._query(ask)
        order = "minute" if ask.newest else None
        found = self._searcher.search(query, 10, count=not ask.facets, order_by_field=order)
        numbers = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        ids = tuple(self._ids[int(number)] for number in numbers if number is not None)
        if not ask.facets:
            total = int(found.count)  # type: ignore[attr-defined,unused-ignore]  # its .pyi leaves it out
            return Answer(total, ids)
        counts: Mapping[str, Any] = self._searcher.aggregate(query, _COUNTS)
        return Answer(int(counts["total"]["value"]), ids, {name: _buckets(counts[name]) for name in FACETS})

    def segments(self) -> int:
        """How many segments there are."""
        return int(self._searcher.num_segments)

    def close(self) -> None:
        """Nothing to let go of by hand."""

    def _query(self, ask: Ask) -> tantivy.Query:
        query = self._words(ask)
        if ask.days is None:
            return query
        first, last = ask.days
        days = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, days)])

    def _words(self, ask: Ask) -> tantivy.Query:
        name = _TEXT[ask.folded]
        if ask.how is How.PREFIX:
            return tantivy.Query.regex_query(self._schema, name, f"{ask.terms[0]}.*")
        if ask.how is How.PHRASE:
            return tantivy.Query.phrase_query(self._schema, name, list(ask.terms))
        terms = [tantivy.Query.term_query(self._schema, name, term) for term in ask.terms]
        if len(terms) == 1:
            return terms[0]
        occur = tantivy.Occur.Must if ask.how is How.ALL else tantivy.Occur.Should
        return tantivy.Query.boolean_query([(occur, term) for term in terms])


def _read_ids(folder: Path) -> list[str]:
    found: list[str] = json.loads((folder / "ids.json").read_text("utf-8"))
    return found


def _buckets(aggregation: Mapping[str, Any]) -> dict[str, int]:
    return {str(one["key"]): int(one["doc_count"]) for one in aggregation["buckets"]}
