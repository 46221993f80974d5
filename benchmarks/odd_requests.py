"""Does any request end in a fault of the program? Generated requests of every address, over an archive.

    python -m benchmarks.odd_requests --data DIR [--count 10000] [--seed 1]

Addresses and names of parameters are those of the app; values are ids of the archive's own articles,
generated queries (benchmarks/hostile_queries.py), numbers, dates and scraps at and past their bounds. A tenth
of the requests have headers that fit nothing. Prints how often each status came, and ends with 1 where a 500
did.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import Flask

from benchmarks.hostile_queries import queries
from benchmarks.machine import provenance
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.settings import Settings
from search_app.web.route import parameters_of

_VARIABLE = re.compile("<[^>]*>")
_SCRAPS = (
    *(
        "",
        "0",
        "1",
        "2",
        "-1",
        "10000000000000000000",
        "1e9",
        "NaN",
        "true",
        "vi",
        "en",
        "newest",
        "relevance",
    ),
    *("2013", "2013-06", "2013-06-31", "13/6/2013", "0000-00-00", "9999-12-31", "month", "year", "source"),
    *(
        "'",
        '"',
        "%",
        "%00",
        "\x00",
        "\ud7ff",
        "\u202e",
        "../../etc/passwd",
        "<script>",
        "a" * 3_000,
        "đ" * 900,
    ),
)
_HEADERS = (
    {"If-None-Match": '"'},
    {"If-Modified-Since": "Thu, 99 Foo 2013"},
    {"Accept": "application/x-nothing, */*;q=x"},
    {"Accept-Encoding": "br;q=2, gzip;q=-1"},
    {"Accept-Language": "\x7f, vi;q=9"},
    {"Range": "bytes=5-1"},
    {"Cookie": "lang=%ff; lang"},
    {"X-Forwarded-Proto": "gopher"},
)


def main() -> int:
    """Asks, reports, and returns 1 where a request ended in a fault of the program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    settings = Settings(options.data)
    service = open_service(settings)
    ids = [archived.article.id for archived in service.browse.newest(50)]
    app = create_app(service, settings)
    client = app.test_client()
    statuses: Counter[int] = Counter()
    faults: list[str] = []
    began = time.monotonic()
    for path, headers in requests(app, ids, options.count, options.seed):
        with client.get(path, headers=headers) as answer:
            answer.get_data()
            statuses[answer.status_code] += 1
            if answer.status_code == 500:
                faults.append(path)
    for status, count in sorted(statuses.items()):
        print(f"{status}: {count:,}")
    for path in faults[:20]:
        print(f"a fault of the program: {path[:300]}")
    print(f"{options.count:,} requests, seed {options.seed}, {time.monotonic() - began:.0f} s")
    print(provenance())
    return bool(faults)


def requests(app: Flask, ids: list[str], count: int, seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Paths with their queries, and headers; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same requests in every run
    rules = sorted(rule.rule for rule in app.url_map.iter_rules())
    names = sorted(parameters_of(app))
    asked = queries(count, seed)

    def value(name: str) -> str:
        return next(asked, "") if name == "q" or chance.random() < 0.1 else chance.choice((*_SCRAPS, *ids))

    for _ in range(count):
        path = _VARIABLE.sub(
            lambda _: quote(chance.choice((*ids, *ids, *_SCRAPS)), safe=""), chance.choice(rules)
        )
        given = [(name, value(name)) for name in chance.choices(names, k=chance.randrange(5))]
        if chance.random() < 0.7:
            given.append(("q", value("q")))
        encoded = urlencode(given, errors="replace")
        yield f"{path}?{encoded}", chance.choice(_HEADERS) if chance.random() < 0.1 else {}


if __name__ == "__main__":
    sys.exit(main())
