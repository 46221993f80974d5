"""Feeds, OpenSearch, sitemaps, catalogue data and files, read by the programs that will read them."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.web.html import read_html

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def xml(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own answer


def local(address: str | None) -> str:
    return (address or "").removeprefix("http://localhost")


def test_a_search_is_a_feed_of_its_newest_articles(client: FlaskClient) -> None:
    """What RFC 4287 asks of a feed and of each entry is there, once."""
    answer = client.get("/search.atom?q=lao+cai&size=5")
    feed = xml(answer.data)
    assert answer.mimetype == "application/atom+xml"
    assert [len(feed.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    for entry in entries:
        assert [len(entry.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert entry.findall(f"{ATOM}author/{ATOM}name")
        links = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        assert len(links) == 1
    moments = [entry.findtext(f"{ATOM}published") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 5


def test_a_feed_goes_on_page_by_page(client: FlaskClient) -> None:
    first = xml(client.get("/search.atom?size=20").data)
    link = first.find(f"{ATOM}link[@rel='next']")
    assert link is not None
    second = xml(client.get(local(link.attrib["href"])).data)
    ids = [
        {entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")} for feed in (first, second)
    ]
    assert ids[0].isdisjoint(ids[1])


def test_a_browser_can_add_the_search(client: FlaskClient) -> None:
    root = xml(client.get("/opensearch.xml").data)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    name, description = root.findtext(f"{OPENSEARCH}ShortName"), root.findtext(f"{OPENSEARCH}Description")
    assert name
    assert len(name) <= 16
    assert description
    urls = {url.attrib["type"]: url.attrib["template"] for url in root.findall(f"{OPENSEARCH}Url")}
    for template in urls.values():
        path = template.replace("{searchTerms}", "lao+cai").removeprefix("http://localhost")
        assert client.get(path).status_code == 200
    typed, texts, *_ = json.loads(client.get("/suggestions.json?q=lao").data)
    assert typed == "lao"
    assert "Lào Cai" in texts


def test_the_sitemaps_name_every_article_once(client: FlaskClient) -> None:
    index = xml(client.get("/sitemap.xml").data)
    addresses = [one.text or "" for one in index.iter(f"{SITEMAP}loc")]
    found = [
        one.text or ""
        for address in addresses
        for one in xml(client.get(local(address)).data).iter(f"{SITEMAP}loc")
    ]
    total = client.get("/api/search?q=").get_json()["total"]
    assert len(found) == len(set(found)) == total
    assert client.get(local(found[0])).status_code == 200
    assert client.get("/sitemap-99.xml").status_code == 404
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


@pytest.mark.parametrize("article_id", ["bsh-2014-002", "markup", "yearless"])
def test_an_article_says_what_it_is(client: FlaskClient, article_id: str) -> None:
    page = client.get(f"/article/{article_id}").text
    start = page.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    data = json.loads(page[start : page.index("</script>", start)])
    article = client.get(f"/article/{article_id}.json").get_json()
    assert (data["@context"], data["@type"]) == ("https://schema.org", "NewsArticle")
    assert data["headline"] == article["title"]
    assert [one["name"] for one in data.get("author", [])] == article["authors"]
    named = [
        one.attributes
        for one in read_html(page).all("meta")
        if one.attributes.get("name", "").startswith("DC.")
    ]
    assert {"DC.title", "DC.identifier", "DC.language"} <= {one["name"] for one in named}
    assert [one["content"] for one in named if one["name"] == "DC.creator"] == article["authors"]


def test_a_file_of_results_holds_every_match_in_order(client: FlaskClient) -> None:
    asked = {"q": "lao cai", "sort": "newest"}
    answer = client.get("/search.csv", query_string=asked)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    found = client.get("/api/search", query_string={**asked, "size": 100}).get_json()
    matching = [hit for hit in found["hits"] if not hit["lacks"]]
    assert len(rows) == found["total"] == int(answer.headers["X-Total-Count"])
    assert [row["id"] for row in rows] == [hit["id"] for hit in matching]
    assert [row["title"] for row in rows] == [hit["title"] for hit in matching]


def test_columns_are_chosen_and_unknown_ones_are_said(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=lao+cai&fields=id,raw_sha256,body&excel=1")
    assert answer.text.splitlines()[0] == '\ufeff"id","raw_sha256","body"'
    assert client.get("/search.csv?fields=id,nothing").status_code == 400
    assert client.get("/search.csv?q=xyzzyx").text.splitlines() == [
        "rank,id,title,source,section,published,authors,tags,url,lede,score"
    ]
