"""What does it cost to take a whole archive away, and is it proven afterwards? Over a copy of a data folder.

All articles are exported: as a table, as lines of JSON with their texts, and as texts in a zip. Of each the
time to the first row and to the end is taken, and the memory that the process needs beyond what it needed
when it had answered one search. Then, with the commands: a receipt is verified; a file that was cut off must
be recognised, with the row; an export that is killed (SIGKILL) at half of its bytes must go on to the same
file; receipts must hold after 100 imports; and of articles that were withdrawn since, as a tombstone, hidden
and erased, each must be named, by a receipt that lists its ids, by one whose file tells them, and by one
whose file is gone.

    python -m benchmarks.exports --data FOLDER
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpora import archived
from benchmarks.machine import provenance
from corpus.article import Article, Provenance
from corpus.records import Reading
from indexer.build import build
from search_app.answer.exporting.receipt import ARTICLES
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.api.receipts import read_receipt
from search_app.bootstrap import changing, index_writer, open_service
from search_app.cli.export_job import ExportAsked, begin_job
from search_app.formats.exports.columns import USUAL
from search_app.formats.exports.forms import ExportForm
from search_app.settings import Settings

KHOBAO = Path(sys.executable).with_name("khobao")
_AT = "2026-01-01T00:00:00+00:00"
_IMPORTS = 100
_SOME = "lũ quét"
_TEXTS = ("id", "title", "published", "lede", "body")
_WITHDRAWN = {"tombstone": 3, "hidden": 3, "erased": 2}
"""By state, how many articles of the smaller result are withdrawn."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an export took in a process that had answered a search.

    Attributes:
        more_mb: peak memory beyond what the process had before.
    """

    rows: int
    size: int
    first_row_s: float
    seconds: float
    cpu_s: float
    more_mb: float


def measure(data: Path, form: ExportForm, columns: Sequence[str]) -> Taken:
    """Exports everything in this process, and throws the bytes away."""
    service = open_service(Settings(data))
    service.searching.page(SearchRequest(Selection(_SOME)))
    before = _peak_mb(reset=True)
    asked = ExportAsked(ARTICLES, (("q", ""),), form, tuple(columns), spreadsheet=False, address="")
    started, cpu = time.perf_counter(), time.process_time()
    job = begin_job(service, "vi", asked)
    begun = list(islice(job.pieces, 2))
    first = time.perf_counter() - started
    size = sum(map(len, begun)) + sum(map(len, job.pieces))
    seconds = time.perf_counter() - started
    used = time.process_time() - cpu
    return Taken(job.done, size, first, seconds, used, _peak_mb() - before)


def _peak_mb(*, reset: bool = False) -> float:
    """The most memory that this process had; since now, where it is reset."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


