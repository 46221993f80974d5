"""What the page and the API say of prints of one text."""

from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus.article import Article, Provenance
from corpus.records import Reading
from indexer.build import build
from indexer.stories.update import update_stories
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, writing
from search_app.cli.commands import khobao
from search_app.settings import Settings
from tests.examples import examples
from tests.web.html import Page, read_html

settings_of_hypothesis = hypothesis_settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

GOLD = "/?q=%22gi%C3%A1+v%C3%A0ng+trong+n%C6%B0%E1%BB%9Bc+gi%E1%BA%A3m%22"
FIRST, AGAIN = "nbpn-2013-001", "ktcl-2013-001"


def test_articles_and_stories_are_counted(client: FlaskClient) -> None:
    answer = client.get("/api" + GOLD.replace("/?", "/search?")).get_json()
    assert (answer["total"], answer["stories"], answer["by_story"]) == (2, 1, False)
    assert "2 bài khớp · 1 tin" in " ".join(
        read_html(client.get(GOLD + "&lang=vi").text).all("h1")[0].text.split()
    )
    whole = client.get("/api/search").get_json()
    assert whole["stories"] == whole["total"] - 4, "the sample corpus holds four reprints"


def test_by_story_a_hit_stands_for_its_story(client: FlaskClient) -> None:
    answer = client.get("/api" + GOLD.replace("/?", "/search?") + "&stories=1").get_json()
    assert (answer["total"], answer["stories"], answer["by_story"], answer["pages"]) == (2, 1, True, 1)
    (hit,) = answer["hits"]
    assert hit["others"] == 1
    assert (hit["first"]["id"], hit["first"]["source"], hit["first"]["dated"]) == (
        FIRST,
        "Nhật Báo Phương Nam",
        True,
    )


def test_the_page_shows_each_story_once_unless_every_article_is_asked_for(client: FlaskClient) -> None:
    """An address of yesterday, ``stories=1``, shows what it showed."""
    for folded in (GOLD, GOLD + "&stories=", GOLD + "&stories=1"):
        page = read_html(client.get(folded + "&lang=vi").text)
        assert [one.attributes["href"] for one in page.all("a", class_="title")] == [
            href for href in page.marked_with("href") if href.startswith(f"/article/{page_hit(page)}?")
        ][:1]
        (story,) = page.all("p", class_="story")
        assert "và 1 bài khác cùng tin này" in story.text
        assert "Hiện mọi bài" in page.all("nav", id="sorting")[0].text
    unfolded = read_html(client.get(GOLD + "&stories=0&lang=vi").text)
    assert len(unfolded.all("a", class_="title")) == 2
    assert unfolded.all("p", class_="story") == []
    assert "Mỗi tin hiện một lần" in unfolded.all("nav", id="sorting")[0].text


def page_hit(page: Page) -> str:
    """The id of the first result."""
    return page.all("a", class_="title")[0].attributes["href"].partition("?")[0].rpartition("/")[2]


def test_a_hit_leads_to_every_print_of_its_story(client: FlaskClient) -> None:
    (story,) = read_html(client.get(GOLD).text).all("p", class_="story")
    (href,) = (one for one in hrefs(client.get(GOLD).text) if one.endswith("#story"))
    assert story.text.strip()
    article = read_html(client.get(href.removesuffix("#story")).text)
    assert len(article.all("h2", id="story")) == 1
    linked = {one.partition("?")[0] for one in article.marked_with("href")} | {href.partition("?")[0]}
    assert {f"/article/{FIRST}", f"/article/{AGAIN}"} <= linked


def hrefs(html: str) -> list[str]:
    return [one.attributes["href"] for one in read_html(html).all("a") if "href" in one.attributes]


@pytest.mark.parametrize(("state", "kept"), [("", False), ("&stories=0", True)])
def test_every_link_of_a_page_keeps_how_stories_are_shown(
    client: FlaskClient, state: str, *, kept: bool
) -> None:
    """Pages, orders, filters, articles and the form; where nothing was chosen no link says anything."""
    text = client.get(f"/?q=lao+cai&size=2&page=2{state}").text
    page = read_html(text)
    switch = page.all("nav", id="sorting")[0]
    assert ("Mỗi tin hiện một lần" if kept else "Hiện mọi bài") in switch.text
    states = [
        href for href in hrefs(text) if href.startswith(("/?q=lao+cai", "/article/", "/why/", "/facet/"))
    ]
    saying = [href for href in states if "stories=0" in href]
    assert len(states) > 20
    assert len(saying) == (len(states) - 1 if kept else 1), "all but the switch, or the switch alone"
    hidden = {one.attributes["name"]: one.attributes["value"] for one in page.all("input", type="hidden")}
    assert hidden.get("stories", "") == ("0" if kept else "")
    assert "stories=1" not in "".join(states)


