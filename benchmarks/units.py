"""Are queries cut into units as they are meant, and as underthesea cuts whole headlines? Over an archive.

    python -m benchmarks.units --data FOLDER [--seed N] [--count N] [--out FILE]

Two proofs. The queries of ``tests/units/queries.tsv``, whose units were judged by hand, are cut by the
archive's own table, as typed, in small letters and without marks. And fragments of two to four words of its
headlines, drawn by seed, are cut as if they were typed: a joint is two typed words side by side in one unit,
right where the segmentation of the whole headline joins them too. Set phrases are no words, so F is given
without and with them.
Ends with 1 where F is below ``FLOORS``, or a query is cut wrongly.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from indexer.arrays.file import MappedArrays
from indexer.query import Match
from indexer.suggest.file import open_stored, stored_heads
from indexer.suggest.head_texts import BEGINS, BREAK, FORM, JOINT, JOINT_SHIFT, JOINTS, HeadTexts
from indexer.text.fold import fold
from indexer.text.syllables import terms
from indexer.units.cutting import cut_words
from indexer.units.table import UnitTable
from indexer.units.unit_cut import NOTHING_GIVEN, UnitCut
from search_app.query.names import read_names
from search_app.query.units.by_model import cut_by_model
from search_app.query.units.cutter import CorpusCutter
from tests.units.queries import lower_queries, marked_queries, unmarked_queries
from tests.units.tables import Lent, bracketed, loose

FLOORS = {"as printed": 0.95, "small letters": 0.95, "without marks": 0.93}
TUNED_ON = 1
"""The seed of the fragments by which the numbers of indexer.units were chosen; report with another."""

WAYS: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "small letters": str.lower,
    "without marks": lambda text: fold(text.lower()),
}
_QUERIES = dict(zip(WAYS, (marked_queries, lower_queries, unmarked_queries), strict=True))
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of a headline as they would be typed.

    Attributes:
        typed: what stands between spaces.
        joined: for each but the last, whether a word of the headline goes on behind it.
    """

    typed: tuple[str, ...]
    joined: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How cuts agree with the headlines' own."""

    right: int
    more: int
    fewer: int
    differences: tuple[tuple[str, str], ...]
    ms: float

    @property
    def f(self) -> float:
        """The F of joints."""
        return 2 * self.right / max(2 * self.right + self.more + self.fewer, 1)


def draw_fragments(heads: HeadTexts, seed: int, count: int) -> list[Fragment]:
    """Fragments of two to four words that no break parts, of headlines drawn by seed."""
    draws = random.Random(seed)  # noqa: S311 - a fair draw, no secret
    starts = heads.starts()
    fragments: list[Fragment] = []
    while len(fragments) < count:
        article = draws.randrange(len(heads.ids))
        words = list(_words(heads, int(starts[2 * article]), int(heads.ends[2 * article])))
        size = draws.choice((2, 3, 4))
        if len(words) < size:
            continue
        first = draws.randrange(len(words) - size + 1)
        chosen = words[first : first + size]
        fragment = _fragment(chosen)
        if all(word[0][1] != BREAK for word in chosen[1:]) and len(fragment.typed) > 1:
            fragments.append(fragment)
    return fragments


def _words(heads: HeadTexts, start: int, end: int) -> Iterator[list[tuple[str, int]]]:
    """The words of a headline: its syllables as printed, each with the joint before it."""
    word: list[tuple[str, int]] = []
    for token in heads.tokens[start:end].tolist():
        joint = token >> JOINT_SHIFT & JOINT
        if word and (token & BEGINS or joint == BREAK):
            yield word
            word = []
        word.append((heads.forms[token & FORM], joint))
    if word:
        yield word


def _fragment(words: Sequence[Sequence[tuple[str, int]]]) -> Fragment:
    typed: list[str] = []
    joined: list[bool] = []
    for word in words:
        for place, (form, joint) in enumerate(word):
            if typed and JOINTS[joint] != " ":
                typed[-1] += JOINTS[joint] + form
                continue
            if typed:
                joined.append(place > 0)
            typed.append(form)
    return Fragment(tuple(typed), tuple(joined))


