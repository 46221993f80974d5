"""What is said when something is wrong? What, the value, the remedy; in both languages; at every door."""

import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.answer.service import Service
from search_app.app import create_app
from search_app.bootstrap import index_holder, open_service
from search_app.settings import Settings
from tests.web.conftest import Get

WRONG = [
    (
        "page",
        "abc",
        "Tham số page là “abc”; hãy ghi một số nguyên từ 1",
        "page is “abc”; give a whole number from 1",
    ),
    (
        "page",
        "-1",
        "Tham số page là “-1”; hãy ghi một số nguyên từ 1",
        "page is “-1”; give a whole number from 1",
    ),
    ("page", "0", "Tham số page là 0; trang được đếm từ 1", "page is 0; pages count from 1"),
    ("size", "0", "Tham số size là 0; hãy ghi một số từ 1 đến 100", "size is 0; give a number from 1 to 100"),
    (
        "size",
        "101",
        "Tham số size là 101; hãy ghi một số từ 1 đến 100",
        "size is 101; give a number from 1 to 100",
    ),
    (
        "sort",
        "xyz",
        "Tham số sort là “xyz”; hãy chọn một trong: relevance, newest, oldest",
        "sort is “xyz”; give one of relevance, newest, oldest",
    ),
    (
        "from",
        "31/31/2013",
        "Tham số from là “31/31/2013”, không phải ngày tháng",
        "from is “31/31/2013”, which is no date",
    ),
    (
        "to",
        "2013..2015",
        "Tham số to là “2013..2015”, không phải ngày tháng",
        "to is “2013..2015”, which is no date",
    ),
    (
        "year",
        "20x3",
        "Tham số year là “20x3”; hãy ghi một năm, ví dụ 2013",
        "year is “20x3”; give a year such as 2013",
    ),
    ("month", "2013-13", "Tham số month là “2013-13”; hãy ghi một tháng", "month is “2013-13”; give a month"),
    ("lang", "fr", "Tham số lang là “fr”; hãy chọn một trong: vi, en", None),
]


@pytest.mark.parametrize(("name", "value", "vietnamese", "english"), WRONG)
def test_a_wrong_value_is_said_in_both_languages_and_the_query_stays_in_the_box(
    client: FlaskClient, page: Get, name: str, value: str, vietnamese: str, english: str | None
) -> None:
    for language, expected in (("vi", vietnamese), ("en", english)):
        if expected is None:
            continue
        client.set_cookie("lang", language)
        asked = urlencode({"q": "lao cai", name: value})

        error = client.get(f"/api/search?{asked}").get_json()["error"]
        shown = page(f"/?{asked}")

        assert error["message"].startswith(expected)
        assert error["code"] in {"bad-parameter", "bad-request"}
        assert shown.all("h1")[0].text.startswith(expected)
        assert shown.all("input", name="q")[0].attributes["value"] == "lao cai"


def test_an_end_before_the_beginning_is_said(client: FlaskClient) -> None:
    error = client.get("/api/search?from=2015&to=5/2013&lang=en").get_json()["error"]
    assert error["message"].startswith("from is “2015” and to is “5/2013”: the end lies before the beginning")


@pytest.mark.parametrize(
    ("dates", "same"),
    [
        ("from=2013&to=2013", "from=2013-01-01&to=31/12/2013"),
        ("from=2013-09&to=9/2013", "from=1/9/2013&to=2013-09-30"),
    ],
)
def test_a_year_and_a_month_are_all_of_their_days(client: FlaskClient, dates: str, same: str) -> None:
    totals = [client.get(f"/api/search?{asked}").get_json()["total"] for asked in (dates, same)]
    assert totals[0] == totals[1] > 0


def test_a_missing_article_is_said_with_its_id(client: FlaskClient, page: Get) -> None:
    assert client.get("/api/article/nobody").get_json() == {
        "error": {
            "code": "unknown-article",
            "message": "Kho không có bài nào mang mã “nobody”; hãy tìm theo những từ trong tiêu đề bài",
        }
    }
    assert "“nobody”" in page("/article/nobody").all("h1")[0].text


def test_pages_have_no_depth_and_past_the_end_is_a_page_that_says_so(client: FlaskClient, page: Get) -> None:
    deep = client.get("/api/search?page=100000000&size=100")
    assert (deep.status_code, deep.get_json()["hits"]) == (200, [])

    past = page("/?q=lao+cai&page=900")
    assert "Không có trang 900" in past.all("h2", id="nothing")[0].text


@pytest.fixture
def without_index(settings: Settings, tmp_path: Path) -> FlaskClient:
    archived = open_service(settings)
    bare = Settings(tmp_path)
    service = Service(archived.accounts._archive, index_holder(bare))
    return create_app(service, bare).test_client()


def test_without_an_index_health_says_so(without_index: FlaskClient) -> None:
    answer = without_index.get("/healthz")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "no-index")
    assert "khobao rebuild" in answer.get_json()["error"]["message"]


def test_without_an_index_a_server_is_alive_and_not_ready(without_index: FlaskClient) -> None:
    assert without_index.get("/healthz/live").get_json() == {"status": "ok"}
    answer = without_index.get("/healthz/ready")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "no-index")


def test_a_server_goes_on_with_a_good_state_and_says_so(settings: Settings, tmp_path: Path) -> None:
    data = tmp_path / "kho"
    shutil.copytree(settings.data, data)
    copied = replace(settings, data=data)
    client = create_app(open_service(copied), copied).test_client()
    before = client.get("/api/search?q=lao+cai").get_json()
    assert client.get("/healthz").get_json()["trouble"] is None
    (data / "index" / "current.json").write_text("{", "utf-8")
    assert client.get("/api/search?q=lao+cai").get_json()["hits"] == before["hits"]
    health = client.get("/healthz")
    assert health.status_code == 200
    assert "khobao rebuild" in health.get_json()["trouble"]
    ready = client.get("/healthz/ready")
    assert (ready.status_code, ready.get_json()["error"]["code"]) == (503, "index-trouble")
    assert ready.get_json()["error"]["message"] == health.get_json()["trouble"]


@pytest.mark.parametrize("path", ["/", "/?q=lao+cai", "/api/search"])
def test_what_the_operator_can_mend_is_503_with_the_remedy(without_index: FlaskClient, path: str) -> None:
    answer = without_index.get(path)
    assert answer.status_code == 503
    assert "khobao rebuild" in answer.text


@pytest.mark.parametrize("path", ["/?q=a", "/api/search?q=a"])
def test_a_bug_shows_no_traceback(settings: Settings, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    service = open_service(settings)
    monkeypatch.setattr(service.searching, "page", broken)
    app: Flask = create_app(service, settings)

    answer = app.test_client().get(path)

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "nhật ký" in answer.text
