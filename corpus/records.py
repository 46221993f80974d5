"""What does a reader yield? Articles and refusals, each with its file and place.

A reader never raises on a bad record: it yields a :class:`Refusal` and goes on where it can.
"""

from dataclasses import dataclass, field

from corpus.article import Article, Provenance
from corpus.context import Context
from corpus.message import Message

WHOLE = "whole file"
"""The place of a record that is its whole file, and of what is wrong with a file as a whole."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as a reader understood it, with where it came from.

    Attributes:
        raw: the record's bytes, as they stood in their file.
        context: what else the reader's ``article`` needs to make the article of ``raw`` again.
    """

    article: Article
    provenance: Provenance
    raw: bytes = b""
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be taken.

    Attributes:
        file, place: where it stands, as in :class:`~corpus.article.Provenance`.
        reason: a stable code ("bad-json", "no-title", "duplicate-id", …).
        message: the sentence for a person: what, the value, the remedy.
        raw: the record's bytes, cut after ``MAX_RAW_BYTES``.
        raw_sha256: hex digest of all its bytes.
    """

    file: str
    place: str
    reason: str
    message: Message
    raw: bytes
    raw_sha256: str


MAX_RAW_BYTES = 1_000_000

Record = Reading | Refusal
