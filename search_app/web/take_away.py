"""Which page offers a result in every form? It says what is taken, with which proof, and how it goes on.

What it links to is pinned and as understood, so that every file is of what the page says, whatever is
imported between the page and the file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from flask import current_app, request, url_for

from corpus.message import Message, say
from corpus.moment import VIETNAM
from indexer.facets import FacetName
from search_app.answer.exporting.pinning import can_be_pinned, pin_down
from search_app.answer.exporting.receipt import Parameters
from search_app.answer.pages import SearchPage, SearchRequest
from search_app.answer.selection import Selection
from search_app.api.current import current_language, current_service
from search_app.api.exported import AskedFile
from search_app.api.parameters import FORM, SPREADSHEET, STORIES, search_request, write_parameters
from search_app.api.view_pins import FACET
from search_app.api.view_tables import ViewAsked, ViewSummary, view_summary
from search_app.facets import FACETS
from search_app.formats.citations import Style
from search_app.formats.exports.columns import COLUMNS, USUAL
from search_app.formats.exports.forms import ExportForm, goes_on, has_columns
from search_app.formats.file_names import export_name
from search_app.formats.table import TableForm
from search_app.web.address import Address, current_address, encoded
from search_app.web.counting_links import TITLES
from search_app.web.export_links import ENDPOINTS, file_href, receipt_href, view_href, view_receipt_href
from search_app.web.facet_page import facet_named
from search_app.web.interfaces import data_parameters
from search_app.web.route import find_route
from search_app.web.templating import render
from search_app.web.view_rows import view_file_name

_PACKAGE = "export.package"

LONG = 5_000
"""Rows of a file that may take long, so that it can be fetched in parts, with progress."""
PART_ROWS = 10_000
"""Rows of such a part: each is searched for anew, which takes a second where an archive is large."""


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file that is offered.

    Attributes:
        meaning: for whom it is.
        name: of the file.
        in_parts: whether it can be fetched so, and may take long.
        receipt: the address of its receipt; empty: it has none.
    """

    title: Message
    meaning: Message
    href: str
    name: str = ""
    receipt: str = ""
    in_parts: bool = False


@dataclass(frozen=True, slots=True)
class CitationLink:
    """A file that cites the result."""

    title: Message
    href: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that can be chosen."""

    name: str
    title: Message
    is_usual: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What will be taken away; None for what is not known of it.

    Attributes:
        understood: the query as understood.
        expansions: what is searched besides.
        change, day: the change of the archive that it is of, and the day of that in Vietnam.
    """

    rows: int
    understood: str
    corrected: str
    expansions: Sequence[str]
    change: int
    day: date
    articles: int | None = None
    stories: int | None = None
    hits: int | None = None
    excluded_undated: int | None = None


_FORMS: Mapping[ExportForm, tuple[Message, Message]] = {
    ExportForm.CSV: (say("CSV, raw"), say("nothing is changed in it: for programs")),
    ExportForm.JSONL: (say("JSON lines"), say("an object a line: for programs")),
    ExportForm.TEXTS: (
        say("Texts in a zip"),
        say("a file of plain text each, with a table of them: for corpus tools"),
    ),
    ExportForm.RIS: (say("RIS"), say("for Zotero, EndNote, Mendeley")),
    ExportForm.BIBTEX: (say("BibTeX"), say("for LaTeX")),
    ExportForm.CSL: (say("CSL-JSON"), say("for Zotero and pandoc")),
}
_STYLES: Mapping[Style, Message] = {
    Style.VIETNAMESE: say("Vietnamese"),
    Style.APA: say("APA"),
    Style.CHICAGO: say("Chicago"),
    Style.RIS: say("RIS"),
    Style.BIBTEX: say("BibTeX"),
    Style.CSL: say("CSL-JSON"),
}
_SHEET = (say("CSV for spreadsheets"), say("opens in Excel and LibreOffice; no cell is run as a formula"))
_BAG = (
    say("Package with its proof"),
    say("BagIt: the CSV, its receipt, the ids, the chart over time, and a page that explains it"),
)


def take_away() -> str:
    """The articles of a search in every form."""
    address, asked = current_address(), search_request(request.args)
    page = current_service().searching.page(replace(asked, page=1, size=1, facets=()))
    selection, (linked, is_proven) = asked.selection, _linked(asked.selection, page)
    rows = page.stories if selection.collapse_stories else page.total
    named = partial(export_name, selection, rows, page.archive_number)
    return render(
        "take_away.html",
        address,
        title=None,
        taken=_of_search(page, rows),
        part_rows=PART_ROWS,
        offers=list(_offers(linked, named, is_proven=is_proven, is_long=rows > LONG)),
        choices=[ColumnChoice(name, column.title, name in USUAL) for name, column in COLUMNS.items()],
        hidden=list(write_parameters(SearchRequest(linked))),
        actions=list(_actions(is_proven=is_proven)),
        by_story=selection.collapse_stories,
        other_rows=_other_rows(page, address),
        back=address.href(),
        example=file_href(linked, AskedFile(ExportForm.CSV)),
        citations=list(_citations(selection, page)) if is_proven else [],
    )


def _citations(selection: Selection, page: SearchPage) -> Iterator[CitationLink]:
    """The files that cite the result: as typed, at the change that the page is of."""
    pairs = encoded(write_parameters(SearchRequest(replace(selection, as_of=page.archive_number))))
    for style, title in _STYLES.items():
        yield CitationLink(title, f"{url_for('export.citation', style=style.value)}?{pairs}")


