"""What does the worst query cost? Generated queries from the whole grammar, each within its budget.

Run with the archive to ask: python -m benchmarks.hostile_queries --data FOLDER [--stride 10]

Every query is asked as the page asks it (all facets, the bars of time), under the budget that the page has.
An error that is not the user's, or a query past the budget, ends the run with 1. Where all would take too
long, ``--stride 10`` asks every tenth, and the report says so. ``--readers`` then asks the eight slowest at
once of a real server, and beside them quick queries, one after the other.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile_readers import beside
from benchmarks.machine import provenance
from corpus.errors import UserError
from indexer.budget import Budget, OverBudgetError, use_budget
from indexer.facets import FacetName
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.settings import QUERY_SECONDS, Settings

LONGEST = 1_000
SLOWEST = 10
AT_ONCE = 8


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_COMMON = _words(
    "của và các người là có trong không cho được những với một đã đến này khi để ra về năm như từ tại đó ông"
    " cũng trên theo sẽ nhiều phải làm vào thì ngày công còn nhà việc bị lại chỉ sau bà thành hai anh nam"
)
_UNMARKED = _words("nguoi cua va cac trong khong cho duoc nhung mot den nam tu tai ong tren theo nhieu phai")
_SLIPS = _words("nguwofi dduowcj ngưoif đuợcx thànnh phhố hoof chhí bịị trongg vuj lowns nhaats thanhpho")
_NAMES = ("TP HCM", "Hồ Chí Minh", "UBND", "Bộ GD&ĐT", "Sài Gòn", "Bà Rịa - Vũng Tàu", "U-23", "F-35")
_FIELDS = _words("tiêu_đề chú_thích nguồn chuyên_mục tác_giả thẻ ngày từ văn_bản title source khong_co")
_ODD = (*_words('\u115f \u1160 \u200b e\u0323\u0302 😀 — – “ ” " * ~ : = \\ \u0301'), "\u3000")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and what it took in seconds of processor time."""

    query: str
    seconds: float


def queries(count: int, seed: int) -> Iterator[str]:
    """So many queries of up to LONGEST characters; the same for the same seed."""
    for number in range(count):
        yield _query(random.Random(f"{seed}-{number}"))  # noqa: S311 - made to be made again


def _query(choose: random.Random) -> str:
    """One query: of one kind throughout, as an attack is, or of all kinds."""
    kinds = [choose.choice(_KINDS)] if choose.random() < 0.5 else _KINDS
    length = choose.choice((20, 100, 300, LONGEST, LONGEST))
    joint = choose.choice((" ", " ", " OR ", " AND ", " HOẶC ", " -", " NOT "))
    parts: list[str] = []
    while sum(map(len, parts)) + len(joint) * len(parts) < length:
        parts.append(choose.choice(kinds)(choose))
    return joint.join(parts)[:length]


def _word(choose: random.Random) -> str:
    return choose.choice(choose.choice((_COMMON, _UNMARKED, _SLIPS, _NAMES)))


def _phrase(choose: random.Random) -> str:
    words = " ".join(_word(choose) for _ in range(choose.choice((2, 2, 3, 8))))
    star = choose.choice(("", "", "*"))
    return choose.choice(('"{}{}"', '="{}{}"', 'từ:"{}{}"', "“{}{}”")).format(words, star)


def _window(choose: random.Random) -> str:
    words = choose.sample(_COMMON, choose.choice((2, 2, 3, 6)))
    if choose.random() < 0.3:
        words[-1] = words[0]
    field = choose.choice(("", "", "tiêu_đề:", "chú_thích:"))
    return f'{field}"{" ".join(words)}"~{choose.choice((1, 20, 50, 90, 10**9))}'


def _star(choose: random.Random) -> str:
    begun = "".join(
        choose.choice("abcdđeghiklmnopqrstuvxyươ0123456789") for _ in range(choose.choice((1, 1, 2)))
    )
    return choose.choice(("", "", f"{choose.choice(_COMMON)}_")) + begun + "*"


