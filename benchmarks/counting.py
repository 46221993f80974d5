"""Are hits what a plain scan of the texts finds, and how fast are they counted, over a whole archive?

200 phrases are drawn by seed, as many from each of four bands of frequency. First the texts of the archive
are read paragraph by paragraph, and every place where a phrase stands is counted in a plain loop: the index
must give the same total for each. Then the engine's part of each view is timed, in processor time, so that
other work on the machine counts less; each phrase after a round that is not counted.

    python -m benchmarks.counting --data FOLDER [--phrases 200] [--seed 1] [--rounds 3] [--no-scan]
        [--views concordance …]
"""

import argparse
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Self

import numpy as np

from benchmarks.corpora import archived
from indexer.counting import (
    CountedText,
    CountReader,
    Int64Array,
    ItemCounts,
    LocatedHits,
    TokenUnit,
    Window,
)
from indexer.engine import IndexReader
from indexer.engines.whoosh.reader import open_reader
from indexer.query import And, Match, Or, Question
from indexer.text.analyse import searched_texts
from indexer.text.syllables import terms
from search_app.settings import Settings

BANDS = ((1, 10), (11, 1_000), (1_001, 20_000), (20_001, 500_000))
PAGE = 50
WINDOW = Window(5, 5, TokenUnit.WORD)
EVERY_ARTICLE = Question(And(()))
TEXT = CountedText()

Phrase = tuple[str, ...]
View = Callable[[CountReader, Phrase], object]


def question(phrase: Phrase) -> Question:
    """A phrase in quotes after "=", so that it is what a scan for its characters finds."""
    return Question(Match(" ".join(phrase), phrase, complete=True, exact=True))


