"""Feeds, OpenSearch, sitemaps, catalogue data and files, read by the programs that will read them."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from corpus.article import Article, Provenance
from corpus.published import Published
from corpus.records import Reading
from indexer.build import build
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.web.html import read_html

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def xml(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own answer


def local(address: str | None) -> str:
    return (address or "").removeprefix("http://localhost")


def test_a_search_is_a_feed_of_what_arrived_last(client: FlaskClient) -> None:
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
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 5


def linked(feed: ET.Element) -> dict[str, str]:
    """The links of a feed by their relation, but for the page."""
    links = [one.attrib for one in feed.findall(f"{ATOM}link") if one.get("type") == "application/atom+xml"]
    assert len(links) == len({one["rel"] for one in links})
    return {one["rel"]: local(one["href"]) for one in links}


def test_a_feed_goes_on_page_by_page(client: FlaskClient) -> None:
    """By the links of RFC 5005: from the first to the last every match once, and back."""
    links = linked(xml(client.get("/search.atom?q=lao+cai&size=2&page=2").data))
    at, ids, seen = links["first"], [], []
    while True:
        feed = xml(client.get(at).data)
        seen.append(linked(feed)["self"])
        ids += [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        if "next" not in linked(feed):
            break
        at = linked(feed)["next"]
    total = client.get("/api/search?q=lao+cai").get_json()["total"]
    assert len(ids) == len(set(ids)) == total > 4
    assert (seen[0], seen[-1]) == (links["first"], links["last"])
    assert linked(xml(client.get(seen[-1]).data))["previous"] == seen[-2]
    assert "previous" not in linked(xml(client.get(seen[0]).data))
    beyond = xml(client.get("/search.atom?q=lao+cai&size=2&page=99").data)
    assert (linked(beyond)["previous"], beyond.findall(f"{ATOM}entry")) == (links["last"], [])


def test_a_feed_says_what_a_filter_by_date_leaves_out(client: FlaskClient) -> None:
    asked = "q=th%E1%BB%AD&from=2014"
    excluded = client.get(f"/api/search?{asked}").get_json()["excluded_undated"]
    said = xml(client.get(f"/search.atom?{asked}").data).findtext(f"{ATOM}subtitle") or ""
    assert said.startswith(f"{excluded} ")
    assert xml(client.get("/search.atom?q=th%E1%BB%AD").data).findtext(f"{ATOM}subtitle") is None


def entries(client: FlaskClient, path: str) -> list[tuple[str, str]]:
    """The entries of a feed: id of the article, and when it was updated."""
    found = xml(client.get(path).data).findall(f"{ATOM}entry")
    return [
        ((one.findtext(f"{ATOM}id") or "").rpartition("/")[2], one.findtext(f"{ATOM}updated") or "")
        for one in found
    ]


def test_what_arrives_is_new_whatever_its_date_and_stays_as_old_as_it_is(tmp_path: Path) -> None:
    """An old article that is imported today comes first; an undated one is not renewed by the next import."""
    settings = Settings(tmp_path)
    for article_id, published in (("undated", ""), ("new", "2020-01-01"), ("old", "1999-01-01")):
        article = Article(article_id, "Lũ về", "Nước lên.", published=Published(published))
        origin = Provenance("f", "p", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00")
        with writing(settings) as archive, index_writer(settings) as writer:
            archive.store([Reading(article, origin)])
            build(archive, writer, lambda _done, _total: None, workers=0)
        if article_id == "undated":
            client = create_app(open_service(settings), settings).test_client()
            before = entries(client, "/search.atom?q=l%C5%A9")
    after = entries(client, "/search.atom?q=l%C5%A9")
    assert [name for name, _ in after] == ["old", "new", "undated"]
    assert after[2:] == before
    assert [at for _, at in after] == sorted((at for _, at in after), reverse=True)
    assert [name for name, _ in entries(client, "/search.atom?q=l%C5%A9&sort=newest")] == [
        "new",
        "old",
        "undated",
    ]


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
    matching = [hit for hit in found["hits"] if not (hit["lacks"] or hit["scattered"])]
    assert len(rows) == found["total"] == int(answer.headers["X-Total-Count"])
    assert [row["id"] for row in rows] == [hit["id"] for hit in matching]
    assert [row["title"] for row in rows] == [hit["title"] for hit in matching]


@pytest.mark.parametrize(
    ("asked", "words"),
    [("q=lao+cai&from=2013&to=2014", "lao-cai_2013-01-01_2014-12-31"), ("q=", "all_any_any"),
     ("q=%22L%C3%A0o+Cai%22+OR+../l%C5%A9&stories=1&to=5/2013", "lao-cai-or-lu_any_2013-05-31"),
     ("q=" + "gi%C3%A1+" * 60, "-".join(["gia"] * 15) + "_any_any")],
)  # fmt: skip
def test_an_export_that_was_cut_off_is_recognised_by_its_name(
    client: FlaskClient, asked: str, words: str
) -> None:
    answer = client.get(f"/search.csv?{asked}")
    rows = len(list(csv.DictReader(io.StringIO(answer.text))))
    change = answer.headers["X-Archive-Number"]
    name = f"khobao_{words}_n{rows}_c{change}.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert int(answer.headers["X-Total-Count"]) == rows


def test_an_export_of_stories_has_as_many_rows_as_the_page_has_stories(client: FlaskClient) -> None:
    shown = client.get("/api/search?q=&stories=1&size=100").get_json()
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=&stories=1").text)))
    assert shown["stories"] == len(rows) < shown["total"]
    assert [row["id"] for row in rows] == [hit["id"] for hit in shown["hits"]]


def test_columns_are_chosen_and_unknown_ones_are_said(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=lao+cai&fields=id,raw_sha256,body&excel=1")
    assert answer.text.splitlines()[0] == '\ufeff"id","raw_sha256","body"'
    assert client.get("/search.csv?fields=id,nothing").status_code == 400
    assert client.get("/search.csv?q=xyzzyx").text.splitlines() == [
        "rank,id,title,source,section,published,authors,tags,url,lede,score"
    ]
