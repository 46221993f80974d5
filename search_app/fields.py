"""What do people see of an article's fields? One row for each: its title, its meaning, its place in tables.

What the value of a field is stands in corpus.fields. A new field is a row there and a row here: the JSON of
an article, its table, the export, the raw record's page and the changes between versions follow from both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus import fields as kept
from corpus.article import Article
from corpus.fields import FieldKind
from corpus.message import Message, say

_KINDS = {field.name: field.kind for field in kept.FIELDS}


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as people see it.

    Attributes:
        name: as in corpus.fields; JSON has it under this name.
        meaning: for the description of the API.
        title: of its changes from one version to another; None: it never changes.
        part: names one of its values in the table of an article; empty: its values stand there otherwise.
        column: of ``/search.csv``; empty: it has none.
        is_usual: whether the column stands there unless columns are chosen.
        is_null_where_empty: in the JSON of the API.
    """

    name: str
    meaning: str
    title: Message | None
    part: str = ""
    column: str = ""
    is_usual: bool = False
    is_null_where_empty: bool = False

    @property
    def kind(self) -> FieldKind:
        """What its value is."""
        return _KINDS[self.name]

    def texts(self, article: Article) -> tuple[str, ...]:
        """Its values as texts, each by itself; none where it is empty."""
        value = getattr(article, self.name)
        if self.kind.is_several:
            return tuple(map(str, value))
        return (str(value),) if str(value) else ()

    def cell(self, article: Article) -> str:
        """All of its values in one cell: names on one line, longer texts on a line each."""
        return ("; " if self.kind is FieldKind.NAMES else "\n").join(self.texts(article))


def _metadata(name: str, meaning: str, title: Message, part: str = "", *, null: bool = False) -> ShownField:
    """A field that an export has a column for, unless columns are chosen."""
    return ShownField(name, meaning, title, part or name, name, is_usual=True, is_null_where_empty=null)


SHOWN = (
    ShownField("id", "stable name", None, "id", "id", is_usual=True),
    _metadata("title", "as published", say("Title")),
    _metadata("lede", "the summary above the text", say("Lede")),
    ShownField("paragraphs", "the body", say("Text"), column="body"),
    ShownField("captions", "of pictures", say("Captions of the pictures"), column="captions"),
    ShownField(
        "caption_places",
        "for the first captions, how many paragraphs stand above each; the others' is not known",
        say("Paragraphs above each caption"),
    ),
    ShownField("related", "page furniture, not searched", say("Around the article"), "related"),
    _metadata("source", "the newspaper", say("Source")),
    _metadata("section", "its section", say("Section")),
    _metadata("authors", "as printed", say("Authors"), "author"),
    _metadata("published", "EDTF at the precision that is known", say("Published"), null=True),
    _metadata("tags", "given by the newspaper", say("Tags"), "tag"),
    _metadata("url", "of the original", say("Address"), null=True),
)
"""In the order of the JSON of an article."""


def in_order(*names: str) -> Iterator[ShownField]:
    """The fields of these names in this order, then all others: a list of before goes on with new fields.

    >>> [field.name for field in in_order("url", "title")][:3]
    ['url', 'title', 'id']
    """
    known = {field.name: field for field in SHOWN}
    yield from (known[name] for name in names)
    yield from (field for field in SHOWN if field.name not in names)
