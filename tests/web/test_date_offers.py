"""A date in words is offered as a filter, with what it would find; it is never applied by itself."""

from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.settings import Settings
from tests.journey.command import khobao
from tests.web.conftest import Get


def answer(client: FlaskClient, **asked: str) -> Any:
    found: Any = client.get("/api/search", query_string=asked).get_json()
    return found


@pytest.mark.parametrize(
    "typed", ["giá năm 2013", "gia nam 2013", "giá 2013 nguồn:Tin_Miền_Núi", "giá 5/2013"]
)
def test_an_offer_finds_and_leaves_out_as_many_as_it_says(client: FlaskClient, typed: str) -> None:
    (offer,) = answer(client, q=typed)["date_offers"]
    assert offer["typed"] not in offer["query"]
    filtered = answer(client, q=offer["query"], **{"from": offer["first"], "to": offer["last"]})
    assert (filtered["total"], filtered["excluded_undated"]) == (offer["count"], offer["excluded_undated"])
    assert filtered["date_offers"] == []


def test_the_other_filters_stay(client: FlaskClient) -> None:
    (offer,) = answer(client, q="giá 2013", not_source="Kinh Tế Cửu Long")["date_offers"]
    days = {"from": "2013", "to": "2013"}
    assert 0 < offer["count"] < answer(client, q="giá", **days)["total"]
    assert offer["count"] == answer(client, q="giá", not_source="Kinh Tế Cửu Long", **days)["total"]


@pytest.mark.parametrize("more", [{"from": "2012"}, {"to": "2014"}, {"year": "2013"}, {"undated": "1"}])
def test_nothing_is_offered_beside_a_filter_by_date(client: FlaskClient, more: dict[str, str]) -> None:
    assert answer(client, q="giá 2013", **more)["date_offers"] == []
    assert answer(client, q="giá 2013 ngày:2013..")["date_offers"] == []
    assert answer(client, q="2013")["date_offers"] == []


def test_the_page_offers_it_in_one_click(client: FlaskClient, page: Get) -> None:
    found = page(f"/?q={quote_plus('giá tháng 5/2013')}&sort=newest")
    (link,) = [one for one in found.all("a") if "Chỉ bài đăng vào thời gian ấy: tháng 5/2013" in one.text]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link.attributes["href"]).query).items()}
    assert asked == {"q": "giá", "g": "2", "units": "0", "from": "5-2013", "to": "5-2013", "sort": "newest"}
    count = link.text.split()[-1]
    assert str(answer(client, **asked)["total"]) == count


def test_each_of_several_dates_is_offered(settings: Settings, client: FlaskClient) -> None:
    offers = answer(client, q="giá năm 2013 ngày 26/5/2013")["date_offers"]
    assert [(one["typed"], one["query"]) for one in offers] == [
        ("năm 2013", "giá ngày 26/5/2013"),
        ("ngày 26/5/2013", "giá năm 2013"),
    ]
    ran = khobao(settings.data, "search", "giá năm 2013", "--size", "1")
    assert "? năm 2013" in ran.out
    assert "khobao search 'giá' --from 2013-01-01 --to 2013-12-31" in ran.out
