"""What does the page say of what was searched besides, and how is it switched off?"""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.query import scoring_matches
from search_app.query.expansion import NOTHING_DISABLED, expand
from search_app.query.grammar import understand
from search_app.query.names import read_names
from tests.web.conftest import Get


def links(page: Get, path: str, name: str) -> list[str]:
    """The addresses of the page's links that have a parameter."""
    return [
        one.attributes["href"] for one in page(path).all("a") if f"{name}=" in one.attributes.get("href", "")
    ]


def total(client: FlaskClient, parameters: str) -> int:
    found: int = client.get(f"/api/search?{parameters}").get_json()["total"]
    return found


def test_the_json_says_what_was_searched_besides(client: FlaskClient) -> None:
    page = client.get("/api/search?q=ubnd").get_json()
    assert page["widens"] is True
    assert page["widenings"] == [
        {
            "typed": "ubnd", "also": "Ủy ban nhân dân", "forms": ["Ủy ban nhân dân"], "kind": "name",
            "used": True,
        }
    ]  # fmt: skip
    assert client.get("/api/search?q=ubnd&widen=0").get_json()["widenings"][0]["used"] is False
    offer = client.get(f"/api/search?q={quote('Yên Bái')}&lang=en").get_json()["offers"][0]
    assert offer == {
        "typed": "Yên Bái",
        "also": "Lào Cai",
        "message": "Yên Bái (until 30/6/2025) now belongs to Lào Cai",
        "query": "Lào_Cai",
    }


def test_each_is_let_go_by_one_click_and_taken_up_by_another(client: FlaskClient, page: Get) -> None:
    href = next(one for one in links(page, "/?q=ubnd&size=2", "not_also"))
    query = urlsplit(href).query
    assert parse_qs(query) == {"q": ["ubnd"], "g": ["2"], "not_also": ["Ủy ban nhân dân"], "size": ["2"]}
    assert total(client, query) == total(client, "q=ubnd&widen=0") < total(client, "q=ubnd")
    assert "/?q=ubnd&g=2&size=2" in [one.attributes.get("href") for one in page(href).all("a")]


def test_of_several_those_named_alone_are_searched(client: FlaskClient, page: Get) -> None:
    names = [one["also"] for one in client.get("/api/search?q=ubnd tphcm").get_json()["widenings"]]
    assert len(names) > 1
    for name in names:
        asked = f"q=ubnd tphcm&also={quote(name)}"
        others = "".join(f"&not_also={quote(one)}" for one in names if one != name)
        assert total(client, asked) == total(client, f"q=ubnd tphcm{others}")
    assert total(client, "q=ubnd&also=") == total(client, "q=ubnd&widen=0") < total(client, "q=ubnd")
    taken_up = next(one for one in links(page, "/?q=ubnd&also=", "also") if "also=%E1%BB%A6y" in one)
    assert total(client, urlsplit(taken_up).query) == total(client, "q=ubnd")
    everything = next(one for one in links(page, "/?q=ubnd&also=", "widen") if "widen=1" in one)
    assert "also=" not in everything


def test_all_are_switched_off_by_one_click_and_on_by_another(client: FlaskClient, page: Get) -> None:
    (off,) = (one for one in links(page, "/?q=ubnd", "widen") if "widen=0" in one and "article" not in one)
    assert total(client, urlsplit(off).query) < total(client, "q=ubnd")
    on = [one for one in links(page, off, "widen") if "widen=1" in one and "article" not in one]
    assert total(client, urlsplit(on[0]).query) == total(client, "q=ubnd")


def test_an_article_is_marked_as_it_was_searched(client: FlaskClient) -> None:
    found = client.get("/api/search?q=hanoi&size=1").get_json()["hits"][0]["id"]
    assert client.get(f"/api/article/{found}?q=hanoi").get_json()["hit_count"] > 0
    assert client.get(f"/api/article/{found}?q=hanoi&widen=0").get_json()["hit_count"] == 0


def test_another_value_is_refused_with_the_remedy(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=ubnd&widen=x&lang=en")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"] == "widen is “x”; give one of 0, 1"


def test_the_page_offers_the_other_name_with_its_date(page: Get) -> None:
    shown = [text for text, _ in page(f"/?q={quote('Yên Bái')}").texts]
    assert "Yên Bái (đến 30/6/2025) nay thuộc Lào Cai" in shown


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("3.200 triệu", {"3.200.000.000", "3,2 tỷ", "3 tỷ 200 triệu"}),
        ("1000000", {"1 triệu", "1.000.000"}),
        ("500.000 đồng", {"500 nghìn đồng", "500 ngàn đồng", "500000 đồng"}),
        ("bão 2/9", {"2 tháng 9", "02 tháng 09", "02 9"}),
    ],
)
def test_all_that_is_searched_besides_is_said(
    client: FlaskClient, page: Get, typed: str, forms: set[str]
) -> None:
    """Every form, not one that stands for them: on the page, in JSON and on the command line."""
    (widening,) = client.get("/api/search", query_string={"q": typed}).get_json()["widenings"]
    assert forms <= set(widening["forms"])
    assert searched(typed) == set(widening["forms"])
    (chip,) = [
        one.text
        for one in page(f"/?q={quote(typed)}").all("a", class_="chip")
        if widening["forms"][0] in one.text
    ]
    assert all(form in chip for form in widening["forms"])


def searched(typed: str) -> set[str]:
    """The texts of all matches that an expansion adds to a query."""
    names = read_names()
    expanded = expand(understand(typed).query, names, NOTHING_DISABLED, lambda _match: True)
    return {added.label for match in scoring_matches(expanded.query) for added in match.expansions}
