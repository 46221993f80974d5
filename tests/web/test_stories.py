"""What the page and the API say of prints of one text."""

from flask.testing import FlaskClient

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
        'href="/?q=%22gi%C3%A1+v%C3%A0ng+trong+n%C6%B0%E1%BB%9Bc+gi%E1%BA%A3m%22&amp;stories=1"'
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
