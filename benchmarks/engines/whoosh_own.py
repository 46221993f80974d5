"""How are Whoosh's own writer, codec and searcher filled and asked? As its manual says, on our tokens.

An exact total makes Whoosh run the query again, where its collector has stopped early.
"""

from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer

from benchmarks.engines import Answer
from benchmarks.queries import Ask, How
from benchmarks.tokens import FACETS, Tokens

_TEXT = {False: "text", True: "folded"}
_POOL_MB = 512


def _schema() -> fields.Schema:
    texts = {name: fields.TEXT(analyzer=SpaceSeparatedTokenizer()) for name in _TEXT.values()}
    facets = {name: fields.ID(sortable=True) for name in FACETS}
    numbers = {name: fields.NUMERIC(int, 64, sortable=True) for name in ("day", "minute")}
    return fields.Schema(id=fields.STORED, **texts, **facets, **numbers)


class Filler:
    """One writer, one segment."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        there = index.exists_in(str(folder))
        self._index = index.open_dir(str(folder)) if there else index.create_in(str(folder), _schema())
        self._writer: Any = None

    def add(self, one: Tokens) -> None:
        """Takes an article."""
        self._writer = self._writer or self._index.writer(limitmb=_POOL_MB)
        self._writer.add_document(
            id=one.article.id,
            text=one.one_string(folded=False),
            folded=one.one_string(folded=True),
            day=one.day,
            minute=one.minute,
            **one.facets,
        )

    def finish(self) -> None:
        """Commits."""
        if self._writer is not None:
            self._writer.commit()
            self._writer = None


class Engine:
    """A searcher."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._searcher = self._index.searcher()

    def answer(self, ask: Ask) -> Answer:
        """The first ten and the exact total."""
        options: dict[str, Any] = {"sortedby": "minute", "reverse": True} if ask.newest else {}
        if ask.facets:
            options["groupedby"] = {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in FACETS}
        if ask.days:
            options["filter"] = query.NumericRange("day", *ask.days)
        results = self._searcher.search(_words(ask), limit=10, **options)
        facets = {name: dict(results.groups(name)) for name in FACETS} if ask.facets else {}
        return Answer(len(results), tuple(hit["id"] for hit in results), facets)

    def segments(self) -> int:
        """How many segments there are."""
        return len(self._index._segments())  # noqa: SLF001 - there is no public way to ask

    def close(self) -> None:
        """Closes the searcher."""
        self._searcher.close()


def _words(ask: Ask) -> query.Query:
    name = _TEXT[ask.folded]
    if ask.how is How.PREFIX:
        return query.Prefix(name, ask.terms[0])
    if ask.how is How.PHRASE:
        return query.Phrase(name, list(ask.terms))
    terms = [query.Term(name, term) for term in ask.terms]
    if len(terms) == 1:
        return terms[0]
    return query.And(terms) if ask.how is How.ALL else query.Or(terms)