@pytest.mark.parametrize("state", ["", "&stories=1", "&stories=0"])
@pytest.mark.parametrize("more", ["", "&sort=oldest&page=2", "&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng"])
def test_the_json_of_a_page_shows_the_hits_of_the_page(client: FlaskClient, state: str, more: str) -> None:
    text = client.get(f"/?q=l%C5%A9&size=5{more}{state}").text
    (href,) = (one for one in hrefs(text) if one.startswith("/api/search"))
    answer = client.get(href).get_json()
    shown = [
        one.attributes["href"].partition("?")[0].removeprefix("/article/")
        for one in read_html(text).all("a", class_="title")
    ]
    assert [hit["id"] for hit in answer["hits"]] == shown
    assert answer["by_story"] is (state != "&stories=0")


@pytest.mark.parametrize("state", ["", "&stories=1", "&stories=0"])
def test_a_csv_and_a_feed_of_a_page_say_what_they_hold(client: FlaskClient, state: str) -> None:
    """However the page shows stories: no article is missing from a table without a word."""
    page = read_html(client.get(f"{GOLD}{state}&lang=vi").text)
    named = {one.text: one.attributes["href"] for one in page.all("a") if one.attributes.get("type")}
    rows = {name: client.get(href).text.count("\r\n") - 1 for name, href in named.items() if "csv?" in href}
    assert rows["Mọi bài khớp, dạng CSV"] == 2
    assert rows["Mỗi tin một bài, dạng CSV"] == 1
    feed = client.get(named["Theo dõi mọi bài của tìm kiếm này (Atom)"]).text
    assert feed.count("<entry>") == 2
    once = read_html(client.get("/?q=%22c%C3%A1+h%E1%BB%93i+v%C3%A2n%22&lang=vi").text)
    assert "Mỗi tin một bài, dạng CSV" not in {one.text for one in once.all("a")}, (
        "every story is one article"
    )
    assert "Hiện mọi bài" not in once.all("nav", id="sorting")[0].text


@pytest.mark.parametrize(("asked", "shown"), [("q=lao&stories=1", "q=lao"), ("q=lao", "q=lao&g=2&stories=0")])
def test_a_feed_leads_to_the_page_that_shows_the_same(client: FlaskClient, asked: str, shown: str) -> None:
    feed = client.get(f"/search.atom?{asked}").text
    page = next(line for line in feed.splitlines() if 'rel="alternate"' in line)
    wanted = shown.replace("q=lao", "q=lao&g=2") if "g=" not in shown else shown
    assert f'/?{wanted}"'.replace("&", "&amp;") in page


def test_other_addresses_show_articles(client: FlaskClient) -> None:
    asked = GOLD.removeprefix("/?")
    assert len(client.get(f"/api/search?{asked}").get_json()["hits"]) == 2
    assert client.get(f"/search.csv?{asked}&fields=id").text.count("\r\n") == 3
    assert client.get(f"/search.atom?{asked}").text.count("<entry>") == 2
    assert client.get(f"/search.atom?{asked}&stories=1").text.count("<entry>") == 1


