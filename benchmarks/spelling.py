"""How many misspelt queries get the right correction offered, and how many right ones a wrong one?

    python -m benchmarks.spelling --data FOLDER [--fragments 500] [--seed 7] [--list]

Around each hand-marked misspelling of ``../shared/spelling`` a fragment of two to four words is drawn that no
punctuation parts and that holds no other. The service of the data folder is asked for it as the page asks. An
offer is right if it has the syllables of the fragment as its mark corrects it, marks included. Misspellings
that a search reads as the right word already (họat, sỹ) are passed over. Thresholds were chosen on the
documents at even places of the file, counted from 0; the others are held out, and reported apart.

A false alarm is any offer for a right query: the corrected fragments; fragments of headlines of the archive,
as printed and without marks; and the clean queries of ``../shared/relevance``.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.page_time import queries
from benchmarks.relevance.sets import RELEVANCE
from corpus.archive import ArchiveReader
from indexer.text.fold import fold
from indexer.text.readings import same_spelling
from indexer.text.syllables import terms
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.settings import Settings

MARKED = Path(__file__).parents[2] / "shared" / "spelling" / "spelling_test.json"

CLEAN = ("known-item-title", "known-item-keywords", "news-topics")

HALVES = ("tuned on", "held out")

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class MarkedFragment:
    """A fragment with a hand-marked misspelling.

    Attributes:
        right: what may be meant: the fragment with each correction of the mark.
        half: index in HALVES, by document.
    """

    typed: str
    right: tuple[str, ...]
    half: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page offers for a query: all texts, the searched one first; whether one was searched."""

    query: str
    texts: tuple[str, ...]
    shown: bool


def same_query(text: str) -> tuple[str, ...]:
    """The syllables of a query, equal where a search takes them for the same."""
    return tuple(map(same_spelling, terms(text)))


def draw_marked(path: Path, count: int, seed: int) -> list[MarkedFragment]:
    """At most ``count`` fragments, each around another misspelling, drawn by seed."""
    drawn = random.Random(seed)  # noqa: S311 - the same ones each time, nothing secret
    found: list[MarkedFragment] = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        document = json.loads(line)
        for mark in document["mistakes"]:
            fragment = _around(_hide_others(document, mark), mark, place % 2, drawn)
            if fragment and same_query(fragment.typed) not in map(same_query, fragment.right):
                found.append(fragment)
    drawn.shuffle(found)
    return found[:count]


def _hide_others(document: Mapping[str, Any], mark: Mapping[str, Any]) -> str:
    """The text of a document without its other misspellings, so that a fragment has a single one."""
    text = document["text"]
    for other in document["mistakes"]:
        start = int(other["start_offset"])
        if other is not mark and start != int(mark["start_offset"]):
            text = text[:start] + "." * len(other["text"]) + text[start + len(other["text"]) :]
    return str(text)


def _around(text: str, mark: Mapping[str, Any], half: int, drawn: random.Random) -> MarkedFragment | None:
    """Two to four words around a mark; None where punctuation leaves fewer, or the mark is no word."""
    start = int(mark["start_offset"])
    end = start + len(mark["text"])
    if not _WORD.fullmatch(text, start, end):
        return None
    words = [(start, end)]
    while len(words) < _LONGEST and (
        before := re.search(r"(?<![\w])[^\W\d_]+(?= $)", text[: words[0][0]][-40:])
    ):
        first = words[0][0] - (min(words[0][0], 40) - before.start())
        words.insert(0, (first, words[0][0] - 1))
    place = len(words) - 1
    while len(words) - place < _LONGEST and (
        after := re.match(r" ([^\W\d_]+)(?!\w)", text[words[-1][1] :][:40])
    ):
        words.append((words[-1][1] + 1, words[-1][1] + after.end()))
    if len(words) < 2 or text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return None
    length = drawn.randint(2, min(_LONGEST, len(words)))
    first = drawn.randint(max(0, place - length + 1), min(place, len(words) - length))
    begin, close = words[first][0], words[first + length - 1][1]
    right = tuple(text[begin:start] + suggested + text[end:close] for suggested in mark["suggest"])
    return MarkedFragment(text[begin:close], right, half)


