"""The budget of an evaluation, by a clock that is set by hand: nothing here is timed."""

from collections.abc import Callable

import pytest

from indexer.budget import SLICE_SECONDS, Budget, OverBudgetError, Stage, charge, lift, use_budget
from indexer.query import Match

GOLD, PRICE = Match("vàng", ("vàng",)), Match("giá", ("giá",))


class Clock:
    """Seconds of work, moved on by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(clock: Clock) -> Callable[[float, Match | Stage], None]:
    """Works for some seconds, and says for which part."""

    def spend(seconds: float, part: Match | Stage) -> None:
        clock.now += seconds
        charge(part)

    return spend


def test_what_passes_the_budget_names_the_part_that_cost_most(
    clock: Clock, work: Callable[[float, Match | Stage], None]
) -> None:
    with use_budget(Budget(10, clock=clock)):
        work(2, PRICE)
        work(3, GOLD)
        work(2, PRICE)
        work(3, Stage.RANKING)
        with pytest.raises(OverBudgetError) as raised:
            work(0.5, GOLD)

    assert (raised.value.part, raised.value.seconds) == (PRICE, 10)


def test_a_budget_of_nothing_is_passed_by_any_work(
    clock: Clock, work: Callable[[float, Match | Stage], None]
) -> None:
    with use_budget(Budget(0, clock=clock)), pytest.raises(OverBudgetError):
        work(1e-9, GOLD)


def test_where_none_is_lent_and_where_it_is_lifted_anything_may_take_any_time(
    clock: Clock, work: Callable[[float, Match | Stage], None]
) -> None:
    work(1e9, GOLD)
    with use_budget(Budget(10, clock=clock)):
        lift()
        work(1e9, GOLD)
    work(1e9, GOLD)


def test_an_evaluation_says_now_and_then_how_long_it_has_worked(
    clock: Clock, work: Callable[[float, Match | Stage], None]
) -> None:
    said: list[float] = []
    with use_budget(Budget(10, clock=clock, on_slice=said.append)):
        work(SLICE_SECONDS / 2, GOLD)
        assert said == []
        work(SLICE_SECONDS, GOLD)
        work(SLICE_SECONDS / 2, GOLD)
        work(SLICE_SECONDS, GOLD)
    assert said == pytest.approx([1.5 * SLICE_SECONDS, 3 * SLICE_SECONDS])
