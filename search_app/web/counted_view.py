"""How does a view of counts link to itself? With another order or page, as CSV and JSON, and to be cited.

Its own links keep what was typed; links to its data, and the one that cites it, carry the query as
understood, so that an import in between cannot cut it otherwise.
"""

from dataclasses import dataclass

from flask import current_app, request, url_for

from search_app.api.view_pins import PinnedView
from search_app.web.address import Address, Pair, encoded
from search_app.web.interfaces import data_parameters
from search_app.web.route import route_of


@dataclass(frozen=True, slots=True)
class CountedView:
    """A view of counts, with what its address asks for.

    Attributes:
        endpoint: its page.
        address: the selection.
        own: the parameters that the view alone has, and their values; empty ones are left out.
        understood: the address with its queries as understood.
        understood_own: the same of ``own``.
        pinned: how it is asked for, so that it answers the same for ever.
        change: the change of the archive that the index answered for.
    """

    endpoint: str
    address: Address
    own: dict[str, str]
    understood: Address
    understood_own: dict[str, str]
    pinned: PinnedView
    change: int

    def href(self, **changed: str) -> str:
        """This view with some of its own parameters changed; an empty value leaves one out; on page 1."""
        own = {name: value for name, value in (self.own | changed).items() if value}
        return self._href("", (*self.address.without().pairs, *own.items()))

    @property
    def csv(self) -> str:
        """All of it as CSV."""
        return self._href("csv", self._understood())

    @property
    def json(self) -> str:
        """This page of it as JSON."""
        return self._href("json", (*self._understood(), *self._page()))

    @property
    def cited(self) -> str:
        """This page of it as it stands now, whatever is imported later."""
        return cited_href(self.endpoint, self.pinned)

    def _understood(self) -> tuple[Pair, ...]:
        return (*self.understood.pairs, *self.understood_own.items())

    def _page(self) -> tuple[Pair, ...]:
        return _given("page")

    def _href(self, form: str, pairs: tuple[Pair, ...]) -> str:
        route = route_of(current_app, self.endpoint)
        path = url_for(route.twins_endpoint, form=form) if form else url_for(self.endpoint)
        return path + data_parameters(pairs, route, form)


def cited_href(endpoint: str, pinned: PinnedView) -> str:
    """The link to this page of a view as it stands now, whatever is imported later."""
    honoured = route_of(current_app, endpoint).honoured()
    said = dict(pinned.own)
    window = [pair for name in ("size", "page") for pair in _given(name) if name in honoured - said.keys()]
    return f"{url_for(endpoint)}?{encoded([*pinned.parameters, *window])}"


def _given(name: str) -> tuple[Pair, ...]:
    value = request.args.get(name, "")
    return ((name, value),) if value else ()


def own_values(*names: str) -> dict[str, str]:
    """What the address of this request says of some parameters of a view."""
    return {name: value for name in names if (value := request.args.get(name, "").strip())}


def href_of_search(pairs: tuple[Pair, ...]) -> str:
    """The link to a page of results."""
    return f"{url_for('web.search')}?{encoded(pairs)}"
