"""How are results narrowed? By values chosen and left out, by bars of time, by the pages of facets."""

from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.pages import FacetValue, SearchPage, SearchRequest
from search_app.answer.selection import Selection
from search_app.facets import FACETS
from search_app.web.address import Address
from search_app.web.narrowing import FacetGroup, facet_groups
from tests.web.conftest import Get
from tests.web.html import Page
from tests.web.test_address import PATHS

Chosen = dict[FacetName, tuple[str, ...]]
OPEN = FACETS[FacetName.SOURCE].beside_results


def groups(values: list[str], chosen: Chosen | None = None) -> list[FacetGroup]:
    """What is shown of these sources, each found once."""
    own = (chosen or {}).get(FacetName.SOURCE, ())
    found = {FacetName.SOURCE: tuple(FacetValue(one, 1, one in own) for one in values)}
    request = SearchRequest(Selection("a", chosen=chosen or {}))
    page = SearchPage(request, "a", (), Sort.RELEVANCE, 1, 0, 0, 1, 0.0, found, (), 1)
    return facet_groups(page, Address(PATHS, (("q", "a"),)), "vi")


def total(client: FlaskClient, href: str) -> int:
    found: int = client.get("/api/search?" + urlsplit(href).query).get_json()["total"]
    return found


def bars(page: Page) -> list[tuple[str, int]]:
    """The links of the bars with their counts."""
    return [
        (one.attributes["href"], int(one.attributes["data-n"]))
        for one in page.elements
        if "data-n" in one.attributes
    ]


@pytest.mark.parametrize("count", [3, OPEN, 60])
def test_some_values_stand_open_and_all_have_a_page(count: int) -> None:
    (group,) = groups([f"Báo {number}" for number in range(count)])
    assert (len(group.links), group.count) == (min(count, OPEN), count)
    assert group.href == "/facet/source?q=a"


def test_a_chosen_value_is_listed_wherever_it_stands() -> None:
    names = [f"Báo {number}" for number in range(300)]
    (group,) = groups(names, {FacetName.SOURCE: ("Báo 299",)})
    assert [one.label for one in group.links if one.chosen] == ["Báo 299"]


def test_that_an_article_has_no_tag_is_not_said_beside_the_results() -> None:
    """Most have none; it stands there where it is a filter in force."""
    tags = (
        FacetValue("", 90, chosen=False),
        *(FacetValue(f"thẻ {number}", 1, chosen=False) for number in range(9)),
    )
    request = SearchRequest(Selection("a"))
    page = SearchPage(request, "a", (), Sort.RELEVANCE, 1, 0, 0, 1, 0.0, {FacetName.TAG: tags}, (), 1)
    counted = replace(page, facet_sizes={FacetName.TAG: 4_000})
    (group,) = facet_groups(counted, Address(PATHS), "vi")
    assert [link.label for link in group.links] == [f"thẻ {number}" for number in range(5)]
    assert group.count == 4_000
    none = replace(page, facets={FacetName.TAG: (FacetValue("", 90, chosen=False),)})
    assert facet_groups(none, Address(PATHS), "vi") == []
    chosen = replace(page, facets={FacetName.TAG: (FacetValue("", 90, chosen=True),)})
    assert [link.label for link in facet_groups(chosen, Address(PATHS), "vi")[0].links] == ["không có thẻ"]


def test_authors_and_tags_are_chosen_beside_the_results(client: FlaskClient, page: Get) -> None:
    hrefs = [one.attributes["href"] for one in page("/?q=").all("a")]
    links = [href for href in hrefs if parse_qs(urlsplit(href).query).get("tag") == ["Cần Thơ"]]
    assert [total(client, href) for href in links] == [7]
    assert any("author" in parse_qs(urlsplit(href).query) for href in hrefs)


