"""The table of units as a file: made of the index and the heads, the same for the same articles, noticed."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.errors import OperatorError
from corpus.records import Reading
from indexer.arrays.disk import read_object, replace_object
from indexer.build import build
from indexer.engines.whoosh.directory import IndexDirectory
from indexer.suggest.update import update_suggestions
from indexer.units import file as units_file
from indexer.units.choosing import choose_units
from indexer.units.file import open_units
from indexer.units.source import UnitSource
from indexer.units.table import KIND_BITS, KINDS, UnitKind
from indexer.units.update import update_units, verify_units
from search_app.bootstrap import index_writer, unit_sources
from search_app.settings import Settings
from tests.corpus.records import reading

TITLES = ("Lũ quét ở Sa Pa", "Giá vàng tăng mạnh", "Học sinh Hà Nội nghỉ học", "Cầu treo bản Lìm")

NEWS = [
    f"{title} {number}"
    for number, title in enumerate(
        ["Sinh viên bàn giá vàng tại Sa Pa", "Hôm nay giá vàng lên", "Mưa ở Sa Pa", "Vé tàu hôm nay", "Cá về"]
        * 5
        + ["Chợ", "Cầu mới", "Sinh viên nghỉ", "Lúa chín", "Đường đèo", "Gió", "Nắng hạn", "Học sinh"] * 10
    )
]
"""Enough of them that there are words, names and set phrases among their units."""


def nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


def store(data: Settings, ids: Sequence[str], text: str = "Học sinh Hà Nội nghỉ học vì mưa lớn.") -> None:
    """Imports articles up to the suggestions."""
    store_all(data, [reading(one, f"{TITLES[int(one) % len(TITLES)]} {one}", lede=text) for one in ids])


def store_all(data: Settings, readings: Sequence[Reading]) -> None:
    """The same with any articles."""
    data.data.mkdir(exist_ok=True)
    with Archive(data.archive) as archive:
        archive.store(list(readings))
        with index_writer(data) as writer:
            build(archive, writer, nothing, workers=0)
        update_suggestions(archive, data.suggestions, nothing)


def store_news(data: Settings, numbers: Iterable[int], *, earlier: bool = False) -> None:
    """Imports articles of NEWS, or earlier versions of them, up to the suggestions."""
    titles = [(number, "Bản đầu của bài" if earlier else NEWS[number]) for number in numbers]
    store_all(data, [reading(f"{number:03}", title, lede="Tin ngắn.") for number, title in titles])


def learn(data: Settings, *, anew: bool = False) -> bool:
    with unit_sources(data) as sources:
        return update_units(sources, data.units, nothing, anew=anew)


def faults(data: Settings) -> list[str]:
    with unit_sources(data) as sources:
        return [fault.template for fault in verify_units(sources, data.units, nothing)]


def table(data: Settings) -> dict[str, bytes]:
    """The arrays of the file, without what says up to which change it is."""
    stored = open_units(data.units)
    assert stored is not None
    return {name: array.tobytes() for name, array in stored.arrays.items() if name != "about"}


def kinds(data: Settings) -> set[UnitKind]:
    """The kinds of the runs of the file."""
    stored = open_units(data.units)
    assert stored is not None
    return {KINDS[kind & KIND_BITS] for kind in stored.arrays["run_kinds"].tolist()}


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "data")
    store(made, [str(number) for number in range(12)])
    return made


def test_a_table_is_made_once_for_each_state(data: Settings) -> None:
    assert (learn(data), learn(data), learn(data, anew=True)) == (True, False, True)
    assert faults(data) == []
    store(data, ["12"])
    assert ["catch up" in fault for fault in faults(data)] == [True]
    assert (learn(data), learn(data)) == (True, False)
    stored = open_units(data.units)
    assert stored is not None
    assert stored.number == 13
    assert faults(data) == []


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    order=st.permutations(range(len(NEWS))),
    cuts=st.sets(st.integers(1, len(NEWS) - 1), max_size=4),
    replaced=st.sets(st.integers(0, len(NEWS) - 1), min_size=3, max_size=3),
)
def test_the_same_articles_make_the_same_file(order: list[int], cuts: set[int], replaced: set[int]) -> None:
    """In whatever order, in however many commits, and whatever was replaced or learnt before."""
    with tempfile.TemporaryDirectory() as folder:
        whole, parts = Settings(Path(folder) / "whole"), Settings(Path(folder) / "parts")
        store_news(whole, [0, 1, 2], earlier=True)
        store_news(whole, range(len(NEWS)))
        learn(whole)
        store_news(parts, sorted(replaced, reverse=True), earlier=True)
        learn(parts)
        for first, last in pairwise([0, *sorted(cuts), len(order)]):
            store_news(parts, order[first:last])
            learn(parts)
        assert parts.units.read_bytes() == whole.units.read_bytes()
        assert kinds(whole) == set(KINDS)


def test_a_damaged_file_is_said_to_readers_and_made_again(data: Settings) -> None:
    learn(data)
    right = table(data)
    content = bytearray(data.units.read_bytes())
    content[-20] ^= 1
    data.units.write_bytes(content)
    assert faults(data)
    with pytest.raises(OperatorError, match="khobao rebuild"):
        UnitSource(data.units).table()
    assert learn(data)
    assert (table(data), faults(data)) == (right, [])


def test_a_table_of_other_counts_is_found(data: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one would be that another version had chosen, and did not say so."""
    learn(data)
    monkeypatch.setattr(
        units_file,
        "choose_units",
        lambda counts, heads: {name: array[:-1] for name, array in choose_units(counts, heads).items()},
    )
    found = faults(data)
    assert found
    assert all("differs" in fault for fault in found)


def test_a_file_of_another_version_is_none(data: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(data)
    monkeypatch.setattr(units_file, "FORMAT", units_file.FORMAT + 1)
    source = UnitSource(data.units)
    assert (source.table(), source.number()) == (None, None)
    assert ["no table of units" in fault for fault in faults(data)] == [True]
    assert learn(data)
    assert source.number() == 12


def test_what_lacks_its_sources_is_no_table_and_no_fault(data: Settings) -> None:
    """An index of format 6, or no suggestions: the table that there was goes, for it would grow stale."""
    learn(data)
    data.suggestions.unlink()
    assert faults(data) == []
    assert not learn(data)
    assert not data.units.exists()
    store(data, ["12"])
    assert learn(data)
    directory = IndexDirectory(data.index).current()
    assert directory is not None
    manifest = directory / "manifest.json"
    replace_object(manifest, read_object(manifest) | {"format": 6})
    store(data, ["13"])
    assert not learn(data)
    assert not data.units.exists()
    assert faults(data) == []


def test_a_server_sees_a_new_table(data: Settings) -> None:
    source = UnitSource(data.units)
    assert (source.table(), source.number(), source.state()) == (None, None, ())
    learn(data)
    before, state = source.table(), source.state()
    assert (source.number(), before is source.table()) == (12, True)
    assert before is not None
    length = len(before)
    store(data, [str(number) for number in range(12, 40)])
    learn(data)
    os.utime(data.units)
    after = source.table()
    assert after is not None
    assert (source.number(), source.state() != state) == (40, True)
    assert after is not before
    assert len(before) == length, "the table that was lent before stays as it was"
