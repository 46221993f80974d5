"""Are reprints found, only reprints, and how fast? On reprints made from real articles, and on real ones.

    python -m benchmarks.stories --data DIR [--articles 2000] [--peer] [--pairs FILE]

DIR holds an archive of both corpora (``khobao add``). Recall and precision: real articles, each reprinted in
ten ways, are thrown in with twenty thousand other real articles. Recall on what is really there: every pair
of a sample is compared, without bands. ``--pairs`` writes pairs to be read by hand; ``--peer`` measures
datasketch's MinHash and MinHashLSH on the same runs (pip install datasketch).
"""

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.corpora import archived
from benchmarks.machine import report
from benchmarks.reprints import WAYS, reprint
from corpus.archive import Archive, ArchiveReader
from corpus.article import Article, Provenance
from corpus.records import Reading
from indexer.stories.file import StoredStories, open_stories
from indexer.stories.resemblance import Resemblance, compare
from indexer.stories.shingles import LEAST_SHINGLES, shingle
from indexer.stories.sketch import make_sketch
from indexer.stories.update import update_stories
from search_app.settings import Settings

OTHERS = 20_000
PAIRS = 40
_LOWER = 0.6  # pairs near the threshold: as alike as this and more


def main() -> None:
    """Measures what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=2_000, help="reprinted in each of ten ways")
    parser.add_argument("--sample", type=int, default=3_000, help="compared pair by pair")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = _whole(chosen.data, Path(folder))
        lines += _reprints(chosen.data, chosen.articles, Path(folder))
        lines += _exhaustive(chosen.data, chosen.sample)
        if chosen.pairs:
            _write_pairs(chosen.data, Path(folder) / "whole.kho", chosen.pairs)
        if chosen.peer:
            lines += _peer(chosen.data)
    report("\n".join(lines), chosen.out)


def _whole(data: Path, folder: Path) -> list[str]:
    """Time and memory of all, of nothing new; what is there."""
    path = folder / "whole.kho"
    with ArchiveReader(Settings(data).archive) as archive:
        began, used = time.perf_counter(), time.process_time()
        count = update_stories(archive, path, _silent)
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        began = time.perf_counter()
        update_stories(archive, path, _silent)
        again = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stored = _opened(path)
    sizes = [len(members) for members in stored.clusters()]
    comparisons = stored.comparisons()
    return [
        (
            f"{count:,} articles: {wall:.0f} s, CPU {cpu:.0f} s, highest memory {memory:.0f} MB,"
            f" file {path.stat().st_size / 1e6:.0f} MB; again with nothing new {again:.2f} s"
        ),
        (
            f"stories of 2+: {len(sizes):,}, of {sum(sizes):,} articles; largest {max(sizes, default=0)};"
            f" different texts compared {len(comparisons):,}, of them prints {sum(comparisons.values()):,}"
        ),
        f"sizes: {dict(sorted(Counter(min(size, 10) for size in sizes).items()))} (10: ten or more)",
    ]


def _reprints(data: Path, count: int, folder: Path) -> list[str]:
    """Recall and precision a way, among other real articles."""
    real = _long(data, OTHERS + count)
    chosen, others = real[:count], real[count:]
    lines = ["", "| reprint | pairs | recall | precision |", "| --- | --- | --- | --- |"]
    for number, (name, ways) in enumerate(WAYS.items()):
        made = [
            reprint(one, other, ways, f"reprint-{place}")
            for place, (one, other) in enumerate(zip(chosen, chosen[1:] + chosen[:1], strict=True))
        ]
        path = folder / f"{number}.sqlite"
        with Archive(path) as archive:
            _store(archive, [*chosen, *others, *made])
            update_stories(archive, path.with_suffix(".kho"), _silent)
        story = _story_of(_opened(path.with_suffix(".kho")))
        base = _base_stories([*chosen, *others])
        found = sum(
            story.get(one.id, -1) == story.get(copy.id, -2) for one, copy in zip(chosen, made, strict=True)
        )
        wrong = _wrong(story, base, {copy.id: one.id for one, copy in zip(chosen, made, strict=True)})
        lines.append(
            f"| {name} | {count:,} | {found / count:.4f} | {1 - wrong / max(found + wrong, 1):.4f} |"
        )
        path.unlink()
    return lines


def _wrong(story: dict[str, int], base: dict[str, int], made_from: dict[str, str]) -> int:
    """Reprints in a story with no article that is, or is a print of, what they were made from."""
    members: dict[int, list[str]] = {}
    for name, number in story.items():
        members.setdefault(number, []).append(name)
    wrong = 0
    for copy, original in made_from.items():
        if copy in story:
            mine = [made_from.get(one, one) for one in members[story[copy]] if one != copy]
            same = {original} | {one for one in mine if base.get(one, -1) == base.get(original, -2)}
            wrong += any(one not in same for one in mine)
    return wrong


_BASES: dict[int, dict[str, int]] = {}


def _base_stories(articles: list[Article]) -> dict[str, int]:
    """The stories of the real articles alone: what a reprint of one of them may also stand beside."""
    if len(articles) not in _BASES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "base.sqlite"
            with Archive(path) as archive:
                _store(archive, articles)
                update_stories(archive, path.with_suffix(".kho"), _silent)
            _BASES[len(articles)] = _story_of(_opened(path.with_suffix(".kho")))
    return _BASES[len(articles)]


def _exhaustive(data: Path, count: int) -> list[str]:
    """Every pair of a sample that shares any runs, compared without bands: how many do the bands miss?"""
    texts = [shingle(one) for one in _long(data, count)]
    rows = np.concatenate([np.full(len(text.distinct), place) for place, text in enumerate(texts)])
    runs = np.concatenate([text.distinct for text in texts])
    order = np.argsort(runs, kind="stable")
    rows, runs = rows[order], runs[order]
    edges = np.flatnonzero(np.concatenate([[True], runs[1:] != runs[:-1], [True]]))
    shared: Counter[tuple[int, int]] = Counter()
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        here = rows[start:stop].tolist()
        shared.update((one, other) for place, one in enumerate(here) for other in here[place + 1 :])
    sketches = [make_sketch(text.distinct) for text in texts]
    alike = missed = 0
    for (one, other), both in shared.items():
        if both >= LEAST_SHINGLES // 2 and compare(texts[one], texts[other]).is_print:
            alike += 1
            missed += not (sketches[one] == sketches[other]).any()
    return [
        "",
        (
            f"all pairs of {len(texts):,} articles compared exactly: {alike:,} prints,"
            f" of which the bands miss {missed:,}"
        ),
    ]


def _write_pairs(data: Path, stories: Path, out: Path) -> None:
    """Pairs to be read: of random stories, and compared ones nearest the threshold on either side."""
    draws = random.Random(13)  # noqa: S311 - the same pairs in every run
    stored = _opened(stories)
    rows, pages = stored.rows(), []
    with ArchiveReader(Settings(data).archive) as archive:
        pages += [
            _pair(archive, rows.ids[members[0]], rows.ids[draws.choice(members[1:])], "random")
            for members in draws.sample(stored.clusters(), PAIRS)
        ]
        by_text = {int(text): place for place, text in enumerate(rows.texts.tolist())}
        near = []
        for one, other in stored.comparisons():
            names = [rows.ids[by_text[one]], rows.ids[by_text[other]]]
            how = _likeness(archive, *names)
            if min(how.containment, how.opening_containment) >= _LOWER:
                near.append((abs(how.containment - 0.8), names, how))
        for _, names, how in sorted(near, key=lambda row: row[0])[:PAIRS]:
            pages.append(_pair(archive, names[0], names[1], "print" if how.is_print else "no print"))
    out.write_text("\n\n".join(pages), "utf-8")


def _pair(archive: ArchiveReader, one: str, other: str, what: str) -> str:
    kept = archive.articles([one, other])
    texts = [kept[name].article for name in (one, other)]
    shown = "\n".join(
        f"  {text.id} [{text.source} {text.published}] {text.title} || {text.lede[:150]} ||"
        f" {' '.join(text.paragraphs)[:350]}"
        for text in texts
    )
    return f"{what} {_likeness(archive, one, other)}\n{shown}"


def _likeness(archive: ArchiveReader, one: str, other: str) -> Resemblance:
    kept = archive.articles([one, other])
    return compare(shingle(kept[one].article), shingle(kept[other].article))


def _peer(data: Path) -> list[str]:
    """Datasketch on the same runs: a MinHash of as many functions, bands as ours."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - a peer, not a dependency

    texts = [shingle(one).distinct for one in _long(data, 2_000)]
    began = time.perf_counter()
    for text in texts:
        make_sketch(text)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    index = MinHashLSH(num_perm=192, params=(64, 3))
    for place, text in enumerate(texts):
        sketch = MinHash(num_perm=192, hashfunc=int)
        sketch.update_batch((text & np.uint64(0xFFFFFFFF)).tolist())
        index.insert(place, sketch)
    theirs = time.perf_counter() - began
    return [
        "",
        (
            f"sketches of {len(texts):,} articles: {ours * 1e6 / len(texts):.0f} µs an article;"
            f" datasketch with its LSH index {theirs * 1e6 / len(texts):.0f} µs"
        ),
    ]


def _long(data: Path, count: int) -> list[Article]:
    """Real articles that are long enough to be compared, evenly drawn."""
    found = [one for one in archived(data, count * 2) if len(shingle(one).shingles) >= 2 * LEAST_SHINGLES]
    return random.Random(5).sample(found, min(count, len(found)))  # noqa: S311 - the same in every run


def _store(archive: Archive, articles: list[Article]) -> None:
    provenance = Provenance("benchmark", "", "0" * 64, "benchmark", 1, "2026-01-01T00:00:00+00:00")
    for start in range(0, len(articles), 2_000):
        archive.store([Reading(replace(one), provenance) for one in articles[start : start + 2_000]])


def _story_of(stored: StoredStories) -> dict[str, int]:
    ids = stored.rows().ids
    return {ids[row]: number for number, members in enumerate(stored.clusters()) for row in members}


def _opened(path: Path) -> StoredStories:
    stored = open_stories(path)
    assert stored is not None
    return stored


def _silent(_done: int, _total: int) -> None:
    """Nothing is shown."""


if __name__ == "__main__":
    main()