class Proof:
    """Runs the commands over a copy of an archive.

    Attributes:
        wrong: what must not be.
    """

    def __init__(self, data: Path, out: Path) -> None:
        self._data = data
        self._out = out
        self.wrong: list[str] = []

    def run(self, *arguments: object) -> tuple[int, str, float]:
        """Runs ``khobao``: its exit code, what it printed, and how long it took."""
        started = time.perf_counter()
        done = subprocess.run(
            self._command(arguments), env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode not in {0, 1}:
            self.wrong.append(f"khobao {arguments[0]}: {done.returncode} {done.stderr[-500:]}")
        return done.returncode, done.stdout, time.perf_counter() - started

    def _command(self, arguments: Sequence[object]) -> list[str]:
        return [str(KHOBAO), *map(str, arguments), "--data", str(self._data)]

    def _environment(self) -> dict[str, str]:
        return os.environ | {"KHOBAO_LANG": "en"}

    def expect(self, what: str, found: object, expected: object) -> None:
        """Notes what is otherwise than it must be."""
        if found != expected:
            self.wrong.append(f"{what}: {found!r}, not {expected!r}")

    def export(self, name: str, query: str, *options: str) -> Path:
        """Exports to a file; its receipt."""
        path = self._out / name
        _code, _said, seconds = self.run("export", query, "--output", path, *options)
        print(f"{name}: {path.stat().st_size / 1e6:,.0f} MB in {seconds:.1f} s, with its receipt", flush=True)
        return receipt_of(path)

    def verify(self, receipt: Path, what: str, code: int, file: str, archive: str) -> dict[str, Any]:
        """Verifies a receipt, which must be judged so; what was found of the archive."""
        ended, said, seconds = self.run("verify", receipt, "--json")
        found: dict[str, Any] = json.loads(said or "{}")
        verdicts = (ended, found.get("file", {}).get("verdict"), found.get("archive", {}).get("verdict"))
        self.expect(what, verdicts, (code, file, archive))
        print(f"{what}: {verdicts[1]}, {verdicts[2]}, {seconds:.1f} s", flush=True)
        return found

    def kill_half_way(self, whole: Path, query: str, *options: str) -> None:
        """Kills an export when half of its bytes are there, and lets it go on."""
        path = whole.with_name(f"killed-{whole.name}")
        part = path.with_name(f"{path.name}.part")
        command = self._command(["export", query, "--output", path, *options])
        with subprocess.Popen(command, env=self._environment(), stderr=subprocess.DEVNULL) as running:
            while running.poll() is None and (
                not part.exists() or part.stat().st_size * 2 < whole.stat().st_size
            ):
                time.sleep(0.02)
            running.send_signal(signal.SIGKILL)
        share = part.stat().st_size / whole.stat().st_size
        _code, _said, seconds = self.run("export", query, "--output", path, "--resume", *options)
        self.expect("the file that was killed", path.read_bytes() == whole.read_bytes(), expected=True)
        print(f"{path.name}: killed at {share:.0%}, went on in {seconds:.1f} s, equal", flush=True)
        self.verify(receipt_of(path), "the receipt of what went on", 0, "whole", "equal")

    def cut_off(self, receipt: Path, path: Path, rows: int) -> None:
        """Cuts a file off in the middle; the row must be named."""
        data = path.read_bytes()
        kept = data[: len(data) * 2 // 3]
        path.write_bytes(kept)
        found = self.verify(receipt, "a file that was cut off", 1, "cut_off", "equal")
        expected = kept.count(b"\n")
        self.expect("rows of the file that was cut off", found["file"]["rows"], expected)
        print(f"cut off after row {expected:,} of {rows:,}", flush=True)
        path.write_bytes(data)

    def withdraw(self, ids: Sequence[str]) -> dict[str, str]:
        """Withdraws some articles; by id, the state."""
        taken, states = iter(ids), dict[str, str]()
        for state, count in _WITHDRAWN.items():
            some = list(islice(taken, count))
            _code, _said, seconds = self.run(
                "withdraw", *some, "--state", state, "--reason", "đo", "--by", "đo"
            )
            print(f"{count} {state}: {seconds:.1f} s", flush=True)
            states |= dict.fromkeys(some, state)
        return states

    def names(self, found: dict[str, Any], what: str, states: dict[str, str]) -> None:
        """Those that were withdrawn, and no others, must be named with their states."""
        archive = found["archive"]
        named = {one["id"]: one["state"] for one in archive["missing"]}
        self.expect(what, named, states)
        self.expect(f"{what}: what came", (archive["came"], archive["unnamed"]), ([], 0))


def receipt_of(path: Path) -> Path:
    """The receipt beside a file."""
    return path.with_name(f"{path.name}.receipt.json")


def _import(settings: Settings, articles: Sequence[Article]) -> None:
    """Imports each for itself, and brings the index up to it."""
    provenance_ = Provenance("exports.jsonl", "line 1", "0" * 64, "jsonl", 1, _AT)
    for one in articles:
        with changing(settings) as archive:
            archive.store([Reading(one, provenance_)])
            with index_writer(settings) as writer:
                build(archive, writer, lambda _done, _total: None)


def _measured(data: Path) -> Iterator[Taken]:
    for form, columns in ((ExportForm.CSV, USUAL), (ExportForm.JSONL, _TEXTS), (ExportForm.TEXTS, ())):
        taken = _apart(data, form, columns)
        print(
            f"{form} {' '.join(columns)}: {taken.rows:,} rows, {taken.size / 1e6:,.0f} MB; the first row"
            f" after {taken.first_row_s:.2f} s, all after {taken.seconds:.1f} s ({taken.cpu_s:.1f} s of"
            f" processor time), {taken.more_mb:.0f} MB more memory",
            flush=True,
        )
        yield taken


def _apart(data: Path, form: ExportForm, columns: Sequence[str]) -> Taken:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exports", "--data", data, "--measure", form.value, *columns]
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=True)
    return Taken(**json.loads(done.stdout))


def prove(data: Path, out: Path) -> list[str]:
    """Tries all that is promised, over a data folder that may be changed; what is wrong."""
    proof, settings = Proof(data, out), Settings(data)
    texts = ("--columns", ",".join(_TEXTS))
    table = proof.export("all.csv", "")
    lines = proof.export("all.jsonl", "", *texts)
    some = proof.export("some.csv", _SOME)
    proof.verify(table, "a whole table", 0, "whole", "equal")
    proof.verify(lines, "whole lines of JSON", 0, "whole", "equal")
    rows = read_receipt(lines.read_text("utf-8"), lines.name).result.rows
    proof.cut_off(lines, out / "all.jsonl", rows)
    proof.kill_half_way(out / "all.csv", "")
    proof.kill_half_way(out / "all.jsonl", "", *texts)
    like = list(archived(data, _IMPORTS))
    _import(
        settings, [replace(one, id=f"do-{place}", title=f"{_SOME} {place}") for place, one in enumerate(like)]
    )
    for receipt in (table, lines, some):
        proof.verify(receipt, f"{receipt.name} after {_IMPORTS} imports", 0, "whole", "equal")
    told = read_receipt(some.read_text("utf-8"), some.name)
    states = proof.withdraw((told.result.ids or ())[3:])
    for receipt, how in ((some, "listed"), (lines, "told by the file")):
        found = proof.verify(receipt, f"withdrawn since, {how}", 1, "whole", "withdrawn")
        proof.names(found, how, states)
    (out / "all.jsonl").unlink()
    found = proof.verify(lines, "withdrawn since, without the file", 1, "missing", "withdrawn")
    proof.names(found, "without the file", states)
    return proof.wrong


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        form, *columns = options.measure
        taken = measure(options.data, ExportForm(form), columns)
        print(json.dumps({name: getattr(taken, name) for name in Taken.__slots__}))
        return
    list(_measured(options.data))
    with tempfile.TemporaryDirectory(dir=options.data.parent) as folder:
        data, out = Path(folder) / "data", Path(folder) / "out"
        out.mkdir()
        shutil.copytree(options.data, data)
        wrong = prove(data, out)
    print("\n".join(wrong) or "0 wrong")
    print(provenance())
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
