"""How is a page had as JSON, CSV or JSON lines? By the suffix of its address, with the same parameters.

What the API answers for a page is its JSON; a page that has no counterpart there is a list of objects, a row
each. ``excel=1`` makes a CSV for spreadsheets (search_app.formats.table). Lists are whole here, however many
pages show them.
"""

from functools import wraps
from itertools import chain, islice

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from search_app.answer.archive.accounts import Missing
from search_app.api.current import current_service, current_translate
from search_app.api.found import article_page, changes_page, coverage_of_request, versions_of, why_page
from search_app.api.limits import paced
from search_app.api.parameters import for_spreadsheet
from search_app.formats.page_tables import (
    article_table,
    changes_table,
    coverage_table,
    facts_table,
    refusals_table,
    versions_table,
    why_table,
    withdrawals_table,
)
from search_app.formats.table import TABLE_TYPES, TableForm, json_rows, table_lines
from search_app.web.citations import kept_table
from search_app.web.link_header import link_header
from search_app.web.reading import kept_ids
from search_app.web.route import TWINS, NamedTable, Route, View
from search_app.web.withdrawn import kept_for_file, kept_or_withdrawn, said_withdrawal

_BEGUN = 2
"""The names of the columns and the first row."""


def with_suffixes(page: View, twins: View) -> View:
    """The page of one article, and its twins where a suffix stands behind the id.

    An archive's own id may end as a suffix does: it is that article then.
    """

    @wraps(page)
    def answer(article_id: str) -> ResponseReturnValue:
        name, _, form = article_id.rpartition(".")
        if form in TWINS and not any(kept_or_withdrawn([article_id])):
            return twins(form=form, article_id=name)
        return page(article_id=article_id)

    return answer


def twin_answer(route: Route, form: str, **names: str) -> Response:
    """What stands at an address, in another form; ``names`` are the variables of the address."""
    if form == "json" and route.json is not None:
        return route.json(**names)
    if route.table is None:
        raise AssertionError("only pages that have a table are registered with twins")
    found = route.table(**names)
    answer = jsonify(json_rows(found.table)) if form == "json" else _file(TableForm(form), found)
    answer.headers.update(found.headers)
    return answer


def _file(form: TableForm, found: NamedTable) -> Response:
    """A table as a file, whose name is ASCII."""
    spreadsheet = for_spreadsheet(request.args)
    headers = {
        "Content-Disposition": f"attachment; filename=kho-bao-{found.name}.{form.value}",
        **link_header(found.links(form, spreadsheet)),
    }
    lines = table_lines(form, found.table, spreadsheet=spreadsheet, begins=found.begins)
    begun = list(islice(lines, _BEGUN))  # the archive is asked now, so that the rows are of the ETag's state
    pieces = (line.encode() for line in chain(begun, lines))
    return paced(pieces, media_type=TABLE_TYPES[form], headers=headers)


def article(article_id: str) -> NamedTable:
    """An article, part by part."""
    return NamedTable(article_table(article_page(article_id)), "article")


def why(article_id: str) -> NamedTable:
    """The parts of a score."""
    return NamedTable(why_table(why_page(article_id)), "why")


def changes(article_id: str) -> NamedTable:
    """The passages of two prints."""
    return NamedTable(changes_table(changes_page(article_id)), "changes")


def versions(article_id: str) -> NamedTable:
    """The versions of an article."""
    withdrawn = current_service().withdrawals.of_versions(article_id)
    return NamedTable(versions_table(versions_of(article_id), withdrawn), "versions")


def basket() -> NamedTable:
    """The articles of a list of ids."""
    return NamedTable(kept_table(kept_for_file(kept_ids())), "basket")


def missing(what: str) -> NamedTable:
    """All articles without a year, or with hardly a text."""
    facts = current_service().accounts.all_missing(Missing(what), request.args.get("source"))
    return NamedTable(facts_table(facts), what)


def refused() -> NamedTable:
    """All refused records."""
    found = current_service().accounts.all_refusals(request.args.get("reason", ""))
    return NamedTable(refusals_table(found, current_translate()), "refused")


def coverage() -> NamedTable:
    """Articles by source and day."""
    return NamedTable(coverage_table(coverage_of_request()), "coverage")


def withdrawals() -> NamedTable:
    """All that is withdrawn, and says so."""
    every = current_service().withdrawals.every()
    said = [*map(said_withdrawal, every)]  # addresses are written while the request is there
    return NamedTable(withdrawals_table(said), "withdrawals")
