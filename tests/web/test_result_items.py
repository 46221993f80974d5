"""Zotero finds every result of a page: its spans are made in the browser, of what the page shows."""

import pytest
from flask.testing import FlaskClient

from tests.citing.zotero import items_of_spans
from tests.web.browser import Opens

PAGES = ("/?q=gi%C3%A1", "/?q=&page=2&size=20", "/?q=th%E1%BB%AD&stories=0", "/?q=lao+xyzzy")


@pytest.mark.parametrize("path", PAGES)
def test_each_result_is_an_item(opens: Opens, client: FlaskClient, path: str) -> None:
    hits = client.get("/search.json" + path[1:] + ("" if "stories" in path else "&stories=1")).get_json()[
        "hits"
    ]
    with opens() as reader:
        reader.page.goto(reader.home + path)
        spans = reader.page.locator("span.Z3988")
        items = items_of_spans([one.get_attribute("title") or "" for one in spans.all()])
        assert not any(one.is_visible() for one in spans.all())
        links = [one.get_attribute("href") or "" for one in reader.page.locator(".hits a.title").all()]
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])
    assert len(items) == len(hits) > 0
    for item, hit, link in zip(items, hits, links, strict=True):
        assert item.kind == "newspaperArticle"
        assert item.fields["title"] == " ".join(hit["title"].split())
        assert item.fields.get("publicationTitle", "") == hit["source"]
        assert item.fields.get("date", "") == ("" if hit["precision"] == "none" else hit["published"][:10])
        assert item.fields["url"] == reader.home + link.partition("?")[0]
        assert client.get(link.partition("?")[0]).status_code == 200


def test_the_page_sends_none_of_it(client: FlaskClient) -> None:
    """It would add a seventh to the page."""
    assert "Z3988" not in client.get("/?q=gi%C3%A1").text
