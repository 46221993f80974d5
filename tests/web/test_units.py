"""Units on the page: shown, undone one by one or together, and what is scattered said apart."""

import re

from flask.testing import FlaskClient

from tests.web.conftest import Get


def test_units_are_shown_and_each_comes_apart_by_one_click(page: Get) -> None:
    found = page("/?q=giao+thông+lao+cai")
    (shown,) = found.all("ul", class_="units")
    assert [one.text.split()[2:-1] for one in found.all("a", class_="chip") if "Tách ra" in one.text] == [
        ["giao", "thông"],
        ["lao", "cai"],
    ]
    apart = next(one.attributes["href"] for one in found.all("a", class_="chip") if "giao" in one.text)
    undone = page(apart)
    assert "Gộp lại giao thông" in " ".join(undone.all("ul", class_="units")[0].text.split())
    again = next(one.attributes["href"] for one in undone.all("a", class_="chip") if "Gộp lại" in one.text)
    assert again == "/?q=giao+th%C3%B4ng+lao+cai&g=2"
    assert "Tìm riêng từng từ" in shown.text
    off = next(one.attributes["href"] for one in found.all("a") if one.text == "Tìm riêng từng từ")
    assert off.endswith("&g=2&units=0")
    assert "Tìm những từ đi liền thành cụm" in page(off).all("ul", class_="units")[0].text


def test_totals_are_of_units_and_the_scattered_are_offered(client: FlaskClient, page: Get) -> None:
    asked = client.get("/api/search?q=giao+thông&size=1").get_json()
    loose = client.get("/api/search?q=giao+thông&units=0").get_json()
    assert (asked["units"], asked["understood"]) == ([{"text": "giao thông", "words": 2}], "giao_thông")
    assert 0 < asked["total"] < loose["total"]
    assert asked["total"] + asked["scattered_total"] <= loose["total"]
    first = page("/?q=lao+cai&size=1")
    (link,) = [one for one in first.all("a") if "rời nhau" in one.text]
    there = page(link.attributes["href"])
    assert there.all("h2", id="scattered")
    assert "rời nhau: «lao cai»" in " ".join(there.all("p", class_="lacks")[0].text.split())


def test_data_of_a_page_ask_for_the_query_as_understood(client: FlaskClient) -> None:
    """So that an import in between cannot cut it otherwise."""
    html = client.get("/?q=giao+thông").text
    data = re.findall(r'href="(/(?:search\.atom|search\.csv|api/search|timeline\.csv)[^"]*)"', html)
    assert len(data) >= 4
    assert all("q=giao_th%C3%B4ng&amp;g=2&amp;units=0" in href for href in data)


def test_stray_words_of_a_unit_are_not_marked_where_it_stands(client: FlaskClient) -> None:
    found = client.get("/api/search?q=lào+cai").get_json()
    whole = [hit for hit in found["hits"] if not hit["lacks"] and not hit["scattered"]]
    marked = {part["text"] for hit in whole for part in hit["snippet"] if part["hit"]}
    assert marked == {"Lào Cai"}


def test_another_grammar_is_refused_with_the_one_that_is(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=a&g=1", headers={"Cookie": "lang=en"})
    assert answer.status_code == 400
    assert "2" in answer.get_json()["error"]["message"]


def test_a_unit_bound_by_hand_comes_apart_by_its_link(client: FlaskClient, page: Get) -> None:
    """Though no cut made it; the page of a reading's link asks with units=0."""
    for asked in ("/?q=lao_cai", "/?q=lao_cai&units=0"):
        (chip,) = [one for one in page(asked).all("a", class_="chip") if "Tách ra" in one.text]
        undone = client.get("/api/search?" + chip.attributes["href"].partition("?")[2]).get_json()
        assert undone["understood"] == "lao cai"


def test_units_that_bind_are_shown_too(client: FlaskClient, page: Get) -> None:
    found = client.get("/api/search?q=lao+cai+OR+giao+thông").get_json()
    assert [unit["text"] for unit in found["units"]] == ["lao cai", "giao thông"]
    assert len(page("/?q=lao+cai+OR+giao+thông").all("ul", class_="units")) == 1


def test_links_of_a_page_to_itself_carry_the_grammar(page: Get) -> None:
    for path in ("/?q=giá", "/article/bsh-2014-002?q=giá", "/why/bsh-2014-002?q=lao", "/facet/source?q=giá"):
        hrefs = [href for href in page(path).marked_with("href") if "q=" in href]
        assert hrefs
        assert [href for href in hrefs if "g=2" not in href] == []
