"""What takes more than linear time? Asked of children that the slow ones end."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, NamedTuple, TypeVar

from tests.patterns.long_texts import LongText
from tests.patterns.uses import Use
from tests.shared import ROOT

Task = TypeVar("Task", Use, LongText)
_CHILDREN = 2


class Fault(NamedTuple, Generic[Task]):
    """What was too slow, and the attack that showed it."""

    task: Task
    attack: str


def faults(tasks: Sequence[Task]) -> list[Fault[Task]]:
    """Every task that is too slow; an empty list means that each was tried to the end."""
    numbered = list(enumerate(tasks))
    with ThreadPoolExecutor(_CHILDREN) as children:
        shares = children.map(_faults_of_share, [numbered[share::_CHILDREN] for share in range(_CHILDREN)])
        return [fault for share in shares for fault in share]


def _faults_of_share(share: list[tuple[int, Task]]) -> list[Fault[Task]]:
    found: list[Fault[Task]] = []
    while share:
        child = subprocess.run(
            [sys.executable, "-m", "tests.patterns.trial"],
            input=pickle.dumps(share),
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        said = child.stdout.decode().splitlines()
        assert said, child.stderr.decode()
        number, attack = said[-1].split("\t", 1)
        if number == "done":
            break
        assert child.returncode == -signal.SIGPROF, child.stderr.decode()
        place = next(place for place, (one, _) in enumerate(share) if one == int(number))
        found.append(Fault(share[place][1], attack))
        share = share[place + 1 :]
    return found
