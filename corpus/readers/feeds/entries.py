"""Which bytes of a feed are one entry? Each with what stands around them all, to be read alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(rb"<((?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry))(?=[\s>])")
_MOST_AROUND = 64 * 1024  # bytes before the first entry that are kept with each
_MOST_BEHIND = 1024


@dataclass(frozen=True, slots=True)
class Entries:
    """A feed as one feed an entry, and what follows the last whole one where another begins."""

    feeds: "Feeds"
    rest: bytes


@dataclass(frozen=True, slots=True)
class Feeds:
    """Each entry as a feed of its own, made when it is asked for: all may be far more than the feed."""

    raw: bytes
    before: bytes = b""
    behind: bytes = b""
    spans: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.spans)

    def __iter__(self) -> Iterator[bytes]:
        for start, end in self.spans:
            yield self.before + self.raw[start:end] + self.behind

    @property
    def around(self) -> int:
        """How many bytes stand around all entries, counted with each."""
        return len(self.spans) * (len(self.before) + len(self.behind))


def entries_of(raw: bytes) -> Entries:
    """The entries of a feed, well-formed or not.

    >>> list(entries_of(b"<rss><item>1</item> <item>2</item></rss>").feeds)[1]
    b'<rss><item>2</item></rss>'
    """
    spans = list(_spans(raw))
    if not spans:
        return Entries(Feeds(raw), raw if _START.search(raw) else b"")
    before = raw[: spans[0][0]][:_MOST_AROUND]
    behind = raw[spans[-1][1] :]
    rest = behind if _START.search(behind) else b""
    closing = b"" if rest or len(behind) > _MOST_BEHIND else behind
    return Entries(Feeds(raw, before, closing, tuple(spans)), rest)


def start_of(raw: bytes) -> int:
    """Where the first entry begins; the end where there is none."""
    found = _START.search(raw)
    return found.start() if found else len(raw)


def _spans(raw: bytes) -> Iterator[tuple[int, int]]:
    """Where each entry begins and ends."""
    at = 0
    while found := _START.search(raw, at):
        closing = b"</" + found[1] + b">"
        end = raw.find(closing, found.end())
        if end < 0:
            return
        yield found.start(), end + len(closing)
        at = end + len(closing)
