"""Whatever the bytes of our own files: the right answer, or one sentence whose remedy works; nothing else.

Each file beside the archive can be made again from it, so that the remedy is to rebuild.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.archive import Archive
from corpus.errors import OperatorError
from indexer.arrays.file import MappedArrays
from indexer.stories.update import verify_stories
from indexer.suggest.update import verify_suggestions
from indexer.units.update import verify_units
from indexer.verify import verify
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.app import create_app
from search_app.bootstrap import index_holder, open_reading, open_service, unit_sources
from search_app.cli.writing import rebuild
from search_app.settings import Settings
from tests.corpus.records import reading

pytestmark = pytest.mark.slow  # builds an index again for each kind of damage

_TITLES = ("Nước sông Thao lên nhanh", "Chợ đêm mở lại", "Cầu treo bản Lìm khánh thành", "Mưa đá ở Lào Cai")
_PLACES = 8  # of one changed byte, drawn by seed, in each file
_QUERIES = ("song thao", '"chợ đêm"', "mưa OR cầu", "")


def _plain(text: str) -> str:
    return text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of two commits, with reprints, deletions and all that is derived."""
    data = tmp_path_factory.mktemp("whole") / "data"
    data.mkdir()
    settings = Settings(data)
    for lede in ("Mưa lớn suốt đêm.", "Mưa lớn suốt đêm và sáng nay."):
        with Archive(settings.archive) as archive:
            archive.store(
                [reading(f"bai-{number}", title, lede=lede) for number, title in enumerate(_TITLES * 3)]
            )
        rebuild(settings, _plain)
    return data


class Answers(NamedTuple):
    """What a reader sees; stories and suggestions are simply not known where their file is not there."""

    found: list[tuple[int, list[str]]]
    derived: tuple[object, ...]


def answers(settings: Settings) -> Answers:
    service = open_service(settings)
    pages = [service.searching.page(SearchRequest(Selection(query))) for query in _QUERIES]
    derived = (*(page.stories for page in pages), service.suggesting.suggest("ch"))
    return Answers([(page.total, [hit.id for hit in page.hits]) for page in pages], derived)


