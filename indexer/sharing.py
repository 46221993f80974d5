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

MOST = 32 << 20


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
