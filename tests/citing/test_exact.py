"""A citation that is exact names one version, and what proves it; the same whatever comes later."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from corpus.published import Published
from search_app.app import create_app
from search_app.bootstrap import open_reading, open_service, writing
from search_app.formats.citations import READ_BY_PEOPLE, Style, cite
from search_app.public_url import read_public_url
from search_app.settings import Settings
from tests.citing.articles import ARCHIVE, DIGEST, IDENTIFIER, LINK, PASSAGE, cited, exact
from tests.corpus.records import reading
from tests.web.html import read_html
from tests.web.withheld import refresh

SAID = {
    Style.VIETNAMESE: ("phiên bản 2", "thay đổi 57", f"SHA-256 {DIGEST}", f"Kho Báo {ARCHIVE}"),
    Style.APA: ("(Version 2)", "change 57", f"SHA-256 {DIGEST}", f"Kho Báo {ARCHIVE}"),
    Style.CHICAGO: ("Version 2.", "change 57", f"SHA-256 {DIGEST}", f"Kho Báo {ARCHIVE}"),
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "Nguyễn Thị Minh Khai. “Lũ quét ở Sa Pa.” Báo Sông Hồng, May 26, 2013. https://bao.example/lu."),
        (
            {"title": "Ai nói “có lũ”?"},
            "Nguyễn Thị Minh Khai. “Ai nói ‘có lũ’?” Báo Sông Hồng, May 26, 2013.",
        ),
        ({"authors": ("Y Phôn Ksor", "Lê An")}, "Y Phôn Ksor and Lê An. “Lũ"),
        ({"authors": ("Y Phôn Ksor", "Lê An", "Vũ Bình")}, "Y Phôn Ksor, Lê An, and Vũ Bình. “Lũ"),
        ({"authors": tuple("ABCDEFG")}, "A, B, C, et al. “Lũ"),
        ({"authors": ()}, "Báo Sông Hồng. “Lũ quét ở Sa Pa.” May 26, 2013. https"),
        ({"authors": (), "source": ""}, "“Lũ quét ở Sa Pa.” May 26, 2013. https"),
        ({"source": ""}, "Nguyễn Thị Minh Khai. “Lũ quét ở Sa Pa.” May 26, 2013. https"),
    ],
)
def test_chicago_lists_a_newspapers_article(changed: dict[str, object], expected: str) -> None:
    assert cite(Style.CHICAGO, [cited(**{"url": "https://bao.example/lu"} | changed)]).startswith(expected)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2013-05", "Báo Sông Hồng, May 2013. https"),
        ("2013", "Báo Sông Hồng, 2013. https"),
        ("", "Báo Sông Hồng, n.d. Accessed March 9, 2026. https"),
        ("2024-03-12~", "Báo Sông Hồng, last modified March 12, 2024. https"),
    ],
)
def test_chicago_says_a_date_as_exactly_as_it_is_known(published: str, expected: str) -> None:
    assert expected in cite(Style.CHICAGO, [cited(published=Published(published))])


def test_without_a_permalink_chicago_names_the_identifier() -> None:
    one = replace(
        cited(url=""), permalink="", archive=ARCHIVE, identifier="tag:khobao.invalid,2026:x/article/y"
    )
    assert cite(Style.CHICAGO, [one]).endswith(" tag:khobao.invalid,2026:x/article/y.")


@pytest.mark.parametrize("style", READ_BY_PEOPLE)
def test_a_version_is_said_with_what_proves_it(style: Style) -> None:
    with_link, without = (replace(cited(), archive=ARCHIVE, exact=exact(link)) for link in (LINK, ""))
    for one, where in ((with_link, LINK), (without, IDENTIFIER)):
        text = cite(style, [one])
        assert [said for said in (*SAID[style], where, one.original) if said not in text] == []
    assert "http" not in cite(style, [replace(without, article=cited(url="").article)])


def test_a_passage_is_quoted_with_its_place() -> None:
    one = replace(cited(), archive=ARCHIVE, exact=exact(quoted=PASSAGE))
    said = {style: cite(style, [one]) for style in READ_BY_PEOPLE}
    assert ", các đoạn 3–4: “nước ‘lên’ nhanh & 5% {”, <" in said[Style.VIETNAMESE]
    assert " Paras. 3–4: “nước ‘lên’ nhanh & 5% {.” " in said[Style.APA]
    assert " Paras. 3–4: “nước ‘lên’ nhanh & 5% {.” " in said[Style.CHICAGO]


def test_of_a_long_passage_beginning_and_end_are_quoted() -> None:
    words = " ".join(f"chữ{number}" for number in range(400))
    one = replace(cited(), archive=ARCHIVE, exact=exact(quoted=replace(PASSAGE, words=words)))
    text = cite(Style.VIETNAMESE, [one])
    found = re.search(r"“(chữ0 .*) \[…\] (.*chữ399)”", text)
    assert found
    assert len(found[0]) < 520
    assert f" {found[2]}" in words


Client = Callable[[str], FlaskClient]


@pytest.fixture
def made(tmp_path: Path) -> tuple[Settings, Client]:
    """An archive of one article in two versions, and what gives a client at a public address."""
    settings = Settings(tmp_path / "kho")
    with writing(settings) as archive:
        archive.store(
            [reading("lu-1", "Bản một", lede="Nước lên."), reading("lu-1", "Bản hai", lede="Nước rút.")]
        )
    refresh(settings)

    def client(url: str) -> FlaskClient:
        public = read_public_url({"KHOBAO_URL": url})
        return create_app(open_service(settings), replace(settings, url=public)).test_client()

    return settings, client


def test_every_file_says_the_version_that_is_asked_for(made: tuple[Settings, Client]) -> None:
    settings, client = made
    kho = client("https://kho.example/")
    with open_reading(settings) as archive:
        versions = archive.versions("lu-1")
    for one in versions:
        for style in Style:
            text = kho.get(f"/cite/{style}?id=lu-1&as_of={one.change}").text
            for said in (
                one.article.title,
                one.article.digest,
                f"https://kho.example/article/lu-1?as_of={one.change}",
            ):
                assert said in text, style
        (row,) = csv.DictReader(io.StringIO(kho.get(f"/cite/csv?id=lu-1&as_of={one.change}").text[1:]))
        assert (row["version"], row["sha256"]) == (str(one.version), one.article.digest)
        by_number = kho.get(f"/cite/json?id=lu-1&version={one.version}")
        assert by_number.data == kho.get(f"/cite/json?id=lu-1&as_of={one.change}").data
    assert kho.get("/cite/json?id=lu-1&exact=1").data == kho.get("/cite/json?id=lu-1&version=2").data


def test_the_digest_is_that_of_the_content_as_json(made: tuple[Settings, Client]) -> None:
    """As docs/citing.md says: whoever has the fields of the article can compute it."""
    _, client = made
    (item,) = client("").get("/cite/json?id=lu-1&exact=1").get_json(force=True)
    fields = client("").get("/article/lu-1.json").get_json()
    names = (
        "id", "title", "lede", "paragraphs", "captions", "related", "source", "section", "authors", "tags"
    )  # fmt: skip
    content = {name: fields[name] for name in names} | {
        "url": fields["url"] or "",
        "published": fields["published"] or "",
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() in item["note"]


def test_the_same_version_is_cited_alike_after_another_came(made: tuple[Settings, Client]) -> None:
    settings, client = made
    asked = "/cite/vi?id=lu-1&as_of=2"
    before = client("https://kho.example/").get(asked).text
    with writing(settings) as archive:
        archive.store([reading("lu-1", "Bản ba"), reading("khac", "Khác")])
    refresh(settings)
    kho = client("https://kho.example/")
    assert kho.get(asked).text == before
    found = re.search("<(https://kho.example[^>]*)>", before)
    assert found
    link = urlsplit(found[1])
    assert read_html(kho.get(f"{link.path}?{link.query}").text).all("h1")[0].text == "Bản hai"


def test_without_an_address_the_identifier_stands_there(made: tuple[Settings, Client]) -> None:
    settings, client = made
    kho = client("")
    with open_reading(settings) as archive:
        identifier = f"tag:khobao.invalid,2026:{archive.uuid}/version/2/lu-1"
    for style in Style:
        text = kho.get(f"/cite/{style}?id=lu-1&exact=1", headers={"Host": "evil.example"}).text
        assert identifier in text
        assert "evil" not in text
        assert "http" not in text


def test_the_page_shows_every_style_and_links_every_file(client: FlaskClient) -> None:
    first, _ = client.get("/versions/revised.json").get_json()
    pinned = f"id=revised&as_of={first['change']}"
    for asked in ("id=revised", "id=revised&exact=1", "id=revised&at=0&to=3", pinned):
        answer = client.get(f"/cite?{asked}")
        found = read_html(answer.text)
        assert len(found.all("p", class_="citation")) == len(READ_BY_PEOPLE)
        files = [one.attributes["href"] for one in found.all("a") if "download" in one.attributes]
        assert len(files) == len(Style) + 1
        for href in files:
            assert client.get(href, buffered=True).status_code == 200
        shown = {one.text for one in found.all("p", class_="citation")}
        texts = {
            client.get(href).text
            for href in files
            if "/vi?" in href or "/apa?" in href or "/chicago?" in href
        }
        assert texts == shown


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("id=revised&exact=2", 400),
        ("id=revised&at=x", 400),
        ("id=revised&to=3", 400),
        ("id=revised&id=markup&at=0", 400),
        ("at=0", 400),
        ("id=revised&at=5&to=5", 400),
        ("id=revised&at=5&to=2", 400),
        ("id=revised&at=0&to=99999", 400),
        ("id=revised&at=99999", 400),
        ("id=revised&at=0&to=30", 400),
        ("id=revised&as_of=0", 400),
        ("id=revised&version=1&as_of=60", 400),
        ("id=revised&version=x", 400),
        ("id=revised&version=3", 404),
        ("id=revised&version=3&at=0", 404),
        ("id=revised&id=markup&version=1", 400),
        ("version=1", 400),
        ("id=nobody&version=1", 404),
        ("id=withdrawn&version=1", 410),
        ("id=revised&as_of=999999", 400),
        ("id=nobody&at=0", 404),
        ("id=withdrawn&at=0", 410),
        ("id=withdrawn&exact=1", 410),
    ],
)
def test_what_cannot_be_cited_is_refused(client: FlaskClient, asked: str, status: int) -> None:
    for path in ("/cite", "/cite/vi", "/cite/csv"):
        assert client.get(f"{path}?{asked}").status_code == status


def test_what_was_not_there_then_is_left_out(client: FlaskClient) -> None:
    assert client.get("/cite?id=revised&as_of=1").status_code == 404
    assert client.get("/cite/vi?id=revised&as_of=1").text == ""
