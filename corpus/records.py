"""What does a reader yield? Articles and refusals, each with its file and place.

A reader never raises on a bad record: it yields a :class:`Refusal` and continues where it can.
"""

from dataclasses import dataclass, field

from corpus.article import Article, Provenance
from corpus.context import Context
from corpus.message import Message

WHOLE = "whole file"
"""The place of a record that is a whole file, and of a refusal that concerns a whole file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as a reader read it, with its provenance.

    Attributes:
        raw: the record's bytes, as they are in the file.
        context: what the reader's ``article`` needs beside ``raw`` to make the article again.
    """

    article: Article
    provenance: Provenance
    raw: bytes = b""
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be imported.

    Attributes:
        file, place: its place, as in :class:`~corpus.article.Provenance`.
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