@settings_of_hypothesis
@given(
    st.sampled_from(
        ["", "lũ", "lao cai", "nước người dân", '"lũ quét"', "giá vàng tăng", "-lũ", "lao nước năm"]
    ),
    st.sampled_from(["relevance", "newest", "oldest"]),
    st.integers(2, 9),
)
def test_the_pages_together_show_each_story_once(
    client: FlaskClient, query: str, sort: str, size: int
) -> None:
    """In every tier and every order: nothing twice, nothing lost, in the order of the articles."""
    asked = {"q": query, "sort": sort, "lang": "vi"}
    whole = client.get("/api/search", query_string=asked | {"size": 100}).get_json()
    articles = [hit["id"] for hit in whole["hits"]]
    assert len(articles) == whole["total"] + whole["scattered_total"] + whole["partial_total"]
    first = client.get("/", query_string=asked | {"size": size})
    shown: list[str] = []
    for number in range(1, len(articles) // size + 2):
        text = (
            client.get("/", query_string=asked | {"size": size, "page": number}).text
            if number > 1
            else first.text
        )
        shown += [
            unquote(one.attributes["href"].partition("?")[0].removeprefix("/article/"))
            for one in read_html(text).all("a", class_="title")
        ]
    stories = [story_of(client, each) for each in articles]
    assert shown == [each for each in articles if each in set(shown)]
    assert sorted(story_of(client, each) for each in shown) == sorted(set(stories))
    assert len(shown) == whole["stories"] + whole["scattered_stories"] + whole["partial_stories"]


@cache
def story_of(client: FlaskClient, article_id: str) -> str:
    """The first print of an article's story; itself where it is alone."""
    story = client.get(f"/api/article/{quote(article_id, safe='')}").get_json()["story"]
    return story["articles"][0]["id"] if story else article_id


def test_pages_of_stories_hold_each_story_once(client: FlaskClient) -> None:
    first = client.get("/api/search?stories=1&size=7").get_json()
    found = [
        hit["id"]
        for page in range(1, first["pages"] + 1)
        for hit in client.get(f"/api/search?stories=1&size=7&page={page}").get_json()["hits"]
    ]
    assert len(found) == len(set(found)) == first["stories"]


def test_an_article_names_the_other_prints(client: FlaskClient) -> None:
    story = client.get(f"/api/article/{AGAIN}").get_json()["story"]
    assert story["dated"] is True
    assert [one["id"] for one in story["articles"]] == [FIRST, AGAIN]
    assert client.get("/api/article/bsh-2014-002").get_json()["story"] is None
    html = client.get(f"/article/{FIRST}?lang=vi").text
    assert "Cùng một tin trong 2 bài" in html
    assert f'href="/changes/{AGAIN}"' in html


def test_what_was_changed_is_shown(client: FlaskClient) -> None:
    answer = client.get(f"/api/changes/{AGAIN}").get_json()
    assert (answer["first"]["id"], answer["other"]["id"]) == (FIRST, AGAIN)
    assert {one["kind"] for one in answer["changes"]} >= {"same"}
    assert any(one["kind"] != "same" for one in answer["changes"])
    backwards = client.get(f"/api/changes/{FIRST}?against={AGAIN}").get_json()
    assert (backwards["first"]["id"], backwards["other"]["id"]) == (AGAIN, FIRST)
    page = read_html(client.get(f"/changes/{AGAIN}?lang=vi").text)
    assert page.faults == []
    assert page.all("ins") or page.all("del")


def test_what_cannot_be_compared_is_said(client: FlaskClient) -> None:
    for path in ("bsh-2014-002", "nobody", f"{AGAIN}?against=nobody"):
        answer = client.get(f"/api/changes/{path}")
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "nothing-to-compare")
    assert client.get("/api/search?stories=yes").status_code == 400


def test_while_stories_lag_behind_it_is_said_for_which_change_they_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An import indexes first, and looks for reprints then."""
    settings = Settings(tmp_path)
    text = "Nước lũ lên nhanh trong đêm, hơn hai mươi hộ dân ở ven suối phải dời nhà lên đồi cao. " * 5
    client = add_article(settings, "a", text)
    lines = []
    for number in (1, 2):
        if number == 2:
            add_article(settings, "b", text, stories=False)
        answer = client.get("/api/search?q=l%C5%A9").get_json()
        assert (answer["archive_number"], answer["stories_number"], answer["stories"]) == (number, 1, number)
        assert client.get("/search.csv?q=l%C5%A9&stories=1").headers["X-Stories-Number"] == "1"
        page = read_html(client.get("/?q=l%C5%A9").text)
        said = "Số tin tính đến thay đổi 1 trên 2: các bản đăng lại trong những bài mới hơn chưa tìm xong"
        assert (said in {shown for shown, _ in page.texts}) is (number == 2)
        khobao.main(["search", "lũ", "--data", str(tmp_path)], standalone_mode=False)
        lines.append(said in capsys.readouterr().out)
    assert lines == [False, True]
    with writing(settings) as archive:
        update_stories(archive, settings.stories, lambda _done, _total: None)
    answer = client.get("/api/search?q=l%C5%A9").get_json()
    assert (answer["stories_number"], answer["total"], answer["stories"]) == (2, 2, 1)


def add_article(settings: Settings, article_id: str, text: str, *, stories: bool = True) -> FlaskClient:
    """A client of an archive to which an article was added; with or without the search for reprints."""
    article = Article(article_id, "Lũ quét trong đêm ở bản Phin", text)
    origin = Provenance("f", "p", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00")
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store([Reading(article, origin)])
        build(archive, writer, lambda _done, _total: None, workers=0)
        if stories:
            update_stories(archive, settings.stories, lambda _done, _total: None)
    return create_app(open_service(settings), settings).test_client()
