"""How do the questions of one request share work? By a cache that lasts for the request.

A query that finds little is asked again with each of its corrections, and most of its parts are the same each
time. What an engine computes for a part is cached while the block lasts, within MAX_BYTES, and then dropped:
nothing of an answer outlives its request.
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
    """The cached values of one request, in one thread."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.values: dict[Hashable, object] = {}


_CURRENT: ContextVar[_Cache | None] = ContextVar("sharing", default=None)


@contextmanager
def request_cache(most: int = MAX_BYTES) -> Iterator[None]:
    """Lets the questions of the block share what is computed for them."""
    token = _CURRENT.set(_Cache(most))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def cached(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """The cached value of a key; else it is made, and cached where a request cache is open and has room.

    Args:
        key: must be unique to this use, so that its value is always of one type.
        size: gives the bytes of a value.
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
    """Whether the value of a key is cached, or would be."""
    cache = _CURRENT.get()
    return cache is not None and (key in cache.values or size <= cache.left)


def is_frequent(key: Hashable) -> bool:
    """Whether this was called for a key often enough before, in the request."""
    asked = cached((key, "often"), lambda: [0], lambda _: _COUNTER)
    asked[0] += 1
    return asked[0] > _FREQUENT_AFTER


def cached_if_frequent(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """Like ``cached``, for large values: they are cached only from the third call for their key on."""
    return cached(key, make, size) if is_frequent(key) else make()
