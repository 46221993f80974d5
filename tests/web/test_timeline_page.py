"""The page of series over time: what it says, its links, its files, and how it is used by keys."""

import csv
import io
import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from tests.web.browser import Opens
from tests.web.conftest import Get
from tests.web.html import Page

ASKED = "q=gi%C3%A1&from=2012-01&to=2014-12&unit=month&lang=en"
SEVERAL = f"{ASKED}&with=lao+cai&with=l%C3%BAa&count=hits&scale=relative"


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text)))


def points(page: Page) -> list[dict[str, str]]:
    return [one.attributes for one in page.all("a") if "data-p" in one.attributes]


def total(client: FlaskClient, href: str) -> int:
    found: int = client.get("/api/search?" + urlsplit(href).query).get_json()["total"]
    return found


def test_a_point_leads_to_the_articles_of_its_period(client: FlaskClient, page: Get) -> None:
    shown = points(page(f"/timeline?{ASKED}"))
    told = [row for row in rows(client, f"/timeline.csv?{ASKED}") if row["articles"] not in {"", "0"}]
    periods = [row for row in told if row["row"] == "period"]
    assert len(shown) == len(periods) > 1
    counted = [int(row["articles"]) + int(row["guessed"]) for row in periods]
    assert [total(client, one["href"]) for one in shown] == counted


@pytest.mark.parametrize("split", ["source", "section"])
def test_a_point_of_a_split_leads_to_its_articles(client: FlaskClient, page: Get, split: str) -> None:
    asked = f"q=gi%C3%A1&split={split}&unit=year"
    told = [row for row in rows(client, f"/timeline.csv?{asked}") if row["row"] == "period"]
    expected = [
        int(row["articles"]) + int(row["guessed"]) for row in told if row["articles"] not in {"", "0"}
    ]
    shown = [one for one in points(page(f"/timeline?{asked}")) if one.get("href")]
    assert [total(client, one["href"]) for one in shown] == expected != []


def test_gaps_are_drawn_and_said(client: FlaskClient, page: Get) -> None:
    shown = page(f"/timeline?{ASKED}")
    unheld = [row for row in rows(client, f"/timeline.csv?{ASKED}") if row["held_articles"] == "0"]
    empty = [row for row in unheld if row["row"] == "period"]
    assert empty
    assert {row["articles"] for row in empty} == {row["hits"] for row in empty} == {""}
    assert shown.all("rect", class_="gap")
    assert len(shown.all("tr", class_="gap")) == len(empty)
    assert any(f"Of {len(empty)} of 36 periods nothing is held" in text for text, _ in shown.texts)


def test_every_period_of_which_something_is_held_says_its_figure_also_a_zero(page: Get) -> None:
    shown = page("/timeline?q=xyzzy&as_typed=1&unit=month&lang=en")
    zeros = [
        text
        for text in (one.text for one in shown.all("title"))
        if "xyzzy" in text and ": 0 articles" in text
    ]
    held = [row for row in shown.all("tr") if row.attributes.get("class") != "gap"]
    assert len(zeros) == len(shown.all("rect", class_="little")) + len(shown.all("rect", class_="back")) > 0
    assert len(held) > len(zeros)
    assert shown.all("rect", class_="little")
    assert not shown.all("rect", class_="bar")


def test_what_is_in_no_period_is_said_without_zeros(client: FlaskClient, page: Get) -> None:
    told = rows(client, "/timeline.csv?q=gi%C3%A1&unit=month")
    kinds = {"undated": "undated", "coarse": "dated less exactly", "guessed": "date guessed"}
    counts = {
        said: int(row["articles"]) for kind, said in kinds.items() for row in told if row["row"] == kind
    }
    parts = "; ".join(f"{said}: {count}" for said, count in counts.items() if count)
    assert 0 in counts.values()
    said = f"giá: {sum(counts.values())} articles are in no period ({parts})."
    texts = [text for text, _ in page("/timeline?q=gi%C3%A1&unit=month&lang=en").texts]
    assert said in texts


@pytest.mark.parametrize(("asked", "is_said"), [("", False), ("&stories=1", True), ("&count=stories", True)])
def test_beside_stories_stands_why_a_search_can_find_more(page: Get, asked: str, *, is_said: bool) -> None:
    texts = [text for text, _ in page(f"/timeline?{ASKED}{asked}").texts]
    assert any("first print that matches" in text for text in texts) == is_said


def test_the_page_links_to_its_data_and_to_an_address_that_cites_it(client: FlaskClient, page: Get) -> None:
    hrefs = [one.attributes.get("href", "") for one in page(f"/timeline?{SEVERAL}").all("a")]
    (cited,) = [one for one in hrefs if "as_of=" in one and one.startswith("/timeline?")]
    asked = parse_qs(urlsplit(cited).query)
    assert (asked["units"], asked["with"], asked["count"]) == (["0"], ["lao_cai", "lúa"], ["hits"])
    expands = client.get("/api/search?q=").get_json()["expands"]
    assert asked["widen"] == [str(int(expands))]
    (pinned,) = [
        one.attributes["href"]
        for one in page("/?q=gi%C3%A1").all("a")
        if "as_of=" in one.attributes.get("href", "")
    ]
    assert parse_qs(urlsplit(pinned).query)["widen"] == asked["widen"]
    assert asked["as_of"] == [str(client.get("/api/search?q=").get_json()["archive_number"])]
    same = [rows(client, f"/timeline.csv?{query}") for query in (SEVERAL, urlsplit(cited).query)]
    figures = [[(row["first"], row["articles"], row["hits"]) for row in one] for one in same]
    assert figures[0] == figures[1]
    for start in ("/timeline.json?", "/timeline.csv?", "/timeline.svg?"):
        (href,) = {one for one in hrefs if one.startswith(start)}
        assert client.get(href).status_code == 200


