"""What does the JSON of one article hold: read, explained, held against another, shown as it is kept?"""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from marshmallow import fields

from corpus.archived import ArchivedArticle
from corpus.article import Article
from corpus.fields import FieldKind
from corpus.published import Precision
from indexer.engine import ReasonKind
from indexer.places import Zone
from search_app.answer.archive.reprint_changes import ChangeKind
from search_app.answer.highlight import Fragment
from search_app.answer.pages import ArticlePage, WhyPage
from search_app.fields import SHOWN, ShownField
from search_app.formats.answers import shape
from search_app.formats.answers.parts import PartAnswer, PrintedAnswer, ProblemAnswer, StoryAnswer
from search_app.formats.answers.shape import AnswerSchema
from search_app.formats.server_paths import file_name


class ReadArticle(NamedTuple):
    """An article's page, and the query that it was asked with."""

    page: ArticlePage
    query: str

    @property
    def archived(self) -> ArchivedArticle:
        """The version shown."""
        return self.page.archived

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.page.archived.article


class ExplainedArticle(NamedTuple):
    """Why an article scores what it scores, and for which query."""

    page: WhyPage
    query: str


class _Marked(NamedTuple):
    """An article's texts, each as parts."""

    title: tuple[Fragment, ...]
    lede: tuple[Fragment, ...]
    paragraphs: list[tuple[Fragment, ...]]
    captions: list[tuple[Fragment, ...]]


def _marked(read: ReadArticle) -> _Marked | None:
    """The marked texts where a query is given."""
    if not read.query:
        return None
    zones: dict[Zone, list[tuple[Fragment, ...]]] = {zone: [] for zone in Zone}
    for text in read.page.texts:
        zones[text.zone].append(text.fragments())
    lede = next(iter(zones[Zone.LEDE]), ())
    return _Marked(zones[Zone.TITLE][0], lede, zones[Zone.BODY], zones[Zone.CAPTIONS])


def _file_name(archived: ArchivedArticle) -> str:
    return file_name(archived.provenance.file)


def _never(_read: ReadArticle) -> bool:
    return False


class OriginAnswer(AnswerSchema):
    """Where a version came from: what its import said."""

    file = shape.text("as given at the import", "provenance.file")
    place = shape.text("in the file", "provenance.place")
    raw_sha256 = shape.text("hex digest of the raw record", "provenance.raw_sha256")
    reader = shape.text("what read it", "provenance.reader")
    reader_version = shape.count("its version", "provenance.reader_version")
    imported_at = shape.text("UTC, ISO 8601", "provenance.imported_at")


class ProvenanceAnswer(OriginAnswer):
    """Where a version came from, as it is told to everybody."""

    file = shape.text("its name; a member of an archive follows !", _file_name)
    change = shape.count("number of the archive's change")


class MarkedAnswer(AnswerSchema):
    """The article's texts, matches marked."""

    title = shape.many(PartAnswer, "the title")
    lede = shape.many(PartAnswer, "the lede")
    paragraphs = shape.many(fields.List(fields.Nested(PartAnswer)), "each paragraph")
    captions = shape.many(fields.List(fields.Nested(PartAnswer)), "each caption")


def declared_field(field: ShownField, *, null: bool = True, required: bool = True) -> fields.Field[Any]:
    """A field of the article that a value has as its ``article``."""
    of = f"article.{field.name}"
    if field.kind is FieldKind.NUMBERS:
        return shape.many(fields.Int(), field.meaning, of, required=required)
    if field.kind.is_several:
        return shape.texts(field.meaning, of, required=required)
    path = f"{of}.text" if field.kind is FieldKind.DATE else of
    none = null and field.is_null_where_empty
    return shape.text(field.meaning, path, none=none, required=required)


def _declared_fields() -> Iterator[tuple[str, fields.Field[Any]]]:
    for field in SHOWN:
        yield field.name, declared_field(field)
        if field.kind is FieldKind.DATE:
            yield "precision", shape.one_of("of the date", Precision, f"article.{field.name}.precision")


class _ArticleFields(AnswerSchema):
    """All fields of an article."""

    class Meta(AnswerSchema.Meta):
        """The fields that the table says."""

        include: ClassVar[dict[str, fields.Field[Any]]] = dict(_declared_fields())


class ArticleAnswer(_ArticleFields):
    """An article."""

    version = shape.count("1, 2, 3 …", "archived.version")
    versions = shape.count("how many the archive keeps", "page.versions")
    withdrawn = shape.flag("always false: what is withdrawn is answered with 410", _never)
    provenance = shape.nested(ProvenanceAnswer, of="archived")
    query = shape.text("as typed; empty where none is")
    understood = shape.text("said back", "page.understood")
    problems = shape.many(ProblemAnswer, "of the query", "page.problems")
    hit_count = shape.count("marked places", "page.hit_count")
    story = shape.nested(StoryAnswer, "the prints of its text", "page.story", none=True)
    rights = shape.text(
        "what may be done with it, as set for its source; null: nothing is said",
        "page.rights.statement",
        none=True,
    )
    licence = shape.text("address of its licence; null: none is set", "page.rights.licence", none=True)
    marked = shape.nested(MarkedAnswer, "where a query is given", _marked, required=False)


class PieceAnswer(AnswerSchema):
    """A run of words."""

    text = shape.text("the original characters")
    changed = shape.flag("whether the other print does not have them")


class ChangeAnswer(AnswerSchema):
    """A passage of both prints."""

    kind = shape.one_of("what became of it", ChangeKind)
    first = shape.many(PieceAnswer, "as the first print has it")
    other = shape.many(PieceAnswer, "as the other has it")


class ChangesAnswer(AnswerSchema):
    """What one print changed of another."""

    first = shape.nested(PrintedAnswer)
    other = shape.nested(PrintedAnswer)
    changes = shape.many(ChangeAnswer, "the passages of both, in order")


class ReasonAnswer(AnswerSchema):
    """A part of a score."""

    label = shape.text("what was typed")
    why = shape.one_of("what speaks for the article", ReasonKind, "kind")
    frequency = shape.number("weighted by zone")
    rarity = shape.number("idf", "idf")
    share = shape.number("of the weight that counts", "boost")
    worth = shape.number("what it adds to the score", "value")


class ExplainAnswer(AnswerSchema):
    """Why an article scores what it scores."""

    query = shape.text("as typed")
    understood = shape.text("said back", "page.understood")
    id = shape.text("of the article", "page.explanation.id")
    title = shape.text("of the article", "page.title")
    score = shape.number("the sum of the worths", "page.explanation.score")
    length = shape.number("weighted syllables", "page.explanation.length")
    mean_length = shape.number("of all articles", "page.explanation.mean_length")
    reasons = shape.many(ReasonAnswer, "the parts", "page.explanation.reasons")
