"""Persistent identifiers lead to the page of what they name, wherever archive and paper move to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.pins import stood_from
from corpus.records import Reading
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from search_app.app import create_app
from search_app.bootstrap import open_reading, open_service, writing
from search_app.public_url import read_public_url
from search_app.settings import Settings
from search_app.web.tag_uris import Named, article_tag, read_identifier, version_tag
from tests.corpus.records import reading, with_raw
from tests.web.articles import ODD_ID, SLASH_ID
from tests.web.html import read_html
from tests.web.withheld import refresh

UUID = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1, max_size=30)
ODD = [ODD_ID, SLASH_ID, "bảng.csv", "markup", "bsh-2014-002"]


@given(IDS, st.integers(1, 10**6))
def test_an_identifier_says_what_it_names(article_id: str, number: int) -> None:
    article, version = article_tag(UUID, article_id), version_tag(UUID, article_id, number)
    assert read_identifier(article) == Named(UUID, quote(article_id, safe="!$&'()*+,/:;=@"))
    named = read_identifier(version)
    assert named is not None
    assert (named.archive, unquote(named.article_id), named.version) == (UUID, article_id, number)


def leads_to(client: FlaskClient, path: str) -> str:
    """The page that an identifier leads to, percent-encoded as in every link."""
    answer = client.get(path)
    assert answer.status_code == 303, answer.text
    assert client.get(answer.headers["Location"]).status_code == 200
    return answer.headers["Location"]


@pytest.mark.parametrize("article_id", ODD)
def test_an_article_is_found_by_the_uri_as_it_is_and_as_one_part_of_a_path(
    client: FlaskClient, settings: Settings, article_id: str
) -> None:
    tag = article_tag(open_reading(settings).uuid, article_id)
    paths = (
        f"/id/{tag}",
        f"/id/{quote(tag, safe='')}",
        f"/id/{quote(tag)}",
        f"/id/article/{quote(article_id)}",
    )
    page = client.application.test_request_context().url_adapter
    assert page is not None
    assert {leads_to(client, path) for path in paths} == {
        page.build("web.article", {"article_id": article_id})
    }


@pytest.mark.parametrize("article_id", ["revised", ODD_ID])
def test_a_version_is_shown_by_the_page_that_it_leads_to(
    client: FlaskClient, settings: Settings, article_id: str
) -> None:
    versions = client.get(f"/versions/{quote(article_id, safe='')}.json").get_json()
    for row in versions:
        tag = version_tag(open_reading(settings).uuid, article_id, row["version"])
        found = leads_to(client, f"/id/{tag}")
        assert found == leads_to(client, f"/id/version/{row['version']}/{quote(article_id)}")
        assert read_html(client.get(found).text).all("h1")[0].text == row["title"]


@contextmanager
def changed(tmp_path: Path) -> Iterator[tuple[Settings, Archive]]:
    settings = Settings(tmp_path / "kho")
    with writing(settings) as archive:
        yield settings, archive


def order(version: int | None, state: WithdrawalState | None) -> WithdrawalOrder:
    return WithdrawalOrder("lu-1", version, state, "x")


def test_a_version_is_that_version_whatever_became_of_the_article(tmp_path: Path) -> None:
    """As of the change from which it stands, and of no other that shows another text."""
    with changed(tmp_path) as (settings, archive):
        archive.store([reading("lu-1", "Bản một"), reading("khac", "Khác")])
        archive.carry_out([order(None, WithdrawalState.TOMBSTONE)])
        archive.store([reading("lu-1", "Bản hai")])  # it comes while the article is out of sight
        archive.carry_out([order(None, None)])
        archive.store([reading("lu-1", "Bản ba")])
    refresh(settings)
    client = create_app(open_service(settings), settings).test_client()
    titles = [read_html(client.get(leads_to(client, f"/id/version/{one}/lu-1")).text) for one in (1, 2, 3)]
    assert [page.all("h1")[0].text for page in titles] == ["Bản một", "Bản hai", "Bản ba"]
    found = [leads_to(client, f"/id/version/{one}/lu-1") for one in (1, 2, 3)]
    with writing(settings) as archive:
        archive.store([reading("lu-1", "Bản bốn")])
    assert [leads_to(client, f"/id/version/{one}/lu-1") for one in (1, 2, 3)] == found


def captured(**parts: object) -> Reading:
    """What was read from a page that a paper's site shows."""
    made = reading("lu-1", "Lũ về", url="https://bao.example/lu-1", **parts)
    read = with_raw(made, repr(made.article).encode())
    return replace(read, provenance=replace(read.provenance, reader="html"))


