"""How much processor time does a page take, in one checkout and in another? They take turns.

Each side is a process of its own checkout, with its own Python and its own data folder. Queries of two to
four words that stand together in a headline of the first side's archive are drawn by seed; each is asked
once, with the marks left out in every second. What the sides find is compared first: totals, ids and order.

    python -m benchmarks.page_time NAME=CHECKOUT:DATA NAME=CHECKOUT:DATA… [--queries 500] [--seed 7]

``NAME=CHECKOUT:DATA?stories=0`` asks for pages with more in their address: what a parameter costs.
"""

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, quantiles
from urllib.parse import urlencode

from indexer.text.fold import fold

_CHILD = """
import json, sys, time
from pathlib import Path
from search_app.app import create_app
from search_app.bootstrap import open_service
try:
    from search_app.settings import read_settings
    settings = read_settings(Path(sys.argv[1]))
except ImportError:
    from search_app.settings import Settings
    settings = Settings(data=Path(sys.argv[1]))
client = create_app(open_service(settings), settings).test_client()
client.get("/", headers={"Accept-Encoding": "br"})
for line in sys.stdin:
    address = json.loads(line)
    is_page = not address.startswith("/api/")
    begun = time.process_time()
    answer = client.get(address, headers={"Accept-Encoding": "br"} if is_page else {})
    spent = time.process_time() - begun
    text = "" if is_page else answer.get_data(as_text=True)
    print(json.dumps([answer.status_code, spent, text]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Side:
    """A checkout that is measured."""

    name: str
    child: subprocess.Popen[str]
    beside: str = ""

    def page_time(self, query: str) -> float:
        """The processor time of the page of a query in milliseconds."""
        more = f"&{self.beside}" if self.beside else ""
        return self.ask(f"/?{urlencode({'q': query})}{more}")[0]

    def ask(self, address: str) -> tuple[float, str]:
        """The processor time of an address in milliseconds, and the text of its JSON."""
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(json.dumps(address) + "\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended; its own messages stand above")
        status, seconds, text = json.loads(line)
        assert status == 200, (self.name, address, status)
        return seconds * 1000, text


def _opened(text: str) -> Side:
    name, _, rest = text.partition("=")
    place, _, beside = rest.partition("?")
    checkout, _, data = place.partition(":")
    child = subprocess.Popen(
        [str(Path(checkout) / ".venv/bin/python"), "-c", _CHILD, data],
        cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Side(name, child, beside)


def _found(text: str) -> tuple[object, ...]:
    answer = json.loads(text)
    return answer["total"], tuple(hit["id"] for hit in answer["hits"])


def queries(
    titles: Sequence[str], count: int, drawn: random.Random, *, unmarked: bool = True
) -> Iterator[str]:
    """Words that stand together in headlines, each once; if ``unmarked``, every second one without marks."""
    known: set[str] = set()
    while len(known) < count:
        words = drawn.choice(titles).split()
        length = drawn.randint(2, 4)
        start = drawn.randrange(max(len(words) - length + 1, 1))
        query = " ".join(words[start : start + length])
        query = fold(query) if unmarked and len(known) % 2 else query
        if query not in known and query.replace(" ", "").isalpha():
            known.add(query)
            yield query


def _titles(side: Side) -> list[str]:
    """Headlines of articles that hold common words."""
    found = []
    for word in ("người", "năm", "việt nam", "giá", "trường", "bóng đá", "bộ", "công an", "mưa", "nhạc"):
        for page in range(1, 6):
            _, text = side.ask("/api/search?" + urlencode({"q": word, "page": page, "size": 50}))
            found += [hit["title"] for hit in json.loads(text)["hits"]]
    return list(dict.fromkeys(found))


def _measured(sides: Sequence[Side], asked: Sequence[str], drawn: random.Random) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {side.name: [] for side in sides}
    for query in asked:
        for side in drawn.sample(sides, len(sides)):
            times[side.name].append(side.page_time(query))
    return times


def main() -> None:
    """Compares what the sides find, then prints the time of each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sides", nargs="+", metavar="NAME=CHECKOUT:DATA")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--differ", action="store_true", help="go on where the sides find different things")
    options = parser.parse_args()
    drawn = random.Random(options.seed)  # noqa: S311
    sides = [_opened(text) for text in options.sides]
    asked = list(queries(_titles(sides[0]), 2 * options.queries, drawn))
    different = [
        query
        for query in asked[: options.queries]
        if len({_found(side.ask("/api/search?" + urlencode({"q": query}))[1]) for side in sides}) > 1
    ]
    print(
        f"{options.queries} queries compared: {len(different)} have other totals, ids or order", different[:5]
    )
    if different and not options.differ:
        sys.exit(1)
    times = _measured(sides, asked[options.queries :], drawn)
    first = fmean(times[sides[0].name])
    print("| side | mean ms | p50 | p95 | ratio of means |\n| --- | --- | --- | --- | --- |")
    for name, own in times.items():
        parts = quantiles(own, n=20)
        print(f"| {name} | {fmean(own):.2f} | {parts[9]:.2f} | {parts[18]:.2f} | {fmean(own) / first:.2f} |")


if __name__ == "__main__":
    main()
