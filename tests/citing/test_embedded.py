"""Zotero, Google Scholar and whoever shows a link find an article in its page, and all of a basket."""

import json
from urllib.parse import parse_qsl

import pytest
import rispy
from flask.testing import FlaskClient

from corpus.published import Published
from search_app.formats.citations import Cited
from search_app.formats.citations.coins import context_object
from search_app.web.embedded import highwire, open_graph
from tests.citing.articles import EVERY, cited
from tests.citing.zotero import item_of_meta, items_of_spans, spans_of
from tests.web.articles import ODD_ID, SLASH_ID
from tests.web.conftest import Get
from tests.web.html import read_html

HERE = "http://127.0.0.1:8080"
IDS = ("bsh-2014-002", "markup", ODD_ID, SLASH_ID, "yearless")


def line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("one", EVERY, ids=[one.key for one in EVERY])
def test_a_context_object_is_an_article_of_a_newspaper_with_whole_names(one: Cited) -> None:
    article = one.article
    (item,) = items_of_spans([context_object(one)])
    assert item.kind == "newspaperArticle"
    assert item.authors == [(line(name), "") for name in article.authors]
    assert item.fields["title"] == line(article.title)
    assert item.fields.get("publicationTitle", "") == line(article.source)
    assert item.fields["url"] == one.address
    assert item.fields.get("date", "") == (article.published.plain[:10] if article.published.span else "")


@pytest.mark.parametrize("one", EVERY, ids=[one.key for one in EVERY])
def test_a_context_object_is_encoded_as_openurl_is(one: Cited) -> None:
    """ASCII, each key and value with one sign between, and read back by any reader of forms."""
    written = context_object(one)
    assert written.isascii()
    assert not set(written) & set(" <>\"'")
    pairs = parse_qsl(written, strict_parsing=True)
    assert pairs[:3] == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
    ]
    assert ("rft.title", one.title) in pairs
    assert [value for key, value in pairs if key == "rft.aulast"] == list(one.authors)


@pytest.mark.parametrize("article_id", IDS)
def test_the_page_of_an_article_is_one_item(client: FlaskClient, page: Get, article_id: str) -> None:
    path = client.application.url_map.bind("localhost").build("web.article", {"article_id": article_id})
    found, fields = page(path), client.get(f"{path}.json").get_json()
    (span,) = items_of_spans(spans_of(found))
    meta = item_of_meta(found)
    assert span.kind == meta.kind == "newspaperArticle"
    assert span.fields["title"] == meta.fields["title"] == line(fields["title"])
    assert span.authors == [(line(name), "") for name in fields["authors"]]
    for item in (span, meta):
        assert item.fields.get("publicationTitle", "") == line(fields["source"])
        assert item.fields["language"] == "vi"


def test_the_head_says_what_scholar_and_others_read(client: FlaskClient) -> None:
    found = read_html(client.get("/article/bsh-2014-002", base_url=HERE).text)
    fields = client.get("/article/bsh-2014-002.json").get_json()
    metas = [one.attributes for one in found.all("meta")]
    named = [(one["name"], one["content"]) for one in metas if "name" in one]
    shared = [(one["property"], one["content"]) for one in metas if "property" in one]
    permalink = f"{HERE}/article/bsh-2014-002"
    assert [value for name, value in named if name == "citation_author"] == fields["authors"]
    assert ("citation_publication_date", fields["published"][:10].replace("-", "/")) in named
    assert ("citation_public_url", permalink) in named
    assert ("citation_journal_title", fields["source"]) in named
    assert shared[0] == ("og:type", "article")
    assert ("og:title", fields["title"]) in shared
    assert ("og:url", permalink) in shared
    assert ("article:published_time", fields["published"]) in shared
    assert [value for name, value in shared if name == "article:tag"] == fields["tags"]


@pytest.mark.parametrize(
    ("published", "highwires", "graph"),
    [
        ("2013-05-26T07:10+07:00", "2013/05/26", ("article:published_time", "2013-05-26T07:10+07:00")),
        ("2013-05", "2013/05", ("article:published_time", "2013-05")),
        ("2013", "2013", ("article:published_time", "2013")),
        ("2024-03-12~", "", ("article:modified_time", "2024-03-12")),
        ("", "", None),
    ],
)
def test_a_date_is_said_as_it_is_known(published: str, highwires: str, graph: tuple[str, str] | None) -> None:
    article = cited(published=Published(published)).article
    assert dict(highwire(article, "")).get("citation_publication_date", "") == highwires
    assert [pair for pair in open_graph(article, "") if "time" in pair[0]] == ([graph] if graph else [])


def test_without_a_public_address_none_is_said(client: FlaskClient) -> None:
    text = client.get("/article/bsh-2014-002", headers={"Host": "evil.example"}).text
    assert "citation_public_url" not in text
    assert "og:url" not in text
    assert "tag%3Akhobao.invalid" in text


def test_the_files_of_a_page_are_linked_for_programs(client: FlaskClient) -> None:
    """They work as they are written, and are of the version that the page shows."""
    first, second = client.get("/versions/revised.json").get_json()
    for path, title in (("/article/revised", second), (f"/article/revised?as_of={first['change']}", first)):
        found = read_html(client.get(path).text)
        links = {one.attributes["type"]: one.attributes["href"] for one in found.all("link", rel="alternate")}
        (record,) = rispy.loads(client.get(links["application/x-research-info-systems"]).text)
        assert record["title"] == title["title"]
        assert title["title"] in client.get(links["application/x-bibtex"]).text
        (item,) = json.loads(client.get(links["application/vnd.citationstyles.csl+json"]).text)
        assert item["title"] == title["title"]


def test_a_basket_is_a_folder(client: FlaskClient, page: Get) -> None:
    asked = "&".join(f"id={one}" for one in ("bsh-2014-002", "markup", "nobody", "withdrawn", "revised"))
    found = page(f"/basket?{asked}")
    items = items_of_spans(spans_of(found))
    rows = client.get(f"/basket.json?{asked}").get_json()
    assert [item.fields["title"] for item in items] == [line(row["title"]) for row in rows]
    (link,) = (
        one.attributes["href"]
        for one in found.all("link", rel="alternate")
        if one.attributes["type"] == "application/x-research-info-systems"
    )
    assert len(rispy.loads(client.get(link).text)) == len(rows) == 3


def test_what_is_withdrawn_is_no_item(page: Get) -> None:
    found = page("/article/withdrawn")
    assert spans_of(found) == []
    assert not [one for one in found.all("meta") if "citation" in one.attributes.get("name", "")]
