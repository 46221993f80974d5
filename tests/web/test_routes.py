"""Which address answers what? The table of routes, and the headers on all of them."""

import pytest
from flask.testing import FlaskClient

from tests.web.articles import ODD_ID, SLASH_ID

HTML, JSON = "text/html; charset=utf-8", "application/json"

ROUTES = [
    ("/", 200, HTML),
    ("/?q=lao+cai", 200, HTML),
    ("/?q=", 200, HTML),
    ("/?q=lao+cai&nobody=knows", 200, HTML),
    ("/?q=lao+cai&from=&to=&sort=&size=&page=", 200, HTML),
    ("/?q=lao+cai&lang=en", 200, HTML),
    ("/?source=&year=", 200, HTML),
    ("/article/bsh-2014-002", 200, HTML),
    ("/article/bsh-2014-002?q=lao+cai&page=2", 200, HTML),
    ("/article/withdrawn", 410, HTML),
    ("/article/withdrawn.json", 410, JSON),
    ("/article/withdrawn.csv", 410, HTML),
    ("/raw/withdrawn?as=file", 410, HTML),
    ("/changes/ktcl-2013-001?against=withdrawn", 410, HTML),
    ("/cite/ris?id=withdrawn", 410, HTML),
    ("/cite/ris?id=withdrawn&id=bsh-2014-002", 200, "application/x-research-info-systems; charset=utf-8"),
    ("/basket?id=withdrawn", 200, HTML),
    ("/withdrawals", 200, HTML),
    ("/withdrawals?page=0", 400, HTML),
    ("/withdrawals?page=9", 200, HTML),
    ("/withdrawals.json", 200, JSON),
    ("/withdrawals.csv", 200, "text/csv; charset=utf-8"),
    ("/withdrawals.atom", 200, "application/atom+xml; charset=utf-8"),
    ("/withdrawals.atom?page=x", 400, HTML),
    ("/article/nobody", 404, HTML),
    ("/article/", 404, HTML),
    ("/why/bsh-2014-002?q=lao+cai", 200, HTML),
    ("/why/bsh-2014-002", 200, HTML),
    ("/why/nobody?q=lao", 404, HTML),
    ("/changes/ktcl-2013-001", 200, HTML),
    ("/changes/ktcl-2013-001?against=bsh-2014-002", 200, HTML),
    ("/changes/bsh-2014-002", 404, HTML),
    ("/nowhere", 404, HTML),
    ("//elsewhere.example/x", 404, HTML),
    ("/static/page.css", 200, "text/css; charset=utf-8"),
    ("/static/suggest.js", 200, "text/javascript; charset=utf-8"),
    ("/static/fonts/khobao-serif-600.woff2", 200, "font/woff2"),
    ("/static/icon.svg", 200, "image/svg+xml; charset=utf-8"),
    ("/static/nothing.css", 404, HTML),
    ("/?page=abc", 400, HTML),
    ("/?page=99999", 200, HTML),
    ("/?q=lao&not_source=TMN&not_year=2013", 200, HTML),
    ("/?not_year=x", 400, HTML),
    ("/facet/source?q=gi%C3%A1", 200, HTML),
    ("/facet/month?find=2013&by=name", 200, HTML),
    ("/facet/source?by=x", 400, HTML),
    ("/facet/tag", 200, HTML),
    ("/facet/nothing", 404, HTML),
    ("/versions/revised", 200, HTML),
    ("/versions/revised?older=1&newer=2", 200, HTML),
    ("/versions/revised?older=3", 400, HTML),
    ("/versions/nobody", 404, HTML),
    ("/basket", 200, HTML),
    ("/basket?id=bsh-2014-002&id=nobody", 200, HTML),
    ("/basket?" + "&".join(f"id={number}" for number in range(501)), 400, HTML),
    ("/cite/bib?id=bsh-2014-002", 200, "application/x-bibtex; charset=utf-8"),
    ("/cite/ris?id=bsh-2014-002", 200, "application/x-research-info-systems; charset=utf-8"),
    ("/cite/json?id=bsh-2014-002", 200, "application/vnd.citationstyles.csl+json"),
    ("/cite/csv?id=bsh-2014-002", 200, "text/csv; charset=utf-8"),
    ("/cite/vi", 200, "text/plain; charset=utf-8"),
    ("/cite/chicago?id=bsh-2014-002&exact=1", 200, "text/plain; charset=utf-8"),
    ("/cite?id=bsh-2014-002", 200, HTML),
    ("/cite?id=bsh-2014-002&at=0&to=5", 200, HTML),
    ("/cite?id=nobody", 404, HTML),
    ("/cite?id=withdrawn", 410, HTML),
    ("/cite?id=bsh-2014-002&at=x", 400, HTML),
    ("/cite/endnote?id=bsh-2014-002", 404, HTML),
    ("/export", 200, HTML),
    ("/export?q=lao+cai&sort=newest&stories=1", 200, HTML),
    ("/export?q=" + "a" * 1001, 400, HTML),
    ("/export?q=lao&page=2", 400, HTML),
    ("/export/concordance?q=lao+cai&sort=left", 200, HTML),
    ("/export/facet/source?find=song", 200, HTML),
    ("/export/facet/nothing", 404, HTML),
    ("/export/nothing", 404, HTML),
    ("/search.jsonl?q=lao+cai", 200, "application/jsonl; charset=utf-8"),
    ("/search.jsonl?q=lao&excel=1", 400, JSON),
    ("/search.txt.zip?q=lao+cai", 200, "application/zip"),
    ("/search.ris?q=lao+cai", 200, "application/x-research-info-systems; charset=utf-8"),
    ("/search.bib?q=lao+cai", 200, "application/x-bibtex; charset=utf-8"),
    ("/search.csl.json?q=lao+cai", 200, "application/vnd.citationstyles.csl+json"),
    ("/search.receipt.json?q=lao+cai&form=bib", 200, JSON),
    ("/search.receipt.json?q=lao+cai&form=x", 400, JSON),
    ("/search.csv?q=lao+cai&cursor=1-9", 409, HTML),
    ("/facet/source.receipt.json?q=lao+cai", 200, JSON),
    ("/facet/nothing.receipt.json", 404, JSON),
    ("/concordance.receipt.json?q=lao+cai&form=ris", 400, JSON),
    ("/help", 200, HTML),
    ("/style", 200, HTML),
    ("/?q=a&lang=fr", 400, HTML),
    ("/?q=" + "a" * 1001, 400, HTML),
    ("/?q=" + "a" * 33_000, 414, HTML),
    ("/article/bsh-2014-002?q=" + "a" * 1001, 400, HTML),
    ("/api/search", 200, JSON),
    ("/api/search?q=lao+cai", 200, JSON),
    ("/api/search?page=abc", 400, JSON),
    ("/api/article/bsh-2014-002", 200, JSON),
    ("/api/article/nobody", 404, JSON),
    ("/api/article/withdrawn", 410, JSON),
    ("/api/explain/bsh-2014-002?q=lao+cai", 200, JSON),
    ("/api/explain/nobody?q=lao", 404, JSON),
    ("/api/suggest", 200, JSON),
    ("/api/suggest?q=lao+c", 200, JSON),
    ("/api/suggest?q=" + "a" * 1001, 400, JSON),
    ("/api/suggest?q=a&lang=fr", 400, JSON),
    ("/api/nowhere", 404, JSON),
    ("/healthz", 200, JSON),
    ("/healthz?lang=xx", 400, JSON),
    ("/healthz/live", 200, JSON),
    ("/healthz/ready", 200, JSON),
    ("/healthz/nothing", 404, JSON),
    ("/metrics", 200, "text/plain; version=0.0.4; charset=utf-8"),
    ("/metrics?q=a", 400, JSON),
]


