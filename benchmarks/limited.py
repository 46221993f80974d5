"""What becomes of a call that has so much processor time and memory, and no more? It runs in a child.

The child is forked from a server that has read the libraries once, so that a call costs some milliseconds.
"""

import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

_PRELOADED = ["corpus.ingest", "benchmarks.limited"]
_SLOWER = 10  # times its processor time that a child may take on a busy machine
_DYING_S = 60  # and beyond, before it is killed


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended.

    Attributes:
        value: what it returned; None where it did not.
        problem: "" where it returned; the traceback, or how its process died.
        cpu_s: processor time that it took; 0 where its process died.
    """

    value: object
    problem: str
    cpu_s: float = 0.0


def call(function: Callable[..., object], *arguments: object, seconds: int, memory: int) -> Ended:
    """Calls a function that stands in a module, with arguments that can be sent.

    Args:
        seconds: of processor time; the child dies when they are over.
        memory: bytes of address space, the libraries' included.
    """
    context = _server()
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(theirs, function, arguments, seconds, memory))
    child.start()
    theirs.close()
    try:
        answered = ours.poll(_SLOWER * seconds + _DYING_S)
        ended = ours.recv() if answered else Ended(None, "it neither ends nor works")
    except EOFError:
        child.join()
        ended = Ended(None, f"the process died ({child.exitcode})")
    finally:
        ours.close()
        child.kill()
        child.join()
    assert isinstance(ended, Ended)
    return ended


@cache
def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _run(
    answer: Connection,
    function: Callable[..., object],
    arguments: tuple[object, ...],
    seconds: int,
    memory: int,
) -> None:
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    started = time.process_time()
    try:
        value, problem = function(*arguments), ""
    except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
        value, problem = None, traceback.format_exc(limit=-8)
    answer.send(Ended(value, problem, time.process_time() - started))
