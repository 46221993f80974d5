"""What is left of what is withdrawn: pages, lines and counts of tombstones, erased articles and versions."""

from urllib.parse import urlencode

import pytest
from flask import Flask

from corpus.withdrawals import WithdrawalState
from search_app.web.citations import CHOICES
from tests.web.withheld import ERASED, REASON, TOMBSTONE, UNKNOWN


@pytest.fixture
def app(withheld: Flask) -> Flask:
    return withheld


def test_hidden_versions_leave_no_trace_and_others_a_line(app: Flask) -> None:
    client = app.test_client()
    hidden = client.get("/versions/ban-an.json").get_json()
    assert [(row["version"], row["withdrawn"]) for row in hidden] == [(2, None)]
    for name, state, gone in (("ban-bia", TOMBSTONE, 2), ("ban-xoa", ERASED, 1)):
        rows = client.get(f"/versions/{name}.json").get_json()
        assert [row["version"] for row in rows] == [1, 2]
        row = rows[gone - 1]
        assert (row["withdrawn"], row["reason"], row["title"], row["sha256"]) == (state, REASON, None, None)
        page = client.get(f"/versions/{name}").text
        assert REASON in page
        assert "older=" not in page.partition("<main")[2].partition("</main")[0]  # one alone has no other


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/versions/ban-an?older=1", 400),
        ("/versions/ban-an?older=7", 400),
        ("/versions/ban-bia?newer=2", 410),
        ("/versions/ban-bia?older=2&newer=1", 410),
        ("/versions/ban-xoa?older=1", 410),
        ("/versions/ban-bia?older=1&newer=1", 200),
        ("/versions/ban-an?newer=2", 200),
        ("/api/article/ban-an", 200),
        ("/raw/ban-bia", 200),
    ],
)
def test_a_version_is_asked_for_by_its_number(app: Flask, path: str, status: int) -> None:
    assert app.test_client().get(path).status_code == status


def test_an_article_counts_the_versions_that_are_listed(app: Flask) -> None:
    client = app.test_client()
    counts = {
        name: client.get(f"/api/article/{name}").get_json()["versions"]
        for name in ("ban-an", "ban-bia", "ban-xoa")
    }
    assert counts == {"ban-an": 1, "ban-bia": 2, "ban-xoa": 2}
    assert "Phiên bản 2, một trong 1" in client.get("/article/ban-an").text
    assert "poorer" not in client.get("/article/ban-bia?lang=en").text


def test_a_basket_names_what_is_withdrawn_and_its_files_leave_it_out(app: Flask) -> None:
    client = app.test_client()
    ids = urlencode([("id", each) for each in ("con-1", "mat-bia", "mat-xoa", "mat-an", UNKNOWN)])
    page = client.get(f"/basket?{ids}&lang=en").text
    assert page.count(REASON) == 2
    assert "quậtlễnh" in page
    assert "2 ids are not known" in page
    assert [row["id"] for row in client.get(f"/basket.json?{ids}").get_json()] == ["con-1"]
    for style in CHOICES:
        assert client.get(f"/cite/{style}?{ids}").status_code == 200
        assert client.get(f"/cite/{style}?id=mat-bia&id=mat-xoa").status_code == 410
    assert client.get("/basket.csv?id=mat-bia").status_code == 410


@pytest.mark.parametrize("against", ["mat-bia", "mat-xoa"])
def test_nothing_is_held_against_a_tombstone(app: Flask, against: str) -> None:
    for path in ("/changes/con-1", "/changes/con-1.json", "/changes/con-1.csv", "/api/changes/con-1"):
        answer = app.test_client().get(f"{path}?against={against}")
        assert answer.status_code == 410
        assert against in answer.text


def test_the_page_of_a_tombstone_cites_the_article_and_says_why(app: Flask) -> None:
    client = app.test_client()
    vietnamese, english = (client.get(f"/article/mat-bia?lang={one}").text for one in ("vi", "en"))
    for page in (vietnamese, english):
        assert "Báo quậtlễnh (2013), “Lũ về quậtlễnh quậtlễnh”, ngày 27/5/2013" in page
        assert REASON in page
        assert "/article/mat-bia&gt;" in page
    assert "Bài này đã được rút khỏi kho" in vietnamese
    assert "This article was withdrawn from the archive" in english
    erased = client.get("/article/mat-xoa?lang=en").text
    assert "This article was erased from the archive" in erased
    assert "2013" not in erased.partition("<main")[2].partition("</main")[0]
    assert "2999" in client.get("/article/mat-han?lang=en").text


def test_coverage_counts_what_is_listed(app: Flask) -> None:
    client = app.test_client()
    listed = client.get("/withdrawals.json").get_json()
    counts = {state: sum(row["state"] == state for row in listed) for state in WithdrawalState}
    counted = client.get("/api/coverage").get_json()["withdrawn"]
    assert (
        counted
        == {"tombstones": counts[TOMBSTONE], "erased": counts[ERASED]}
        == {"tombstones": 4, "erased": 2}
    )
    refused = client.get("/api/coverage").get_json()["refused"]
    assert refused[0]["refusals"] == len(client.get("/coverage/refused.json").get_json()) > 0
    assert 'href="/withdrawals"' in client.get("/coverage").text