@pytest.mark.parametrize(("path", "status", "kind"), ROUTES, ids=[path[:50] for path, _, _ in ROUTES])
def test_each_address_answers_as_stated_to_get_and_head(
    client: FlaskClient, path: str, status: int, kind: str
) -> None:
    got, head = client.get(path, buffered=True), client.head(path, buffered=True)

    assert (status, kind) == (got.status_code, got.headers["Content-Type"])
    assert (status, b"") == (head.status_code, head.data)


@pytest.mark.parametrize("path", [path for path, _, _ in ROUTES], ids=[path[:50] for path, _, _ in ROUTES])
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers

    assert {
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    } == set(headers["Content-Security-Policy"].split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/api/search"])
def test_what_is_sent_is_refused_and_the_answer_says_how_to_ask(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data="x" * 100_000)

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("article_id", [ODD_ID, SLASH_ID])
def test_an_article_is_reached_by_its_link_whatever_its_id(client: FlaskClient, article_id: str) -> None:
    hits = client.get("/api/search?q=thử+nghiệm+mã").get_json()["hits"]
    assert article_id in [hit["id"] for hit in hits]

    with client.application.test_request_context():
        url = client.application.url_for("web.article", article_id=article_id)

    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("asked", "cookie", "expected"),
    [
        ("", "", "vi"),
        ("?lang=en", "", "en"),
        ("", "en", "en"),
        ("?lang=vi", "en", "vi"),
        ("", "xx", "vi"),
        ("?lang=", "", "vi"),
    ],
)
def test_the_language_is_the_parameter_then_the_cookie_then_vietnamese(
    client: FlaskClient, asked: str, cookie: str, expected: str
) -> None:
    if cookie:
        client.set_cookie("lang", cookie)
    answer = client.get("/" + asked, headers={"Accept-Language": "en"})

    assert f'<html lang="{expected}">' in answer.text
    assert "Cookie" in answer.headers["Vary"]


def test_a_language_that_was_asked_for_is_kept(client: FlaskClient) -> None:
    kept = client.get("/?lang=en").headers["Set-Cookie"]
    assert {"lang=en", "HttpOnly", "SameSite=Lax"} <= set(kept.split("; "))
    assert '<html lang="en">' in client.get("/?q=gạo").text
