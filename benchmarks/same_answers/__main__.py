"""The command line: what is asked of which checkout, and what it is compared with."""

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.same_answers import __doc__ as about
from benchmarks.same_answers.addresses import Known, addresses, spoken
from benchmarks.same_answers.commands import outputs
from benchmarks.same_answers.drawing import Drawn, draw
from benchmarks.same_answers.neutral import neutral_answer, steady_headers
from benchmarks.same_answers.record import Header, compare, recording
from benchmarks.same_answers.sample import sample
from benchmarks.same_answers.server import Answer, Server, serving

_HERE = Path(__file__).parent.parent.parent
_PARTS = ("queries", "addresses", "commands")
_SAMPLE = 600
_IDS = 12


def main() -> None:
    """Reads the command line; exit code 1 where answers differ."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else the server would live on
    options = _options()
    header = _record(options)
    print(f"{options.out}: {header}")
    if options.compare:
        differing, report = compare(options.compare, options.out)
        print(report)
        sys.exit(1 if differing else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="same_answers", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="a data folder; it is only read")
    parser.add_argument("--out", type=Path, required=True, help="digests, a line an answer")
    parser.add_argument("--checkout", type=Path, default=_HERE, help="whose .venv/bin/khobao is asked")
    parser.add_argument("--compare", type=Path, help="digests of another checkout")
    parser.add_argument("--queries", type=Path, help="kept queries; else DATA's name beside --out")
    parser.add_argument("--count", type=int, default=2_000, help="queries that are drawn")
    parser.add_argument("--parts", default=",".join(_PARTS), help="which of: %(default)s")
    options = parser.parse_args()
    options.checkout = options.checkout.resolve()
    options.data = options.data.resolve()
    options.queries = options.queries or options.out.parent / f"{options.data.name}.queries.jsonl"
    return options


def _record(options: argparse.Namespace) -> Header:
    """Asks everything; what it was made of."""
    today, parts = date.today(), options.parts.split(",")  # noqa: DTZ011 - the day on the server's clock
    with serving(options.checkout, options.data) as server:
        health = server.json("/healthz")
        data = {name: health[name] for name in ("articles", "indexed", "archive_number", "index_number")}
        header = Header(_commit(options.checkout), today.isoformat(), data)
        queries = _queries(server, options.queries, options.count) if "queries" in parts else []
        with recording(options.out, header) as recorder:
            for name, answer in _over_http(server, queries, with_addresses="addresses" in parts):
                recorder.take(name, _kept(answer, today))
                if recorder.count % 500 == 0:
                    print(f"{recorder.count:,} answers, {name}", file=sys.stderr, flush=True)
            for name, output in outputs(options.checkout, today) if "commands" in parts else ():
                recorder.take(name, output)
    return header


def _over_http(server: Server, queries: list[Drawn], *, with_addresses: bool) -> Iterator[tuple[str, Answer]]:
    if with_addresses:
        for address in dict.fromkeys(addresses(_known(server))):
            for _, asked in spoken(address):
                yield f"GET {asked}", server.get(asked)
    for number, query in enumerate(queries):
        name = f"query {number}, {query.kind}"
        yield from ((f"{name}, {form}", answer) for form, answer in _forms(server, query))


def _forms(server: Server, query: Drawn) -> Iterator[tuple[str, Answer]]:
    """A query's JSON, its page, and why its first result stands where it stands."""
    found = server.get(f"/api/search?{query.encoded}")
    yield f"/api/search?{query.encoded}", found
    yield f"/?{query.encoded}", server.get(f"/?{query.encoded}")
    hits = json.loads(found.body).get("hits", [])
    if hits:
        asked = [pair for pair in query.pairs if pair[0] in {"q", "widen", "not_also"}]
        why = f"/api/explain/{quote(hits[0]['id'], safe='')}?{urlencode(asked)}"
        yield why, server.get(why)


def _known(server: Server) -> Known:
    """Some articles: the newest, the oldest, a few of results, one with other prints."""
    searches = (
        "sort=newest",
        "sort=oldest",
        "q=gi%C3%A1&stories=1",
        "q=lao+cai",
        "q=a",
        "q=th%E1%BB%83+thao",
    )
    hits = [hit for one in searches for hit in server.json(f"/api/search?size=5&{one}")["hits"]]
    ids = list(dict.fromkeys(hit["id"] for hit in sorted(hits, key=lambda hit: -hit["others"])))[:_IDS]
    return Known(ids, next((hit["source"] for hit in hits if hit["source"]), ""))


def _kept(answer: Answer, today: date) -> bytes:
    headers = steady_headers(answer.headers)
    return b"%d\n%b\n\n%b" % (answer.status, headers, neutral_answer(answer.body, today))


def _queries(server: Server, path: Path, count: int) -> list[Drawn]:
    """Those that are kept, else drawn and kept."""
    if not path.exists():
        drawn = draw(sample(server, _SAMPLE), count)
        lines = (json.dumps({"kind": one.kind, "pairs": one.pairs}, ensure_ascii=False) for one in drawn)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    kept = map(json.loads, path.read_text("utf-8").splitlines())
    return [Drawn(one["kind"], [(name, value) for name, value in one["pairs"]]) for one in kept]


def _commit(checkout: Path) -> str:
    git = ["git", "-C", str(checkout)]
    said = subprocess.run(
        [*git, "describe", "--always", "--dirty=, changed"], capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "no commit known"


if __name__ == "__main__":
    main()
