"""``as_of`` answers every search, facet, chart, feed, export and article as the archive stood then."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.archive import Archive
from corpus.article import Provenance
from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.corpus.records import AT, article

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
QUERIES = ("", "q=lao+cai", "q=mưa", "q=mua+lu&stories=1", "q=giá&from=2013", "q=học+sinh&sort=oldest")
WITHDRAWN = ("bsh-2014-002", "tmn-2013-001")


def store(archive: Archive, *articles: object) -> None:
    provenance = Provenance("a.jsonl", "line 1", "0" * 64, "jsonl", 1, AT)
    archive.store([Reading(one, provenance) for one in articles])  # type: ignore[arg-type] # articles


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(tmp_path_factory.mktemp("pins"))
    with writing(made) as archive:
        ingest(sorted(SAMPLE.glob("*.jsonl")), archive, options=ImportOptions(), on_progress=lambda _: None)
        store(archive, article("thay", "Mưa lũ ở Lào Cai", lede="Bản một nói về mưa."))
    index(made)
    return made


def index(made: Settings) -> None:
    with writing(made) as archive, index_writer(made) as writer:
        build(archive, writer, lambda _done, _total: None, workers=0)


class Asked:
    """What a client was answered, and what it is answered at a pin."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def json(self, path: str) -> Any:
        answer = self._client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def search(self, query: str) -> dict[str, Any]:
        said = self.json(f"/search.json?{query}&size=100")
        shown = ("total", "scattered_total", "partial_total", "facets", "facet_sizes", "excluded_undated")
        return {name: said[name] for name in shown} | {
            "hits": [(hit["id"], hit["score"]) for hit in said["hits"]]
        }

    def rows(self, path: str) -> list[list[str]]:
        answer = self._client.get(path)
        assert answer.status_code == 200, answer.text
        return list(csv.reader(io.StringIO(answer.text)))

    def all(self, query: str, pin: str = "") -> dict[str, Any]:
        whole = query + pin
        counted = whole.replace("&stories=1", "").replace("&sort=oldest", "")
        feed = self._client.get(f"/search.atom?{whole}&size=50").text
        return {
            "search": self.search(whole),
            "timeline": self.rows(f"/timeline.csv?{counted}") if query else [],
            "facet": self.rows(f"/facet/source.csv?{counted}"),
            "export": self.rows(f"/search.csv?{whole}"),
            "feed": [part.split("</id>")[0] for part in feed.split("<entry>")[1:]],
        }


Pinned = tuple[Asked, int, dict[str, dict[str, Any]]]
"""A client, the number of a change, and by query what was answered then."""


@pytest.fixture(scope="module")
def pinned(settings: Settings) -> Pinned:
    """A client of an archive that has changed, the change before, and what was answered then."""
    client = create_app(open_service(settings), settings).test_client()
    asked = Asked(client)
    with writing(settings) as archive:  # they are withdrawn in both states, for what is withheld stays so
        archive.carry_out([WithdrawalOrder(name, None, WithdrawalState.HIDDEN, "x") for name in WITHDRAWN])
    before = {query: asked.all(query) for query in QUERIES}
    with writing(settings) as archive:
        archive.carry_out([WithdrawalOrder(name, None, None, "x") for name in WITHDRAWN])
    with writing(settings) as archive:
        number = archive.number
        store(
            archive,
            article("thay", "Mưa lũ ở Lào Cai", lede="Bản hai nói về nắng."),
            *(
                article(f"moi-{each}", f"Mưa {each}, giá tăng", lede="Học sinh Lào Cai.")
                for each in range(30)
            ),
        )
        archive.carry_out([WithdrawalOrder(name, None, WithdrawalState.TOMBSTONE, "x") for name in WITHDRAWN])
    index(settings)
    return asked, number, before


@pytest.mark.parametrize("query", QUERIES)
def test_a_pin_answers_as_the_archive_stood(pinned: Pinned, query: str) -> None:
    asked, number, before = pinned
    assert asked.all(query, f"&as_of={number}") == before[query]
    assert asked.all(query)["search"] != before[query]["search"]


def test_an_article_is_shown_in_the_version_of_the_pin(
    pinned: Pinned,
) -> None:
    asked, number, _ = pinned
    assert "mưa" in asked.json(f"/article/thay.json?as_of={number}")["lede"]
    assert "nắng" in asked.json("/article/thay.json")["lede"]
    assert any("mưa" in row[-1] for row in asked.rows(f"/article/thay.csv?as_of={number}"))


def test_an_article_that_came_later_is_not_there(pinned: Pinned, settings: Settings) -> None:
    _, number, _ = pinned
    client = create_app(open_service(settings), settings).test_client()
    answer = client.get(f"/article/moi-1.json?as_of={number}&lang=en")
    assert (answer.status_code, "as_of" in answer.get_json()["error"]["message"]) == (404, True)
    assert client.get("/article/moi-1").status_code == 200


def test_the_answer_says_what_has_come_since(
    pinned: Pinned,
) -> None:
    asked, number, _ = pinned
    pin = asked.json(f"/search.json?q=mưa&as_of={number}")["pin"]
    assert (pin["number"], pin["came"], pin["changed"], pin["withheld"]) == (number, 30, 1, len(WITHDRAWN))
    assert asked.json("/search.json?q=mưa")["pin"] is None


def test_a_day_means_its_last_change(pinned: Pinned) -> None:
    asked, _, _ = pinned
    now = asked.json("/search.json?q=mưa")
    today = asked.json("/search.json?q=mưa&as_of=2190-01-01")
    assert [hit["id"] for hit in today["hits"]] == [hit["id"] for hit in now["hits"]]
    assert today["pin"]["number"] == now["archive_number"]


@pytest.mark.parametrize("wrong", ["0", "999999", "mai", "2001-01-01"])
def test_a_pin_that_cannot_be_is_refused(pinned: Pinned, settings: Settings, wrong: str) -> None:
    assert pinned
    client = create_app(open_service(settings), settings).test_client()
    answer = client.get(f"/search.json?q=mưa&as_of={wrong}")
    assert (answer.status_code, "as_of" in answer.get_json()["error"]["message"]) == (400, True)


def test_the_page_says_its_pin_and_the_way_back(pinned: Pinned, settings: Settings) -> None:
    _, number, _ = pinned
    client = create_app(open_service(settings), settings).test_client()
    page = client.get(f"/?q=mưa&as_of={number}&lang=en").text
    assert f"As the archive stood at change {number}" in page
    assert "Back to now" in page
    assert f"as_of={number}" in page.split('rel="alternate"')[1]
    assert "as_of=" in client.get("/?q=mưa&lang=en").text
