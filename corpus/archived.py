"""Which values come out of the archive? Versions, heads, refusals, counts."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.article import Article, Provenance
from corpus.changes import Choice
from corpus.context import Context
from corpus.message import Message


class Outcome(StrEnum):
    """The outcome of storing a record.

    Unchanged: the archive had the content before this import; merged: an earlier record of this import had
    it; erased earlier: it is of an article that was erased, and nothing of it was stored.
    """

    NEW = "new"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    ERASED = "erased earlier"
    REFUSED = "refused"
    REFUSED_BEFORE = "refused before"


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """A version of an article, as archived.

    Attributes:
        context: what its reader needed beside the raw record.
        change: the number of the change that brought this version; the index holds it too.
        version: 1, 2, 3, … of this article.
        withdrawn: whether the article is withdrawn now: it stays in the archive, and is not searched.
        is_current: whether this is the version that is searched and shown.
        choice: why it became the current version when it came, or did not.
    """

    article: Article
    provenance: Provenance
    context: Context
    change: int
    version: int
    withdrawn: bool
    is_current: bool = True
    choice: Choice = Choice.USUAL


class CurrentArticle(NamedTuple):
    """The version of an article that is searched and shown, and the change that brought it."""

    article: Article
    change: int


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """What became of a record.

    Attributes:
        article_id: the article that it is; empty for a refusal.
        local_id: its own id where the archive calls the article otherwise; else empty.
        is_told_apart: whether it is a new article whose own id another publication's article has.
        lacking: what a poorer capture lacks, which is kept as a version while the one before it stays
            current.
    """

    outcome: Outcome
    article_id: str = ""
    local_id: str = ""
    is_told_apart: bool = False
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an article: the change of its current version, and its last change of any kind."""

    article_id: str
    change: int
    last_change: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class StoredRefusal:
    """A refusal as archived, with its number and time (UTC, ISO 8601).

    Attributes:
        raw: the record's bytes, cut after MAX_RAW_BYTES; raw_sha256: the digest of all bytes.
        taken_as: the id of the article that the record became later; None while it is still refused.
    """

    number: int
    file: str
    place: str
    reason: str
    message: Message
    raw: bytes
    raw_sha256: str
    at: str
    taken_as: str | None

    @property
    def is_complete(self) -> bool:
        """Whether ``raw`` is all of the record's bytes."""
        return hashlib.sha256(self.raw).hexdigest() == self.raw_sha256


@dataclass(frozen=True, slots=True)
class Counts:
    """What the archive holds, in numbers."""

    articles: int
    withdrawn: int
    versions: int
    refusals: int
    number: int
