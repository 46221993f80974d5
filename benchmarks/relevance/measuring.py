"""How are several engines asked the same sets? Kho Báo anew in every run, each peer once and then kept.

A peer's answers stay in the work folder as long as its articles, its version and its set-up here stay; with
``fresh`` it is asked again.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from benchmarks.engines import OURS
from benchmarks.relevance.asking import Ask, asked, evaluate_folded, evaluate_set
from benchmarks.relevance.measures import scored
from benchmarks.relevance.peers import PEERS, Peer, fingerprint, open_peer
from benchmarks.relevance.pools import held, prepared
from benchmarks.relevance.runs import Run
from benchmarks.relevance.scores import Scores
from benchmarks.relevance.sets import SETS, JudgedSet, qrels_of, queries_of
from indexer.stories.source import StorySource
from search_app.answer.selection import Selection
from search_app.bootstrap import open_service
from search_app.settings import Settings

FOLDED = f"{OURS}, folded"
"""Kho Báo where each story is shown once."""

Measured = Mapping[str, Scores]
"""Engine to its scores; Kho Báo first."""

Opened = Callable[[str], Ask]
"""A peer's name to what asks it; filled and opened when it is first wanted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    Attributes:
        data: asked in place of the pool's own folder.
        most: queries of each set; None: all.
        label: under which Kho Báo's run files are kept.
    """

    work: Path
    data: Path | None
    peers: Sequence[Peer]
    most: int | None
    fresh: bool
    label: str = OURS


def measured(sets: Iterable[JudgedSet], plan: Plan) -> dict[str, Measured]:
    """Every set by every engine, pool by pool."""
    ordered = sorted(sets, key=lambda one: list(SETS).index(one.name))
    found: dict[str, Measured] = {}
    for pool, group in groupby(ordered, key=lambda one: one.pool):
        settings = Settings(plan.data) if plan.data else prepared(pool, plan.work)
        found |= _of_pool(list(group), settings, plan)
    return found


def _of_pool(sets: Sequence[JudgedSet], settings: Settings, plan: Plan) -> Iterator[tuple[str, Measured]]:
    _check_ids(sets, settings)
    started = time.perf_counter()
    service, stories = open_service(settings), StorySource(settings.stories)
    service.exporting.ranked(Selection("thử"), 1)
    print(f"{settings.data}: opened in {time.perf_counter() - started:.2f} s", file=sys.stderr, flush=True)
    opened = cache(lambda name: open_peer(PEERS[name], settings, plan.work))
    for judged in sets:
        ours = evaluate_set(service, judged, plan.most)
        Run(plan.work, plan.label, judged.name).write(ours.rankings, ours.times_ms, {})
        _say(OURS, ours)
        row = {OURS: ours}
        if not judged.clean:
            row[FOLDED] = evaluate_folded(service, judged, stories, plan.most)
            _say(FOLDED, row[FOLDED])
        for peer in plan.peers:
            if judged.clean and peer.variants == 0:
                continue
            row[peer.name] = _peer(peer, judged, settings, plan, opened)
            _say(peer.name, row[peer.name])
        yield judged.name, row


def _peer(peer: Peer, judged: JudgedSet, settings: Settings, plan: Plan, opened: Opened) -> Scores:
    own = peer.variants if judged.clean else peer.queries
    limits = [limit for limit in (plan.most, own) if limit is not None]
    queries = queries_of(judged, min(limits, default=None))
    run, stamp = Run(plan.work, peer.name, judged.name), fingerprint(peer, settings)
    kept, kept_ms = ({}, {}) if plan.fresh else run.read(stamp)
    rankings: dict[str, Sequence[str]] = dict(kept)
    times_ms = dict(kept_ms)
    if missing := {name: text for name, text in queries.items() if name not in rankings}:
        more, took_ms = asked(opened(peer.name), missing)
        rankings |= more
        times_ms |= took_ms
        run.write(rankings, times_ms, stamp)
    return scored(judged.name, rankings, times_ms, qrels_of(judged)).only(queries)


def _check_ids(sets: Sequence[JudgedSet], settings: Settings) -> None:
    """Ends the program where a relevant article is not in the archive: figures would be too low."""
    there = held(settings)
    for judged in sets:
        relevant = {article for found in qrels_of(judged).values() for article in found}
        if missing := relevant - there:
            sys.exit(f"{settings.data}: {len(missing)} relevant articles of {judged.name} are not there")


def _say(engine: str, scores: Scores) -> None:
    print(f"{engine}: {scores}", file=sys.stderr, flush=True)
