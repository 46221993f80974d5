"""What is true of an address, beside what it answers? A row of search_app.web.routes, found for each request.

Whoever serves an address looks its facts up here: which other forms it has, how long an answer may be kept,
whether its query has a budget, whether crawlers read it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

from search_app.api.parameters import SPREADSHEET
from search_app.formats.table import Table, TableForm
from search_app.web.link_header import Link

TWINS = ("json", "csv", "jsonl")
"""The suffixes of an address by which its rows are had."""

_KEY = "khobao-routes"
_NAMES = "khobao-parameters"

Parameters = frozenset[str]
"""Names of parameters."""

View = Callable[..., ResponseReturnValue]


def _no_links(_form: TableForm, _spreadsheet: bool) -> Iterable[Link]:
    return ()


class NamedTable(NamedTuple):
    """What a page shows, as rows.

    Attributes:
        name: of the file that holds them.
        headers: what is said beside the rows.
        links: what belongs to the file of a form, which may be for spreadsheets.
        begins: whether these are the first rows.
    """

    table: Table
    name: str
    headers: Mapping[str, str] = {}
    links: Callable[[TableForm, bool], Iterable[Link]] = _no_links
    begins: bool = True


class Evaluation(Enum):
    """Whether an address evaluates a query."""

    NOTHING = "evaluates none"
    BUDGETED = "evaluates one, within the budget"
    UNLIMITED = "evaluates one, however long it takes"


class Freshness(Enum):
    """When an answer that is kept has to be asked for again."""

    STATE = "where the archive or the index has changed since: it has an ETag of both"
    MINUTE = "after a minute"
    ITS_OWN = "as its view says"
    ALWAYS = "always: it is never kept"


@dataclass(frozen=True, slots=True)
class Route:
    """An address, or several that answer the same.

    Attributes:
        endpoint: the name by which links to it are made (``url_for``).
        rules: its addresses, as Flask writes them.
        view: what answers; None: it is had as JSON, CSV and JSON lines only.
        table: makes the rows of the same, for its CSV and its JSON lines, and for its JSON where ``json`` is
            None. They have the address with the suffix ``.csv``, ``.jsonl`` or ``.json``. It takes what the
            view takes.
        json: the view of the API that answers the same.
        parameters: those that it honours (search_app.web.interfaces); every other one of ours is refused.
        json_parameters, csv_parameters: the same for its JSON and CSV, where it has them. JSON lines take
            what CSV takes, but for spreadsheets.
        has_own_errors: its protocol has an answer to what it does not honour, which its view gives.
        takes_forms: what is asked may also be sent as a form (POST).
        is_prompt: it is answered at once, without a turn (search_app.turns), for those who watch a server.
        hidden: the beginning of its address that crawlers are told to leave alone; empty: they may read it.
    """

    endpoint: str
    rules: tuple[str, ...]
    view: View | None
    evaluation: Evaluation
    freshness: Freshness = Freshness.STATE
    table: Callable[..., NamedTable] | None = None
    json: Callable[..., Response] | None = None
    parameters: Parameters = frozenset()
    json_parameters: Parameters = frozenset()
    csv_parameters: Parameters = frozenset()
    hidden: str = ""
    is_prompt: bool = False
    has_own_errors: bool = False
    takes_forms: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Its forms by their suffixes; the one without is "", which an address may lack."""
        return (*([""] if self.view else []), *(TWINS if self.table else ()))

    def honoured(self, form: str = "") -> Parameters:
        """The parameters that one of its forms honours, but for the language, which all do."""
        return {
            "": self.parameters,
            "json": self.json_parameters,
            "csv": self.csv_parameters,
            "jsonl": self.csv_parameters - {SPREADSHEET},
        }[form]

    @property
    def twins_endpoint(self) -> str:
        """The name of its JSON, CSV and JSON lines, where they have an address of their own."""
        return f"twins.{self.endpoint.partition('.')[2]}"


def attach_routes(app: Flask, routes: Iterable[Route]) -> None:
    """Lets every request of an app find its row."""
    by_endpoint = {}
    names: set[str] = set()
    for route in routes:
        names.update(*map(route.honoured, route.forms))
        by_endpoint[route.endpoint] = route
        if route.table is not None:
            by_endpoint[route.twins_endpoint] = route
    app.extensions[_KEY] = by_endpoint
    app.extensions[_NAMES] = frozenset(names)


def parameters_of(app: Flask) -> Parameters:
    """Every parameter that some address of an app honours: those that are ours."""
    names: Parameters = app.extensions[_NAMES]
    return names


def route_of(app: Flask, endpoint: str) -> Route:
    """The row of an endpoint."""
    routes: dict[str, Route] = app.extensions[_KEY]
    return routes[endpoint]


def find_route(app: Flask, endpoint: str) -> Route | None:
    """The row of an endpoint; None where there is none."""
    routes: dict[str, Route] = app.extensions[_KEY]
    return routes.get(endpoint)


def current_route() -> Route | None:
    """The row of this request; None where nothing stands at its address."""
    routes: dict[str, Route] = current_app.extensions[_KEY]
    return routes.get(request.endpoint or "")


def hidden_beginnings() -> list[str]:
    """The beginnings of addresses that crawlers are told to leave alone, each once, in the table's order."""
    routes: dict[str, Route] = current_app.extensions[_KEY]
    return list(dict.fromkeys(route.hidden for route in routes.values() if route.hidden))
