"""What is withdrawn while somebody reads: answers that are kept or under way, embargoes that end, a feed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from corpus.errors import OperatorError
from corpus.published import Published
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.engine import Hit, IndexReader
from search_app.answer.hits import WithdrawnMeanwhileError, check_held
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.app import create_app
from search_app.bootstrap import open_service, open_shown, writing
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.web.withheld import HIDDEN, REASON, TOMBSTONE, UNTIL, make, refresh

ATOM = "{http://www.w3.org/2005/Atom}"
STATUS = {HIDDEN: 404, TOMBSTONE: 410, None: 200}
PATHS = [
    "/article/con-1",
    "/article/con-1.json",
    "/article/con-1.csv",
    "/versions/con-1",
    "/raw/con-1",
    "/api/article/con-1",
    "/why/con-1?q=lu",
    "/changes/con-2?against=con-1",
    "/cite/ris?id=con-1",
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The articles, with nothing withdrawn."""
    made = Settings(tmp_path)
    make(made, withdraws=False)
    return made


@pytest.fixture
def service(settings: Settings) -> Service:
    return open_service(settings)


@pytest.fixture
def client(settings: Settings, service: Service) -> FlaskClient:
    return create_app(service, settings).test_client()


def withdraw(settings: Settings, article_id: str, state: WithdrawalState | None, until: str = "") -> None:
    with writing(settings) as archive:
        archive.carry_out([WithdrawalOrder(article_id, None, state, REASON, "thủ thư", until)])


@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE])
def test_what_a_browser_has_is_gone_when_it_is_withdrawn_and_back_when_it_comes_back(
    settings: Settings, client: FlaskClient, state: WithdrawalState
) -> None:
    """By the first request after it, with the tag that the browser has: never 304."""
    tags = {path: client.get(path, buffered=True).headers["ETag"] for path in PATHS}
    for now in (state, None):
        withdraw(settings, "con-1", now)
        for path in PATHS:
            answer = client.get(path, headers={"If-None-Match": tags[path]}, buffered=True)
            expected = 200 if path.startswith("/cite") and now is HIDDEN else STATUS[now]
            assert answer.status_code == expected, path
            if expected != 200:
                assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)


