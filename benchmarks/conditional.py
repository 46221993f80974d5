"""Does any answer have the tag of a state that it is not of? Conditional requests while articles are added.

One process adds articles, one import after another; ``khobao serve`` answers with two workers; four clients
ask a dozen addresses over and over, each with the newest tag that it has of the address. Every article added
is found by every query, so the body of each address changes with each import.

- All bodies of one address with one tag are equal, but for the milliseconds that they took.
- A request that begins after an import was committed is never answered by 304 for a tag that was given out
  before that import began to change anything.
- At the end, of the last tags of each address only that of the body that it has gets 304.

    python -m benchmarks.conditional [--requests 20000] [--seed 1]
"""

import argparse
import hashlib
import multiprocessing
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from benchmarks.same_answers.neutral import neutral_answer
from benchmarks.same_answers.server import serving
from corpus.article import Article, Provenance
from corpus.published import Published
from corpus.records import Reading
from indexer.build import build
from indexer.stories.update import update_stories
from indexer.suggest.update import update_suggestions
from indexer.units.update import update_units
from search_app.bootstrap import index_writer, unit_sources, writing
from search_app.settings import Settings

ADDRESSES = (
    "/",
    "/?q=l%C5%A9",
    "/?q=lu+qu%C3%A9t&stories=1",
    "/?q=l%C5%A9&lang=en",
    "/api/search?q=l%C5%A9",
    "/api/search?q=l%C5%A9&sort=newest&stories=1",
    "/search.csv?q=l%C5%A9",
    "/search.atom?q=l%C5%A9",
    "/facet/source.json?q=l%C5%A9",
    "/timeline.csv?q=l%C5%A9",
    "/coverage.json",
    "/suggestions.json?q=l%C5%A9",
    "/sitemap-1.xml",
)
CLIENTS = 4
ARTICLES = 400
"""At the beginning."""
LAST = 20
"""Tags of each address that are tried at the end."""
_CHECKOUT = Path(__file__).parents[1]
_NOT_MODIFIED, _OK = 304, 200


@dataclass
class Seen:
    """What the clients saw; shared by their threads.

    Attributes:
        bodies: digest of the body by address and tag.
        given: when a tag was first given out, by address and tag.
        statuses: how often each status was answered; "200 without a tag" apart.
        faults: what must not be.
    """

    bodies: dict[tuple[str, str], str] = field(default_factory=dict)
    given: dict[tuple[str, str], float] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: int = 0


def article(number: int) -> Reading:
    """An article that every query finds; each third is a print of the one before."""
    place = number - (number % 3 == 0)
    text = f"Lũ quét về bản {place} trong đêm, nước lên nhanh, {place} hộ dân phải dời lên cao. " * 8
    published = Published(f"{2000 + number % 20}-05-{1 + number % 28:02d}")
    made = Article(
        f"a{number:06d}", f"Lũ quét ở bản {place}", text, source=f"Báo {number % 7}", published=published
    )
    return Reading(made, Provenance("f", str(number), "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00"))


def store(settings: Settings, numbers: range) -> None:
    """One import, as ``khobao add`` makes it."""
    with writing(settings) as archive:
        archive.store([article(number) for number in numbers])
        with index_writer(settings) as writer:
            build(archive, writer, lambda _done, _total: None, workers=0)
        update_suggestions(archive, settings.suggestions, lambda _done, _total: None)
        with unit_sources(settings) as sources:
            update_units(sources, settings.units, lambda _done, _total: None)
        update_stories(archive, settings.stories, lambda _done, _total: None)