def _date(choose: random.Random) -> str:
    day, month, year = choose.randint(1, 31), choose.randint(1, 12), choose.randint(2000, 2020)
    forms = (
        "{d}/{m}/{y}", "{d}/{m}", "{d}-{m}-{y}", "ngày {d} tháng {m}", "ngày {d} tháng {m} năm {y}",
        "tháng {m}/{y}", "ngày:{y}", "ngày:{y}-{m:02}-{d:02}", "ngày:{y}..{m}/{y}", "ngày:..{y}",
    )  # fmt: skip
    return choose.choice(forms).format(d=day, m=month, y=year)


def _number(choose: random.Random) -> str:
    return choose.choice(("{n}", "{n} triệu đồng", "{n}.000", "{n}%", "{n}*")).format(
        n=choose.randint(0, 9999)
    )


def _field(choose: random.Random) -> str:
    return f"{choose.choice(_FIELDS)}:{choose.choice((_word, _phrase, _star, _date))(choose)}"


def _group(choose: random.Random) -> str:
    inner = _word(choose)
    for _ in range(choose.randint(1, 12)):
        joint = choose.choice((" OR ", " AND ", " NOT ", " -", " "))
        inner = f"({inner}{joint}{choose.choice((_word, _phrase, _star, _window))(choose)})"
    return inner


def _odd(choose: random.Random) -> str:
    letters = [*_word(choose), *(choose.choice(_ODD) for _ in range(choose.choice((1, 3, 30))))]
    choose.shuffle(letters)
    return "".join(letters)


_KINDS: list[Callable[[random.Random], str]] = [
    _word, _phrase, _window, _star, _date, _number, _field, _group, _odd
]  # fmt: skip


def ask(service: Service, query: str, seconds: float) -> Asked:
    """Asks as the page does.

    Raises:
        OverBudgetError: it takes longer.
    """
    started = time.process_time()
    with use_budget(Budget(seconds)), suppress(UserError):  # said, with the remedy
        service.searching.page(SearchRequest(Selection(query), facets=tuple(FacetName), date_histogram=True))
    return Asked(query, time.process_time() - started)


def run(service: Service, wanted: list[str], seconds: float) -> tuple[list[Asked], list[str]]:
    """What each query took, the slowest first; and what went wrong."""
    asked: list[Asked] = []
    faults: list[str] = []
    for query in wanted:
        try:
            asked.append(ask(service, query, seconds))
        except OverBudgetError as error:
            faults.append(f"past the budget, most of it {error.part!r:.80}: {query!r}")
        except Exception as error:  # noqa: BLE001 - what it may be is the question
            faults.append(f"{error!r:.200}: {query!r}")
    return sorted(asked, key=lambda one: -one.seconds), faults


def main() -> int:
    """Asks, reports, and returns 1 where a query failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--stride", type=int, default=1, help="ask every so-manieth query")
    parser.add_argument("--seconds", type=float, default=QUERY_SECONDS)
    parser.add_argument("--readers", action="store_true", help="then the slowest at once, beside a reader")
    options = parser.parse_args()
    service = open_service(Settings(options.data))
    wanted = list(queries(options.count, options.seed))[:: options.stride]
    asked, faults = run(service, wanted, options.seconds)
    print(f"{len(wanted):,} of {options.count:,} queries, seed {options.seed}, stride {options.stride}")
    print(f"p50 {asked[len(asked) // 2].seconds:.3f} s, p99 {asked[len(asked) // 100].seconds:.2f} s\n")
    for one in asked[:SLOWEST]:
        print(f"- {one.seconds:.2f} s: `{one.query[:160]}`")
    for fault in faults:
        print(f"- FAULT {fault}")
    if options.readers:
        print(beside(options.data, [one.query for one in asked[:AT_ONCE]]))
    print(provenance())
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
