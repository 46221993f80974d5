"""A worker that dies is replaced, its item tried once more, then refused; everything else gets in."""

import logging
import os
import select
import signal
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from corpus.archive import Archive
from corpus.article import Article
from corpus.context import Context
from corpus.errors import OperatorError, UserError
from corpus.ingest import ingest
from corpus.readers.documents import plain
from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.steps import Cause, Step, Steps, fault
from corpus.readers.records.maker import RecordMaker
from corpus.readers.records.options import ImportOptions
from corpus.records import Record, Refusal
from corpus.workers.process import WorkerDiedError
from corpus.workers.reading import records_in_worker
from corpus.workers.running import Workers
from tests.corpus.deadly import GOOD, Deadly, DiesOnce
from tests.corpus.records import AT, line, outline, quiet, read

pytestmark = pytest.mark.slow  # starts the processes that read files

BREAKS_PLAIN = """
import sys
from importlib.abc import MetaPathFinder

class Breaks(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "corpus.readers.registry":
            sys.meta_path.remove(self)
            from corpus.readers.documents import plain

            def broken(file, options, tally):
                raise LookupError("nobody foresaw this")
                yield

            plain.read = broken

sys.meta_path.insert(0, Breaks())
"""

SHORT = ItemLimits(seconds=0.3, memory=64 * 1024**2)


@pytest.fixture
def workers() -> Iterator[Workers]:
    with_one = Workers()
    yield with_one
    with_one.close()


def carried_out(answers: Generator[Any, None, Any]) -> tuple[list[Any], Any]:
    """The answers of a job, and what it counted."""
    found: list[Any] = []
    while True:
        try:
            found.append(next(answers))
        except StopIteration as end:
            return found, end.value


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("computes", "item-seconds"),
        ("computes in C", "item-seconds"),
        ("fills memory", "item-memory"),
        ("raises", "fault"),
        ("crashes", "fault"),
        ("is killed", "fault"),
        ("exits", "fault"),
    ],
)
def test_a_deadly_step_is_refused_and_the_job_goes_on(workers: Workers, deed: str, reason: str) -> None:
    job = Deadly([GOOD, GOOD, deed, GOOD])
    assert carried_out(workers.run(job, SHORT)) == ([GOOD, GOOD, reason, GOOD], 4)


@pytest.mark.parametrize("deed", ["computes", "crashes"])
def test_a_search_for_the_next_item_is_a_step_too(workers: Workers, deed: str) -> None:
    reason = {"computes": "item-seconds", "crashes": "fault"}[deed]
    job = Deadly([GOOD, GOOD, deed, GOOD], in_search=True)
    assert carried_out(workers.run(job, SHORT)) == ([GOOD, GOOD, reason, GOOD], 4)


def test_a_step_that_only_waits_is_refused_by_the_clock(workers: Workers) -> None:
    limits = ItemLimits(seconds=0.1, memory=64 * 1024**2)
    assert carried_out(workers.run(Deadly([GOOD, "waits", GOOD]), limits))[0] == [GOOD, "hanging", GOOD]


def test_several_deadly_steps_are_refused_each(workers: Workers) -> None:
    job = Deadly(["crashes", GOOD, "exits", "crashes", GOOD])
    assert carried_out(workers.run(job, SHORT))[0] == ["fault", GOOD, "fault", "fault", GOOD]


def test_a_step_that_fails_once_is_taken_the_second_time(workers: Workers, tmp_path: Path) -> None:
    job = DiesOnce(str(tmp_path / "mark"))
    assert carried_out(workers.run(job, SHORT))[0] == ["first", "second", "third"]


def test_memory_is_watched_where_the_system_keeps_no_limit() -> None:
    watching = Workers(watched=True)
    try:
        answers, _ = carried_out(watching.run(Deadly([GOOD, "fills memory", GOOD]), SHORT))
    finally:
        watching.close()
    assert answers == [GOOD, "item-memory", GOOD]


def test_a_worker_serves_job_after_job(workers: Workers) -> None:
    carried_out(workers.run(Deadly([GOOD]), SHORT))
    first = workers._idle
    carried_out(workers.run(Deadly([GOOD]), SHORT))
    assert first is not None
    assert workers._idle is first


def test_a_job_that_is_left_early_leaves_no_process(workers: Workers) -> None:
    answers = workers.run(Deadly([GOOD] * 1000), SHORT)
    next(answers)
    answers.close()
    assert workers._idle is None
    assert carried_out(workers.run(Deadly([GOOD]), SHORT)) == ([GOOD], 1)


def test_what_killed_a_worker_is_logged_with_its_place(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "khobao.import"):
        carried_out(workers.run(Deadly(["crashes"]), SHORT))
        carried_out(workers.run(Deadly(["raises"]), SHORT))
    assert "bao.jsonl, line 1" in caplog.text
    assert "Segmentation fault" in caplog.text
    assert "nobody foresaw this" in caplog.text


def test_a_worker_that_cannot_begin_is_the_operators(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OperatorError, match="ended 3 times before it began"):
        carried_out(workers.run(Deadly([GOOD]), SHORT))
    monkeypatch.setattr(sys, "executable", "/khong-co")
    with pytest.raises(OperatorError, match="no process can be started"):
        carried_out(workers.run(Deadly([GOOD]), SHORT))


