"""Work in other processes: its order, and how it ends early."""

import os
import signal
from pathlib import Path

import pytest

from corpus.errors import OperatorError
from indexer.worker_pool import AHEAD, pool_map


def double(number: int) -> int:
    """Twice a number; a negative one ends its process, as the system does where memory is short."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def work(path: Path) -> None:
    """A moment's work, then a file."""
    sum(range(10_000_000))
    path.touch()


@pytest.mark.parametrize("processes", [0, 2])
def test_results_come_in_the_order_of_the_items(processes: int) -> None:
    with pool_map(double, processes) as doubled:
        assert list(doubled(range(200))) == [2 * number for number in range(200)]


def test_a_process_that_is_ended_is_said() -> None:
    with pytest.raises(OperatorError, match="want of memory"), pool_map(double, 1) as doubled:
        list(doubled([1, -1, 1]))


def test_an_error_leaves_what_is_queued(tmp_path: Path) -> None:
    """Else Ctrl-C would wait for a minute of work for each process, and throw it away."""
    with pytest.raises(KeyboardInterrupt):
        _take_one(tmp_path)
    assert 0 < len(list(tmp_path.iterdir())) < AHEAD // 2


def _take_one(folder: Path) -> None:
    with pool_map(work, 1) as worked:
        next(worked(folder / str(number) for number in range(2 * AHEAD)))
        raise KeyboardInterrupt
