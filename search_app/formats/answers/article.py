"""What does the JSON of one article hold: read, explained, held against another, shown as it is kept?"""

from typing import NamedTuple

from marshmallow import fields

from corpus.archived import ArchivedArticle
from corpus.article import Article
from corpus.published import Precision
from indexer.engine import ReasonKind
from indexer.places import Zone
from search_app.answer.archive.reprint_changes import ChangeKind
from search_app.answer.highlight import Fragment
from search_app.answer.pages import ArticlePage, WhyPage
from search_app.formats.answers import shape
from search_app.formats.answers.parts import PartAnswer, PrintedAnswer, ProblemAnswer, StoryAnswer
from search_app.formats.answers.shape import AnswerSchema


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


class OriginAnswer(AnswerSchema):
    """Where a version came from: what its import said."""

    file = shape.text("as given at the import", "provenance.file")
    place = shape.text("in the file", "provenance.place")
    raw_sha256 = shape.text("hex digest of the raw record", "provenance.raw_sha256")
    reader = shape.text("what read it", "provenance.reader")
    reader_version = shape.count("its version", "provenance.reader_version")
    imported_at = shape.text("UTC, ISO 8601", "provenance.imported_at")


class ProvenanceAnswer(OriginAnswer):
    """Where a version came from."""

    change = shape.count("number of the archive's change")


class MarkedAnswer(AnswerSchema):
    """The article's texts, matches marked."""

    title = shape.many(PartAnswer, "the title")
    lede = shape.many(PartAnswer, "the lede")
    paragraphs = shape.many(fields.List(fields.Nested(PartAnswer)), "each paragraph")
    captions = shape.many(fields.List(fields.Nested(PartAnswer)), "each caption")


class ArticleAnswer(AnswerSchema):
    """An article."""

    id = shape.text("stable name", "article.id")
    title = shape.text("as published", "article.title")
    lede = shape.text("the summary above the text", "article.lede")
    paragraphs = shape.texts("the body", "article.paragraphs")
    captions = shape.texts("of pictures", "article.captions")
    caption_places = shape.many(
        fields.Int(),
        "for the first captions, how many paragraphs stand above each; the others' is not known",
        "article.caption_places",
    )
    related = shape.texts("page furniture, not searched", "article.related")
    source = shape.text("the newspaper", "article.source")
    section = shape.text("its section", "article.section")
    authors = shape.texts("as printed", "article.authors")
    published = shape.text("EDTF at the precision that is known", "article.published.text", none=True)
    precision = shape.one_of("of the date", Precision, "article.published.precision")
    tags = shape.texts("given by the newspaper", "article.tags")
    url = shape.text("of the original", "article.url", none=True)
    version = shape.count("1, 2, 3 …", "archived.version")
    versions = shape.count("how many the archive keeps", "page.versions")
    withdrawn = shape.flag("kept, and not searched", "archived.withdrawn")
    provenance = shape.nested(ProvenanceAnswer, of="archived")
    query = shape.text("as typed; empty where none is")
    understood = shape.text("said back", "page.understood")
    problems = shape.many(ProblemAnswer, "of the query", "page.problems")
    hit_count = shape.count("marked places", "page.hit_count")
    story = shape.nested(StoryAnswer, "the prints of its text", "page.story", none=True)
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
