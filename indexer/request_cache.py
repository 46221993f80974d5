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

MAX_BYTES = 64 << 20

_FREQUENT_AFTER = (
    2  # times that something large is asked for before it is kept: most of it is asked for no more
)

_COUNTER = 64  # bytes


class _Cache:
    """What is kept of one request, in one thread."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.values: dict[Hashable, object] = {}


_CURRENT: ContextVar[_Cache | None] = ContextVar("sharing", default=None)


@contextmanager
def request_cache(most: int = MAX_BYTES) -> Iterator[None]:
    """Lets the questions of the block share what is worked out for them."""
    token = _CURRENT.set(_Cache(most))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def cached(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """What was made for a key, else made now; kept where it is shared and there is room.

    Args:
        key: of this use alone: what it stands for is always of one type.
        size: in bytes.
    """
    cache = _CURRENT.get()
    if cache is None:
        return make()
    if key in cache.values:
        known: Value = cache.values[key]  # type: ignore[assignment]  # a key has values of one type
        return known
    found = make()
    if size(found) <= cache.left:
        cache.left -= size(found)
        cache.values[key] = found
    return found


def can_cache(key: Hashable, size: int) -> bool:
    """Whether what is made for a key is, or would be, kept."""
    cache = _CURRENT.get()
    return cache is not None and (key in cache.values or size <= cache.left)


def is_frequent(key: Hashable) -> bool:
    """Whether this was asked of a key some times before in what is shared."""
    asked = cached((key, "often"), lambda: [0], lambda _: _COUNTER)
    asked[0] += 1
    return asked[0] > _FREQUENT_AFTER


def cached_if_frequent(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """The same as ``once``, for what is large: it is kept from the time that it is asked for often."""
    return cached(key, make, size) if is_frequent(key) else make()
