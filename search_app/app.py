"""How is the web app put together? Here alone: blueprints, security headers, error handlers and limits.

The order of the registrations matters: Flask calls functions of ``after_request`` last first, so what is
registered first sees the response last.
"""

from dataclasses import replace
from functools import partial
from types import TracebackType

from flask import Flask, Response, request
from flask_compress import Compress
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    XContentTypeOptions,
)
from werkzeug.exceptions import HTTPException, RequestURITooLarge
from werkzeug.routing import BaseConverter

from corpus.errors import ReportableError
from indexer.budget import lift
from search_app.answer.service import Service
from search_app.api import views as api
from search_app.api.current import LANGUAGE, Deployment, attach, check_language, current_settings
from search_app.api.faults import fault_of
from search_app.api.limits import SteadyResponse, take_turns
from search_app.api.public_address import keep_to_address
from search_app.formats.server_paths import without_folder
from search_app.language import LANGUAGES
from search_app.serving.limits import Limits
from search_app.settings import Settings
from search_app.turns import Turns
from search_app.web import logs
from search_app.web import views as web
from search_app.web.freshness import keep_fresh
from search_app.web.observing import UNKNOWN, Observer, note_fault, observe
from search_app.web.packed_streams import BROTLI_QUALITY, pack_stream
from search_app.web.paths import quoted_id
from search_app.web.route import Evaluation, current_route
from search_app.web.routes import register

ExcInfo = tuple[type[BaseException], BaseException, TracebackType]

_LIMITS = Limits()
"""Of the server that is ours; the app keeps to their sizes under any other, too."""

_COOKIE_SECONDS = 365 * 24 * 60 * 60


_COMPRESSED = [
    "text/html", "text/csv", "text/plain", "text/xml", "application/json", "application/xml",
    "application/atom+xml", "application/opensearchdescription+xml", "application/x-suggestions+json",
    "application/jsonl", "application/x-research-info-systems", "application/x-bibtex",
    "application/vnd.citationstyles.csl+json",
]  # fmt: skip
"""Media types of responses that are compressed where the client accepts it. Style sheets, scripts and fonts
are not among them: search_app.web.static_files compresses each of them once."""


class ArticleIdConverter(BaseConverter):
    """Matches an article's id in a path, or an identifier that ends in one.

    An id may hold any character, also leading and doubled slashes.
    """

    regex = ".+"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The id, percent-encoded as in every link to an article."""
        return quoted_id(value)


def create_app(service: Service, settings: Settings, turns: Turns | None = None) -> Flask:
    """The web app of a service.

    Args:
        turns: limit how many requests of this process are evaluated at the same time.
    """
    app = _App(__name__, static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=_LIMITS.body_bytes,
        COMPRESS_MIMETYPES=_COMPRESSED,
        COMPRESS_BR_LEVEL=BROTLI_QUALITY,
        COMPRESS_STREAMS=False,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the same
    app.url_map.converters |= {"article": ArticleIdConverter, "identifier": ArticleIdConverter}
    app.url_map.merge_slashes = False
    _Compress(app)  # registered first, so that it compresses the response that all others have finished
    attach(app, Deployment(service, settings))
    keep_to_address(app, settings.url)
    take_turns(app, settings.query_seconds, turns or Turns(), _waits)
    app.before_request(_check_request)
    app.before_request(_lift_budget)
    keep_fresh(app)
    app.after_request(_keep_language)
    app.after_request(_secure)
    app.register_error_handler(ReportableError, _answer_error)
    app.register_error_handler(HTTPException, _answer_error)
    register(app)
    _observe(app, settings)  # last, so that its time is that of all others too
    return app


class _Compress(Compress):
    """Compresses responses, those too that are sent in pieces, but for those whose pieces must not wait."""

    def after_request(self, response: Response | None) -> Response:
        """Called by Flask with what is answered."""
        answer = super().after_request(response)
        return answer if isinstance(answer, SteadyResponse) else pack_stream(answer, _COMPRESSED)


class _App(Flask):
    """Flask, with a log of faults that says nothing of what was asked."""

    def log_exception(self, exc_info: ExcInfo | tuple[None, None, None]) -> None:
        """Called by Flask with a fault of the program, which it answers with 500."""
        error = exc_info[1]
        if error is not None:
            route = request.endpoint or UNKNOWN
            logs.log_fault(error, route, logs_queries=current_settings().logs_queries)


def _observe(app: Flask, settings: Settings) -> None:
    """Counts and logs the requests of an app."""
    # Reads the environment when it is imported, which search_app.cli.metrics_folder sets before.
    from search_app.web.prometheus import process_counts  # noqa: PLC0415

    observers: list[Observer] = [process_counts().observe]
    if settings.logs_requests:
        observers.append(logs.request_log(logs_queries=settings.logs_queries))
    observe(app, observers, partial(logs.log_fault, logs_queries=settings.logs_queries))


_HEADERS = Secure(
    csp=ContentSecurityPolicy()
    .default_src("'none'")
    .style_src("'self'")
    .script_src("'self'")
    .img_src("'self'")
    .font_src("'self'")
    .connect_src("'self'")
    .form_action("'self'")
    .base_uri("'none'")
    .frame_ancestors("'none'"),
    coop=CrossOriginOpenerPolicy().same_origin(),
    corp=CrossOriginResourcePolicy().same_origin(),
    permissions=PermissionsPolicy().camera().geolocation().microphone().payment().usb().browsing_topics(),
    referrer=ReferrerPolicy().same_origin(),
    xcto=XContentTypeOptions().nosniff(),
)


def _check_request() -> None:
    if len(request.query_string) > _LIMITS.head_bytes:
        raise RequestURITooLarge
    check_language()


def _waits() -> bool:
    """Whether this request waits for its turn."""
    route = current_route()
    return route is None or not route.is_prompt


def _lift_budget() -> None:
    """What is taken away whole takes as long as it takes."""
    route = current_route()
    if route and route.evaluation is Evaluation.UNLIMITED:
        lift()


def _keep_language(response: Response) -> Response:
    """Stores the language of the request's parameter in a cookie, so that later pages have it too.

    Every response varies by that cookie, and says so to caches.
    """
    response.vary.add("Cookie")
    asked = request.args.get(LANGUAGE)
    if asked in LANGUAGES:
        response.set_cookie(
            LANGUAGE, asked, _COOKIE_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response


def _secure(response: Response) -> Response:
    _HEADERS.set_headers(response)
    return response


def _answer_error(error: ReportableError | HTTPException) -> tuple[Response, int]:
    fault = fault_of(error)
    note_fault(fault.code)
    fault = replace(fault, message=without_folder(fault.message, current_settings().data))
    return api.fault_answer(fault) if api.is_ours(request.path) else web.fault_answer(fault)
