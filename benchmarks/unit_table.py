"""How long does the table of units take, and how large are it and the counts that it is made of?

    python -m benchmarks.unit_table DATA [--add 100]

DATA is a data folder with an index of this version's format. ``--add`` imports so many articles into it, half
of them new ones and half new versions of its own, and makes the table again: give a copy of the folder.
"""

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.archive import Archive
from corpus.records import Reading
from indexer.arrays.file import MappedArrays
from indexer.build import build
from indexer.suggest.file import open_stored, stored_heads
from indexer.suggest.update import update_suggestions
from indexer.units.choosing import choose_units
from indexer.units.update import update_units
from search_app.bootstrap import changing, index_writer, unit_sources
from search_app.settings import Settings

_PARTS = ("word_", "lone_", "pair_")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints what the block took."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - wall:.2f} s, {time.process_time() - processor:.2f} s of CPU")


def print_sizes(settings: Settings) -> None:
    """Prints the bytes of the counts in all segments, and of the table's file."""
    sizes: Counter[str] = Counter()
    for path in settings.index.glob("*/*.kho"):
        arrays = MappedArrays(path)
        for name, array in arrays.items():
            part = next((part for part in _PARTS if name.startswith(part)), "rest")
            sizes[part] += array.nbytes
    for part, size in sizes.items():
        print(f"arrays {part}: {size:,} bytes")
    print(f"table of units: {settings.units.stat().st_size:,} bytes")


def make_table(settings: Settings) -> None:
    """Makes the table, step by step and then as the commands do."""
    with unit_sources(settings) as sources:
        with timed("counts read"):
            counts = sources.reader.word_counts()
        stored = open_stored(settings.suggestions)
        assert counts is not None
        assert stored is not None
        with timed("heads read"):
            heads = stored_heads(stored)
        print(f"{len(counts.terms):,} terms, {len(counts.pairs.keys):,} pairs, words by syllables:")
        print({length: len(words.counts) for length, words in counts.words.items()})
        with timed("units chosen"):
            choose_units(counts, heads)
    with unit_sources(settings) as sources, timed("all of it, with the file"):
        update_units(sources, settings.units, _silent, anew=True)


def add(settings: Settings, count: int) -> None:
    """Imports articles, and brings up to them what is derived."""
    with changing(settings) as archive:
        archive.store(list(_readings(archive, count)))
        with timed("index"), index_writer(settings) as writer:
            build(archive, writer, _silent)
        with timed("suggestions"):
            update_suggestions(archive, settings.suggestions, _silent)
        with timed("table of units"), unit_sources(settings) as sources:
            update_units(sources, settings.units, _silent)


def _readings(archive: Archive, count: int) -> Iterator[Reading]:
    """New versions and new articles by turns, of articles of the archive drawn by a seed."""
    live = [head.article_id for head in archive.heads_since(0) if not head.withdrawn]
    chosen = random.Random(5).sample(live, count)  # noqa: S311 - the same ones each time, nothing secret
    for number, archived in enumerate(archive.articles(chosen).values()):
        article = archived.article
        if number % 2:
            article = replace(article, id=f"{article.id}-{time.time_ns()}")
        yield Reading(replace(article, title=f"{article.title} (bản mới)"), archived.provenance)


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--add", type=int, default=0)
    options = parser.parse_args()
    settings = Settings(options.data)
    make_table(settings)
    print_sizes(settings)
    if options.add:
        add(settings, options.add)
    print(f"highest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
