"""What of the facets is shown? Months of a year, not of all time; and no list without an end."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.query import FacetName, Sort
from search_app.pages import FacetValue, SearchPage, SearchRequest
from search_app.web.address import Address
from search_app.web.narrowing import FacetGroup, facet_groups
from search_app.web.templating import _environment
from tests.web.conftest import Get
from tests.web.html import Page, read_html
from tests.web.test_address import PATHS

Chosen = dict[FacetName, tuple[str, ...]]


def groups(facet: FacetName, values: list[str], chosen: Chosen | None = None) -> list[FacetGroup]:
    """What is shown of these values, each found once."""
    own = (chosen or {}).get(facet, ())
    found = {facet: tuple(FacetValue(one, 1, one in own) for one in values)}
    request = SearchRequest("a", chosen=chosen or {})
    page = SearchPage(request, "a", (), Sort.RELEVANCE, 1, 0, 1, 0.0, found, (), 1)
    return facet_groups(page, Address(PATHS, (("q", "a"),)), "vi")


def months(page: Page) -> list[str]:
    """The months that stand in addresses: chosen ones, and those that can be chosen."""
    links = (one.attributes.get("href", "") for one in page.all("a", rel="nofollow"))
    return sorted({month for link in links for month in parse_qs(urlsplit(link).query).get("month", ())})


@pytest.mark.parametrize(
    ("narrowed", "years"),
    [
        ("", set()),
        ("&from=2013", set()),
        ("&year=2013", {"2013"}),
        ("&year=2013&year=2024", {"2013", "2024"}),
    ],
)
def test_months_are_shown_of_the_chosen_years(page: Get, narrowed: str, years: set[str]) -> None:
    found = page(f"/?q=gi%C3%A1{narrowed}")

    assert {month[:4] for month in months(found)} == years
    assert bool(found.all("h3", id="facet-month")) is bool(years)


def test_a_chosen_month_stands_among_those_of_its_year(page: Get, client: FlaskClient) -> None:
    counted = client.get("/api/search?q=").get_json()["facets"]["month"]
    values = [one["value"] for one in counted if one["value"]]
    chosen = max(values, key=lambda month: sum(month[:4] == one[:4] for one in values))

    shown = page(f"/?q=&month={chosen}")

    assert months(shown) == sorted(one for one in values if one[:4] == chosen[:4])
    assert len(shown.all("a", class_="chosen")) == 1


def test_a_chosen_month_outside_the_chosen_years_can_be_let_go(page: Get) -> None:
    chosen = page("/?q=&year=2013&month=2024-05").all("a", class_="chosen")
    assert "/?q=&year=2013" in [one.attributes["href"] for one in chosen]


def test_a_year_of_twelve_months_stands_open() -> None:
    year = [f"2013-{month:02}" for month in range(1, 13)]
    (group,) = groups(FacetName.MONTH, [*year, "2012-01"], {FacetName.YEAR: ("2013",)})
    assert [len(group.links), len(group.rest), group.unlisted] == [12, 0, 0]


@pytest.mark.parametrize(
    ("count", "lengths"), [(3, [3, 0, 0]), (10, [10, 0, 0]), (60, [10, 50, 0]), (300, [10, 50, 240])]
)
def test_ten_values_stand_open_and_fifty_behind_a_click(count: int, lengths: list[int]) -> None:
    (group,) = groups(FacetName.SOURCE, [f"Báo {number}" for number in range(count)])
    assert [len(group.links), len(group.rest), group.unlisted] == lengths


def test_a_chosen_value_is_listed_wherever_it_stands() -> None:
    names = [f"Mục {number}" for number in range(300)]
    (group,) = groups(FacetName.SECTION, names, {FacetName.SECTION: ("Mục 299",)})
    assert [one.label for one in group.rest if one.chosen] == ["Mục 299"]
    assert len(group.links) + len(group.rest) + group.unlisted == 300


def test_years_are_all_listed() -> None:
    (group,) = groups(FacetName.YEAR, [str(year) for year in range(1865, 2026)])
    assert [len(group.links), len(group.rest), group.unlisted] == [10, 151, 0]


@pytest.mark.parametrize(
    ("language", "more", "said"),
    [
        ("vi", "thêm 290 mục", "Còn 240 mục nữa không liệt kê ở đây"),
        ("en", "290 more", "240 more are not listed: narrow the results, or ask for one in the query"),
    ],
)
def test_how_many_are_not_listed_is_said_and_how_to_have_them(language: str, more: str, said: str) -> None:
    shown = groups(FacetName.SOURCE, [f"Báo {number}" for number in range(300)])
    module = _environment(language).get_template("filters.html").make_module()
    page = read_html(str(module.filters(shown, None, Address(PATHS))))  # type: ignore[attr-defined]  # a macro

    folded = page.all("details")[0].text
    assert more in folded
    assert said in folded
    assert 'nguồn:"…"' in folded
