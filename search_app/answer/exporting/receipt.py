"""What proves a file that was exported? What was asked, of which state, by which program, and digests.

A receipt is made beside a file, kept with it, and read again when somebody wants to know whether the file is
whole, and whether the archive still gives the same (search_app.api.receipts).
"""

from dataclasses import dataclass

RECEIPT_VERSION = 1
ARTICLES = "articles"
"""The view whose rows are the articles of a result."""

MOST_LISTED = 10_000
"""Ids that stand in a receipt: of more rows the file itself tells which they are."""

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Programs:
    """Which program made a result; where the last four are the same, so is the order by relevance.

    Attributes:
        release: of Kho Báo.
        index_format, analyser: see indexer.engine.Manifest.
        segmenter: see indexer.text.words.
        ranking: see indexer.scoring.
    """

    release: str
    index_format: int
    analyser: str
    segmenter: str
    ranking: str


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """The file that is proven.

    Attributes:
        form: the end of its name ("csv").
        columns: those of its rows; empty where its form has none.
        spreadsheet: whether it is the form for spreadsheets.
        size: bytes.
        sha256: hex, of its bytes.
        address: what stands before an article's id in the permalinks that it holds; empty: it holds none. The
            same file is written anew with it.
    """

    name: str
    form: str
    columns: tuple[str, ...]
    spreadsheet: bool
    size: int
    sha256: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptResult:
    """The result that the file holds; None for what its view does not know.

    Attributes:
        rows: of the file.
        articles, stories, hits, stories_number, excluded_undated: see ResultFacts.
        ids_sha256, sorted_sha256: see ResultFacts; of the articles of the rows, where rows are of articles.
        ids: of the rows, in their order; None where there are more than MOST_LISTED.
        rows_sha256: SHA-256 of the rows as plain CSV with their head, without what was typed; of other views
            than articles.
    """

    rows: int
    articles: int | None = None
    stories: int | None = None
    hits: int | None = None
    stories_number: int | None = None
    excluded_undated: int | None = None
    ids_sha256: str | None = None
    sorted_sha256: str | None = None
    ids: tuple[str, ...] | None = None
    rows_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves a file.

    Attributes:
        archive: UUID of the archive.
        made_at: UTC, ISO 8601.
        view: ARTICLES, or the name of the view whose rows the file holds.
        query, understood: as typed, and as understood; the query that was searched where it was corrected.
        corrected: the correction that was searched in place of the typed query; empty: none.
        expansions: their texts.
        parameters: those of an address that asks for the same for ever, that of the view included.
        change, changed_at: the archive's change that the result is of, and when it happened: UTC, ISO 8601.
    """

    archive: str
    made_at: str
    view: str
    query: str
    understood: str
    corrected: str
    expansions: tuple[str, ...]
    parameters: Parameters
    change: int
    changed_at: str
    programs: Programs
    result: ReceiptResult
    file: ReceiptFile