def _linked(selection: Selection, page: SearchPage) -> tuple[Selection, bool]:
    """What the files are asked for by, pinned; and whether it is as understood, so that it can be proven.

    As understood it may be too long to be asked for.
    """
    change = page.archive_number
    pinned = pin_down(selection, page.understood, page.expansions, change, expands=page.expands)
    return (pinned, True) if can_be_pinned(pinned) else (replace(selection, as_of=change), False)


def _of_search(page: SearchPage, rows: int) -> Taken:
    used = (one.also for one in page.expansions if one.used)
    return Taken(
        rows,
        page.understood,
        page.searched_instead.text if page.searched_instead else "",
        tuple(dict.fromkeys(used)),
        page.archive_number,
        _day(page.archive_number),
        page.total,
        page.stories,
        page.hits_total,
        page.excluded_undated,
    )


def _day(change: int) -> date:
    return current_service().exporting.state(change).at.astimezone(VIETNAM).date()


def _offers(
    linked: Selection, named: Callable[[str], str], *, is_proven: bool, is_long: bool
) -> Iterator[FileOffer]:
    """Every form of the articles of a search; the one for readers first."""
    files = [AskedFile(ExportForm.CSV, USUAL, spreadsheet=True)]
    files += [AskedFile(form, USUAL if has_columns(form) else ()) for form in ExportForm]
    for file in files:
        receipt = receipt_href(linked, file) if is_proven else ""
        words = _SHEET if file.spreadsheet else _FORMS[file.form]
        in_parts = is_long and goes_on(file.form)
        yield FileOffer(*words, file_href(linked, file), named(file.form.value), receipt, in_parts)
    if find_route(current_app, _PACKAGE) is not None and is_proven:
        pairs = encoded((*write_parameters(SearchRequest(linked)), (SPREADSHEET, "1")))
        yield FileOffer(*_BAG, f"{url_for(_PACKAGE)}?{pairs}")


@dataclass(frozen=True, slots=True)
class FormButton:
    """A button of the form that chooses columns: where it leads, with which parameter besides."""

    title: Message
    href: str
    name: str = ""
    value: str = ""


def _actions(*, is_proven: bool) -> Iterator[FormButton]:
    csv, lines = (url_for(ENDPOINTS[form]) for form in (ExportForm.CSV, ExportForm.JSONL))
    yield FormButton(_SHEET[0], csv, SPREADSHEET, "1")
    yield FormButton(_FORMS[ExportForm.CSV][0], csv)
    yield FormButton(_FORMS[ExportForm.JSONL][0], lines)
    if not is_proven:
        return
    yield FormButton(_BAG[0], url_for(_PACKAGE))
    yield FormButton(say("Receipt of the raw CSV"), url_for("export.receipt"), FORM, ExportForm.CSV.value)


def _other_rows(page: SearchPage, address: Address) -> str:
    """The page with a row an article in place of a row a story, or the other way round; empty: the same."""
    if page.stories == page.total:
        return ""
    other = address.without(STORIES)
    if not page.request.selection.collapse_stories:
        other = other.setting(STORIES, "1")
    return url_for("export.page") + other.encoded()


def take_view_away(view: str) -> Callable[[], str]:
    """What answers with the page of the rows of a view."""
    return partial(_view_page, view, f"web.{view}", TITLES[f"web.{view}"])


def take_values_away(name: str) -> str:
    """The page of the values of a facet."""
    facet: FacetName = facet_named(name)
    return _view_page(FACET + facet.value, "web.facet", FACETS[facet].title, name=facet.value)


def _view_page(view: str, endpoint: str, title: Message, **variables: Any) -> str:
    """The rows of a view in every form."""
    found = view_summary(view, ViewAsked(request.args, current_service(), current_language()))
    route, pinned = find_route(current_app, endpoint), found.pinned
    kept = data_parameters(request.args.items(multi=True), route, "") if route else ""
    return render(
        "take_away.html",
        current_address(),
        title=title,
        taken=_of_view(found),
        part_rows=PART_ROWS,
        offers=list(_view_offers(view, found)),
        choices=(),
        hidden=(),
        actions=(),
        by_story=pinned.asked.collapse_stories,
        other_rows="",
        back=url_for(endpoint, **variables) + kept,
        example=view_href(view, pinned.parameters, TableForm.CSV, spreadsheet=False),
    )


def _of_view(found: ViewSummary) -> Taken:
    pinned, result = found.pinned, found.result
    return Taken(
        result.rows,
        pinned.pinned.query,
        pinned.corrected,
        tuple(one.also for one in pinned.expansions),
        found.change,
        _day(found.change),
        result.articles,
        result.stories,
        result.hits,
        result.excluded_undated,
    )


def _view_offers(view: str, found: ViewSummary) -> Iterator[FileOffer]:
    is_proven = can_be_pinned(found.pinned.pinned)
    asked: Parameters = found.pinned.parameters
    for form, spreadsheet in ((TableForm.CSV, True), (TableForm.CSV, False), (TableForm.JSONL, False)):
        words = _SHEET if spreadsheet else _FORMS[ExportForm(form.value)]
        receipt = view_receipt_href(view, asked, form, spreadsheet=spreadsheet) if is_proven else ""
        name = f"kho-bao-{view_file_name(view, found.result.rows, found.change)}.{form.value}"
        href = view_href(view, asked, form, spreadsheet=spreadsheet)
        yield FileOffer(*words, href, name, receipt, found.result.rows > LONG)