def test_a_version_that_never_stood_leads_to_what_it_changed(tmp_path: Path) -> None:
    """A poorer capture of the same page stays behind the richer one, and is a version all the same."""
    with changed(tmp_path) as (settings, archive):
        archive.store([captured(section="Xã hội", authors=("Lê An",)), captured(section="Xã hội")])
        assert [stood_from(archive, "lu-1", number) for number in (1, 2, 3)] == [1, None, None]
        assert stood_from(archive, "khong-co", 1) is None
    refresh(settings)
    client = create_app(open_service(settings), settings).test_client()
    assert leads_to(client, "/id/version/1/lu-1") == "/article/lu-1?as_of=1"
    assert leads_to(client, "/id/version/2/lu-1") == "/versions/lu-1?newer=2"


def test_identifiers_survive_another_host_and_another_address_of_the_paper(tmp_path: Path) -> None:
    """The paper moves, and prints the article under another address; the archive moves too."""
    with changed(tmp_path) as (settings, archive):
        uuid = archive.uuid
        old = reading("lu-1", "Lũ về", url="https://bao-cu.example/lu-1.html", source="Báo Lũ")
        archive.store([old])
    refresh(settings)
    article, version = article_tag(uuid, "lu-1"), version_tag(uuid, "lu-1", 1)

    def shown(host: str) -> set[str]:
        public = read_public_url({"KHOBAO_URL": f"https://{host}/"})
        client = create_app(open_service(settings), replace(settings, url=public)).test_client()
        answers = [client.get(f"/id/{tag}", headers={"Host": host}) for tag in (article, version)]
        assert [one.status_code for one in answers] == [303, 303]
        pages = [client.get(one.headers["Location"], headers={"Host": host}).text for one in answers]
        assert all(article in page for page in pages)
        assert version in pages[1]
        linked = json.loads(read_html(pages[1]).all("script", type="application/ld+json")[0].text)
        assert linked["identifier"] == [article, version]
        return {urlsplit(one.headers["Location"]).path for one in answers}

    assert shown("mot.example") == {"/article/lu-1"}
    with writing(settings) as archive:
        moved = reading("lu-1", "Lũ về", url="https://bao-moi.example/2014/lu-1", source="Báo Lũ")
        archive.store([moved])
    refresh(settings)
    assert shown("hai.example") == {"/article/lu-1"}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/id/article/nobody.json", 404, "unknown-article"),
        ("/id/version/1/nobody.json", 404, "unknown-article"),
        (f"/id/tag:khobao.invalid,2026:{UUID}/article/a.json", 404, "other-archive"),
        (f"/id/tag:khobao.invalid,2026:{UUID}/version/1/a.json", 404, "other-archive"),
        ("/id/tag:elsewhere.example,2026:a.json", 404, "unknown-identifier"),
        (f"/id/tag:khobao.invalid,2026:{UUID}/withdrawals.json", 404, "unknown-identifier"),
        ("/id/version/0/revised.json", 404, "unknown-identifier"),
        ("/id/version/x/revised.json", 404, "unknown-identifier"),
        ("/id/a.json", 404, "unknown-identifier"),
        ("/id/article/markup?as_of=1", 400, "bad-parameter"),
        ("/id/version/9/revised", 404, "unknown-version"),
        ("/id/article/withdrawn", 410, "withdrawn"),
        ("/id/version/1/withdrawn", 410, "withdrawn"),
    ],
)
def test_what_leads_nowhere_says_why(client: FlaskClient, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if answer.is_json:
        assert answer.get_json()["error"]["code"] == code
    else:
        assert read_html(answer.text).all("h1")[0].text


def test_another_archives_identifier_names_both(client: FlaskClient, settings: Settings) -> None:
    answer = client.get(f"/id/tag:khobao.invalid,2026:{UUID}/article/x?lang=en").text
    said = read_html(answer).all("h1")[0].text
    assert UUID in said
    assert open_reading(settings).uuid in said


@pytest.mark.parametrize(
    ("name", "statuses"),
    [("ban-an", (404, 303)), ("ban-bia", (303, 410)), ("ban-xoa", (410, 303))],
)
def test_a_version_that_is_withdrawn_is_answered_as_its_article_would_be(
    withheld: Flask, name: str, statuses: tuple[int, int]
) -> None:
    client = withheld.test_client()
    assert tuple(client.get(f"/id/version/{one}/{name}").status_code for one in (1, 2)) == statuses
    unknown = client.get(f"/id/version/7/{name}")
    assert unknown.status_code == 404


def test_the_page_of_an_article_shows_both(client: FlaskClient, settings: Settings) -> None:
    uuid = open_reading(settings).uuid
    shown = read_html(client.get("/article/revised").text).all("a", class_="identifier")
    assert [one.text for one in shown] == [article_tag(uuid, "revised"), version_tag(uuid, "revised", 2)]
    for one in shown:
        assert leads_to(client, one.attributes["href"]).startswith("/article/revised")
