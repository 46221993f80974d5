"""What became of the archive, on its pages: its changes, and what differs between two states."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import storing
from corpus.archive import Archive
from corpus.audit import Action
from corpus.audited_work import audited
from corpus.rights import Rights
from corpus.sources import source_named
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from search_app.answer.archive.history import RUNS_LISTED
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service
from search_app.settings import Settings
from search_app.web.history import LINES_LISTED
from tests.corpus.records import reading
from tests.web.html import read_html

ARTICLES = 120
NAMES = [f"song-{number}" for number in range(ARTICLES)]
HIDDEN, TOMBSTONE, ERASED = "song-7", "song-8", "song-9"
REVISED = NAMES[:3]
WITHDRAWN = {
    HIDDEN: WithdrawalState.HIDDEN, TOMBSTONE: WithdrawalState.TOMBSTONE, ERASED: WithdrawalState.ERASED,
}  # fmt: skip
REASON = "toà soạn rút bài"


def add(archive: Archive, names: list[str], text: str) -> None:
    with audited(archive, Action.ADD):
        archive.store(
            [reading(name, title=f"Tin {name}", source="Báo Sông", paragraphs=(text,)) for name in names]
        )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """120 articles, three of them revised, rights, and three withdrawn; then nothing."""
    made = Settings(tmp_path_factory.mktemp("history"))
    with Archive(made.archive) as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr(storing, "now", lambda: "2026-11-30T07:05:00+00:00")
        add(opened, NAMES, "Gió lên.")
        add(opened, REVISED, "Mưa to.")
        opened.set_rights(source_named(opened, "Báo Sông"), Rights("© Báo Sông"))
        for name, state in WITHDRAWN.items():
            opened.carry_out([WithdrawalOrder(name, None, state, REASON)])
        with index_writer(made) as writer:
            build(opened, writer, lambda _done, _total: None, workers=0)
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive) -> FlaskClient:
    settings = Settings(Path(archive.path).parent)
    return create_app(open_service(settings), settings).test_client()


def lines(client: FlaskClient, path: str) -> list[str]:
    """The lines of a list, with their white space as single spaces."""
    return [" ".join(one.text.split()) for one in read_html(client.get(path).text).all("li") if one.text]


def runs(client: FlaskClient, path: str = "/changes.json") -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(path).get_json()["runs"]
    return found


def marked(client: FlaskClient, asked: str) -> list[tuple[str, str]]:
    return [(one["mark"], one["id"]) for one in client.get(f"/changes.json?{asked}").get_json()["articles"]]


def test_an_import_is_one_line_with_its_count_source_time_and_numbers(client: FlaskClient) -> None:
    page = client.get("/changes").text
    told = " ".join(page.split())
    assert '<a href="/changes?from=0&amp;to=120" rel="nofollow">120 bài mới</a>' in told
    assert 'Báo Sông</span> · <time datetime="2026-11-30T14:05+07:00">30/11/2026 14:05</time>' in told
    assert "thay đổi 1–120" in told
    kinds = [one["kind"] for one in runs(client)]
    assert kinds == ["erased", "tombstone", "gone", "rights", "new-version", "new-article"]


def test_each_line_leads_to_the_articles_that_it_counts(client: FlaskClient) -> None:
    for run in runs(client):
        found = client.get(f"/changes.json?from={int(str(run['first'])) - 1}&to={run['last']}").get_json()
        differ = found["entered"] + found["changed"] + found["vanished"]
        if run["kind"] == "rights":
            assert differ == 0
        elif run["kind"] == "new-article":  # but for what is withheld now
            assert differ + len(WITHDRAWN) == run["count"]
        else:
            assert differ == run["count"]


def test_what_is_hidden_is_told_by_its_id_alone(client: FlaskClient) -> None:
    for path in ("/changes?from=123", "/changes.json?from=123", "/changes.csv?from=123", "/changes"):
        assert f"Tin {HIDDEN}" not in client.get(path).text
    [gone] = [
        one for one in client.get("/changes.json?from=123").get_json()["articles"] if one["id"] == HIDDEN
    ]
    assert gone == {
        "mark": "vanished", "id": HIDDEN, "title": None, "source": None, "published": None, "older": None,
        "newer": None, "state": None, "reason": None,
    }  # fmt: skip


def test_a_tombstone_is_told_with_citation_and_reason_and_what_is_erased_by_its_id(
    client: FlaskClient,
) -> None:
    found = {one["id"]: one for one in client.get("/changes.json?from=123").get_json()["articles"]}
    assert found.keys() == WITHDRAWN.keys()
    assert (found[TOMBSTONE]["title"], found[TOMBSTONE]["reason"]) == (f"Tin {TOMBSTONE}", REASON)
    assert (found[ERASED]["title"], found[ERASED]["state"]) == (None, "erased")
    page = client.get("/changes?from=123").text
    assert (REASON in page, f"<code>{ERASED}</code>" in page) == (True, True)


def test_no_query_tells_the_words_of_what_is_withdrawn(client: FlaskClient) -> None:
    found = client.get("/changes.json?from=123&q=gió").get_json()
    assert (found["articles"], found["withheld"]) == ([], len(WITHDRAWN))
    assert marked(client, "from=0&to=120&q=gió&page=2")
    assert not {HIDDEN, TOMBSTONE, ERASED} & {
        name for page in (1, 2) for _, name in marked(client, f"from=0&to=120&q=gió&page={page}")
    }


def test_a_query_is_asked_of_both_states(client: FlaskClient) -> None:
    assert marked(client, "from=120&q=gió") == [("vanished", name) for name in reversed(REVISED)]
    assert marked(client, "from=120&q=mưa+to") == [("entered", name) for name in reversed(REVISED)]
    assert marked(client, "from=120&to=123") == [("changed", name) for name in reversed(REVISED)]
    assert marked(client, "from=120&to=123&source=Báo+Núi") == []
    assert marked(client, "to=2") == [("entered", "song-1"), ("entered", "song-0")]


def test_each_article_that_differs_is_a_link_that_answers(client: FlaskClient) -> None:
    for asked in ("from=120&to=123", "from=120&q=gió", "from=0&to=3"):
        page = read_html(client.get(f"/changes?{asked}").text)
        links = [
            one.attributes["href"] for one in page.all("a") if one.attributes.get("href", "").startswith("/")
        ]
        about = [href for href in links if href.startswith(("/article/", "/versions/"))]
        assert len(about) >= 3
        for href in about:
            assert client.get(href).status_code == 200, href
    assert "/versions/song-0?older=1&amp;newer=2" in client.get("/changes?from=120&to=123").text
    assert "Gió lên." in client.get("/article/song-0?as_of=120").text


def test_a_diff_is_read_page_by_page_and_its_csv_is_whole(client: FlaskClient) -> None:
    pages = [marked(client, f"from=0&to=120&page={number}") for number in (1, 2, 3)]
    shown = ARTICLES - len(WITHDRAWN)
    assert [len(one) for one in pages] == [LINES_LISTED, shown - LINES_LISTED, 0]
    rows = list(csv.DictReader(io.StringIO(client.get("/changes.csv?from=0&to=120").text)))
    assert [(row["mark"], row["id"]) for row in rows] == [one for page in pages for one in page]
    assert (
        'rel="next" href="/changes?from=0&amp;to=120&amp;page=2"' in client.get("/changes?from=0&to=120").text
    )


def test_the_list_goes_on_below_a_number(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with Archive(made.archive) as opened:
        for number in range(RUNS_LISTED + 20):
            add(opened, [f"song-{number}"], "Có tin.")
        with index_writer(made) as writer:
            build(opened, writer, lambda _done, _total: None, workers=0)
    other = create_app(open_service(made), made).test_client()
    first = other.get("/changes.json").get_json()
    second = other.get(f"/changes.json?before={first['before']}").get_json()
    assert (len(first["runs"]), len(second["runs"]), second["before"]) == (RUNS_LISTED, 20, None)
    numbers = [one["first"] for one in (*first["runs"], *second["runs"])]
    assert numbers == list(range(RUNS_LISTED + 20, 0, -1))
    assert f'rel="next" href="/changes?before={first["before"]}"' in other.get("/changes").text
    assert len(other.get("/changes.csv").text.splitlines()) == RUNS_LISTED + 20 + 1


@pytest.mark.parametrize(
    "asked",
    [
        "from=abc",
        "to=128",
        "from=5&to=3",
        "before=3&from=1",
        "page=2",
        "before=x",
        "from=1&page=0",
        "year=2013",
    ],
)
def test_what_cannot_be_is_said(client: FlaskClient, asked: str) -> None:
    for suffix in ("", ".json"):
        assert client.get(f"/changes{suffix}?{asked}").status_code == 400


def test_states_are_days_too(client: FlaskClient) -> None:
    assert client.get("/changes.json?from=2026-11-29&to=30/11/2026").get_json()["newer"] == 127
    assert client.get("/changes.json?from=2026-11-30").get_json()["older"] == 127


def test_a_search_takes_from_and_to_as_before(client: FlaskClient) -> None:
    assert client.get("/api/search?q=&from=2013&to=2014").get_json()["total"] == 0


def test_an_error_leads_to_no_search_by_the_states(client: FlaskClient) -> None:
    page = client.get("/changes?from=2013&to=2014&q=lũ").text
    assert 'value="lũ"' in page
    links = [one.attributes["href"] for one in read_html(page).all("a") if "href" in one.attributes]
    assert [href for href in links if href.startswith("/?") and "from=" in href] == []


def test_two_states_are_asked_for_by_a_form(client: FlaskClient) -> None:
    for path, older in (("/changes", ""), ("/changes?from=2&to=9&source=Báo+Sông", "2")):
        page = read_html(client.get(path).text)
        names = {one.attributes["name"]: one.attributes["value"] for one in page.all("input")}
        assert names["from"] == older
    assert names["source"] == "Báo Sông"


def test_coverage_leads_to_the_changes(client: FlaskClient) -> None:
    assert 'href="/changes"' in client.get("/coverage").text
