"""How is a result taken away with its proof? As a package (search_app.web.packing), streamed."""

from flask import Response, request

from search_app.api.current import current_language, current_service
from search_app.api.exported import file_by_form
from search_app.api.limits import paced, prepare_stream
from search_app.api.parameters import search_request
from search_app.api.receipts import check_asked_again
from search_app.formats.exports.columns import extras_of
from search_app.web.export import layout_of, result_headers
from search_app.web.packing import PackedResult, package_pieces
from search_app.web.search_citations import citations_of, search_identifier


def package() -> Response:
    """The result of a search in a form, with its receipt, its chart and a page: a BagIt bag in a zip.

    It is taken away whole, however long that takes: it has no budget, only its turns.
    """
    prepare_stream()
    file, service = file_by_form(request.args), current_service()
    found = service.exporting.export(search_request(request.args).selection, extras_of(file.columns))
    check_asked_again(found.facts)
    layout, archive = layout_of(found, file), service.monitoring.archive_uuid()
    identifier, citations = search_identifier(archive, found.facts), citations_of(found.facts)
    packed = PackedResult(found, file.form, layout, current_language(), identifier, citations)
    headers = {
        "Content-Disposition": f"attachment; filename={packed.name}",
        **result_headers(found.facts),
    }
    return paced(package_pieces(service, packed), media_type="application/zip", headers=headers)