def compare(
    fragments: Sequence[Fragment],
    way: Callable[[str], str],
    cut: Callable[[Sequence[Match]], UnitCut],
    *,
    phrases: bool = False,
) -> Agreement:
    """Cuts each fragment, typed in one way; without ``phrases`` set phrases come apart into their words."""
    right = more = fewer = 0
    differences: list[tuple[str, str]] = []
    seconds = 0.0
    for fragment in fragments:
        words = [Match(way(typed), tuple(terms(way(typed)))) for typed in fragment.typed]
        started = time.process_time()
        units = cut(words)
        seconds += time.process_time() - started
        joined = _joins(units.lengths if phrases else _word_lengths(units))
        pairs = list(zip(joined, fragment.joined, strict=True))
        right += pairs.count((True, True))
        more += pairs.count((True, False))
        fewer += pairs.count((False, True))
        if joined != fragment.joined:
            differences.append((_shown(fragment.typed, fragment.joined), _shown(fragment.typed, joined)))
    return Agreement(right, more, fewer, tuple(differences), seconds * 1000 / max(len(fragments), 1))


def _word_lengths(cut: UnitCut) -> Iterator[int]:
    for unit in cut.units:
        first = unit.entry.first if unit.entry else 0
        if first and unit.entry and len(unit.entry.syllables) == unit.words:
            yield from (first, unit.words - first)
        else:
            yield unit.words


def _joins(lengths: Sequence[int] | Iterator[int]) -> tuple[bool, ...]:
    return tuple(place > 0 for length in lengths for place in reversed(range(length)))[:-1]


def _shown(typed: Sequence[str], joined: Sequence[bool]) -> str:
    edges = [0, *(place + 1 for place, goes_on in enumerate([*joined, False]) if not goes_on)]
    lengths = [last - first for first, last in pairwise(edges)]
    return bracketed(" ".join(typed), lengths)


def judge_queries(table: UnitTable) -> dict[str, list[tuple[str, str]]]:
    """For each way to type them, the queries that are cut otherwise than was judged: meant, cut."""
    cut = CorpusCutter(Lent(table), read_names()).current()
    return {
        way: [
            (query.units, units)
            for query in queries()
            if (units := bracketed(query.text, cut(loose(query.text)))) != query.units
        ]
        for way, queries in _QUERIES.items()
    }


def report(table: UnitTable, fragments: Sequence[Fragment]) -> tuple[list[str], bool]:
    """The lines of the report, and whether all of it is as it should be."""
    lines = [
        f"{len(table):,} units of {table.articles:,} articles; {len(fragments):,} fragments",
        "",
        "| typed | F, words and names | joined more | less | F with set phrases | word model | ms a cut |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    good = True
    listed: list[str] = []
    for way, typed in WAYS.items():
        plain = compare(fragments, typed, lambda words: cut_words(words, table))
        full = compare(fragments, typed, lambda words: cut_words(words, table), phrases=True)
        model = compare(fragments, typed, lambda words: cut_by_model(words, NOTHING_GIVEN))
        good &= plain.f >= FLOORS[way]
        lines.append(
            f"| {way} | {plain.f:.4f} | {plain.more} | {plain.fewer} | {full.f:.4f} | {model.f:.4f} "
            f"| {full.ms:.3f} |"
        )
        listed += ["", f"Differences, {way}: the headline's cut, ours", ""]
        listed += [f"- {theirs} → {ours}" for theirs, ours in plain.differences[:_LISTED]]
    for way, wrong in judge_queries(table).items():
        good &= not wrong
        lines += [
            "",
            f"Queries {way}: {len(_QUERIES[way]()) - len(wrong)} of {len(_QUERIES[way]())} as judged",
        ]
        lines += [f"- {meant} → {units}" for meant, units in wrong]
    return lines + listed, good


def main() -> None:
    """Prints the report, or writes it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="a data folder")
    parser.add_argument("--units", type=Path, help="its table of units; else index/units.kho there")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    table = UnitTable(MappedArrays(asked.units or asked.data / "index" / "units.kho"))
    stored = open_stored(asked.data / "index" / "suggestions.kho")
    if stored is None:
        sys.exit(f"{asked.data}: there are no suggestions of this version; make them with: khobao rebuild")
    lines, good = report(table, draw_fragments(stored_heads(stored), asked.seed, asked.count))
    text = "\n".join(lines) + "\n"
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(text, "utf-8")
    print(text if not asked.out else "\n".join(lines[:20]))
    sys.exit(not good)


if __name__ == "__main__":
    main()
