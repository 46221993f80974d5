"""How is Kho Báo filled and asked? Through its own writer and reader, as the build and the service do.

Words are not segmented: no query here looks at word boundaries, and the index is of the same size.
"""

from datetime import date
from pathlib import Path

from benchmarks.engines import Answer
from benchmarks.queries import Ask, How
from benchmarks.tokens import Tokens
from indexer.build import COMMIT_ARTICLES
from indexer.engines.whoosh.directory import IndexDirectory
from indexer.engines.whoosh.reader import open_reader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.facets import FacetName
from indexer.query import And, Dates, Match, Or, Query, Question, Sort
from indexer.text.analyse import analyse

_FACETS = (FacetName.SOURCE, FacetName.SECTION, FacetName.YEAR)
_ANY_DAY = Dates(None, None)


class Filler:
    """Commits as often as `khobao add` does, so that segments are merged as they are there."""

    def __init__(self, folder: Path) -> None:
        directory = IndexDirectory(folder)
        self._number = 0
        self._waiting = 0
        path = directory.current() or directory.next_path()
        self._writer = WhooshWriter(path)
        directory.switch_to(path)

    def add(self, one: Tokens) -> None:
        """Takes an article."""
        self._number = one.number + 1
        syllables = sum(map(len, one.texts))
        self._writer.add(analyse(one.article, self._number, bytes(syllables // 8 + 1)))
        self._waiting += 1
        if self._waiting == COMMIT_ARTICLES:
            self._writer.commit(self._number)
            self._waiting = 0

    def finish(self) -> None:
        """Commits what is left."""
        self._writer.commit(self._number, last=True)
        self._waiting = 0


class Engine:
    """The reader."""

    def __init__(self, folder: Path) -> None:
        self._reader = open_reader(folder)

    def answer(self, ask: Ask) -> Answer:
        """The first ten and the exact total."""
        found = self._reader.search(question(ask))
        facets = {str(name): dict(counts) for name, counts in found.facets.items()}
        return Answer(found.total, tuple(hit.id for hit in found.hits), facets)

    def segments(self) -> int:
        """How many segments there are."""
        return len(self._reader.segments)

    def close(self) -> None:
        """Closes the reader."""
        self._reader.close()


def question(ask: Ask) -> Question:
    """A query as the service would ask it; quoted, and so exact, where marks are typed."""
    return Question(
        _query(ask),
        dates=Dates(*map(date.fromordinal, ask.days)) if ask.days else _ANY_DAY,
        sort=Sort.NEWEST if ask.newest else Sort.RELEVANCE,
        facets=_FACETS if ask.facets else (),
    )


def _query(ask: Ask) -> Query:
    complete = not ask.folded
    if ask.how in (How.PHRASE, How.PREFIX):
        return Match(" ".join(ask.terms), ask.terms, complete=complete, prefix=ask.how is How.PREFIX)
    matches = tuple(Match(term, (term,), complete=complete) for term in ask.terms)
    if len(matches) == 1:
        return matches[0]
    return And(matches) if ask.how is How.ALL else Or(matches)