def keep_adding(data: Path, seed: int, stop: Event, imports: Any) -> None:
    """Imports of one to five articles until the clients are done; tells when each began and was committed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable sizes, nothing secret
    settings, first = Settings(data), ARTICLES
    while not stop.is_set():
        last = first + chance.randint(1, 5)
        began = time.monotonic()
        store(settings, range(first, last))
        imports.append((began, time.monotonic()))
        first = last
        stop.wait(chance.uniform(0, 0.3))


def ask(port: int, seen: Seen, imports: Any, requests: int, seed: int) -> None:
    """One client, until all have asked ``requests`` times together."""
    chance = random.Random(seed)  # noqa: S311 - repeatable addresses, nothing secret
    tags: dict[str, str] = {}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        with seen.lock:
            if seen.asked >= requests:
                return
            seen.asked += 1
        address = chance.choice(ADDRESSES)
        tag = tags.get(address, "")
        over = [began for began, done in list(imports)[-3:] if done < time.monotonic()]
        try:
            connection.request("GET", address, headers={"If-None-Match": tag} if tag else {})
            response = connection.getresponse()
            body = response.read()
        except OSError:  # the server lets an idle connection go
            connection.close()
            continue
        given = response.headers.get("ETag", "")
        with seen.lock:
            _note(seen, address, response.status, given, body, tag, max(over, default=0.0))
        if response.status == _OK:
            tags[address] = given or tag


def _note(seen: Seen, address: str, status: int, given: str, body: bytes, tag: str, over: float) -> None:
    """One answer; ``over``: when the last import began that was committed before the request."""
    untagged = status == _OK and not given
    seen.statuses["200 without a tag" if untagged else str(status)] += 1
    if status == _NOT_MODIFIED and seen.given[address, tag] < over:
        seen.faults.append(f"{address}: 304 for {tag}, which is of a state before an import that was over")
    if status == _OK and given:
        digest = hashlib.sha256(neutral_answer(body, date.today())).hexdigest()  # noqa: DTZ011 - the server's
        seen.given.setdefault((address, given), time.monotonic())
        if seen.bodies.setdefault((address, given), digest) != digest:
            seen.faults.append(f"{address}: two bodies with the tag {given}")
    if status not in {_OK, _NOT_MODIFIED}:
        seen.faults.append(f"{address}: {status}")


def prove(folder: Path, requests: int, seed: int) -> Seen:
    """Asks while articles are added, and prints what was seen."""
    data = folder / "data"
    store(Settings(data), range(ARTICLES))
    with multiprocessing.Manager() as manager, serving(_CHECKOUT, data, workers=2) as server:
        imports, stop = manager.list(), multiprocessing.Event()
        adding = multiprocessing.Process(target=keep_adding, args=(data, seed, stop, imports))
        adding.start()
        seen, started = Seen(), time.monotonic()
        clients = [
            threading.Thread(target=ask, args=(server.port, seen, imports, requests, seed + number))
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        print(f"{seen.asked:,} requests asked", flush=True)
        seconds = time.monotonic() - started
        stop.set()
        adding.join()
        _last(server.port, seen)
        print(
            f"{seen.asked:,} requests in {seconds:.0f} s while {len(imports)} imports were committed:"
            f" {dict(sorted(seen.statuses.items()))}; {len(seen.bodies):,} tags of {len(ADDRESSES)} addresses"
        )
    return seen


def _last(port: int, seen: Seen) -> None:
    """What every tag still gets, now that nothing changes any more."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def get(address: str, headers: dict[str, str]) -> tuple[int, str]:
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status, response.headers.get("ETag", "")

    for address in ADDRESSES:
        _, now = get(address, {})
        for known in [tag for path, tag in seen.bodies if path == address][-LAST:]:
            status, _ = get(address, {"If-None-Match": known})
            if (status == _NOT_MODIFIED) != (known == now):
                seen.faults.append(f"{address}: {status} for {known} at the end, where {now} is given")


def main() -> None:
    """Reads the command line; fails where a tag was wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = prove(Path(folder), options.requests, options.seed)
    for fault in seen.faults[:20]:
        print(fault)
    sys.exit(bool(seen.faults))


if __name__ == "__main__":
    main()
