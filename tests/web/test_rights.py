"""What may be done with an article stands wherever it is taken away, as soon as it is set."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.archive import Archive
from corpus.published import Published
from corpus.rights import Rights
from corpus.sources import source_named
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.cli.writing import update_index
from search_app.settings import Settings
from tests.corpus.records import reading

LINE, LICENCE = '© "Báo Xóm" & bạn đọc', "https://xom.example/quyen?a=1&b=2"
BOTH = f"{LINE} <{LICENCE}>"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.sqlite") as opened:
        day = Published("2013-05-26~")
        opened.store([reading("xom", source="Báo Xóm", published=day), reading("lang", source="Báo Làng")])
        update_index(Settings(tmp_path), opened, str)
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    settings = Settings(archive.path.parent)
    return create_app(open_service(settings), settings).test_client()


def set_rights(archive: Archive, rights: Rights) -> None:
    archive.set_rights(source_named(archive, "Báo Xóm"), rights)


def linked(page: str) -> dict[str, object]:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found: dict[str, object] = json.loads(text)
    return found


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="(DC[^"]*)" content="([^"]*)">', page))


def test_the_page_shows_them_to_readers_and_programs(client: FlaskClient, archive: Archive) -> None:
    set_rights(archive, Rights(LINE, LICENCE))
    page, other = (client.get(f"/article/{name}").text for name in ("xom", "lang"))
    assert "Bản quyền:" in page
    assert "© &#34;Báo Xóm&#34; &amp; bạn đọc" in page
    assert 'href="https://xom.example/quyen?a=1&amp;b=2" rel="license noopener noreferrer external"' in page
    assert (linked(page)["copyrightNotice"], linked(page)["license"]) == (LINE, LICENCE)
    assert metas(page)["DC.rights"] == "© &#34;Báo Xóm&#34; &amp; bạn đọc"
    assert metas(page)["DCTERMS.license"] == "https://xom.example/quyen?a=1&amp;b=2"
    assert "Bản quyền:" not in other
    assert not {"copyrightNotice", "license"} & linked(other).keys()
    assert not {"DC.rights", "DCTERMS.license"} & metas(other).keys()


def test_a_licence_that_is_no_address_is_no_link(client: FlaskClient, archive: Archive) -> None:
    set_rights(archive, Rights(LINE, "javascript:alert(1)"))
    assert 'href="javascript' not in client.get("/article/xom").text


def test_json_and_csv_of_the_article_have_them(client: FlaskClient, archive: Archive) -> None:
    before = client.get("/article/xom.csv").text
    said = client.get("/api/article/xom").get_json()
    assert (said["rights"], said["licence"]) == (None, None)
    set_rights(archive, Rights(LINE, LICENCE))
    for path in ("/api/article/xom", "/article/xom.json"):
        said = client.get(path).get_json()
        assert (said["rights"], said["licence"]) == (LINE, LICENCE)
    assert client.get("/article/xom.csv").text == (
        f'{before}rights,,"© ""Báo Xóm"" & bạn đọc"\r\nlicence,,{LICENCE}\r\n'
    )


def test_citations_for_programs_have_them_each_article_its_own(client: FlaskClient, archive: Archive) -> None:
    asked = {style: f"/cite/{style}?id=lang&id=xom" for style in ("bib", "ris", "json", "vi", "apa", "csv")}
    before = {style: client.get(path).text for style, path in asked.items()}
    set_rights(archive, Rights(LINE, LICENCE))
    after = {style: client.get(path).text for style, path in asked.items()}
    assert [style for style in asked if before[style] != after[style]] == ["bib", "ris", "json"]
    escaped = r'  copyright = {© "Báo Xóm" \& bạn đọc <https://xom.example/quyen?a=1\&b=2>},'
    assert set(after["bib"].splitlines()) - set(before["bib"].splitlines()) == {escaped}
    assert set(after["ris"].splitlines()) - set(before["ris"].splitlines()) == {f"N1  - {BOTH}"}
    lang, xom = json.loads(after["json"])
    assert "note" not in lang
    assert xom["note"].endswith(f"(date of last change, not of publication); {BOTH}")


def test_an_export_has_them_where_they_are_asked_for(client: FlaskClient, archive: Archive) -> None:
    usual = "/search.csv?q=&sort=oldest"
    before = client.get(usual).data
    set_rights(archive, Rights(LINE, LICENCE))
    assert client.get(usual).data == before
    assert client.get(f"{usual}&fields=id,rights,licence").text.splitlines() == [
        "id,rights,licence",
        f'xom,"© ""Báo Xóm"" & bạn đọc",{LICENCE}',
        "lang,,",
    ]


def test_what_was_kept_of_a_page_is_asked_anew_after_they_change(
    client: FlaskClient, archive: Archive, tmp_path: Path
) -> None:
    paths = ("/article/xom", "/api/article/xom", "/article/xom.csv", "/cite/ris?id=xom")
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    set_rights(archive, Rights(LINE))
    for path, tag in tags.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, "bạn đọc" in answer.text) == (200, True)
    update_index(Settings(tmp_path), archive, str)
    assert client.get("/healthz/ready").status_code == 200


def test_they_are_asked_with_one_statement_a_request(
    client: FlaskClient, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rights(archive, Rights(LINE))
    asked: list[str] = []
    rows = Archive.__mro__[1].rows  # type: ignore[attr-defined]  # the reader's

    def noted(self: object, statement: str, *values: object) -> object:
        asked.append(statement)
        return rows(self, statement, *values)

    monkeypatch.setattr(Archive.__mro__[1], "rows", noted)
    client.get("/cite/ris?id=lang&id=xom")
    assert sum("FROM publishers p JOIN rights" in statement for statement in asked) == 1
