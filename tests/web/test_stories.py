"""What the page and the API say of prints of one text."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.article import Article, Provenance
from corpus.records import Reading
from indexer.build import build
from indexer.stories.update import update_stories
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, writing
from search_app.cli.commands import khobao
from search_app.settings import Settings
from tests.web.html import read_html

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
    html = client.get(GOLD + "&stories=1&lang=vi").text
    assert "và 1 bài khác cùng tin này" in html
    assert "Hiện mọi bài" in html
    assert (
        'href="/?q=%22gi%C3%A1+v%C3%A0ng+trong+n%C6%B0%E1%BB%9Bc+gi%E1%BA%A3m%22&amp;g=2&amp;stories=1"'
        in client.get(GOLD).text
    )


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
