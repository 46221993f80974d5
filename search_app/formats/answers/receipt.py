"""What does the JSON of a receipt hold? The file that proves an export (``/search.receipt.json``)."""

from search_app.answer.exporting.receipt import ARTICLES, MOST_LISTED, RECEIPT_VERSION
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema
from search_app.query.grammar import GRAMMAR

_RESULT, _PROGRAMS, _FILE = "result", "programs", "file"


class ParameterAnswer(AnswerSchema):
    """A parameter of an address."""

    name = shape.text("of the parameter", of=lambda pair: pair[0])
    value = shape.text("its value", of=lambda pair: pair[1])


class ReceiptFileAnswer(AnswerSchema):
    """The file that a receipt proves."""

    name = shape.text("of the file; _n12_ in it says that it has 12 rows")
    form = shape.text("the end of its name")
    columns = shape.texts("of its rows; none where its form has none")
    spreadsheet = shape.flag("whether it is made for spreadsheets (excel=1)")
    size = shape.count("bytes")
    sha256 = shape.text("SHA-256 of its bytes, hex")
    address = shape.text("what stands before an article's id in its permalinks; empty: it has none")


class ExportReceiptAnswer(AnswerSchema):
    """What proves a file; ``khobao verify RECEIPT`` reads it."""

    receipt = shape.count(f"version of this form: {RECEIPT_VERSION}", lambda _receipt: RECEIPT_VERSION)
    archive = shape.text("UUID of the archive")
    made_at = shape.text("UTC, ISO 8601")
    view = shape.text(f"what the rows are: {ARTICLES}, or the name of a view that counts")
    query = shape.text("as typed")
    corrected = shape.text("the correction that was searched in place of it; null: none", none=True)
    understood = shape.text("said back as it was understood")
    grammar = shape.count("number of the grammar by which it was read", lambda _receipt: GRAMMAR)
    expansions = shape.texts("other spellings and names that were searched too")
    parameters = shape.many(
        ParameterAnswer, "of the address that asks for the same, whatever is imported later"
    )
    change = shape.count("of the archive that the result is of")
    changed_at = shape.text("when that change happened: UTC, ISO 8601")
    release = shape.text("of Kho Báo", f"{_PROGRAMS}.release")
    index_format = shape.count("format of the index", f"{_PROGRAMS}.index_format")
    analyser = shape.text("fingerprint of the analysis of texts", f"{_PROGRAMS}.analyser")
    segmenter = shape.text("name and version of what cuts words", f"{_PROGRAMS}.segmenter")
    ranking = shape.text("rules of the order by relevance", f"{_PROGRAMS}.ranking")
    rows = shape.count("of the file", f"{_RESULT}.rows")
    articles = shape.count("that match; null: the view does not say", f"{_RESULT}.articles", none=True)
    stories = shape.count("that these are; null: the same", f"{_RESULT}.stories", none=True)
    hits = shape.count(
        "in them; null: the query has no words, or the view does not say", f"{_RESULT}.hits", none=True
    )
    stories_number = shape.count(
        "change up to which stories were known", f"{_RESULT}.stories_number", none=True
    )
    excluded_undated = shape.count(
        "articles left out by a filter by date for lack of one; null: no such filter",
        f"{_RESULT}.excluded_undated",
        none=True,
    )
    ids_sha256 = shape.text(
        "SHA-256 of the rows' ids in their order, each followed by a line break; null: rows are no articles",
        f"{_RESULT}.ids_sha256",
        none=True,
    )
    sorted_sha256 = shape.text(
        "the same of these ids sorted by code points: of the set", f"{_RESULT}.sorted_sha256", none=True
    )
    ids = shape.texts(
        f"of the rows, in their order; left out where there are more than {MOST_LISTED:_}",
        lambda receipt: receipt.result.ids,
        required=False,
    )
    rows_sha256 = shape.text(
        "SHA-256 of the rows as plain CSV with their head, without the column query; null: rows are articles",
        f"{_RESULT}.rows_sha256",
        none=True,
    )
    file = shape.nested(ReceiptFileAnswer, "the file that is proven", _FILE)


class SignedReceiptAnswer(ExportReceiptAnswer):
    """The same as it is kept, with its digest of itself (search_app.api.receipts)."""

    receipt_sha256 = shape.text(
        "SHA-256 of all others as JSON with sorted keys and no white space: a change is seen by it"
    )
