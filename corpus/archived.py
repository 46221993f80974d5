"""What does the archive hold of an article? Values that come out of it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Article, Provenance
from corpus.context import Context
from corpus.message import Message


class Outcome(StrEnum):
    """What became of a record that was stored.

    Unchanged: the archive held it before this run; merged: an earlier record of this run was the same.
    """

    NEW = "new"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    REFUSED = "refused"
    REFUSED_BEFORE = "refused before"


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """A version of an article, as kept.

    Attributes:
        context: what else than the raw record its reader needed.
        change: the number of the change that brought this version; the index holds it too.
        version: 1, 2, 3, … of this article.
        withdrawn: whether the article is withdrawn now (it stays, marked, and is not searched).
    """

    article: Article
    provenance: Provenance
    context: Context
    change: int
    version: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The state of an article now: its version's change, and the last change of any kind."""

    article_id: str
    change: int
    last_change: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class StoredRefusal:
    """A refusal as kept, with its number and time (UTC, ISO 8601).

    Attributes:
        raw: the record's bytes, cut after MAX_RAW_BYTES; raw_sha256: the digest of all of them.
        taken_as: the article that the record became later; None where it is still refused.
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
        """Whether all of the record's bytes are kept."""
        return hashlib.sha256(self.raw).hexdigest() == self.raw_sha256


@dataclass(frozen=True, slots=True)
class Counts:
    """What the archive holds, in numbers."""

    articles: int
    withdrawn: int
    versions: int
    refusals: int
    number: int