def test_the_chart_as_a_file_stands_by_itself(client: FlaskClient) -> None:
    answer = client.get(f"/timeline.svg?{SEVERAL}")
    assert answer.mimetype == "image/svg+xml"
    root = ET.fromstring(answer.data)  # noqa: S314 - our own answer
    texts = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("Hits in a million syllables held" in text for text in texts)
    assert {"giá", "lao cai", "lúa"} <= set(texts)
    assert b"href" not in answer.data
    assert client.get("/timeline.svg?q=xyzzy").status_code == 200


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("unit=hour", "unit"),
        ("count=words", "count"),
        ("scale=log", "scale"),
        ("split=author", "split"),
        ("q=a&split=source&with=b", "with"),
        ("q=a" + "&with=b" * 6, "with"),
        ("q=gi%C3%A1&unit=day&from=1700", "unit"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(client: FlaskClient, asked: str, named: str) -> None:
    for path in ("/timeline", "/timeline.json", "/timeline.svg", "/api/timeline"):
        answer = client.get(f"{path}?{asked}&lang=en")
        assert (answer.status_code, named in answer.text) == (400, True)


def test_many_periods_are_had_as_csv_and_not_drawn(client: FlaskClient, page: Get) -> None:
    asked = "q=gi%C3%A1&unit=day&from=2010&to=2014&lang=en"
    shown = page(f"/timeline?{asked}")
    assert not points(shown)
    assert any("the CSV has all of them" in text for text, _ in shown.texts)
    assert len(rows(client, f"/timeline.csv?{asked}")) > 1_800


def test_the_results_link_to_their_series_and_back(page: Get) -> None:
    hrefs = [
        one.attributes.get("href", "")
        for one in page("/?q=gi%C3%A1&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng").all("a")
    ]
    (there,) = {one for one in hrefs if one.startswith("/timeline?")}
    assert parse_qs(urlsplit(there).query)["source"] == ["Báo Sông Hồng"]
    back = [one.attributes.get("href", "") for one in page(there).all("a")]
    assert any(one.startswith("/?") and "source=" in one for one in back)


def test_a_search_says_articles_stories_and_hits(client: FlaskClient, page: Get) -> None:
    told = client.get("/api/search?q=gi%C3%A1").get_json()
    heading = page("/?q=gi%C3%A1&lang=en").all("h1")[0].text
    for count, name in (
        (told["total"], "articles"),
        (told["stories"], "stories"),
        (told["hits_total"], "hits"),
    ):
        assert f"{count} {name}" in " ".join(heading.split())
    export = client.get("/search.csv?q=gi%C3%A1").headers
    named = [export[f"X-{name}-Count"] for name in ("Articles", "Stories", "Hits")]
    assert named == [str(told[key]) for key in ("total", "stories", "hits_total")]
    assert client.get("/api/search?q=").get_json()["hits_total"] is None


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_chart_is_drawn_with_its_gaps_and_used(opens: Opens, width: int, scripts: bool) -> None:
    with opens(width=width, scripts=scripts) as reader:
        page = reader.page
        page.goto(f"{reader.home}/timeline?{SEVERAL}")
        chart = page.locator("svg.trend[role='group']")
        expect(chart.locator("rect.gap").first).to_be_visible()
        expect(chart.locator("path.line")).to_have_count(3)
        assert not reader.is_wider_than_the_window()
        assert chart.evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
        narrow = [box["width"] for one in page.locator(".figures .note").all() if (box := one.bounding_box())]
        assert min(narrow) > 150  # so that no note breaks within its words
        reader.shoot(f"timeline-{width}-{scripts}")
        if scripts:
            first = chart.locator("a").first
            first.focus()
            page.keyboard.press("ArrowDown")
            expect(chart.locator("a:focus")).to_have_attribute("data-s", "1")
            page.keyboard.press("End")
            expect(chart.locator("a[tabindex='0']")).to_have_count(1)
            page.keyboard.press("Enter")
        else:
            chart.locator("a").first.focus()
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("match")
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


def test_the_form_draws_another_query_beside_the_first(opens: Opens) -> None:
    with opens(scripts=False) as reader:
        page = reader.page
        page.goto(f"{reader.home}/timeline?q=gi%C3%A1&lang=en")
        page.get_by_label("And beside it").first.fill("lúa")
        page.get_by_label("Period").select_option("year")
        page.get_by_role("button", name="Draw").click()
        expect(page.locator(".legend li")).to_have_count(2)
        expect(page.get_by_role("heading", level=1)).to_have_text("Articles, by year")
