"""How are results taken away? Every matching article as a file, in the order shown, none left out.

A file is taken whole, or in parts, each of which says where the next begins: laid end to end they are the
whole, whatever is imported between them.
"""

from collections.abc import Callable
from functools import partial
from itertools import chain, islice

from flask import Response, request

from search_app.answer.exporting.exporting import Export
from search_app.answer.exporting.facts import ResultFacts
from search_app.api.current import current_service
from search_app.api.exported import AskedFile, AskedPart, asked_file, asked_part
from search_app.api.limits import paced, prepare_stream
from search_app.api.parameters import search_request
from search_app.api.public_address import absolute_address
from search_app.formats.exports.columns import extras_of
from search_app.formats.exports.forms import ExportForm, Layout, goes_on, media_type_of, write_export
from search_app.formats.file_names import result_name
from search_app.web.article_addresses import article_addresses
from search_app.web.export_links import file_href, part_headers, part_parameters, receipt_href
from search_app.web.link_header import NEXT, PROOF, Link, link_header
from search_app.web.paths import current_paths
from search_app.web.view_rows import undated_headers

_BEGUN = 2
"""The head and the first row: the archive is asked before the answer begins: rows are of the ETag's state."""


def exported_as(form: ExportForm) -> Callable[[], Response]:
    """What answers with all matching articles in a form."""
    return partial(export_answer, form)


def export_answer(form: ExportForm) -> Response:
    """All matching articles in a form, taken away whole or in parts.

    However long that takes: it has no budget, only its turns.
    """
    prepare_stream()
    file = asked_file(form, request.args)
    part = asked_part(request.args) if goes_on(form) else AskedPart()
    selection = search_request(request.args).selection
    found = current_service().exporting.export(selection, extras_of(file.columns), part.cursor, part.rows)
    headers = {
        "Content-Disposition": f"attachment; filename={_name(found, form)}",
        **result_headers(found.facts),
        **part_headers(found.next),
        **link_header(_links(found, file, part)),
    }
    pieces = write_export(form, layout_of(found, file), found.rows)
    begun = list(islice(pieces, _BEGUN))
    return paced(chain(begun, pieces), media_type=media_type_of(form), headers=headers)


def layout_of(found: Export, file: AskedFile) -> Layout:
    """How the rows of an export are written."""
    archive = current_service().monitoring.archive_uuid()
    begun = absolute_address(current_paths().article) or ""
    addresses = article_addresses(archive, begun, found.facts.day)
    is_end = found.until == len(found.ids)
    return Layout(addresses, file.columns, file.spreadsheet, found.after, ends=is_end)


def _name(found: Export, form: ExportForm) -> str:
    """Of the file; that of a part says which rows it has."""
    is_whole = found.until - found.after == len(found.ids)
    part = "" if is_whole else f"rows{found.after + 1}-{found.until}."
    return result_name(found.facts, part + form.value)


def _links(found: Export, file: AskedFile, part: AskedPart) -> list[Link]:
    """The part that follows, and what proves the whole file; none where it cannot be asked for again."""
    facts = found.facts
    if not facts.can_be_asked_again:
        return []
    proof = Link(receipt_href(facts.pinned, file), PROOF)
    if found.next is None:
        return [proof]
    following = file_href(facts.pinned, file, part_parameters(found.next, part.rows))
    return [Link(following, NEXT), proof]


def result_headers(facts: ResultFacts) -> dict[str, str]:
    """What is said of a result beside its rows."""
    counts = {
        "X-Total-Count": facts.rows,
        "X-Articles-Count": facts.articles,
        "X-Stories-Count": facts.stories,
        "X-Hits-Count": facts.hits,
        "X-Archive-Number": facts.change,
        "X-Stories-Number": facts.stories_number if facts.asked.collapse_stories else None,
        "X-Ids-SHA256": facts.ids_sha256,
    }
    said = {name: str(value) for name, value in counts.items() if value is not None}
    return said | undated_headers(facts.excluded_undated)
