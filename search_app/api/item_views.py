"""Which addresses answer with counts of items, and with what?"""

from flask import Response, jsonify, request

from search_app.api.current import current_service, current_translate
from search_app.api.described import answers
from search_app.api.item_requests import (
    collocation_request,
    comparison_request,
    keyword_request,
    ngram_request,
)
from search_app.api.parameter_schemas import (
    CollocationParameters,
    ComparisonParameters,
    KeywordParameters,
    NgramParameters,
)
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.items import (
    CollocationsAnswer,
    ComparisonAnswer,
    KeywordsAnswer,
    NgramsAnswer,
)
from search_app.formats.answers.shape import AnswerSchema


@answers(CollocationParameters, CollocationsAnswer)
def collocations() -> Response:
    """What stands near the hits of a query."""
    found = current_service().collocations.find(collocation_request(request.args))
    return _answer(CollocationsAnswer, found)


@answers(KeywordParameters, KeywordsAnswer)
def keywords() -> Response:
    """What stands in a selection more, or less, often than in the rest."""
    return _answer(KeywordsAnswer, current_service().keywords.find(keyword_request(request.args)))


@answers(NgramParameters, NgramsAnswer)
def ngrams() -> Response:
    """The word list, or the runs of words, of a selection."""
    return _answer(NgramsAnswer, current_service().ngrams.find(ngram_request(request.args)))


@answers(ComparisonParameters, ComparisonAnswer)
def compare() -> Response:
    """What two selections find alone and together, and the keywords of each."""
    return _answer(ComparisonAnswer, current_service().comparing.compare(comparison_request(request.args)))


def _answer(answer: type[AnswerSchema], value: object) -> Response:
    return jsonify(dump(answer, value, current_translate()))
