"""Is anything lost when an upgrade of the index is killed? SIGKILL at random moments, then the same again.

An index of an earlier format is brought to the present one; the upgrade is killed at random moments. After
every kill the old index or the new one must open and answer as before, with no step by hand; a reader that
was open before goes on; and the same upgrade, given again, comes to its end.

    python -m benchmarks.upgrading [PATH] [--articles 3000] [--kills 50] [--seed 1]
"""

import argparse
import lzma
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from benchmarks.corpora import BAOMOI, QUERIES
from corpus.readers.records.options import ImportOptions
from indexer.arrays.disk import read_object, replace_object
from indexer.arrays.file import MappedArrays, write_arrays
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import index_is_newest, open_service
from search_app.cli.writing import add, upgrade_index
from search_app.settings import Settings

_SINCE = {
    7: ("word_", "lone_", "author_", "tag_"),
    8: ("forward_", "zone_syllables", "repeat_", "guessed"),
}
"""How the names of the arrays begin that a format was the first to have."""

_WITHOUT_UNITS = 6

Answer = tuple[int, list[tuple[str, float]]]


def load_part(path: Path, articles: int, data: Path) -> None:
    """Imports the first articles of a file of JSON lines (.xz), or all of a folder."""
    if path.is_dir():
        add(Settings(data), [path], ImportOptions(), _plain)
        return
    with tempfile.TemporaryDirectory() as folder, lzma.open(path, "rb") as lines:
        part = Path(folder) / "part.jsonl"
        part.write_bytes(b"".join(islice(lines, articles)))
        add(Settings(data), [part], ImportOptions(), _plain)


def make_earlier(index: Path, index_format: int) -> None:
    """Makes an index what an earlier version would have written.

    Args:
        index_format: 7, without forward lists; or 6, also without word counts and units, with fewer facets.
    """
    later = tuple(name for since, names in _SINCE.items() if since > index_format for name in names)
    for path in index.glob("*/*.kho"):
        draft = path.with_suffix(".draft")  # the arrays that are written are mapped from the file itself
        arrays = {name: array for name, array in MappedArrays(path).items() if not name.startswith(later)}
        write_arrays(draft, arrays)
        draft.replace(path)
    for path in index.glob("*/manifest.json"):
        replace_object(path, read_object(path) | {"format": index_format})
    if index_format == _WITHOUT_UNITS:
        (index / "units.kho").unlink(missing_ok=True)


def answers(service: Service) -> list[Answer]:
    """Total, ids and scores of each query's first page."""
    pages = [service.searching.page(SearchRequest(Selection(query))) for query in QUERIES]
    return [(page.total, [(hit.id, hit.score) for hit in page.hits]) for page in pages]


def _plain(text: str) -> str:
    return text


def _upgrade(data: Path) -> None:
    upgrade_index(Settings(data), _plain)


def prove(data: Path, kills: int, seed: int, say: Callable[[str], None], index_format: int = 7) -> int:
    """Kills upgrades of an archive's index until ``kills`` have fallen; how many upgrades came to their end.

    Args:
        data: an archive with an index, which is made one of an earlier format.
    """
    settings = Settings(data)
    make_earlier(settings.index, index_format)
    expected = answers(open_service(settings))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    _left_alone(context, data, expected)  # which also starts the process that later ones are forked from
    make_earlier(settings.index, index_format)
    whole_s = _left_alone(context, data, expected)
    say(f"left alone: {whole_s:.2f} s")
    chance = random.Random(seed)  # noqa: S311 - repeatable moments, nothing secret
    fallen = ended = 0
    while fallen < kills:
        make_earlier(settings.index, index_format)
        beside = open_service(settings)
        assert answers(beside) == expected
        while not index_is_newest(settings):
            child = context.Process(target=_upgrade, args=(data,))
            child.start()
            child.join(chance.uniform(0, whole_s) if fallen < kills else None)
            if child.is_alive():
                child.kill()
                fallen += 1
            child.join()
            assert answers(open_service(settings)) == expected, "opened after a kill, it answers otherwise"
            assert answers(beside) == expected, "a reader that was open before answers otherwise"
        ended += 1
        say(f"{fallen} kills, {ended} upgrades ended")
    _left_alone(context, data, expected)
    return ended


def _left_alone(
    context: multiprocessing.context.ForkServerContext, data: Path, expected: list[Answer]
) -> float:
    """Seconds of an upgrade that nobody kills."""
    started = time.monotonic()
    child = context.Process(target=_upgrade, args=(data,))
    child.start()
    child.join()
    took = time.monotonic() - started
    assert child.exitcode == 0
    assert index_is_newest(Settings(data))
    assert answers(open_service(Settings(data))) == expected
    return took


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", nargs="?", type=Path, default=BAOMOI)
    parser.add_argument("--articles", type=int, default=3_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.path.exists():
        sys.exit(f"{options.path}: not on this machine; name a file of JSON lines to import")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        load_part(options.path, options.articles, data)
        ended = prove(data, options.kills, options.seed, print)
    print(f"{options.kills} kills, {ended} upgrades came to their end, every answer the same")


if __name__ == "__main__":
    main()
