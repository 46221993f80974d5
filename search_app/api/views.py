"""Which addresses answer with JSON, and with what?"""

from dataclasses import replace

from flask import Response, current_app, jsonify, request

from search_app.answer.archive.next_steps import NO_INDEX, index_step
from search_app.api.concordances import concordance_request
from search_app.api.current import current_service, current_settings, current_translate
from search_app.api.described import answers, description
from search_app.api.faults import Fault, NotReadyError
from search_app.api.found import article_page, changes_page, coverage_of_request, typed_query, why_page
from search_app.api.parameter_schemas import (
    ArticleParameters,
    ChangesParameters,
    ConcordanceParameters,
    CoverageParameters,
    LanguageParameter,
    SearchParameters,
    SuggestParameters,
    TrendParameters,
)
from search_app.api.parameters import search_request
from search_app.api.trends import trend_of_request
from search_app.formats.answers.article import (
    ArticleAnswer,
    ChangesAnswer,
    ExplainAnswer,
    ExplainedArticle,
    ReadArticle,
)
from search_app.formats.answers.concordance import ConcordanceAnswer
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.search import SearchAnswer
from search_app.formats.answers.shape import AnswerSchema
from search_app.formats.answers.state import (
    AliveAnswer,
    CoverageAnswer,
    FaultAnswer,
    HealthAnswer,
    SuggestAnswer,
    Suggested,
)
from search_app.formats.answers.timeline import TimelineAnswer
from search_app.formats.server_paths import without_folder

HEALTH = "/healthz"


@answers(SearchParameters, SearchAnswer)
def search() -> Response:
    """A page of results."""
    page = current_service().searching.page(search_request(request.args))
    return _answer(SearchAnswer, page)


@answers(TrendParameters, TimelineAnswer)
def timeline() -> Response:
    """A search over time: what is found and what is held, period by period."""
    return _answer(TimelineAnswer, trend_of_request())


@answers(ArticleParameters, ArticleAnswer)
def article(article_id: str) -> Response:
    """An article with all its fields."""
    return _answer(ArticleAnswer, ReadArticle(article_page(article_id), typed_query()))


@answers(ArticleParameters, ExplainAnswer)
def explain(article_id: str) -> Response:
    """Why an article scores what it scores for a query."""
    return _answer(ExplainAnswer, ExplainedArticle(why_page(article_id), typed_query()))


@answers(ConcordanceParameters, ConcordanceAnswer)
def concordance() -> Response:
    """A page of the hits of a selection, each with what is left and right of it, or of their neighbours."""
    return _answer(ConcordanceAnswer, current_service().concordances.page(concordance_request(request.args)))


@answers(CoverageParameters, CoverageAnswer)
def coverage() -> Response:
    """What the archive holds by source and day, and what was refused."""
    return _answer(CoverageAnswer, coverage_of_request())


@answers(ChangesParameters, ChangesAnswer)
def changes(article_id: str) -> Response:
    """What an article changed of the first print of its story, or of the one it is held against."""
    return _answer(ChangesAnswer, changes_page(article_id))


@answers(SuggestParameters, SuggestAnswer)
def suggest() -> Response:
    """What may be meant by what was typed so far; the same for a minute."""
    typed = typed_query()
    return _answer(SuggestAnswer, Suggested(typed, current_service().suggesting.suggest(typed)))


def openapi() -> Response:
    """The description of the API: OpenAPI 3.1."""
    return jsonify(description(current_app, current_settings().url))


@answers(LanguageParameter, HealthAnswer)
def health() -> Response:
    """Whether searches can be answered."""
    status = current_service().monitoring.status()
    if status.indexed is None:
        raise NotReadyError(NO_INDEX.code, NO_INDEX.message)
    trouble = status.trouble and without_folder(status.trouble, current_settings().data)
    return _answer(HealthAnswer, replace(status, trouble=trouble))


@answers(LanguageParameter, AliveAnswer)
def alive() -> Response:
    """Whether the process answers at all; nothing is read for it."""
    return _answer(AliveAnswer, None)


@answers(LanguageParameter, HealthAnswer)
def ready() -> Response:
    """Whether searches are answered from the newest state of the archive."""
    status = current_service().monitoring.status()
    step = index_step(status)
    if step is not None:
        raise NotReadyError(step.code, step.message)
    return _answer(HealthAnswer, status)


def fault_answer(fault: Fault) -> tuple[Response, int]:
    """An error as JSON."""
    response = _answer(FaultAnswer, fault)
    response.headers.update(fault.headers)
    return response, fault.status


def is_ours(path: str) -> bool:
    """Whether an address, known or not, is answered in JSON."""
    suffixes = (".json", ".jsonl")
    return path.startswith((HEALTH, "/metrics", "/api/")) or path.endswith(suffixes) or path == "/oai"


def _answer(answer: type[AnswerSchema], value: object) -> Response:
    return jsonify(dump(answer, value, current_translate()))
