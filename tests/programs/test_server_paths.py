"""Where do paths of the server stand? On the command line alone; every other interface names files."""

import json
import lzma
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from benchmarks.same_answers.addresses import Known, addresses, spoken
from corpus.ingest import ingest
from corpus.message import Message
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import CONTAINERS
from indexer.build import build
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_reading, open_service, writing
from search_app.formats.server_paths import file_name, without_folder
from search_app.settings import Settings
from tests.corpus.archives import tarred, zipped
from tests.journey.command import khobao

IMPORTED, DATA = "imported-from-here", "kept-in-here"
PARTS = st.text(
    st.characters(codec="utf-8", exclude_characters="/!\0", exclude_categories=["Cs"]), min_size=1
)
FOLDERS = st.lists(PARTS | st.sampled_from(["kho!", "a!b"]), max_size=4)
SUFFIXES = st.sampled_from(sorted({suffix for one in CONTAINERS for suffix in one.SUFFIXES} | {".TAR.GZ"}))


def record(number: int, **values: str) -> bytes:
    article = {"id": f"bai-{number}", "title": f"Bài số {number}", "lede": "Giá vàng tăng."} | values
    return json.dumps(article).encode() + b"\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An archive of files of many kinds in one folder, good and bad."""
    folder = tmp_path_factory.mktemp("files") / IMPORTED
    folder.mkdir()
    (folder / "dòng.jsonl").write_bytes(record(1) + record(2) + b'{"title": \n' + record(3, title=""))
    (folder / "nén.jsonl.xz").write_bytes(lzma.compress(record(4) + record(1, lede="Bản khác.")))
    (folder / "gói.zip").write_bytes(zipped({"2013/a.jsonl": record(5), "2013/b.jsonl": b"{"}))
    (folder / "gói.tar").write_bytes(tarred({"2014/c.jsonl": record(6), "2014/d.docx": b"PK"}))
    (folder / "hỏng.zip").write_bytes(zipped({"a.jsonl": record(7)})[:40])
    (folder / "lạ.sqlite").write_bytes(b"SQLite format 3\0" + b"\0" * 100)
    (folder / "trống.txt").write_bytes(b"\0\1\2")
    (folder / "đường.jsonl").symlink_to(Path(__file__))
    settings = Settings(tmp_path_factory.mktemp("data") / DATA)
    with writing(settings) as archive, index_writer(settings) as writer:
        ingest([folder], archive, options=ImportOptions(), on_progress=lambda _: None)
        build(archive, writer, lambda _done, _total: None, workers=0)
    return settings


@pytest.fixture
def client(imported: Settings) -> FlaskClient:
    return create_app(open_service(imported), imported).test_client()


def said(answer: TestResponse) -> str:
    return str(answer.data, "utf-8", "replace") + str(answer.headers)


def test_what_was_imported_has_many_kinds_of_places(imported: Settings) -> None:
    with open_reading(imported) as archive:
        files = {refusal.file for refusal in archive.refusals()}
        files |= {one.provenance.file for one in archive.articles([f"bai-{n}" for n in range(8)]).values()}
    assert all(f"/{IMPORTED}/" in one for one in files)
    assert len(files) >= 10


def test_no_answer_of_any_address_names_a_folder_of_the_server(
    client: FlaskClient, imported: Settings
) -> None:
    known = Known([f"bai-{number}" for number in range(1, 7)], "")
    more = ["/search.csv?q=&fields=id,file,place", "/raw/bai-5?as=file"]
    more += [f"/coverage/refused/{number}/raw" for number in range(1, 9)]
    for path in (*addresses(known), *more):
        for _, address in spoken(path):
            answer = said(client.get(address))
            for secret in (IMPORTED, DATA, str(imported.data.parent), str(Path(__file__).parent)):
                assert secret not in answer, address


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/article/bai-2", "dòng.jsonl"),
        ("/article/bai-4.json", "nén.jsonl.xz"),
        ("/api/article/bai-5", "gói.zip!2013/a.jsonl"),
        ("/api/article/bai-6", "gói.tar!2014/c.jsonl"),
    ],
)
def test_a_file_is_named_with_the_place_in_it(client: FlaskClient, path: str, name: str) -> None:
    provenance = client.get(path).get_json()["provenance"]
    assert (provenance["file"], provenance["place"][:5]) == (name, "line ")


