"""What does the JSON of a concordance hold: its totals, what they are out of, and its lines or groups?"""

from indexer.counting import TokenUnit
from search_app.answer.counting.concordance import ConcordancePage
from search_app.answer.counting.grouping import Side
from search_app.answer.counting.line_order import LineSort
from search_app.answer.counting.lines import Line
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema

_OF = "totals.request"


def _zone(line: Line) -> str:
    return line.zone.name.lower()


def _zones(page: ConcordancePage) -> list[str]:
    return [zone.name.lower() for zone in page.totals.zones]


def _context(page: ConcordancePage) -> str:
    return "sentence" if page.totals.request.context.by_sentence else "syllables"


def _seed(page: ConcordancePage) -> str | None:
    return page.totals.request.seed if page.totals.request.sample else None


class LineAnswer(AnswerSchema):
    """A hit with what stands beside it."""

    id = shape.text("of the article", "article_id")
    version = shape.count("number of the version of the article")
    change = shape.count("of the archive that brought the version")
    title = shape.text("of the article")
    source = shape.text("newspaper", none=True)
    published = shape.text("EDTF", "published.text", none=True)
    zone = shape.text("title, lede, body or captions", _zone)
    paragraph = shape.count("number of the text in its zone, from 1")
    offset = shape.count(
        "of the hit's first character in title, lede, paragraphs and captions laid end to end, one character"
        " between two"
    )
    left = shape.text("what stands before the hit, in the characters of the article")
    hit = shape.text("the hit, the same")
    right = shape.text("what stands after it, the same")
    url = shape.text("address at the newspaper", none=True)


class GroupAnswer(AnswerSchema):
    """The hits that have one neighbour."""

    text = shape.text("the neighbour, in small letters; ¶: the paragraph begins or ends there")
    hits = shape.count("hits that have it")
    articles = shape.count("articles in which it stands there")


class ConcordanceAnswer(AnswerSchema):
    """A page of a concordance (``khobao concordance``)."""

    query = shape.text("as typed", f"{_OF}.selection.query")
    understood = shape.text("said back as it was understood", "totals.asked.understood.text")
    archive_number = shape.count("change of the archive that the answer is for", "totals.archive_number")
    hits = shape.count(
        "spans of matches, of the whole selection; null: the query has no words", "totals.hits", none=True
    )
    articles = shape.count("articles that match", "totals.articles")
    stories = shape.count("stories that these are", "totals.stories")
    stories_number = shape.count("change up to which stories are known", "totals.stories_number")
    by_story = shape.flag(
        "whether only the first print of each story counts", f"{_OF}.selection.collapse_stories"
    )
    once = shape.flag(
        "whether a body's beginning that repeats the lede does not count", f"{_OF}.selection.once"
    )
    zones = shape.texts("in which hits are counted, and whose syllables are held", _zones)
    held_articles = shape.count(
        "articles held under the same filters, without the query", "totals.held_articles"
    )
    held_syllables = shape.count("syllables of these in those zones", "totals.held_syllables")
    per_million = shape.number(
        "hits × 10^6 / held_syllables; null: nothing is held, or the query has no words",
        "totals.per_million",
        none=True,
    )
    context = shape.text("syllables or sentence", _context)
    left = shape.count("syllables before each hit", f"{_OF}.context.left")
    right = shape.count("syllables after it", f"{_OF}.context.right")
    sort = shape.one_of("order of the lines", LineSort, f"{_OF}.sort")
    sample = shape.count("hits that are drawn; null: all", f"{_OF}.sample", none=True)
    seed = shape.text("of the sample; null: all", _seed, none=True)
    group = shape.one_of(
        "on which side neighbours are counted, or chosen; null: on none", Side, f"{_OF}.group", none=True
    )
    unit = shape.one_of("the unit that is a neighbour", TokenUnit, f"{_OF}.unit")
    beside = shape.text("the neighbour that the lines have; null: any", f"{_OF}.beside", none=True)
    page = shape.count("from 1", f"{_OF}.page")
    size = shape.count("lines, or groups, a page", f"{_OF}.size")
    total = shape.count("lines, or groups, on all pages; /concordance.csv has all of them")
    total_lines = shape.count("hits of the sample that have the neighbour", "totals.lines")
    lines = shape.many(LineAnswer, "of this page, where no groups are asked for")
    groups = shape.many(GroupAnswer, "of this page: the most hits first")
