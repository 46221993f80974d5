"""What answers at /oai? A document of OAI-PMH, also to what the protocol does not have."""

from urllib.parse import urlsplit

from flask import Response, request, url_for

from corpus.withdrawals import current_moment
from search_app.api.current import LANGUAGE, current_service, current_settings, current_translate
from search_app.api.public_address import needed_origin
from search_app.web.oai.arguments import ErrorCode, OaiRequest, ProtocolError
from search_app.web.oai.documents import Element, add_element, as_bytes, document
from search_app.web.oai.repository import Repository
from search_app.web.paths import current_paths

_NOBODY = "postmaster@khobao.invalid"
"""Nobody's address (RFC 2606), where none is known: the protocol demands one."""


def oai() -> Response:
    """The answer to a request, whose arguments are in the address or in a form.

    Raises:
        AddressUnknownError: the repository's own address is not known, which stands in every answer.
    """
    pairs = [*request.args.items(multi=True), *request.form.items(multi=True)]
    root = _answer(_repository(), [pair for pair in pairs if pair[0] != LANGUAGE])
    answer = Response(as_bytes(root), content_type="text/xml; charset=utf-8")
    if request.method == "POST":
        answer.cache_control.no_store = True
    return answer


def _answer(repository: Repository, pairs: list[tuple[str, str]]) -> Element:
    moment, said = current_moment(), dict[str, str]()
    try:
        asked = OaiRequest.read(pairs)
        said = asked.pairs
        root = document(repository.base_url, said, moment)
        repository.add_answer(root, asked)
    except ProtocolError as error:
        if error.code in {ErrorCode.BAD_VERB, ErrorCode.BAD_ARGUMENT}:
            said = {}  # as the protocol says: it may be nothing that the schema has
        root = document(repository.base_url, said, moment)
        add_element(root, "error", error.message.render(current_translate()), code=error.code)
    return root


def _repository() -> Repository:
    service, origin = current_service(), needed_origin()
    return Repository(
        service.harvesting,
        origin + url_for("harvest.oai"),
        origin + current_paths().article,
        current_settings().admin_email or _postmaster(origin),
        service.monitoring.archive_uuid(),
        service.monitoring.begun_at(),
    )


def _postmaster(origin: str) -> str:
    """Whom mail of a host's own troubles reaches (RFC 2142), where its name can stand in an address.

    >>> _postmaster("https://baochi.example.vn:8443"), _postmaster("http://127.0.0.1:8080")
    ('postmaster@baochi.example.vn', 'postmaster@khobao.invalid')
    """
    host = urlsplit(origin).hostname or ""
    is_name = "." in host and host.rpartition(".")[2].isalpha()
    return f"postmaster@{host}" if is_name else _NOBODY
