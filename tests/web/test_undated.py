"""What a filter by date leaves out for lack of a date: every interface says how many, and shows them."""

import csv
import io
from datetime import date
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.published import Published
from tests.web.conftest import Get

Asked = list[tuple[str, str]]
Span = tuple[date, date]

DAYS = st.dates(date(2008, 1, 1), date(2019, 12, 31))
FILTERS = st.one_of(
    DAYS.map(lambda day: [("from", day.isoformat())]),
    DAYS.map(lambda day: [("to", day.isoformat())]),
    st.tuples(DAYS, DAYS).map(lambda days: [("from", min(days).isoformat()), ("to", max(days).isoformat())]),
    st.lists(st.sampled_from(["2010", "2013", "2014"]), min_size=1).map(
        lambda some: [("year", one) for one in some]
    ),
    st.sampled_from(["2013-05", "2013-06", "2014-01"]).map(lambda month: [("month", month)]),
    st.sampled_from(["5/2013", "2013", "2013..2015"]).map(lambda typed: [("q", f"ngày:{typed}")]),
)


def spans_of(asked: Asked) -> list[Span]:
    """The spans of time that a filter lets pass."""
    values: dict[str, list[str]] = {}
    for name, value in asked:
        values.setdefault(name, []).append(value)
    if "year" in values or "month" in values:
        return [span for value in values.popitem()[1] if (span := Published(value).span)]
    typed = {"5/2013": "2013-05", "2013": "2013"}
    if "q" in values:
        text = values["q"][0].removeprefix("ngày:")
        if text in typed:
            return [span for span in [Published(typed[text]).span] if span]
        return [(date(2013, 1, 1), date(2015, 12, 31))]
    first = date.fromisoformat(values["from"][0]) if "from" in values else date.min
    return [(first, date.fromisoformat(values["to"][0]) if "to" in values else date.max)]


def is_excluded(published: str | None, passing: list[Span]) -> bool:
    """By the definition: neither wholly inside one of the spans, nor wholly outside all."""
    span = Published(published or "").span
    if span is None:
        return True
    inside = any(first <= span[0] and span[1] <= last for first, last in passing)
    outside = all(span[1] < first or last < span[0] for first, last in passing)
    return not inside and not outside


def found(client: FlaskClient, asked: Asked) -> dict[str, str | None]:
    answer = client.get("/api/search?" + urlencode([*asked, ("size", "100")])).get_json()
    assert answer["total"] == len(answer["hits"])
    return {hit["id"]: hit["published"] for hit in answer["hits"]}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILTERS)
def test_what_is_excluded_is_counted_and_can_be_seen(client: FlaskClient, asked: Asked) -> None:
    everything = found(client, [("q", "")])
    expected = {name for name, day in everything.items() if is_excluded(day, spans_of(asked))}
    assert len(expected) > 3
    answer = client.get("/api/search?" + urlencode(asked)).get_json()
    assert answer["excluded_undated"] == len(expected)
    assert set(found(client, [*asked, ("undated", "1")])) == expected


def test_without_a_filter_by_date_the_undated_are_those_without_a_date(client: FlaskClient) -> None:
    undated = found(client, [("undated", "1")])
    assert set(undated) == set(found(client, [("year", "")]))
    assert client.get("/api/search?q=lao").get_json()["excluded_undated"] is None
    assert client.get("/api/search?undated=1").get_json()["excluded_undated"] is None


def test_the_words_of_the_query_and_other_filters_stay(client: FlaskClient) -> None:
    """Two words: those that lack one are still of the second tier."""
    asked = "q=th%E1%BB%AD+nghi%E1%BB%87m+b%E1%BA%A3n&from=2014"
    answer = client.get(f"/api/search?{asked}&undated=1").get_json()
    assert answer["total"] == client.get(f"/api/search?{asked}").get_json()["excluded_undated"]
    assert answer["partial_total"] == sum(bool(hit["lacks"]) for hit in answer["hits"]) > 0


ASKED = "q=th%E1%BB%AD&from=2014"


@pytest.mark.parametrize(
    "path", ["/search.csv", "/timeline.csv", "/timeline.json", "/facet/source.csv", "/facet/source.json"]
)
def test_rows_say_it_in_a_header(client: FlaskClient, path: str) -> None:
    left_out = client.get(f"/api/search?{ASKED}").get_json()["excluded_undated"]
    assert left_out > 0
    assert client.get(f"{path}?{ASKED}").headers["X-Undated-Excluded"] == str(left_out)
    assert "X-Undated-Excluded" not in client.get(f"{path}?q=th%E1%BB%AD").headers


@pytest.mark.parametrize("path", ["/", "/facet/source"])
def test_a_page_says_it_and_links_to_them(client: FlaskClient, page: Get, path: str) -> None:
    left_out = client.get(f"/api/search?{ASKED}").get_json()["excluded_undated"]
    shown = page(f"{path}?{ASKED}")
    assert any(text.startswith(f"{left_out} bài khớp nữa") for text, _ in shown.texts)
    href = next(one.attributes["href"] for one in shown.all("a") if one.text == "Xem các bài ấy")
    assert client.get("/api/search?" + urlsplit(href).query).get_json()["total"] == left_out


def test_the_undated_can_be_chosen_and_let_go_of_on_the_page(client: FlaskClient, page: Get) -> None:
    href = next(
        one.attributes["href"]
        for one in page("/?q=").all("a")
        if "undated=1" in one.attributes.get("href", "")
    )
    assert (
        len(found(client, [("undated", "1")]))
        == client.get("/api/search?" + urlsplit(href).query).get_json()["total"]
    )
    chips = page(href).all("a", class_="chip")
    assert [" ".join(chip.text.split()) for chip in chips] == ["Bỏ bộ lọc Ngày đăng: không rõ ngày ×"]
    assert chips[0].attributes["href"] == "/?q=&g=2"


def test_an_export_of_the_undated_is_what_was_left_out(client: FlaskClient) -> None:
    text = client.get(f"/search.csv?{ASKED}&undated=1&fields=id").text
    rows = [row["id"] for row in csv.DictReader(io.StringIO(text))]
    answer = client.get(f"/api/search?{ASKED}").get_json()
    assert len(rows) == answer["excluded_undated"]
