"""By what is a result known? By what was asked for, at which change, and digests of its ids."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from corpus.moment import VIETNAM
from search_app.answer.exporting.pinning import can_be_pinned
from search_app.answer.selection import Selection
from search_app.query.expansion import Expansion

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What a result is known by: enough to ask for it again, and to say whether it is the same.

    Attributes:
        asked: the selection as it was asked for.
        pinned: the same as understood, at its change (search_app.answer.exporting.pinning).
        expansions: those that were searched.
        corrected: the correction that was searched in place of the typed query; empty: none.
        change, at: the archive's change that the result is of, and when it happened.
        rows: articles, or stories where these are collapsed.
        articles, stories: that match, whichever are rows.
        hits: None where the query has no words, or the index cannot count.
        stories_number, excluded_undated: see SearchPage.
        index_format, analyser: of the index; see indexer.engine.Manifest.
        ids: of the rows, in their order.
        ids_sha256: see ``ids_digest``; of these.
    """

    asked: Selection
    pinned: Selection
    expansions: tuple[Expansion, ...]
    corrected: str
    change: int
    at: datetime
    rows: int
    articles: int
    stories: int
    hits: int | None
    stories_number: int
    excluded_undated: int | None
    index_format: int
    analyser: str
    ids: Sequence[str] = field(repr=False)
    ids_sha256: str

    @property
    def sorted_sha256(self) -> str:
        """The digest of the ids in the order of their code points: of the set, in whatever order."""
        return ids_digest(sorted(self.ids))

    @property
    def day(self) -> date:
        """The day in Vietnam on which the change happened."""
        return self.at.astimezone(VIETNAM).date()

    @property
    def can_be_asked_again(self) -> bool:
        """Whether the query as understood is short enough to be asked for."""
        return can_be_pinned(self.pinned)


@dataclass(frozen=True, slots=True)
class StateFacts:
    """By what a state is known.

    Attributes:
        at: when its change happened.
        index_format, analyser: of the index; see indexer.engine.Manifest.
    """

    at: datetime
    index_format: int
    analyser: str


def ids_digest(ids: Iterable[str]) -> str:
    r"""SHA-256 (hex) of ids, each followed by a line break, in UTF-8: of a file with an id a line.

    >>> ids_digest(["a", "b"]) == hashlib.sha256(b"a\nb\n").hexdigest()
    True
    """
    digest = hashlib.sha256()
    waiting: list[str] = []
    for one in ids:
        waiting.append(f"{one}\n")
        if len(waiting) == _BATCH:
            digest.update("".join(waiting).encode())
            waiting.clear()
    digest.update("".join(waiting).encode())
    return digest.hexdigest()
