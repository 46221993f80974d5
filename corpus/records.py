"""What does a reader yield? Articles and refusals, each with its file and place.

A reader never raises on a bad record: it yields a :class:`Refusal` and goes on where it can.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.article import Article, Provenance
from corpus.message import Message


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as a reader understood it, with where it came from.

    Attributes:
        raw: the record's bytes, all of them; what the archive keeps, and cleaning starts from again.
    """

    article: Article
    provenance: Provenance
    raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be taken.

    Attributes:
        file, place: where it stands, as in :class:`~corpus.article.Provenance`.
        reason: a stable code ("bad-json", "no-title", "duplicate-id", …).
        message: the sentence for a person: what, the value, the remedy.
        raw: the record's bytes, cut after ``MAX_RAW_BYTES``.
        raw_sha256: hex digest of all its bytes.
        origin: as in :class:`~corpus.article.Provenance`.
    """

    file: str
    place: str
    reason: str
    message: Message
    raw: bytes
    raw_sha256: str
    origin: Mapping[str, object] = field(default_factory=dict)


MAX_RAW_BYTES = 1_000_000

Record = Reading | Refusal
