"""Does a reader still get pages while hostile clients keep the server busy?

    python -m benchmarks.attack --data DIR [--seconds 15] [--only "slow heads"] [--out FILE.md]

For each way of benchmarks/attack/attacks.py a server is started, and attacked for some seconds. Beside the
attack a reader asks for pages. An attack is withstood where 95 of 100 pages take less than P95_MS, no page is
refused or cut, and the processes of the server never have MOST_MEMORY times the memory of before. Memory is
their own; pages of mapped files are the kernel's to take back. Ends with 1 where one is not withstood.

The attackers run in a process of their own; they, the reader and the server share the machine's cores.
``--command`` attacks another server, which says its address in the first line that it prints.
"""

import argparse
import multiprocessing
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.attack.attacks import ATTACKS, Attack, Target, attack_on
from benchmarks.attack.reader import Read, read_for
from benchmarks.machine import report
from benchmarks.processes import Watch, shared_out, sum_over
from benchmarks.served import serve_command, served

P95_MS = 500.0
MOST_MEMORY = 1.5
_WARM_S = 4.0
_BEGIN_S = 1.0  # until all connections of an attack are there


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attack did to a reader and to the server's memory, in MiB."""

    attack: str
    read: Read
    before_mib: float
    peak_mib: float

    @property
    def withstood(self) -> bool:
        """Whether the reader noticed nothing that matters, and memory stayed."""
        grown = self.peak_mib / self.before_mib
        return not self.read.errors and self.read.p95_ms < P95_MS and grown < MOST_MEMORY


def main() -> int:
    """Attacks, reports, and returns 1 where the server did not withstand an attack."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=15, help="of each attack")
    parser.add_argument("--only", choices=[attack.name for attack in ATTACKS], help="this attack alone")
    parser.add_argument("--command", help="that starts another server")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    command = shlex.split(options.command) if options.command else serve_command(options.data)
    attacks = [attack for attack in ATTACKS if options.only in {None, attack.name}]
    with _warm(command) as (_, target):
        alone = read_for(target, options.seconds)
    outcomes = [_suffer(attack, command, options.seconds) for attack in attacks]
    report(_table(alone, outcomes), options.out)
    return int(any(not outcome.withstood for outcome in outcomes))


@contextmanager
def _warm(command: Sequence[str]) -> Iterator[tuple[int, Target]]:
    """A server that has been asked for a while: its process, and where it listens."""
    with served(command) as server:
        place = urlsplit(server.address)
        target = Target(place.hostname or "", place.port or 80)
        read_for(target, _WARM_S)
        yield server.pid, target


def _suffer(attack: Attack, command: Sequence[str], seconds: float) -> Outcome:
    """Attacks a new server for some seconds beside a reader."""
    print(f"{attack.name} …", file=sys.stderr)
    with _warm(command) as (pid, target):
        before = sum_over(pid, shared_out)
        attacker = multiprocessing.get_context("spawn").Process(target=attack_on, args=(attack, target))
        attacker.start()
        try:
            read_for(target, _BEGIN_S)
            watch = Watch(pid, shared_out)
            read = read_for(target, seconds)
            watch.stop()
            assert attacker.is_alive(), "the attack ended by itself"
        finally:
            attacker.kill()
            attacker.join()
    return Outcome(attack.name, read, before, watch.peak_mib)


def _table(alone: Read, outcomes: list[Outcome]) -> str:
    lines = [
        f"A reader alone: p95 {alone.p95_ms:.0f} ms, {len(alone.seconds)} pages, {len(alone.errors)} errors.",
        "",
        "| attack | p95 ms | pages | errors | MiB before | MiB at most | withstood |",
        f"| --- |{' ---: |' * 5} --- |",
    ]
    lines += [
        f"| {one.attack} | {one.read.p95_ms:.0f} | {len(one.read.seconds)} | {len(one.read.errors)} |"
        f" {one.before_mib:.0f} | {one.peak_mib:.0f} | {'yes' if one.withstood else 'NO'} |"
        for one in outcomes
    ]
    first = [f"- {one.attack}: {one.read.errors[0]}" for one in outcomes if one.read.errors]
    return "\n".join([*lines, *(["", "First errors:", "", *first] if first else [])])


if __name__ == "__main__":
    sys.exit(main())
