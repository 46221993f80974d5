"""Which fields has an article? A row for each: what its value is, and what an archive does with it.

corpus.article holds the values, and a test holds both alike. What people see of a field stands in
search_app.fields, what a query finds by it in indexer.fields.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class FieldKind(Enum):
    """What the value of a field is."""

    ID = "the article's own name"
    LINE = "a text of at most MAX_FIELD_CHARACTERS"
    NAMES = "several texts, each at most so long"
    TEXT = "a text; all texts of an article have together at most MAX_TEXT_CHARACTERS"
    TEXTS = "several texts, which count so together"
    DATE = "a date of publication"
    NUMBERS = "whole numbers"

    @cached_property
    def is_several(self) -> bool:
        """Whether it has several values."""
        return self in {FieldKind.NAMES, FieldKind.TEXTS, FieldKind.NUMBERS}

    @cached_property
    def is_short(self) -> bool:
        """Whether each of its values is a line."""
        return self in {FieldKind.LINE, FieldKind.NAMES}

    @cached_property
    def is_long(self) -> bool:
        """Whether its values count towards the length of the article."""
        return self in {FieldKind.TEXT, FieldKind.TEXTS}


@dataclass(frozen=True, slots=True)
class ArticleField:
    """A field of an article.

    Attributes:
        name: of the attribute; records may have other names for it (corpus.readers.records).
        is_digested_empty: whether it is part of the digest where it is empty, as the first fields are. Of any
            later field it is not: else every digest would change, and every article become a new version.
    """

    name: str
    kind: FieldKind
    is_digested_empty: bool = True


FIELDS = (
    ArticleField("id", FieldKind.ID),
    ArticleField("title", FieldKind.LINE),
    ArticleField("lede", FieldKind.TEXT),
    ArticleField("paragraphs", FieldKind.TEXTS),
    ArticleField("captions", FieldKind.TEXTS),
    ArticleField("caption_places", FieldKind.NUMBERS, is_digested_empty=False),
    ArticleField("url", FieldKind.LINE),
    ArticleField("source", FieldKind.LINE),
    ArticleField("section", FieldKind.LINE),
    ArticleField("authors", FieldKind.NAMES),
    ArticleField("published", FieldKind.DATE),
    ArticleField("tags", FieldKind.NAMES),
    ArticleField("related", FieldKind.TEXTS),
)

SHORT = tuple(field for field in FIELDS if field.kind.is_short)
LONG = tuple(field for field in FIELDS if field.kind.is_long)
TEXTUAL = tuple(field for field in FIELDS if field.kind.is_short or field.kind.is_long)
"""Those whose characters are looked at; an id has a rule of its own."""


def fields_of(*kinds: FieldKind) -> tuple[str, ...]:
    """The names of the fields of some kinds.

    >>> fields_of(FieldKind.NAMES, FieldKind.DATE)
    ('authors', 'published', 'tags')
    """
    return tuple(field.name for field in FIELDS if field.kind in kinds)
