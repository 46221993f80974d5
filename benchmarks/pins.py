"""Does a pin answer as the archive stood, and what does it cost? Over a copy of a data folder.

Ten articles are withdrawn and every query is answered: that is what is expected, for what is withheld today
stays withheld in a pin. They are brought back, and the change is pinned. Then come 100 imports, ten new
versions of articles and ten withdrawals, of the same articles. Each query is asked at the pin and of an index
that never saw any of it: ids, totals, facets and bars must be equal. Then times are taken, each query in turn
at the pin and of the present, after one round that is not counted.

    python -m benchmarks.pins --data FOLDER [--rounds 5]
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.corpora import QUERIES, archived
from corpus.archive import Archive
from corpus.article import Article, Provenance
from corpus.records import Reading
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import changing, index_writer, open_service
from search_app.settings import Settings

_AT = "2026-01-01T00:00:00+00:00"
_IMPORTS, _OTHERS = 100, 10

Said = dict[str, object]


def answer(service: Service, query: str, as_of: int | None) -> Said:
    """All that is promised of a pin: every id, the counts, the facets and the bars."""
    selection = Selection(query, as_of=as_of, exact=True)
    page = service.searching.page(SearchRequest(selection, date_histogram=True, most_values=None))
    exported = service.exporting.export(selection)
    return {
        "ids": sorted(row.archived.article.id for row in exported.rows),
        "versions": sum(row.archived.change for row in service.exporting.export(selection).rows),
        "totals": (page.total, page.scattered_total, page.partial_total),
        "facets": {
            name: sorted((one.value, one.count) for one in some) for name, some in page.facets.items()
        },
        "bars": repr(page.timeline),
    }


def _bring_up(settings: Settings, work: Callable[[Archive], object]) -> None:
    """Changes the archive, and brings the index up to it; what is derived beside it stays as it is."""
    with changing(settings) as archive:
        work(archive)
        with index_writer(settings) as writer:
            build(archive, writer, lambda _done, _total: None)


def _store(archive: Archive, articles: Sequence[Article]) -> None:
    provenance = Provenance("pins.jsonl", "line 1", "0" * 64, "jsonl", 1, _AT)
    archive.store([Reading(one, provenance) for one in articles])


def _orders(ids: list[str], state: WithdrawalState | None) -> list[WithdrawalOrder]:
    return [WithdrawalOrder(name, None, state, "đo") for name in ids]


def _grow(settings: Settings, some: list[Article], withdrawn: list[str]) -> None:
    """The imports, new versions and withdrawals that come after the pin."""
    for number in range(_IMPORTS):
        like = some[number % len(some)]
        new = replace(like, id=f"pin-{number}", title=f"{like.title} {number}")
        _bring_up(settings, partial(_store, articles=[new]))
    changed = [replace(one, lede=f"{one.lede} Bản mới.") for one in some[:_OTHERS]]
    _bring_up(settings, partial(_store, articles=changed))
    orders = _orders(withdrawn, WithdrawalState.TOMBSTONE)
    _bring_up(settings, lambda archive: archive.carry_out(orders))


def _compare(service: Service, expected: dict[str, Said], number: int) -> int:
    wrong = 0
    for query, before in expected.items():
        now = answer(service, query, number)
        differing = [name for name in before if before[name] != now[name]]
        wrong += bool(differing)
        count = len(now["ids"])  # type: ignore[arg-type] # a list of ids
        print(f"{query or '(all)'}: {count:,} articles, {', '.join(differing) or 'equal'}", flush=True)
    return wrong


def _times(service: Service, number: int, rounds: int) -> None:
    ratios: list[float] = []
    for query in QUERIES:
        taken: dict[int | None, list[float]] = {None: [], number: []}
        for _ in range(rounds + 1):
            for as_of, times in taken.items():
                started = time.process_time()
                asked = SearchRequest(Selection(query, as_of=as_of, exact=True), date_histogram=True)
                service.searching.page(asked)
                times.append(time.process_time() - started)
        now, then = (statistics.median(times[1:]) * 1000 for times in taken.values())
        ratios.append(then / now)
        print(f"{query or '(all)'}: {now:.1f} ms now, {then:.1f} ms at the pin, {then / now:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}, largest {max(ratios):.2f}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data.parent) as folder:
        settings = Settings(Path(folder) / "data")
        shutil.copytree(options.data, settings.data)
        some = list(archived(options.data, _OTHERS * 3))
        withdrawn = [one.id for one in some[-_OTHERS:]]
        _bring_up(settings, lambda archive: archive.carry_out(_orders(withdrawn, WithdrawalState.HIDDEN)))
        service = open_service(settings)
        expected = {query: answer(service, query, None) for query in QUERIES}
        _bring_up(settings, lambda archive: archive.carry_out(_orders(withdrawn, None)))
        with changing(settings) as archive:
            number = archive.number
        _grow(settings, some[: _OTHERS * 2], withdrawn)
        started = time.perf_counter()
        answer(service, "", number)
        print(json.dumps({"first answer at the pin, s": round(time.perf_counter() - started, 2)}))
        wrong = _compare(service, expected, number)
        _times(service, number, options.rounds)
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