def draw(reader: IndexReader, count: int, drawn: random.Random) -> list[Phrase]:
    """Phrases of one to four syllables, as many from each band: by the counts of words and of pairs."""
    counts = reader.word_counts()
    assert counts is not None
    pools: list[list[Phrase]] = [[] for _ in BANDS]

    def offer(phrase: Phrase, hits: int) -> None:
        for pool, (least, most) in zip(pools, BANDS, strict=True):
            if least <= hits <= most:
                pool.append(phrase)

    names = counts.terms
    for length in (1, 3, 4):
        rows = counts.words[length]
        for row, hits in zip(rows.rows.tolist(), rows.counts.tolist(), strict=True):
            offer(tuple(names[number] for number in row), hits)
    for key, hits in zip(counts.pairs.keys.tolist(), counts.pairs.counts.tolist(), strict=True):
        offer((names[key >> 32], names[key & 0xFFFF_FFFF]), hits)
    return [phrase for pool in pools for phrase in drawn.sample(pool, min(count // len(BANDS), len(pool)))]


def scan(data: Path, phrases: Sequence[Phrase]) -> Counter[Phrase]:
    """How often each phrase stands in the texts of the archive, within a paragraph."""
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    found: Counter[Phrase] = Counter()
    for article in archived(data, sys.maxsize):
        for _, text in searched_texts(article):
            own = terms(text)
            for place, term in enumerate(own):
                for phrase in by_first.get(term, ()):
                    found[phrase] += tuple(own[place : place + len(phrase)]) == phrase
    return found


def concordance(counts: CountReader, phrase: Phrase) -> object:
    """The first page, sorted by the three syllables to the left; exact."""
    hits = counts.hits(question(phrase), TEXT)
    (nearest,) = _ranks(counts, hits, [-1])
    if len(hits) > PAGE:  # further syllables decide only among those that the nearest lets in
        some = np.flatnonzero(nearest <= np.partition(nearest, PAGE - 1)[PAGE - 1])
        hits, nearest = hits.only(some), nearest[some]
    further = _ranks(counts, hits, [-2, -3])
    order = np.lexsort((*reversed(further), nearest))
    return counts.spans(hits.only(np.sort(order[:PAGE])))


def _ranks(counts: CountReader, hits: LocatedHits, distances: Sequence[int]) -> list[Int64Array]:
    """For each distance the ranks of what stands there, in the order of their texts; 0 where nothing is."""
    beside = counts.neighbours(hits, distances, TokenUnit.SYLLABLE)
    distinct, codes = beside.numbered()
    order = sorted(range(len(distinct)), key=beside.texts_of(distinct).__getitem__)
    ranks = np.zeros(len(distinct) + 1, np.int64)  # of an edge, -1, it is the last
    ranks[order] = np.arange(1, len(distinct) + 1)
    return list(ranks[codes].T)


def collocations(counts: CountReader, phrase: Phrase) -> object:
    """The words in windows of five, and how often each stands in the whole archive."""
    hits = counts.hits(question(phrase), TEXT)
    near = counts.nearby(hits, WINDOW, TEXT)
    return _whole(counts).of(near.keys)


def keywords(counts: CountReader, phrase: Phrase) -> object:
    """The words of the articles that match, and how often each stands in the whole archive."""
    items = counts.items(counts.articles(question(phrase), TEXT), TEXT, TokenUnit.WORD)
    return _whole(counts).of(items.keys)


def _whole(counts: CountReader) -> ItemCounts:
    return counts.items(counts.articles(EVERY_ARTICLE, TEXT), TEXT, TokenUnit.WORD)


def trends(counts: CountReader, phrase: Phrase) -> object:
    """The articles of three queries, and what is held."""
    asked = [question(phrase), question(phrase[:1]), question(phrase[-1:]), EVERY_ARTICLE]
    return [counts.articles(one, TEXT) for one in asked]


VIEWS: dict[str, View] = {
    "concordance": concordance,
    "collocations": collocations,
    "keywords": keywords,
    "trends": trends,
}
"""What the engine does for the first answer of each view; pages and tables are made of it elsewhere."""


def private_mib() -> float:
    """The memory that this process shares with no other, in MiB (Linux)."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


class _Watch:
    """The most private memory while a block runs, looked at every millisecond."""

    def __enter__(self) -> Self:
        self.most = self.before = private_mib()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.001):
            self.most = max(self.most, private_mib())


def _band(hits: int) -> tuple[int, int]:
    return next((band for band in BANDS if hits <= band[1]), BANDS[-1])


def measure(counts: CountReader, totals: dict[Phrase, int], rounds: int, views: Sequence[str]) -> None:
    """Prints p50, p95 and the most, in ms, of some views in each band."""
    print("| view | hits | phrases | p50 | p95 | most |\n| --- | --- | --- | --- | --- | --- |")
    for name in views:
        view = VIEWS[name]
        times: dict[tuple[int, int], list[float]] = {band: [] for band in BANDS}
        for phrase, hits in totals.items():
            view(counts, phrase)
            for _ in range(rounds):
                started = time.process_time()
                view(counts, phrase)
                times[_band(hits)].append((time.process_time() - started) * 1000)
        for (least, most), own in times.items():
            if len(own) > 1:
                half, late = statistics.median(own), statistics.quantiles(own, n=20)[-1]
                where = f"{least:,} to {most:,} | {len(own) // rounds}"
                print(f"| {name} | {where} | {half:.1f} | {late:.1f} | {max(own):.1f} |", flush=True)


def weigh(counts: CountReader, syllables: Sequence[str]) -> None:
    """Prints what memory it takes to locate the hits of frequent syllables, with what stands beside them."""
    asked = Question(Or(tuple(Match(one, (one,), complete=True, exact=True) for one in syllables)))
    with _Watch() as watch:
        hits = counts.hits(asked, TEXT)
        counts.neighbours(hits, [-1], TokenUnit.SYLLABLE)
        for first in range(0, min(len(hits), 20_000), 1_000):
            counts.spans(hits.only(np.arange(first, min(first + 1_000, len(hits)))))
    print(f"{len(hits):,} hits: {watch.most - watch.before:.0f} MiB more than before at most")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--phrases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-scan", action="store_true")
    parser.add_argument("--views", nargs="+", choices=[*VIEWS], default=[*VIEWS])
    options = parser.parse_args()
    with closing(open_reader(Settings(options.data).index)) as reader:
        phrases = draw(reader, options.phrases, random.Random(options.seed))  # noqa: S311 - repeatable
        counts = reader.counts()
        assert counts is not None
        totals = {phrase: int(counts.articles(question(phrase), TEXT).hits.sum()) for phrase in phrases}
        wrong: list[Phrase] = []
        if not options.no_scan:
            found = scan(options.data, phrases)
            wrong = [phrase for phrase, hits in totals.items() if found[phrase] != hits]
            print(f"{len(phrases)} phrases, {sum(totals.values()):,} hits; totals unlike the scan's: {wrong}")
        before = private_mib()
        measure(counts, totals, options.rounds, options.views)
        print(f"private memory afterwards: {private_mib() - before:+.0f} MiB")
        weigh(counts, [phrase[0] for phrase in phrases[-3:]])
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