def offered(service: Service, query: str) -> Offered:
    """What the page says of a query."""
    page = service.searching.page(SearchRequest(Selection(query), size=1, facets=()))
    shown = (page.searched_instead,) if page.searched_instead else ()
    texts = tuple(correction.text for correction in (*shown, *page.corrections))
    return Offered(query, texts, bool(shown))


def print_marked(service: Service, fragments: Sequence[MarkedFragment], *, listed: bool) -> None:
    """A row for each half, and one for both."""
    print(
        "| fragments | drawn | with offers | right ones first | right | all offers | right "
        "| searched instead | right |\n| --- " + "| ---: " * 8 + "|"
    )
    answers = [(fragment, offered(service, fragment.typed)) for fragment in fragments]
    for name, half in (*zip(HALVES, (0, 1), strict=True), ("both", None)):
        own = [(fragment, answer) for fragment, answer in answers if half in (None, fragment.half)]
        asked = [(set(map(same_query, fragment.right)), answer) for fragment, answer in own if answer.texts]
        first = [(same_query(answer.texts[0]) in right, answer.shown) for right, answer in asked]
        every = [same_query(text) in right for right, answer in asked for text in answer.texts]
        shown = [is_right for is_right, is_shown in first if is_shown]
        right = sum(is_right for is_right, _ in first)
        print(
            f"| {name} | {len(own)} | {len(first)} | {right} | {_share(right, len(first))} | {len(every)} "
            f"| {_share(sum(every), len(every))} | {len(shown)} | {_share(sum(shown), len(shown))} |"
        )
    for fragment, answer in answers if listed else ():
        print("    ", fragment.half, fragment.typed, "=>", fragment.right, answer.texts, answer.shown)


def print_alarms(service: Service, name: str, asked: Iterable[str], *, listed: bool) -> None:
    """A row of the right queries that get offers."""
    answers = [offered(service, query) for query in asked]
    alarms = [answer for answer in answers if answer.texts]
    shown = sum(answer.shown for answer in alarms)
    print(f"| {name} | {len(answers)} | {len(alarms)} | {_share(len(alarms), len(answers))} | {shown} |")
    for answer in alarms if listed else ():
        print("    ", answer.query, "=>", answer.texts, answer.shown)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


def _headline_queries(settings: Settings, count: int, seed: int) -> list[str]:
    """Words that stand together in headlines drawn from the whole archive."""
    drawn = random.Random(seed)  # noqa: S311
    with ArchiveReader(settings.archive) as archive:
        heads = [head for head in archive.heads_since(0) if not head.withdrawn]
        read = (archive.article(head.article_id) for head in drawn.sample(heads, min(4 * count, len(heads))))
        titles = [found.article.title for found in read if found is not None]
    return list(queries(titles, count, drawn, unmarked=False))


def _clean_queries(name: str) -> list[str]:
    lines = (RELEVANCE / name / "queries.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t", 1)[1] for line in lines]


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fragments", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--list", action="store_true", help="print every fragment and every false alarm")
    options = parser.parse_args()
    if not MARKED.exists():
        sys.exit("../shared/spelling is not on this machine: the misspellings are read from it")
    settings = Settings(options.data)
    service = open_service(settings)
    fragments = draw_marked(MARKED, options.fragments, options.seed)
    print_marked(service, fragments, listed=options.list)
    headlines = _headline_queries(settings, options.fragments, options.seed)
    print(
        "\n| right queries | asked | false alarms | share | searched instead |\n| --- " + "| ---: " * 4 + "|"
    )
    for half, name in enumerate(HALVES):
        right = [fragment.right[0] for fragment in fragments if fragment.half == half]
        print_alarms(service, f"corrected fragments, {name}", right, listed=options.list)
    print_alarms(service, "parts of headlines", headlines, listed=options.list)
    print_alarms(service, "the same without marks", map(fold, headlines), listed=options.list)
    for name in CLEAN:
        print_alarms(service, name, _clean_queries(name), listed=options.list)


if __name__ == "__main__":
    main()