def test_pages_and_tables_name_it_alike(client: FlaskClient) -> None:
    name = "gói.zip!2013/a.jsonl"
    for path in ("/article/bai-5", "/raw/bai-5", "/versions/bai-5.csv", "/search.csv?q=&fields=file"):
        assert name in client.get(path).text, path
    assert client.get("/versions/bai-5.json").get_json()[0]["file"] == name
    refused = {one["file"] for one in client.get("/coverage/refused.json").get_json()}
    assert {"dòng.jsonl", "hỏng.zip", "gói.zip!2013/b.jsonl"} <= refused
    assert all(one in client.get("/coverage/refused").text for one in ("dòng.jsonl", "gói.zip!2013/b.jsonl"))


def test_the_command_line_names_the_whole_path(imported: Settings) -> None:
    shown = khobao(imported.data, "show", "bai-5", "--json").json
    assert f"/{IMPORTED}/gói.zip!2013/a.jsonl" in str(shown["provenance"])
    assert f"/{IMPORTED}/" in khobao(imported.data, "refusals").out


def broken(settings: Settings, folder: Path) -> Iterator[tuple[str, FlaskClient]]:
    """Servers of which something broke while they ran, and what broke."""

    def copied(name: str) -> tuple[Settings, FlaskClient]:
        data = folder / name / DATA
        shutil.copytree(settings.data, data)
        copy = Settings(data)
        return copy, create_app(open_service(copy), copy).test_client()

    copy, client = copied("no index")
    shutil.rmtree(copy.index)
    yield "no index", client
    copy, client = copied("garbled manifest")
    client.get("/?q=a")
    (copy.index / "current.json").write_text("{", "utf-8")
    yield "garbled manifest", client
    copy, client = copied("garbled archive")
    copy.archive.write_bytes(b"\0" * 100_000)
    yield "garbled archive", client
    copy, client = copied("emptied segments")
    for path in copy.index.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    yield "emptied segments", client


def test_no_fault_names_a_folder_of_the_server(imported: Settings, tmp_path: Path) -> None:
    paths = [
        "/",
        "/?q=gia",
        "/api/search?q=gia",
        "/article/bai-1",
        "/healthz",
        "/search.csv?q=gia",
        "/coverage",
    ]
    faults = 0
    for what, client in broken(imported, tmp_path):
        for path in paths:
            for _, address in spoken(path):
                answer = client.get(address)
                faults += answer.status_code == 503
                assert f"/{DATA}" not in said(answer), (what, address)
                assert str(tmp_path) not in said(answer), (what, address)
    assert faults > 20


@given(FOLDERS, PARTS, st.booleans())
def test_a_file_keeps_its_name_alone(folders: list[str], name: str, absolute: bool) -> None:
    if name in {".", ".."}:
        return
    assert file_name("/" * absolute + "/".join([*folders, name])) == name


@given(FOLDERS, PARTS, SUFFIXES, st.lists(PARTS, min_size=1, max_size=3))
def test_a_member_keeps_the_place_in_its_archive(
    folders: list[str], name: str, suffix: str, inner: list[str]
) -> None:
    member = "/".join(inner)
    assert file_name("/".join([*folders, f"{name}{suffix}!{member}"])) == f"{name}{suffix}!{member}"


@pytest.mark.parametrize("folder", ["/srv/kho báo/data", "kho", "../bên cạnh/kho", "/srv"])
@pytest.mark.parametrize("template", ["{it}: lost", "[Errno 2] “{it}”", "open('{it}')", "x={it}"])
def test_a_message_begins_its_paths_at_the_data_folder(folder: str, template: str) -> None:
    path = template.replace("{it}", f"{folder}/index/a")
    short = template.replace("{it}", "index/a")
    assert str(without_folder(Message("{a}", {"a": path}), Path(folder))) == short


@given(st.text())
def test_what_names_no_path_stays_as_it_is(text: str) -> None:
    assert str(without_folder(Message("{a}", {"a": text}), Path("/srv/kho/data"))) == text
