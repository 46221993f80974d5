import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.json import document as json_file
from corpus.readers.records.options import ImportOptions
from tests.corpus.records import AT, line, outline, read_bytes

_FIRST = [("item 1", "a-1")]
_BOTH = [*_FIRST, ("item 2", "a-2")]
_ONE, _TWO = line("a-1", tags=["lũ"]), line("a-2")


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (_ONE, [("whole file", "a-1")]),
        (b"[" + _ONE + b",\n" + _TWO + b"]", _BOTH),
        (b'{"count": 2, "articles": [' + _ONE + b", " + _TWO + b"]}", _BOTH),
        (b"\xef\xbb\xbf [ ]", []),
        (b'{"articles": []}', []),
        (b"[" + _ONE + b", 5, " + _TWO + b"]", [*_FIRST, ("item 2", "not-an-article"), ("item 3", "a-2")]),
        (b"[" + _ONE + b", {]", [*_FIRST, ("after item 1", "bad-json")]),
        (b"[" + _ONE + b"] [", [*_FIRST, ("after item 1", "bad-json")]),
        (b'{"articles": [' + _ONE + b", " + _TWO[:9], [*_FIRST, ("after item 1", "bad-json")]),
        (b"[" + _ONE + b', {"id": "x", "id": "y"}]', [*_FIRST, ("item 2", "duplicate-key")]),
        (b"[" + _ONE + b", " + line("a-1", "Tin khác") + b"]", [*_FIRST, ("item 2", "duplicate-id")]),
        (b'{"a": [1], "b": [2]}', [("whole file", "no-title")]),
        (b"", [("whole file", "bad-json")]),
        (b"[" * 100_000, [("whole file", "too-deep")]),
        (b"[\xff]", [("whole file", "not-utf-8")]),
    ],
)
def test_an_object_an_array_or_an_object_around_one_array_is_read(
    tmp_path: Path, raw: bytes, found: list[tuple[str, str]]
) -> None:
    assert outline(read_bytes(tmp_path, raw, "bao.json")) == found


def test_whole_items_of_a_file_cut_short_are_read_then_one_refusal(tmp_path: Path) -> None:
    raw = b"[" + b",".join(line(f"a-{n}", f"Tin {n * n}") for n in range(2000)) + b"]"
    packed = gzip.compress(raw)
    found = outline(read_bytes(tmp_path, packed[: len(packed) // 2], "bao.json.gz"))
    assert len(found) > 100
    assert found[:-1] == outline(read_bytes(tmp_path, raw, "bao.json"))[: len(found) - 1]
    assert found[-1] == (f"after item {len(found) - 1}", "cut-short")


@settings(deadline=None)  # it writes files
@given(st.one_of(st.binary(), st.text(alphabet='[]{}":, \\u0d8an1').map(str.encode)))
def test_arbitrary_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("a") / "bao.json"
    path.write_bytes(raw)
    first, again = (
        outline(list(json_file.read(SourceFile.on_disk(path, AT), ImportOptions(), Tally())))
        for _ in range(2)
    )
    assert first == again
