"""Feeds, OpenSearch, sitemaps and JSON-LD are of the published forms, by grammars that can refuse."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import schema_org
from flask.testing import FlaskClient
from lxml import etree
from pydantic import ValidationError

from tests.web.articles import ODD

pytestmark = pytest.mark.slow  # schema_org takes five seconds to make its models

_GRAMMARS = Path(__file__).with_name("grammars")
SCRIPT = '<script type="application/ld+json">'
SHOWN = dict.fromkeys(one.id for one in ODD if one.id != "withdrawn")
ARTICLES = [*SHOWN, "bsh-2014-002", "bsh-2010-001", "khdm-2017-001"]


def grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(_GRAMMARS / f"{name}.rng"))


XML = [
    ("/search.atom", "atom"),
    ("/search.atom?q=lao+cai&size=5&page=2", "atom"),
    ("/search.atom?q=th%E1%BB%AD&lang=en", "atom"),
    ("/search.atom?q=xyzzyx", "atom"),
    ("/withdrawals.atom", "atom"),
    ("/withdrawals.atom?page=2&lang=en", "atom"),
    ("/opensearch.xml", "opensearch"),
    ("/opensearch.xml?lang=en", "opensearch"),
    ("/sitemap.xml", "sitemap"),
    ("/sitemap-1.xml", "sitemap"),
]


@pytest.mark.parametrize(("path", "name"), XML, ids=[path for path, _ in XML])
def test_what_programs_read_is_of_the_published_form(client: FlaskClient, path: str, name: str) -> None:
    grammar(name).assertValid(etree.fromstring(client.get(path).data))


def _drop(tag: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        found = root.find(f".//{{*}}{tag}")
        assert found is not None
        parent = found.getparent()
        assert parent is not None
        parent.remove(found)

    return change


def _text(tag: str, text: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        found = root.find(f".//{{*}}{tag}")
        assert found is not None
        found.text = text

    return change


@pytest.mark.parametrize(
    ("path", "name", "change"),
    [
        ("/search.atom", "atom", _drop("id")),
        ("/search.atom", "atom", _drop("updated")),
        ("/search.atom", "atom", _text("updated", "2013-05-27")),
        ("/search.atom", "atom", _text("updated", "2013-05-27T07:10:00")),
        ("/search.atom", "atom", _text("id", "bsh-1")),
        ("/opensearch.xml", "opensearch", _text("ShortName", "Kho Báo, mọi tờ báo")),
        ("/opensearch.xml", "opensearch", _drop("Description")),
        ("/sitemap-1.xml", "sitemap", _text("loc", "/article/a")),
        ("/sitemap-1.xml", "sitemap", _text("lastmod", "27/5/2013")),
    ],
)
def test_the_grammars_can_refuse(
    client: FlaskClient, path: str, name: str, change: Callable[[etree._Element], None]
) -> None:
    root = etree.fromstring(client.get(path).data)
    change(root)
    assert not grammar(name).validate(root)


@pytest.mark.parametrize("article_id", ARTICLES)
def test_an_article_is_a_news_article_of_schema_org(client: FlaskClient, article_id: str) -> None:
    """Every property is one of its type, every value of a type that the property may have."""
    data = linked(client.get("/article/" + quote(article_id)).text)
    assert type(built(data)).__name__ == data["@type"] == "NewsArticle"


@pytest.mark.parametrize(
    "bad", [{"headlin": "a"}, {"datePublished": "hôm qua"}, {"publisher": {"@type": "Place"}}]
)
def test_the_vocabulary_can_refuse(client: FlaskClient, bad: dict[str, object]) -> None:
    data = linked(client.get("/article/bsh-2014-002").text)
    with pytest.raises((ValidationError, ValueError)):
        built(data | bad)


def linked(page: str) -> dict[str, object]:
    start = page.index(SCRIPT) + len(SCRIPT)
    found: dict[str, object] = json.loads(page[start : page.index("</script>", start)])
    return found


def built(value: object, name: str = "") -> object:
    """The value as a model of its type, what it holds as models of theirs."""
    if isinstance(value, list):
        return [built(one, name) for one in value]
    if not isinstance(value, dict):
        return moment(str(value)) if name.startswith("date") else value
    kind = getattr(schema_org, value["@type"])
    return kind(**{key: built(one, key) for key, one in value.items() if not key.startswith("@")})


def moment(text: str) -> date | datetime:
    """ISO 8601, at a year or finer."""
    if "T" in text:
        return datetime.fromisoformat(text)
    return date.fromisoformat(text + "-01" * (2 - text.count("-")))
