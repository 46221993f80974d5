"""What does a server count for Prometheus, over all of its processes?

Each process writes its counts to files of its own (prometheus_client's multiprocess mode), and whichever
process is asked adds them up, those of processes that have ended too; no gauge has a process that has ended.
The library decides between this and counts in memory when it is first imported, by the variable
PROMETHEUS_MULTIPROC_DIR: so this module is imported when an app is made, and not before.

Labels are names of routes, classes of status and codes of errors. None is made of what a client sends.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from corpus.coverage import RefusedCount
from corpus.errors import OperatorError
from search_app.answer.archive.status import Status
from search_app.answer.service import Service
from search_app.web.observing import ObservedRequest
from search_app.web.resident_memory import resident_bytes

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_REFUSALS = ("busy", "over-budget", "too-large", "internal-error")
_STARTED = "khobao_worker_start_time_seconds"


class Counts:
    """What one process counts, whatever apps it makes: use that of ``process_counts``."""

    def __init__(self) -> None:
        self._own = CollectorRegistry()
        self._requests = Counter(
            "khobao_requests", "Requests whose response is finished.", ["route", "status"], registry=self._own
        )
        self._seconds = Histogram(
            "khobao_request_duration_seconds",
            "From a request's arrival until its last byte was given to the server, or its client had gone.",
            ["route"],
            buckets=_BUCKETS,
            registry=self._own,
        )
        self._faults = Counter(
            "khobao_request_faults",
            "Requests that were answered with an error.",
            ["code"],
            registry=self._own,
        )
        self._started = Gauge(
            _STARTED, "When a process began to serve.", multiprocess_mode="liveall", registry=self._own
        )
        for code in _REFUSALS:  # so that the first of them is seen to be one more than none
            self._faults.labels(code)
        # labels() looks a child up under a lock; each is looked up once here.
        self._counted = cache(lambda route, status: self._requests.labels(route, status).inc)
        self._timed = cache(lambda route: self._seconds.labels(route).observe)
        self._faulty = cache(lambda code: self._faults.labels(code).inc)
        self._pid = 0
        self._begin()

    def observe(self, observed: ObservedRequest) -> None:
        """Counts a request."""
        self._begin()
        self._counted(observed.route, f"{observed.status // 100}xx")()
        self._timed(observed.route)(observed.seconds)
        if observed.fault:
            self._faulty(observed.fault)()

    def text(self, service: Service) -> bytes:
        """The counts of all processes and of a service's archive, in Prometheus's text format."""
        registry = CollectorRegistry()
        registry.register(_RequestCounts(self._own, os.environ.get(_FOLDER, "")))
        registry.register(_ArchiveCounts(service))
        return generate_latest(registry)

    def _begin(self) -> None:
        """Says that this process serves; also where it was forked from the one that made the app."""
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._started.set_to_current_time()


@cache
def process_counts() -> Counts:
    """What this process counts."""
    return Counts()


@dataclass(frozen=True)
class _RequestCounts(Collector):
    """What the processes counted, and how much memory those use that serve now.

    Attributes:
        folder: of the files of all processes; empty: there is only this one.
    """

    own: CollectorRegistry
    folder: str

    def collect(self) -> Iterator[Metric]:
        registry = CollectorRegistry() if self.folder else self.own
        if self.folder:
            MultiProcessCollector(registry, self.folder)  # type: ignore[no-untyped-call]
        memory = GaugeMetricFamily(
            "khobao_worker_resident_memory_bytes",
            "Memory of a process, with the pages of the index that it shares with others.",
            labels=["pid"],
        )
        for metric in registry.collect():
            if metric.name == _STARTED:
                metric.samples = [one for one in metric.samples if self._measure(one.labels, memory)]
            yield metric
        yield memory

    def _measure(self, labels: dict[str, str], memory: GaugeMetricFamily) -> bool:
        """Adds the memory of a process; whether it serves now. One that has ended is forgotten."""
        pid = int(labels.get("pid", os.getpid()))
        found = resident_bytes(pid, os.getppid())
        if found:
            memory.add_metric([str(pid)], found)
        elif self.folder:
            mark_process_dead(pid, self.folder)  # type: ignore[no-untyped-call]
        return bool(found)


@dataclass(frozen=True)
class _ArchiveCounts(Collector):
    """What the archive and the index hold now. Where the archive cannot be read, that alone is said."""

    service: Service

    def collect(self) -> Iterable[Metric]:
        yield InfoMetricFamily("khobao", "The program.", {"version": version("khobao")})
        try:
            status = self.service.monitoring.status()
            refused = self.service.accounts.refused()
        except OperatorError:
            yield _gauge("khobao_archive_readable", "Whether the archive can be read.", 0)
            return
        yield _gauge("khobao_archive_readable", "Whether the archive can be read.", 1)
        yield from _counts(status)
        yield _refusals(refused)


def _counts(status: Status) -> Iterator[Metric]:
    """The numbers of the archive and of the index; what there is not is left out."""
    said = (
        ("khobao_articles", "Articles in the archive that are not withdrawn.", status.articles),
        ("khobao_articles_withdrawn", "Articles that are kept, and not searched.", status.withdrawn),
        ("khobao_articles_indexed", "Articles in the index.", status.indexed),
        ("khobao_archive_change_number", "The archive's last change.", status.archive_number),
        (
            "khobao_index_change_number",
            "Change up to which the index holds the archive.",
            status.index_number,
        ),
        ("khobao_index_format_number", "Format of the index.", status.index_format),
        ("khobao_index_trouble", "Whether a newer state of the index cannot be read.", bool(status.trouble)),
    )
    for name, meaning, value in said:
        if value is not None:
            yield _gauge(name, meaning, value)


def _refusals(refused: Iterable[RefusedCount]) -> Metric:
    family = GaugeMetricFamily(
        "khobao_refusals", "Records that imports refused, by reason.", labels=["reason", "taken_later"]
    )
    for one in refused:
        family.add_metric([one.reason, "yes"], one.taken)
        family.add_metric([one.reason, "no"], one.refusals - one.taken)
    return family


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value)
