"""How is work shared among processes, and its results taken in order?"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import TypeVar

from corpus.errors import OperatorError
from corpus.message import say

AHEAD = 24
"""Items under way for each process: enough to go on with while this process writes what came before."""

Item = TypeVar("Item")
Result = TypeVar("Result")
PoolMap = Callable[[Iterable[Item]], Iterator[Result]]
"""Gives the results of items in their order; items are taken when their turn comes near."""


@contextmanager
def pool_map(function: Callable[[Item], Result], processes: int) -> Iterator[PoolMap[Item, Result]]:
    """Calls a function of a module in other processes; with 0 processes, in this one."""
    if processes < 1:
        yield lambda items: map(function, items)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent)
    try:
        yield lambda items: _in_order(pool, function, items, AHEAD * processes)
    except BrokenProcessPool:
        raise OperatorError(
            say(
                "A process that did a part of the work was ended, mostly for want of memory; give the"
                " command again"
            )
        ) from None
    finally:
        # After an error nothing that is queued is begun any more; else nothing is queued.
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], items: Iterable[Item], ahead: int
) -> Iterator[Result]:
    """The results in the order of the items; a bounded number of items is under way."""
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(pool.submit(function, item))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _end_with_parent() -> None:
    """Ends this worker when its parent is killed; otherwise it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
