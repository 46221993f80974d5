"""Who works and who waits in one process: young, old, and streams. Threads meet at events, none sleeps."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from search_app.turns import OLD_SECONDS, BusyError, Turn, Turns

LONG = OLD_SECONDS * 2
WAIT = 20.0  # seconds after which a test that hangs fails


@contextmanager
def aside(work: Callable[[], object]) -> Iterator[threading.Event]:
    """Does something in a thread of its own; the event is set when it is done."""
    done = threading.Event()

    def run() -> None:
        work()
        done.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield done
    thread.join(WAIT)
    assert done.is_set()


def waiting(turns: Turns, count: int) -> None:
    """Until so many wait to go on as old ones."""
    with turns._changed:
        assert turns._changed.wait_for(lambda: len(turns._queue) == count, WAIT)


def entered(turns: Turns, *, old: bool = False) -> Turn:
    turn = Turn(turns)
    turn.enter()
    if old:
        turn.worked(LONG)
    return turn


@pytest.mark.parametrize("at_once", [2, 3, 4, 7])
def test_half_grow_old_and_the_young_still_get_in(at_once: int) -> None:
    turns = Turns(at_once, patience=WAIT)
    old = [entered(turns, old=True) for _ in range(at_once // 2)]
    young = [entered(turns) for _ in range(at_once - len(old))]
    one = young.pop()
    with aside(lambda: one.worked(LONG)) as went_on:
        waiting(turns, 1)
        passing = entered(turns)  # into the place that it gave away
        assert not went_on.is_set()
        passing.leave()
        old.pop().leave()
    for turn in (one, *old, *young):
        turn.leave()
    assert (turns._young, turns._old) == (0, 0)


def test_those_that_wait_go_on_in_the_order_in_which_they_came() -> None:
    turns = Turns(2, patience=WAIT)
    first = entered(turns, old=True)
    order: list[str] = []

    def grow(turn: Turn, name: str) -> None:
        turn.worked(LONG)
        order.append(name)
        turn.leave()

    second, third = entered(turns), Turn(turns)
    with aside(lambda: grow(second, "second")):
        waiting(turns, 1)
        third.enter()
        with aside(lambda: grow(third, "third")):
            waiting(turns, 2)
            first.leave()
    assert order == ["second", "third"]


def test_where_enough_wait_the_next_is_refused_and_holds_nothing() -> None:
    turns = Turns(2, most_waiting=0, patience=WAIT)
    old, young = entered(turns, old=True), entered(turns)
    with pytest.raises(BusyError):
        young.worked(LONG)
    young.leave()
    old.leave()
    assert (turns._young, turns._old, turns._waiting) == (0, 0, 0)


def test_who_waits_too_long_is_refused() -> None:
    turns = Turns(2, patience=0)
    old, young = entered(turns, old=True), entered(turns)
    with pytest.raises(BusyError):
        young.worked(LONG)
    others = [entered(turns)]
    with pytest.raises(BusyError):
        entered(turns)
    for turn in (old, young, *others):
        turn.leave()
    assert (turns._young, turns._old, len(turns._queue)) == (0, 0, 0)


def test_one_place_serves_the_old_and_the_young_in_turn() -> None:
    turns = Turns(1, patience=WAIT)
    entered(turns, old=True).leave()
    entered(turns).leave()
    with turns.piece():
        pass
    entered(turns).leave()


def test_a_stream_holds_back_while_a_young_one_works_and_then_takes_an_old_ones_place() -> None:
    turns = Turns(2, patience=WAIT, hold_back=WAIT)
    young = entered(turns)

    def stream() -> None:
        with turns.piece():
            assert turns._old == 1

    with aside(stream) as done:
        assert not done.wait(0.01)
        young.leave()
    assert turns._old == 0


def test_an_old_one_holds_back_while_a_young_one_works() -> None:
    turns = Turns(2, patience=WAIT, old_hold_back=WAIT)
    old, young = entered(turns, old=True), entered(turns)
    with aside(lambda: old.worked(2 * LONG)) as went_on:
        assert not went_on.is_set()
        young.leave()
        assert went_on.wait(WAIT)
    old.leave()


def test_a_stream_too_many_is_refused_before_it_is_worked_for() -> None:
    turns = Turns(most_streams=1)
    turns.check_streams()
    close = turns.open_stream()
    with pytest.raises(BusyError):
        turns.check_streams()
    close()
    turns.check_streams()


def test_streams_are_counted_and_no_more_are_begun() -> None:
    turns = Turns(2, most_streams=1)
    close = turns.open_stream()
    with pytest.raises(BusyError):
        turns.open_stream()
    close()
    close()
    turns.open_stream()
    with pytest.raises(BusyError):
        turns.open_stream()


def test_growing_old_and_leaving_twice_is_growing_old_and_leaving_once() -> None:
    turns = Turns(2)
    turn = entered(turns, old=True)
    turn.worked(LONG)
    turn.leave()
    turn.leave()
    assert (turns._young, turns._old) == (0, 0)


def test_a_young_one_gives_way_to_the_young_that_wait_and_goes_on_after_them() -> None:
    turns = Turns(1, patience=WAIT)
    slow, quick = entered(turns), Turn(turns)
    slow.worked(OLD_SECONDS / 2)  # nobody waits
    order: list[str] = []

    def ask() -> None:
        quick.enter()
        order.append("quick")
        quick.leave()

    with aside(ask):
        with turns._changed:
            assert turns._changed.wait_for(lambda: len(turns._entering) == 1, WAIT)
        slow.worked(OLD_SECONDS / 2)
        order.append("slow")
        slow.leave()
    assert order == ["quick", "slow"]
    assert (turns._young, turns._old) == (0, 0)


def test_a_free_place_is_kept_for_an_old_one_that_waits() -> None:
    """Else the young, who come all the time, could keep it waiting for ever."""
    turns = Turns(2, patience=0)
    young = entered(turns)
    turns._queue.append(object())
    with pytest.raises(BusyError):
        entered(turns)
    turns._queue.clear()
    entered(turns).leave()
    young.leave()