def test_a_page_of_very_many_values_shows_the_first_and_searches_among_all(
    client: FlaskClient, page: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.web.facet_page.SHOWN", 3)
    found = page("/facet/tag?q=")
    shown = [one.text for one in found.all("span", class_="value")]
    assert (len(shown), shown[0]) == (3, "Cần Thơ")
    assert [one.text for one in page("/facet/tag?q=&by=count").all("span", class_="value")] == shown
    assert len(page("/facet/tag?q=&by=name").all("span", class_="value")) == 3
    every = len(client.get("/facet/tag.json?q=").get_json())
    for order in ("", "&by=name"):
        assert f"{every} mục" in page(f"/facet/tag?q={order}").all("main")[0].text
    assert "Chỉ hiện 3 mục đầu" in found.all("main")[0].text
    assert {one.text for one in page("/facet/tag?q=&find=sa+pa").all("span", class_="value")} == {
        "Sa Pa",
        "du lịch Sa Pa",
    }


def test_a_value_is_left_out_by_one_click_and_taken_up_by_another(client: FlaskClient, page: Get) -> None:
    found = page("/?q=gi%C3%A1")
    out = found.all("a", class_="out", title="Bỏ ra: Kinh Tế Cửu Long")[0].attributes["href"]
    assert parse_qs(urlsplit(out).query) == {"q": ["giá"], "g": ["2"], "not_source": ["Kinh Tế Cửu Long"]}
    without = page(out)
    own = total(client, "/?q=gi%C3%A1&source=" + quote("Kinh Tế Cửu Long"))
    assert 0 < own == total(client, "/?q=gi%C3%A1") - total(client, out)
    assert "Trừ nguồn: Kinh Tế Cửu Long" in " ".join(without.all("a", class_="chip")[0].text.split())
    back = without.all("a", class_="out", title="Lấy lại: Kinh Tế Cửu Long")[0].attributes["href"]
    assert back == without.all("a", class_="chip")[0].attributes["href"] == "/?q=gi%C3%A1&g=2"


@pytest.mark.parametrize("narrowed", ["", "&from=2013&to=2013", "&year=2013&year=2024", "&not_source=TMN"])
def test_every_bar_leads_to_as_many_articles_as_it_says(
    client: FlaskClient, page: Get, narrowed: str
) -> None:
    path = f"/?q=gi%C3%A1{narrowed}"
    found = bars(page(path))
    assert len(found) > 1
    assert [total(client, href) for href, _ in found] == [count for _, count in found]
    assert sum(count for _, count in found) <= total(client, path)


def test_a_year_has_months_a_month_has_days_and_the_way_back_is_shown(page: Get) -> None:
    year = next(href for href, _ in bars(page("/?q=")) if "from=2013&" in href)
    month = bars(page(year))[-1][0]
    day = bars(page(month))[0][0]
    assert [parse_qs(urlsplit(one).query)["from"][0].count("-") for one in (year, month, day)] == [0, 1, 2]
    trail = page(day).all("ol", class_="trail")[0].text.split("\n")
    assert trail[1] == "Mọi năm"
    assert trail[2] == "2013"
    assert trail[3].startswith("tháng ")
    assert year in [a.attributes["href"] for a in page(day).all("a")]


def test_the_bars_are_a_table_too(page: Get) -> None:
    found = page("/?q=gi%C3%A1")
    rows = [
        one.attributes["href"] for one in found.all("a", rel="nofollow") if "data-n" not in one.attributes
    ]
    assert set(rows) >= {href for href, _ in bars(found)}


def test_what_has_no_exact_date_is_in_no_bar_and_said(page: Get) -> None:
    text = page("/?q=th%E1%BB%AD+nghi%E1%BB%87m").all("section", class_="timeline")[0].text
    assert "bài không nằm trong cột nào" in text


def test_the_page_of_a_facet_searches_and_sorts_its_values(page: Get) -> None:
    def labels(path: str) -> list[str]:
        shown = page(path).all("ul", class_="values")
        return [line.split()[0] for line in shown[0].text.split("\n") if line.strip()] if shown else []

    everything = page("/facet/section?q=").all("span", class_="value")
    found = page("/facet/section?q=&find=van+hoa").all("span", class_="value")
    assert {one.text for one in found} == {"Văn hóa"} < {one.text for one in everything}
    assert labels("/facet/section?q=&find=xyzzy") == []
    by_name = [one.text for one in page("/facet/section?q=&by=name").all("span", class_="value")]
    assert by_name.index("Bóng đá") < by_name.index("Du lịch") < by_name.index("Giao thông")


def test_a_page_of_results_can_be_typed(page: Get) -> None:
    turning = page("/?q=&size=2&page=9").all("form")[1]
    assert turning.attributes["action"] == "/"
    assert "trên 3" in turning.text
