"""Files of exports over HTTP: whole, in parts, broken off and gone on, and what proves them."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from corpus.archive import Archive
from corpus.published import Published
from search_app.api.receipts import read_receipt
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.formats.exports.columns import COLUMNS
from search_app.formats.exports.forms import ExportForm, goes_on, has_columns
from search_app.settings import Settings
from search_app.web.link_header import NEXT, PROOF, Link, link_header
from tests.corpus.records import reading
from tests.exports.conftest import index

_TEXT = "Mưa lớn gây lũ quét ở bản {number}, UBND xã cho biết nước dâng rồi lũ rút, chợ quê vẫn họp. "
_LATER = "Uỷ ban nhân dân xã: lũ quét lũ về bản, nước dâng, giá vàng tăng theo lũ quét. "
EVERY = ",".join(COLUMNS)
ROWS = 7

ARTICLES = [
    ("/search.csv", {"q": "lũ quét"}),
    ("/search.csv", {"q": "lũ quét", "fields": EVERY, "excel": "1", "sort": "oldest"}),
    ("/search.jsonl", {"q": "lũ quét UBND", "fields": EVERY}),
    ("/search.ris", {"q": "lũ"}),
    ("/search.bib", {"q": "lũ quét", "stories": "1"}),
    ("/search.csl.json", {"q": "lũ quét"}),
]
"""Files that are taken in parts: an address each, and what is asked."""
ZIPS = [("/search.txt.zip", {"q": "lũ quét"})]
VIEWS = [
    (f"/{view}.{form}", asked | ({"excel": "1"} if form == "csv" and view in {"compare", "ngrams"} else {}))
    for form in ("csv", "jsonl")
    for view, asked in (
        ("timeline", {"q": "lũ quét", "with": "nước dâng", "unit": "day"}),
        ("timeline", {}),
        ("concordance", {"q": "lũ quét UBND", "sort": "right"}),
        ("concordance", {"q": "lũ", "group": "left", "unit": "syllable"}),
        ("collocations", {"q": "lũ quét", "least": "1"}),
        ("keywords", {"q": "lũ quét", "least": "1", "by": "log_ratio", "unit": "syllable"}),
        ("ngrams", {"q": "lũ quét", "least": "2", "length": "2"}),
        ("compare", {"q": "lũ quét", "other_q": "chợ quê", "least": "1", "unit": "syllable"}),
        ("facet/source", {"q": "lũ quét", "by": "name"}),
        ("facet/month", {"find": "2026", "by": "name", "lang": "en"}),
    )
]
IN_PARTS = [*ARTICLES, *VIEWS]
EVERYTHING = [*IN_PARTS, *ZIPS]
NAMES = [f"{path} {','.join(asked)[:20]}" for path, asked in EVERYTHING]


class Growing:
    """A server of an archive that grows while it is asked."""

    def __init__(self, folder: Path) -> None:
        self._made = Settings(folder)
        self._archive = Archive(self._made.archive)
        for number in range(ROWS):
            lede = _TEXT.format(number=number) * (1 + number % 3)
            self._store(f"a-{number}", "Lũ quét", lede, f"2026-{number + 1:02}-11", f"Báo Suối {number % 4}")
        self._store("c-1", "Trồng cây", "Ươm giống trên đồi từ sớm.", "2026-10-02", "Báo Đồi")
        self._imported = 0
        self._open()

    def _open(self) -> None:
        index(self._made, self._archive)
        self.client = create_app(open_service(self._made), self._made).test_client()

    def _store(self, name: str, title: str, lede: str, day: str, source: str) -> None:
        date = Published(day)
        self._archive.store([reading(name, title, lede=lede, published=date, source=source, authors=("An",))])

    def grow(self) -> None:
        """Imports articles that match, that shift cuts and scores, and a new version of one."""
        self._imported += 1
        for number in range(3):
            name, lede = f"b-{self._imported}-{number}", _LATER * (1 + number)
            self._store(name, "Nước dâng", lede, f"2025-0{number + 1}-11", "Báo Suối 0")
        self._store(f"a-{self._imported}", "Không còn gì", "Đã khác hẳn.", "2026-10-03", "Báo Mới")
        self._open()

    def withdraw(self, name: str) -> None:
        self._archive.withdraw(name, "thử")
        self._open()

    def close(self) -> None:
        self._archive.close()


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Growing]:
    made = Growing(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    made = Growing(tmp_path_factory.mktemp("still"))
    yield made.client
    made.close()


def links(headers: object) -> dict[str, str]:
    """The links of a header, by their relation."""
    said = dict(headers).get("Link", "")  # type: ignore[call-overload]
    return {relation: href for href, relation in re.findall(r'<([^>]*)>; rel="([a-z]*)"', said)}


def at(path: str, asked: dict[str, str], **more: object) -> str:
    return f"{path}?{urlencode(asked | more)}"


@pytest.mark.parametrize(("path", "asked"), IN_PARTS, ids=NAMES[: len(IN_PARTS)])
def test_parts_are_the_whole_whatever_is_imported_between(
    growing: Growing, path: str, asked: dict[str, str]
) -> None:
    whole = growing.client.get(at(path, asked))
    total = int(whole.headers["X-Total-Count"])
    assert (whole.status_code, total > 0) == (200, True)
    size = max(1, -(-total // 3))
    part = growing.client.get(at(path, asked, rows=size))
    had = [part.data]
    while following := links(part.headers).get("next"):
        assert f"cursor={part.headers['X-Cursor']}" in following
        if len(had) == 1:
            growing.grow()
        part = growing.client.get(following)
        assert part.status_code == 200
        had.append(part.data)
    assert "X-Cursor" not in part.headers
    assert b"".join(had) == whole.data
    assert len(had) == -(-total // size)


@pytest.mark.parametrize(("path", "asked"), ARTICLES, ids=NAMES[: len(ARTICLES)])
def test_a_file_that_was_cut_off_at_any_row_goes_on(
    growing: Growing, path: str, asked: dict[str, str]
) -> None:
    whole = growing.client.get(at(path, asked))
    total, change = int(whole.headers["X-Total-Count"]), whole.headers["X-Archive-Number"]
    heads = [growing.client.get(at(path, asked, rows=rows)).data for rows in range(1, total)]
    growing.grow()
    for rows, head in enumerate(heads, 1):
        rest = growing.client.get(at(path, asked, cursor=f"{change}-{rows}"))
        assert (rest.status_code, head + rest.data) == (200, whole.data)
    rest = growing.client.get(at(path, asked, cursor=f"{change}-{total}"))
    assert whole.data.endswith(rest.data)


@pytest.mark.parametrize(("path", "asked"), [*ARTICLES, VIEWS[2], VIEWS[12]], ids=lambda one: str(one)[:30])
def test_after_a_withdrawal_a_file_does_not_go_on_and_the_answer_says_so(
    growing: Growing, path: str, asked: dict[str, str]
) -> None:
    part = growing.client.get(at(path, asked, rows=5))
    for name in ("a-2", "a-3", "a-4"):
        growing.withdraw(name)
    answer = growing.client.get(links(part.headers)["next"] + "&lang=en")
    assert (answer.status_code, "withdrawn since" in answer.text) == (409, True)
    assert growing.client.get(at(path, asked)).status_code == 200


@pytest.mark.parametrize(("path", "asked"), EVERYTHING, ids=NAMES)
def test_a_receipt_is_that_of_the_file(growing: Growing, path: str, asked: dict[str, str]) -> None:
    file = growing.client.get(at(path, asked))
    proof = links(file.headers)["describedby"]
    for _ in range(2):
        answer = growing.client.get(proof)
        receipt = read_receipt(answer.text, "r")
        assert (answer.status_code, answer.mimetype) == (200, "application/json")
        assert (receipt.file.size, receipt.file.sha256) == (
            len(file.data),
            hashlib.sha256(file.data).hexdigest(),
        )
        assert str(receipt.result.rows) == file.headers.get("X-Total-Count")
        assert str(receipt.change) == file.headers["X-Archive-Number"]
        assert receipt.result.ids_sha256 == file.headers.get("X-Ids-SHA256")
        assert growing.client.get(links(answer.headers)["describes"]).data == file.data
        growing.grow()


@pytest.mark.parametrize(("path", "asked"), EVERYTHING, ids=NAMES)
def test_a_receipt_of_the_same_parameters_at_the_change_is_that_of_the_file(
    growing: Growing, path: str, asked: dict[str, str]
) -> None:
    file = growing.client.get(at(path, asked))
    name, _, form = path.partition(".")
    pinned = asked | {"form": form, "as_of": file.headers["X-Archive-Number"]}
    if path.startswith("/timeline"):
        pinned.setdefault("unit", "month")  # as of a change, nothing is shown as the home page shows it
    growing.grow()
    receipt = read_receipt(growing.client.get(at(f"{name}.receipt.json", pinned)).text, "r")
    assert receipt.file.sha256 == hashlib.sha256(file.data).hexdigest()
    assert receipt.file.form == form


@pytest.mark.parametrize(("path", "asked"), EVERYTHING, ids=NAMES)
def test_a_head_says_what_the_file_says(client: FlaskClient, path: str, asked: dict[str, str]) -> None:
    file, head = client.get(at(path, asked)), client.head(at(path, asked))
    assert (head.status_code, head.data) == (200, b"")
    for name in ("X-Total-Count", "X-Archive-Number", "Link", "Content-Disposition", "Content-Type"):
        assert head.headers[name] == file.headers[name]
    assert file.headers["Content-Type"].count("charset") <= 1


@pytest.mark.parametrize(("path", "asked"), IN_PARTS, ids=NAMES[: len(IN_PARTS)])
@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"cursor": "x"}, 400, "X-Cursor"),
        ({"cursor": "8"}, 400, "70-2000"),
        ({"cursor": "8-100000"}, 409, "another"),
        ({"cursor": "8-1-0123456789abcdef"}, 409, "another"),
        ({"cursor": "8-1", "as_of": "7"}, 409, "as_of"),
        ({"cursor": "99-1"}, 400, "99"),
        ({"cursor": "0-1"}, 400, "0"),
        ({"rows": "0"}, 400, "rows"),
        ({"rows": "x"}, 400, "rows"),
    ],
)
def test_an_impossible_part_is_refused(
    client: FlaskClient, path: str, asked: dict[str, str], more: dict[str, str], status: int, said: str
) -> None:
    answer = client.get(at(path, {**asked, "lang": "en"}, **more))
    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_cursor_of_another_search_is_refused(client: FlaskClient) -> None:
    cursor = client.get("/search.csv?q=lũ+quét&rows=3").headers["X-Cursor"]
    assert client.get(f"/search.csv?q=&cursor={cursor}").status_code == 409
    assert client.get(f"/search.ris?q=lũ+quét&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("form", ExportForm)
@pytest.mark.parametrize("name", ["fields", "excel", "cursor", "rows"])
def test_what_a_form_does_not_take_is_refused_by_name(
    client: FlaskClient, form: ExportForm, name: str
) -> None:
    value = {"fields": "id", "excel": "1", "cursor": "8-1", "rows": "1"}[name]
    takes = {
        "fields": has_columns(form),
        "excel": form is ExportForm.CSV,
        "cursor": goes_on(form),
        "rows": goes_on(form),
    }
    answer = client.get(f"/search.{form.value}?q=lũ&{name}={value}")
    assert answer.status_code == (200 if takes[name] else 400)
    assert takes[name] or name in answer.text
    proof = client.get(f"/search.receipt.json?q=lũ&form={form.value}&{name}={value}")
    is_of_a_file = takes[name] and name in {"fields", "excel"}
    assert proof.status_code == (200 if is_of_a_file else 400)
    assert is_of_a_file or name in proof.get_json()["error"]["message"]


def test_columns_are_named_with_commas_or_one_by_one(client: FlaskClient) -> None:
    joined = client.get("/search.jsonl?q=lũ&fields=id,hits")
    assert joined.data == client.get("/search.jsonl?q=lũ&fields=id&fields=hits").data
    assert list(json.loads(joined.text.splitlines()[0])) == ["id", "hits"]
    assert client.get("/search.jsonl?fields=id,nothing").get_json()["error"]["code"] == "bad-parameter"


def test_the_name_of_a_part_says_its_rows(client: FlaskClient) -> None:
    whole, part = (client.get(f"/search.csv?q=lũ+quét{more}") for more in ("", "&rows=2&cursor=8-3"))
    assert whole.headers["Content-Disposition"].endswith("=khobao_lu-quet_any_any_n7_c8.csv")
    assert part.headers["Content-Disposition"].endswith("=khobao_lu-quet_any_any_n7_c8.rows4-5.csv")


def test_addresses_that_are_too_long_for_a_header_are_left_out(client: FlaskClient) -> None:
    words = " OR ".join(f'"ướt đẫm đường ở bản {number}"' for number in range(30))
    file = client.get("/search.csv", query_string={"q": f"lũ OR {words}", "rows": "1"})
    assert (file.status_code, links(file.headers)) == (200, {})
    assert file.headers["X-Cursor"]
    short, long = Link("/a", NEXT), Link("/" + "b" * 5_000, PROOF)
    assert link_header([long, short]) == {"Link": '</a>; rel="next"'}


def test_while_a_receipt_is_made_white_space_arrives_and_is_not_held_back(client: FlaskClient) -> None:
    answer = client.get("/search.receipt.json?q=lũ", headers={"Accept-Encoding": "gzip, zstd, br"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"\n{")
