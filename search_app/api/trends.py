"""Which series over time does an address ask for? What ``/timeline`` takes beside a selection."""

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from flask import request

from corpus.message import say
from indexer.facets import FacetName
from search_app.answer.archive.held import HOME_MONTHS
from search_app.answer.counting.series import MOST_QUERIES, SPLITS, Measure, Scale, Trend, TrendRequest
from search_app.answer.periods import TimeUnit
from search_app.answer.selection import Selection
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.parameter_schemas import TrendParameters, names_of
from search_app.api.parameters import Values, search_request

WITH, UNIT, COUNT, SCALE, SPLIT = "with", "unit", "count", "scale", "split"
Choice = TypeVar("Choice", bound=StrEnum)
_NAMES = names_of(TrendParameters)
"""Where none of them is given, what the archive holds is shown as the home page shows it."""


def trend_request(values: Values) -> TrendRequest:
    """What an address asks for.

    Raises:
        ParameterError: a value that cannot be.
    """
    asked = read_trend(search_request(values).selection, values)
    return asked if any(name in _NAMES for name in values) else replace(asked, most_months=HOME_MONTHS)


def read_trend(selection: Selection, values: Values) -> TrendRequest:
    """What is asked for beside a selection.

    Raises:
        ParameterError: a value that cannot be.
    """
    others = tuple(filter(str.strip, values.getlist(WITH)))
    if len(others) >= MOST_QUERIES:
        raise ParameterError.too_many(WITH, len(others), MOST_QUERIES - 1)
    split = _chosen(values, SPLIT, FacetName, SPLITS)
    if split and others:
        raise ParameterError(
            say(
                "{name} is “{value}”, and several queries are given; one can be split: leave out {other}",
                name=SPLIT,
                value=split.value,
                other=WITH,
            )
        )
    return TrendRequest(
        selection,
        others,
        _chosen(values, UNIT, TimeUnit),
        _chosen(values, COUNT, Measure) or Measure.ARTICLES,
        _chosen(values, SCALE, Scale) or Scale.ABSOLUTE,
        split,
    )


def trend_of_request() -> Trend:
    """The series that the address of the request asks for.

    Raises:
        ParameterError: a value that cannot be.
        UserError: a query is past a stated limit, or there are too many periods.
    """
    return current_service().trends.trend(trend_request(request.args))


def _chosen(
    values: Values, name: str, choices: type[Choice], some: tuple[Choice, ...] | None = None
) -> Choice | None:
    value = (values.getlist(name) or [""])[0].strip()
    allowed = some or tuple(choices)
    if value and value not in allowed:
        raise ParameterError.choice(name, value, allowed)
    return choices(value) if value else None
