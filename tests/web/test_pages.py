"""Are the pages sound? Well-formed, labelled, escaped, and every link a state."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.articles import MARKUP
from tests.web.conftest import Get
from tests.web.test_language import PAGES

QUOTED = f"\"'><img src=x onerror=alert(1)> {MARKUP}"


@pytest.mark.parametrize(
    "path", [*PAGES, f"/?q={quote(QUOTED)}&source={quote(QUOTED)}", f"/article/markup?q={quote(QUOTED)}"]
)
def test_a_page_is_sound(page: Get, path: str) -> None:
    found = page(path)
    ids = found.marked_with("id")
    levels = [int(one.name[1]) for one in found.elements if re.fullmatch("h[1-6]", one.name)]
    labelled = {label.attributes["for"] for label in found.all("label")}
    inputs = [one for one in found.all("input") if one.attributes.get("type") != "hidden"]
    asked = [*inputs, *found.all("select"), *found.all("textarea")]

    assert found.faults == []
    assert len(ids) == len(set(ids))
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {one.attributes["id"] for one in asked} == labelled
    assert len(found.all("main")) == 1
    assert len([one for one in found.all("title") if one.text.endswith("Kho Báo")]) == 1  # bars have some too
    referred = " ".join(found.marked_with("aria-labelledby") + found.marked_with("aria-describedby")).split()
    assert set(referred) <= set(ids)
    assert found.all("a")[0].attributes["href"] == "#main"


@pytest.mark.parametrize(
    "path", [*PAGES, f"/?q={quote(QUOTED)}&source={quote(QUOTED)}", f"/article/markup?q={quote(QUOTED)}"]
)
def test_a_page_runs_nothing_and_loads_nothing_from_elsewhere(page: Get, path: str) -> None:
    found = page(path)

    assert {one.name for one in found.elements} & {
        "style",
        "iframe",
        "img",
        "object",
        "base",
    } == set()
    assert [
        name for one in found.elements for name in one.attributes if name == "style" or name.startswith("on")
    ] == []
    loaded = [one.attributes["href"] for one in found.all("link") if one.attributes["rel"] in _LOADED]
    scripts = [one.attributes for one in found.all("script") if one.attributes.get("type") != _DATA]
    loaded += [one.get("src", "inline") for one in scripts]
    assert all(href.startswith("/static/") for href in loaded)
    assert [one for one in found.all("a") if one.attributes["href"].lower().startswith("javascript:")] == []


_LOADED = {"stylesheet", "preload", "icon"}
_DATA = "application/ld+json"


def test_markup_in_an_article_is_text(page: Get) -> None:
    found = page("/article/markup?q=th%E1%BB%AD")

    assert MARKUP in found.all("h1")[0].text
    body = found.all("article")[0].text
    assert f"Thân {MARKUP}  hai dấu cách\nvà xuống dòng {{template}} {{{{ 7*7 }}}}" in body
    assert [one.text for one in found.all("mark")] == ["Thử"]


def test_what_was_typed_is_text_and_stands_in_the_box_as_typed(page: Get) -> None:
    found = page(f"/?q={quote(QUOTED)}")
    assert found.all("input", id="q")[0].attributes["value"] == QUOTED


def test_hits_are_marked_in_the_list_and_numbered_in_the_article(page: Get) -> None:
    results = page("/?q=lao+cai")
    first = results.all("li", class_="hit")[0]
    href = results.all("a")[
        [a.text for a in results.all("a")].index("Ngày đầu trên cao tốc Nội Bài – Lào Cai")
    ].attributes["href"]
    article = page(href)

    assert "Lào Cai" in first.text
    assert "Lào Cai" in [mark.text for mark in results.all("mark")]
    assert [mark.attributes["id"] for mark in article.all("mark")] == [f"hit-{n}" for n in range(1, 5)]
    assert "4 chỗ khớp" in article.all("a", class_="first-hit")[0].text


def test_an_article_leads_back_to_the_state_it_was_opened_from(page: Get) -> None:
    state = "/?q=lao+cai&g=2&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng&sort=oldest&size=2&page=2"
    opened = next(
        a.attributes["href"] for a in page(state).all("a") if a.attributes["href"].startswith("/article/")
    )
    back = page(opened).all("nav", class_="around")[0]

    assert "Trở lại kết quả" in back.text
    assert state in [a.attributes["href"] for a in page(opened).all("a")]


def test_the_original_is_a_link_only_where_it_is_of_the_web(page: Get) -> None:
    safe = page("/article/bsh-2014-002").all("a", class_="original")[0].attributes
    assert safe["href"].startswith("https://")
    assert set(safe["rel"].split()) == {"noopener", "noreferrer", "external"}
    assert page("/article/markup").all("a", class_="original") == []


def test_a_withdrawn_article_says_so_and_a_revised_one_its_version(page: Get) -> None:
    assert "đã được rút" in page("/article/withdrawn").all("h1")[0].text
    assert "Phiên bản 2/2" in page("/article/revised").all("aside")[0].text


def test_page_furniture_is_folded_away_and_said_to_be_unsearched(page: Get) -> None:
    folded = page("/article/markup").all("details")[-1]
    assert "không được tìm kiếm" in folded.text
    assert "Xem thêm" in folded.text


@pytest.mark.parametrize(
    ("article_id", "shown"),
    [
        ("bsh-2012-001", "3/8/2012 07:30"),
        ("bsh-2011-001", "2/9/2011"),
        ("bsh-2010-001", "11/2010"),
        ("bsh-2009-001", "2009"),
        ("yearless", "13/9 (không rõ năm)"),
        ("khdm-2017-001", "không rõ ngày"),
    ],
)
def test_a_date_is_shown_at_its_precision(page: Get, article_id: str, shown: str) -> None:
    line = " ".join(page(f"/article/{article_id}").all("p", class_="byline")[0].text.split())
    assert re.search(rf"(?:^|\s){re.escape(shown)}(?:\s|$)", line)


def test_every_link_of_a_page_of_results_answers(client: FlaskClient, page: Get) -> None:
    state = "/?q=gi%C3%A1&year=2013&year=2024&from=2000&size=2"
    links = {
        a.attributes["href"] for a in page(state).all("a") if a.attributes["href"].startswith(("/", "?"))
    }

    assert len(links) > 20
    assert {
        link: client.get(link if link[0] == "/" else "/" + link).status_code for link in links
    } == dict.fromkeys(links, 200)


def test_a_facet_is_chosen_and_let_go_by_its_links_and_the_page_size_is_kept(page: Get) -> None:
    chosen = page("/?q=gi%C3%A1&size=2&page=2&section=Kinh+t%E1%BA%BF")
    own = next(a for a in chosen.all("a", class_="chosen") if "Kinh tế" in a.text)
    other = next(a for a in chosen.all("a") if a.text.startswith("Báo Sông Hồng"))

    assert parse_qs(urlsplit(own.attributes["href"]).query) == {"q": ["giá"], "g": ["2"], "size": ["2"]}
    assert parse_qs(urlsplit(other.attributes["href"]).query) == {
        "q": ["giá"], "g": ["2"], "source": ["Báo Sông Hồng"], "section": ["Kinh tế"], "size": ["2"],
    }  # fmt: skip
    assert "rel" in own.attributes
    assert [a.attributes["rel"] for a in chosen.all("a", class_="turn")] == ["prev", "next"]


def test_the_second_tier_stands_apart_and_says_what_each_lacks(page: Get) -> None:
    found = page("/?q=lao+cai")
    lacking = " ".join(found.all("h2", id="lacking")[0].text.split())
    assert lacking == "21 bài khác thiếu một số từ · thêm 20 tin"
    assert found.all("h2", id="scattered")[0].text.strip() == "Thêm 1 bài có đủ chữ nhưng rời nhau"
    assert found.all("p", class_="lacks")[0].text.strip() == "rời nhau: «lao cai»"
    assert found.all("p", class_="lacks")[1].text.strip() == "không có: «cai»"


def test_a_problem_is_marked_in_what_was_typed(page: Get) -> None:
    problems = page("/?q=lao+cai+(").all("section", class_="problems")[0]
    marked = page("/?q=lao+cai+(").all("em")

    assert "lao cai (" in problems.text
    assert [one.text for one in marked] == ["("]


def test_the_examples_of_the_home_page_find_something(client: FlaskClient, page: Get) -> None:
    examples = [a for a in page("/").all("a") if a.attributes["href"].startswith("?q=") and a.text]
    assert len(examples) >= 5
    for example in examples:
        assert client.get("/api/search" + example.attributes["href"]).get_json()["total"] > 0, example.text