def damages(path: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Ways to damage a file, each with its name."""
    data = path.read_bytes()
    yield "gone", path.unlink
    for name, other in (
        ("empty", b""),
        ("half", data[: len(data) // 2]),
        ("nulls", bytes(len(data))),
        ("a list", b"[1, 2]"),
        ("an object", b'{"directory": "../..", "format": []}'),
        ("nested", b"[" * 100_000),
        ("not UTF-8", b"\xff" * 40),
    ):
        yield name, lambda other=other: path.write_bytes(other)  # type: ignore[misc]
    drawn = random.Random(path.name)  # noqa: S311 - a fair draw, no secret
    for place in {drawn.randrange(len(data)) for _ in range(_PLACES)} if data else ():
        changed = bytearray(data)
        changed[place] ^= 1 << drawn.randrange(8)
        yield f"byte {place}", lambda changed=bytes(changed): path.write_bytes(changed)  # type: ignore[misc]


def own_files(data: Path) -> list[Path]:
    archive = {f"archive.sqlite{ending}" for ending in ("", "-wal", "-shm")}
    return sorted(path for path in data.rglob("*") if path.is_file() and path.name not in archive)


def test_damage_is_never_answered_wrongly_nor_with_a_traceback(whole: Path, tmp_path: Path) -> None:
    expected = answers(Settings(whole))
    tried = 0
    for original in own_files(whole):
        data = tmp_path / "data"
        for name, _ in damages(original):
            shutil.copytree(whole, data)
            dict(damages(data / original.relative_to(whole)))[name]()
            what = f"{original.relative_to(whole)}: {name}"
            said = answered(Settings(data), expected, what)
            if said or not name.startswith("byte"):
                check_remedy(Settings(data), expected, what)
            shutil.rmtree(data)
            tried += 1
    assert tried > 60


def test_verify_finds_every_changed_byte_and_says_the_remedy(whole: Path, tmp_path: Path) -> None:
    """Of the index's own files, with all that is derived beside it: no byte is unused."""
    data = tmp_path / "data"
    shutil.copytree(whole, data)
    assert verified(Settings(data)) == []
    tried = 0
    for path in own_files(data):
        for name, change in damages(path):
            if name.startswith("byte"):
                kept = path.read_bytes()
                change()
                said = verified(Settings(data))
                assert said, f"{path.relative_to(data)}: {name}"
                assert all("khobao rebuild" in sentence for sentence in said)
                path.write_bytes(kept)
                tried += 1
    assert tried > 40


def verified(settings: Settings) -> list[str]:
    """What khobao verify says of an index and what is derived beside it."""
    try:
        archive = open_reading(settings)
        with index_holder(settings).lend() as reader:
            found = list(verify(archive, reader, nothing).faults)
    except OperatorError as error:
        return [str(error)]
    found = found or verify_stories(archive, settings.stories, nothing)
    found = found or verify_suggestions(archive, settings.suggestions, nothing)
    with unit_sources(settings) as sources:
        found = found or verify_units(sources, settings.units, nothing)
    return list(map(str, found))


def nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


def test_a_server_says_one_sentence_of_a_damaged_block_and_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The query that reads the block first meets it; others are answered; a rebuild ends the trouble."""
    settings = Settings(tmp_path)
    with Archive(settings.archive) as archive:
        archive.store(
            [reading("dai", "Mưa dầm", paragraphs=("mưa nhỏ " * 60_000,)), reading("ngan", "Chợ đêm")]
        )
    rebuild(settings, _plain)
    path = next(settings.index.glob("*/*.kho"))
    positions = MappedArrays(path)["positions"].tobytes()
    data = bytearray(path.read_bytes())
    data[data.find(positions) + len(positions) // 2] ^= 4
    path.write_bytes(data)
    client = create_app(open_service(settings), settings).test_client()

    def total(query: str) -> object:
        answer = client.get("/api/search", query_string={"q": query, "lang": "en"})
        assert answer.status_code == 200 or "khobao rebuild" in answer.get_json()["error"]["message"]
        return answer.get_json().get("total")

    assert [total(query) for query in ("", "mưa", "", "mưa")] == [2, None, 2, None]
    assert "khobao rebuild" in client.get("/healthz?lang=en").get_json()["trouble"]
    assert [one.levelname for one in caplog.records] == ["ERROR"], "said once in the log"
    rebuild(settings, _plain)
    assert total("mưa") == 2
    assert client.get("/healthz").get_json()["trouble"] is None


def answered(settings: Settings, expected: Answers, what: str) -> str:
    """What is said where there is no answer; the answer that there is must be the right one."""
    try:
        found = answers(settings)
    except OperatorError as error:
        return str(error)
    assert found.found == expected.found, what
    return ""


def check_remedy(settings: Settings, expected: Answers, what: str) -> None:
    rebuild(settings, _plain)
    assert answers(settings) == expected, what
    assert verified(settings) == [], what


@pytest.mark.parametrize("file", ["current.json", "manifest.json", "*.toc", "*.kho"])
def test_what_is_said_names_the_remedy(whole: Path, tmp_path: Path, file: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(whole, data)
    others = {"stories", "suggestions", "units"}
    path = next(
        one for one in sorted(data.rglob(file)) if one.stem not in others and one.parent.name != "kept"
    )
    path.write_bytes(b"\xff" * 100)
    with pytest.raises(OperatorError, match="khobao rebuild"):
        answers(Settings(data))


def test_an_index_of_another_archive_is_refused_with_its_remedy(whole: Path, tmp_path: Path) -> None:
    """Whichever of the two archives is further: page, feed and rows say the same, and a rebuild ends it."""
    data = tmp_path / "data"
    shutil.copytree(whole, data)
    for path in data.glob("archive.sqlite*"):
        path.unlink()
    settings = Settings(data)
    with Archive(settings.archive) as archive:
        archive.store([reading("khac", "Chợ đêm mở lại")])
    client = create_app(open_service(settings), settings).test_client()
    for address in ("/api/search", "/search.csv", "/search.atom"):
        answer = client.get(address, query_string={"q": "chợ", "lang": "en"})
        assert answer.status_code == 503, address
        assert "khobao rebuild" in answer.get_data(as_text=True), address
    rebuild(settings, _plain)
    assert client.get("/api/search", query_string={"q": "chợ"}).get_json()["total"] == 1