def test_a_worker_ends_with_its_parent() -> None:
    """Also when the parent is killed in the midst of a job."""
    script = (
        "import os, signal\n"
        "from corpus.workers.running import Workers\n"
        "from tests.corpus.deadly import Deadly\n"
        "from corpus.readers.input.item_limits import ItemLimits\n"
        "workers = Workers()\n"
        "answers = workers.run(Deadly(['good'] * 3), ItemLimits())\n"
        "list(answers)\n"
        "print(workers._idle._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, cwd=Path.cwd(), text=True
    )
    assert parent.returncode == -signal.SIGKILL
    pid = int(parent.stdout)
    with suppress(ProcessLookupError):  # it has ended already
        descriptor = os.pidfd_open(pid)
        try:
            assert select.select([descriptor], [], [], 30)[0]
        finally:
            os.close(descriptor)


def test_records_from_a_worker_are_those_read_here(tmp_path: Path) -> None:
    path = tmp_path / "bao.jsonl"
    path.write_bytes(b"\n".join([line("a-1", views=1), b"{", line("a-2"), line("a-2", "Tin khác")]))
    tally = Tally()
    here = Tally()
    found = list(records_in_worker(SourceFile.on_disk(path, AT), ImportOptions(), tally))
    assert found == read(path, tally=here)
    assert (tally.files, tally.bytes_read, tally.unused_fields) == (1, path.stat().st_size, {"views": 1})
    assert (here.files, here.bytes_read, here.unused_fields) == (1, path.stat().st_size, {"views": 1})


def test_a_record_that_fills_the_memory_is_refused_alone_and_taken_with_more(
    archive: Archive, tmp_path: Path
) -> None:
    """The remedy that the refusal names works."""
    path = tmp_path / "bao.jsonl"
    large = line("a-2", "Sổ lớn", notes=[f"Dòng {number}." for number in range(200_000)])
    path.write_bytes(b"\n".join([line("a-0"), line("a-1"), large, line("a-3"), line("a-4")]))
    small = ImportOptions(item=ItemLimits(memory=16 * 1024**2))
    receipt = ingest([path], archive, options=small, on_progress=quiet)
    assert (receipt.new, receipt.refusals, receipt.faults) == (4, {"item-memory": 1}, 0)
    (refused,) = archive.refusals()
    assert refused.place == "line 3"
    assert "--item-memory 64M" in str(refused.message)
    more = ImportOptions(item=ItemLimits.parse("", "1G"))
    assert ingest([path], archive, options=more, on_progress=quiet).new == 1


def test_steps_are_counted_and_only_searches_give_signs_of_life() -> None:
    told: list[Step] = []
    steps = Steps(refused={2: Cause("why", fault("x").message)}, on_step=told.append)
    assert steps.search("a", "whole file") is None
    cause = steps.item("a", "line 1")
    assert cause is not None
    assert cause.reason == "why"
    steps.passed(1 << 30)
    assert [step.number for step in told] == [1, 2]
    steps.search("a", "whole file")
    steps.passed(1 << 30)
    assert [step.number for step in told] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("seconds", "memory"),
    [
        *((seconds, "") for seconds in ("0", "x", "-1", "1e3", "9" * 9000)),
        *(("", memory) for memory in ("1", "2T", "x", "99999999999G")),
    ],
)
def test_a_limit_that_is_none_is_refused_with_its_value(seconds: str, memory: str) -> None:
    with pytest.raises(UserError, match=(seconds or memory)[:20]):
        ItemLimits.parse(seconds, memory)


def test_the_death_of_a_worker_says_why() -> None:
    cause = fault("SIGSEGV")
    assert "SIGSEGV" in str(WorkerDiedError(cause, None))


def failing(raw: bytes, _context: Context) -> Article:
    raise LookupError(raw.decode())


def test_a_record_that_the_program_fails_at_is_refused_as_a_fault(caplog: pytest.LogCaptureFixture) -> None:
    file = SourceFile.in_memory("bao.jsonl", AT, b"")
    maker = RecordMaker(file, ImportOptions(), Tally(), ("jsonl", 1))
    refused = maker.record_made_by("line 3", b"nobody foresaw this", failing)
    assert isinstance(refused, Refusal)
    assert (refused.place, refused.reason, refused.raw) == ("line 3", "fault", b"nobody foresaw this")
    assert "LookupError" in str(refused.message)
    assert "Traceback" in caplog.text


def test_a_file_that_the_program_fails_at_is_refused_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the reader of one format is broken; the files beside it in the same archive are read."""

    def broken(file: SourceFile, _options: ImportOptions, _tally: Tally) -> Iterator[Record]:
        raise LookupError(file.name)
        yield

    monkeypatch.setattr(plain, "read", broken)
    path = tmp_path / "kho.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", line("a-1"))
        archive.writestr("b.txt", "Tin vắn\n\nMưa to.")
        archive.writestr("c.jsonl", line("a-2"))
    assert outline(read(path)) == [("line 1", "a-1"), ("whole file", "fault"), ("line 1", "a-2")]


def test_an_import_logs_faults_and_its_receipt_counts_them(tmp_path: Path) -> None:
    """A command of its own, whose reader of plain text is broken in its worker too."""
    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(line("a-1"))
    (folder / "b.txt").write_text("Tin vắn\n\nMưa to.", "utf-8")
    (tmp_path / "sitecustomize.py").write_text(BREAKS_PLAIN, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from search_app.cli import main; main()",
            "add",
            str(folder),
            "--data",
            str(tmp_path / "kho"),
        ],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}", "KHOBAO_LANG": "en"},
        capture_output=True,
        check=False,
        text=True,
    )
    log = tmp_path / "kho" / "import.log"
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (0, False)
    assert "1 of them are a fault of Kho Báo itself" in done.stdout
    assert str(log) in done.stdout
    assert "nobody foresaw this" in log.read_text("utf-8")
