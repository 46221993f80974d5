"""An index of the format before is read, added to, and brought to this version's; readers notice nothing."""

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.earlier_formats import write_archive
from benchmarks.upgrading import answers, make_earlier, prove
from corpus.errors import OperatorError
from corpus.readers.records.options import ImportOptions
from indexer.arrays.disk import read_object
from indexer.arrays.file import MappedArrays
from indexer.engine import INDEX_FORMAT
from indexer.verify import verify
from search_app.bootstrap import index_holder, index_is_newest, open_reading, open_service
from search_app.cli.writing import add, rebuild, upgrade_index
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.journey.command import khobao
from tests.shared import SAMPLE

pytestmark = pytest.mark.slow  # builds indexes and kills what builds them


def _plain(text: str) -> str:
    return text


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("loaded") / "data"
    add(Settings(data), [SAMPLE], ImportOptions(), _plain)
    return data


@pytest.fixture(params=[6, 7])
def earlier(request: pytest.FixtureRequest) -> int:
    """Each earlier format that is read."""
    index_format: int = request.param
    return index_format


@pytest.fixture
def data(loaded: Path, tmp_path: Path, earlier: int) -> Path:
    """A data folder whose index is of an earlier format."""
    shutil.copytree(loaded, tmp_path / "data")
    make_earlier(tmp_path / "data" / "index", earlier)
    return tmp_path / "data"


def said_format(data: Path) -> object:
    (manifest,) = (data / "index").glob("*/manifest.json")
    return json.loads(manifest.read_bytes())["format"]


def has_words(data: Path) -> bool:
    """Whether every segment of the index has word counts, and a reader says so."""
    found = ["word_counts" in MappedArrays(path) for path in (data / "index").glob("*/*.kho")]
    with index_holder(Settings(data)).lend() as reader:
        assert (reader.word_counts() is not None) is all(found)
    return all(found)


def has_forward_lists(data: Path) -> bool:
    """Whether every segment of the index has a forward list, and a reader counts by it."""
    found = ["forward_codes" in MappedArrays(path) for path in (data / "index").glob("*/*.kho")]
    with index_holder(Settings(data)).lend() as reader:
        assert (reader.counts() is not None) is all(found)
    return all(found)


def inodes(data: Path) -> dict[Path, int]:
    return {path: path.stat().st_ino for path in (data / "index").rglob("*")}


def whole(settings: Settings) -> bool:
    with index_holder(settings).lend() as reader:
        return not verify(open_reading(settings), reader, lambda _done, _total: None).faults


def test_an_index_of_an_earlier_format_answers_and_grows_as_one(
    loaded: Path, data: Path, tmp_path: Path, earlier: int
) -> None:
    settings = Settings(data)
    assert said_format(data) == earlier
    assert answers(open_service(settings)) == answers(open_service(Settings(loaded)))
    (tmp_path / "bao.jsonl").write_text(
        '{"id": "moi-1", "title": "Chợ nổi Cái Răng", "body": "Chợ nổi."}', "utf-8"
    )
    newest = tmp_path / "newest"
    shutil.copytree(loaded, newest)
    for one in (data, newest):
        add(Settings(one), [tmp_path / "bao.jsonl"], ImportOptions(), _plain)
    assert said_format(data) == earlier
    assert (has_words(data), has_forward_lists(data)) == (earlier > 6, False)
    assert has_forward_lists(newest)
    assert answers(open_service(settings)) == answers(open_service(Settings(newest)))
    assert whole(settings)


def test_upgrade_makes_an_index_of_this_format(data: Path) -> None:
    beside = open_service(Settings(data))
    before = answers(beside)
    ran = khobao(data, "upgrade")
    assert (ran.code, f"the index has format {INDEX_FORMAT}." in ran.out) == (0, True)
    assert said_format(data) == INDEX_FORMAT
    assert has_words(data)
    assert has_forward_lists(data)
    assert answers(beside) == answers(open_service(Settings(data))) == before
    made = inodes(data)
    upgrade_index(Settings(data), _plain)
    assert inodes(data) == made, "nothing was left to do"


@pytest.mark.parametrize("name", ["stories.kho", "suggestions.kho", "units.kho"])
def test_upgrade_looks_at_what_is_derived_beside_the_index(data: Path, name: str) -> None:
    settings = Settings(data)
    upgrade_index(settings, _plain)
    (settings.index / name).write_bytes(b"damaged")
    assert not index_is_newest(settings)
    upgrade_index(settings, _plain)
    assert index_is_newest(settings)


def test_a_rebuild_that_another_version_began_is_not_continued(data: Path) -> None:
    settings = Settings(data)
    shutil.copytree(settings.index / "0001", settings.index / "0002")
    rebuild(settings, _plain)
    assert [path.name for path in sorted(settings.index.glob("0*"))] == ["0003"]
    assert said_format(data) == INDEX_FORMAT


def test_an_index_of_an_earlier_format_is_upgraded(data: Path) -> None:
    expected = answers(open_service(Settings(data)))
    manifest = data / "index" / "0001" / "manifest.json"
    manifest.write_text(json.dumps(read_object(manifest) | {"format": 5}), "utf-8")  # had no checksum
    with pytest.raises(OperatorError, match="khobao upgrade"):
        answers(open_service(Settings(data)))
    upgrade_index(Settings(data), _plain)
    assert answers(open_service(Settings(data))) == expected


def test_an_upgrade_needs_room_for_both(data: Path, monkeypatch: pytest.MonkeyPatch, earlier: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 8, 1))
    with pytest.raises(OperatorError, match="room"):
        upgrade_index(Settings(data), _plain)
    assert said_format(data) == earlier


def test_an_upgrade_killed_ten_times_ends_as_one_left_alone(data: Path, earlier: int) -> None:
    """The slow proof, on real articles and with 50 kills, is ``make upgrades``."""
    assert prove(data, kills=10, seed=3, say=lambda _line: None, index_format=earlier) >= 1
    assert whole(Settings(data))


def test_whoever_writes_is_told_that_an_archive_was_upgraded(tmp_path: Path) -> None:
    """An earlier khobao can no longer open it, so no command upgrades it without a word."""
    (tmp_path / "data").mkdir()
    write_archive(tmp_path / "data" / "archive.sqlite", [reading()], format_number=2)
    assert "from format 2 to format 3" in khobao(tmp_path / "data", "rebuild").err
    assert "format" not in khobao(tmp_path / "data", "rebuild").err