def test_an_embargo_ends_by_itself(
    settings: Settings, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No change of the archive says so, and yet no page from before is taken for one from after."""
    withdraw(settings, "con-1", TOMBSTONE, UNTIL)
    paths = ["/withdrawals", "/withdrawals.json", "/withdrawals.atom", "/coverage", "/api/coverage"]
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    assert client.get("/article/con-1.json").get_json()["error"]["withdrawal"]["until"] == UNTIL
    assert client.get("/withdrawals.json").get_json()[0]["until"] == UNTIL
    monkeypatch.setattr("corpus.shown_archive.current_moment", lambda: datetime(2999, 1, 2, tzinfo=UTC))
    assert client.get("/article/con-1.json").get_json()["withdrawn"] is False
    assert client.get("/article/con-1").status_code == 200
    assert client.get("/withdrawals.json").get_json() == []
    assert client.get("/api/coverage").get_json()["withdrawn"] == {"tombstones": 0, "erased": 0}
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200, path


Withdraw = Callable[[], None]


def lending(service: Service, withdraw: Withdraw) -> None:
    """Lets something be withdrawn once, when the index has been asked for and has not answered."""
    evaluator, pending = service.searching._evaluator, [withdraw]
    lend = evaluator.lend

    @contextmanager
    def lend_and_withdraw(selection: Selection) -> Iterator[IndexReader]:
        with lend(selection) as reader:
            while pending:
                pending.pop()()
            yield reader

    evaluator.lend = lend_and_withdraw  # type: ignore[method-assign] # the test steps in between


@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE])
@pytest.mark.parametrize(
    "path", ["/?q=ban+1", "/api/search?q=ban+1", "/search.csv?q=ban+1", "/search.atom?q=ban+1&sort=newest"]
)
def test_what_is_withdrawn_between_index_and_archive_is_not_found(
    settings: Settings, service: Service, client: FlaskClient, state: WithdrawalState, path: str
) -> None:
    def meanwhile() -> None:
        withdraw(settings, "con-1", state)
        refresh(settings)

    assert "con-1" in client.get(path).text
    lending(service, meanwhile)
    answer = client.get(path)
    assert answer.status_code == 200
    assert not re.search(r"\bcon-1\b", answer.text)


def test_an_index_of_another_archive_is_told_from_one_that_lags_behind(settings: Settings) -> None:
    archive = open_shown(settings)
    withdraw(settings, "con-1", HIDDEN)
    hit = Hit("con-1", 1.0)
    with pytest.raises(WithdrawnMeanwhileError) as error:
        check_held(archive, [hit], archive.texts(["con-1"]))
    assert "con-1" not in str(error.value)
    with pytest.raises(OperatorError, match="khobao rebuild") as other:
        check_held(archive, [Hit("nobody", 1.0)], {})
    assert not isinstance(other.value, WithdrawnMeanwhileError)


@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE])
def test_an_article_that_is_withdrawn_while_it_is_asked_for_is_answered_as_withdrawn(
    settings: Settings,
    service: Service,
    client: FlaskClient,
    state: WithdrawalState,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = service.reading.article

    def meanwhile(*asked: object) -> object:
        withdraw(settings, "con-1", state)
        return read(*asked)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(service.reading, "article", meanwhile)
    assert client.get("/article/con-1").status_code == STATUS[state]


def test_an_export_that_has_begun_leaves_out_what_is_withdrawn(
    settings: Settings, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.answer.exporting.rows.BATCH", 1)
    monkeypatch.setattr("search_app.api.limits.PIECE", 1)
    answer = client.get("/search.csv?q=lu&fields=id,rank&sort=oldest")
    withdraw(settings, "con-7", HIDDEN)
    rows = [line.split(",") for line in answer.text.splitlines()[1:]]
    assert "con-7" not in [row[0] for row in rows]
    assert len(rows) == int(answer.headers["X-Total-Count"]) - 1
    assert len({row[1] for row in rows}) == len(rows)


def test_a_story_is_of_the_prints_that_are_shown(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    text = "Nước sông Thao dâng cao trong đêm, nhiều bản ở vùng thấp phải sơ tán khẩn cấp lên đồi. " * 6
    with writing(settings) as archive:
        for number in (1, 2, 3):
            day, source = Published(f"2013-05-0{number}"), f"Báo {number}"
            archive.store([reading(f"in-{number}", "Nước dâng", lede=text, published=day, source=source)])
    refresh(settings)
    client = create_app(open_service(settings), settings).test_client()

    def story() -> dict[str, object] | None:
        found: dict[str, object] | None = client.get("/api/article/in-3").get_json()["story"]
        return found and {"ids": [one["id"] for one in found["articles"]], "dated": found["dated"]}  # type: ignore[attr-defined]  # JSON

    assert story() == {"ids": ["in-1", "in-2", "in-3"], "dated": True}
    withdraw(settings, "in-1", HIDDEN)
    assert story() == {"ids": ["in-2", "in-3"], "dated": False}
    assert client.get("/api/changes/in-3").get_json()["first"]["id"] == "in-2"
    withdraw(settings, "in-2", HIDDEN)
    assert story() is None
    assert client.get("/api/changes/in-3").status_code == 404


def test_what_is_withdrawn_is_followed_page_by_page(
    settings: Settings, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last first; what comes back leaves, and what is withdrawn again is another entry."""
    for module in ("search_app.web.withdrawal_feed", "search_app.web.coverage"):
        monkeypatch.setattr(f"{module}.LISTED", 2)
    for number in range(5):
        withdraw(settings, f"con-{number}", HIDDEN if number == 3 else TOMBSTONE)
    ids, titles, at = [], [], "/withdrawals.atom"
    while at:
        feed = ET.fromstring(client.get(at).data)  # noqa: S314 - our own answer
        ids += [entry.findtext(f"{ATOM}id") or "" for entry in feed.findall(f"{ATOM}entry")]
        titles += [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
        links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        at = links.get("next", "").removeprefix("http://localhost")
    assert titles == [f"Lũ về bản {number}" for number in (4, 2, 1, 0)]
    assert all(one.startswith("tag:khobao.invalid,2026:") and "/withdrawal/" in one for one in ids)
    assert [row["id"] for row in client.get("/withdrawals.json").get_json()] == [
        f"con-{number}" for number in (4, 2, 1, 0)
    ]
    assert "page=2" in client.get("/withdrawals").text
    assert "Lũ về bản 0" in client.get("/withdrawals?page=2").text
    withdraw(settings, "con-0", None)
    assert "con-0" not in client.get("/withdrawals.csv").text
    withdraw(settings, "con-0", TOMBSTONE)
    first = ET.fromstring(client.get("/withdrawals.atom").data).find(f"{ATOM}entry")  # noqa: S314 - the same
    assert first is not None
    assert (first.findtext(f"{ATOM}title"), first.findtext(f"{ATOM}id") in ids) == ("Lũ về bản 0", False)
