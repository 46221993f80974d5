"""What do several questions of one request have in common? Work that is done once for all of them.

A query that finds little is asked again with each of its corrections, and most of its parts are the same
each time. What an engine worked out for a part is kept while the block lasts, within MOST bytes, and then
forgotten: nothing of an answer outlives its request.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")

MOST = 64 << 20

_SELDOM = 2  # times that something large is asked for before it is kept: most of it is asked for no more

_COUNTER = 64  # bytes


class _Kept:
    """What is kept of one request, in one thread."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.values: dict[Hashable, object] = {}


_KEPT: ContextVar[_Kept | None] = ContextVar("sharing", default=None)


@contextmanager
def sharing(most: int = MOST) -> Iterator[None]:
    """Lets the questions of the block share what is worked out for them."""
    token = _KEPT.set(_Kept(most))
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """What was made for a key, else made now; kept where it is shared and there is room.

    Args:
        key: of this use alone: what it stands for is always of one type.
        size: in bytes.
    """
    kept = _KEPT.get()
    if kept is None:
        return make()
    if key in kept.values:
        known: Value = kept.values[key]  # type: ignore[assignment]  # a key has values of one type
        return known
    found = make()
    if size(found) <= kept.left:
        kept.left -= size(found)
        kept.values[key] = found
    return found


def has_room(key: Hashable, size: int) -> bool:
    """Whether what is made for a key is, or would be, kept."""
    kept = _KEPT.get()
    return kept is not None and (key in kept.values or size <= kept.left)


def is_often(key: Hashable) -> bool:
    """Whether this was asked of a key some times before in what is shared."""
    asked = once((key, "often"), lambda: [0], lambda _: _COUNTER)
    asked[0] += 1
    return asked[0] > _SELDOM


def once_often(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """The same as ``once``, for what is large: it is kept from the time that it is asked for often."""
    return once(key, make, size) if is_often(key) else make()
