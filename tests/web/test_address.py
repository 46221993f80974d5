"""Does every link show the state it says? Addresses, written as a browser's form would write them."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.api.parameters import search_request, write_parameters
from search_app.web.address import Address, encoded
from search_app.web.paths import Paths
from tests.web.html import read_html

PATHS = Paths("/", "/article/", "/why/", "/static/", changes="/changes/")
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
NAMES = st.sampled_from(
    ["q", "source", "section", "year", "month", "from", "to", "sort", "size", "page", "x"]
)
ADDRESSES = st.lists(st.tuples(NAMES, VALUES), max_size=8).map(lambda one: Address.of(MultiDict(one), PATHS))


@given(st.lists(st.tuples(VALUES, VALUES)))
def test_parameters_are_encoded_as_everybody_does(pairs: list[tuple[str, str]]) -> None:
    assert encoded(pairs) == urlencode(pairs)


@given(ADDRESSES)
def test_an_address_is_read_back(address: Address) -> None:
    read = MultiDict(parse_qsl(address.encoded()[1:], keep_blank_values=True))
    assert Address.of(read, PATHS) == address


@given(ADDRESSES, st.sampled_from(["source", "section", "year", "month"]), st.lists(VALUES))
def test_the_links_of_a_facet_are_the_states_with_a_value_toggled(
    address: Address, name: str, values: list[str]
) -> None:
    values += [value for key, value in address.pairs if key == name]
    assert list(address.toggles(name, values)) == [address.toggled(name, one).href() for one in values]


def test_a_value_is_let_go_in_whichever_spelling_it_was_chosen() -> None:
    address = Address(PATHS, (("q", "lũ"), ("g", "2"), ("source", "BÁO HOÀ BÌNH")))
    assert address.toggled("source", "Báo Hòa Bình").pairs == (("q", "lũ"), ("g", "2"))
    assert address.toggled("not_source", "Báo Hòa Bình").pairs == (
        ("q", "lũ"),
        ("g", "2"),
        ("not_source", "Báo Hòa Bình"),
    )


def test_links_stand_under_the_root_that_the_app_is_served_at(client: FlaskClient) -> None:
    for path in ("/", "/?q=lao+cai&size=2&page=2&year=2013", "/article/bsh-2014-002?q=lao+cai", "/nowhere"):
        found = read_html(client.get(path, environ_overrides={"SCRIPT_NAME": "/kho"}).text)
        links = [one for one in found.marked_with("href") + found.marked_with("action") if one[0] == "/"]
        assert links
        assert [link for link in links if not link.startswith("/kho/")] == []
        assert [
            link for link in read_html(client.get(path).text).marked_with("href") if link.startswith("/kho/")
        ] == []


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TEXTS = st.lists(WORDS, max_size=3, unique=True).map(tuple)
DATES = st.none() | st.dates(date(1700, 1, 1), date(2100, 12, 31))
CHOSEN = st.fixed_dictionaries(
    {
        FacetName.SOURCE: TEXTS,
        FacetName.YEAR: st.sampled_from([("2013",), ("2013", ""), ()]),
        FacetName.MONTH: st.sampled_from([(), ("2013-05",)]),
    }
).map(lambda values: {name: some for name, some in values.items() if some})


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Everything that an address can ask for."""
    first, last = draw(DATES), draw(DATES)
    if first and last and last < first:
        first, last = last, first
    selection = Selection(
        query=draw(VALUES),
        sort=draw(st.sampled_from(list(Sort))),
        chosen=draw(CHOSEN),
        excluded=draw(CHOSEN),
        first=first,
        last=last,
        undated=draw(st.booleans()),
        expand=draw(st.sampled_from([None, True, False])),
        not_also=tuple(filter(None, draw(TEXTS))),
        exact=draw(st.booleans()),
        collapse_stories=draw(st.booleans()),
    )
    return SearchRequest(selection, page=draw(st.integers(1, 10**9)), size=draw(st.integers(1, 100)))


@given(requests(), st.booleans())
def test_what_is_written_of_a_request_is_read_back(request: SearchRequest, collapses: bool) -> None:
    """As a browser would send it; for an address that shows stories by default, and for one that does not."""
    typed = encoded(write_parameters(request, collapses=collapses))
    read = MultiDict(parse_qsl(typed, keep_blank_values=True))
    assert search_request(read, collapses=collapses) == request


def test_a_cited_address_names_the_change_and_the_expansion_whatever_it_said_before() -> None:
    asked = Address(PATHS, (("q", "lũ"), ("g", "2"), ("widen", "1"), ("as_of", "2026-11-30")))
    cited = dict(asked.cited(7, expands=False).pairs)
    assert (cited["as_of"], cited["widen"], cited["q"]) == ("7", "0", "lũ")
