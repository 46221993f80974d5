"""Which bytes of a feed are one entry? Each gets the bytes around all entries, and is a feed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.feeds.wordpress import ExportHead, head_of, is_export

_START = re.compile(rb"<((?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry))(?=[\s>])")
_MOST_AROUND = 64 * 1024  # bytes before the first entry that each entry is stored with
_MOST_BEHIND = 1024


@dataclass(frozen=True, slots=True)
class Entries:
    """A feed as one feed per entry, and the bytes of an incomplete entry at the end."""

    feeds: "Feeds"
    rest: bytes


@dataclass(frozen=True, slots=True)
class Feeds:
    """Each entry as a feed of its own, made on demand: all together may be far larger than the feed.

    Attributes:
        head: what stands before the entries of a WordPress export; None in another feed.
    """

    raw: bytes
    before: bytes = b""
    behind: bytes = b""
    spans: tuple[tuple[int, int], ...] = ()
    head: ExportHead | None = None

    def __len__(self) -> int:
        return len(self.spans)

    def __iter__(self) -> Iterator[bytes]:
        for start, end in self.spans:
            entry = self.raw[start:end]
            before = self.head.for_item(entry)[:_MOST_AROUND] if self.head else self.before
            yield before + entry + self.behind

    @property
    def around(self) -> int:
        """The number of bytes around all entries, which each is stored with."""
        return len(self.spans) * (len(self.before) + len(self.behind))


def entries_of(raw: bytes) -> Entries:
    """The entries of a feed, well-formed or not.

    >>> list(entries_of(b"<rss><item>1</item> <item>2</item></rss>").feeds)[1]
    b'<rss><item>2</item></rss>'
    """
    spans = list(_spans(raw))
    if not spans:
        return Entries(Feeds(raw), raw if _START.search(raw) else b"")
    before = raw[: spans[0][0]]
    head = head_of(before) if is_export(before) else None
    before = (head.plain if head else before)[:_MOST_AROUND]
    behind = raw[spans[-1][1] :]
    rest = behind if _START.search(behind) else b""
    closing = b"" if rest or len(behind) > _MOST_BEHIND else behind
    return Entries(Feeds(raw, before, closing, tuple(spans), head), rest)


def start_of(raw: bytes) -> int:
    """The offset of the first entry; that of the end where there is none."""
    match = _START.search(raw)
    return match.start() if match else len(raw)


def _spans(raw: bytes) -> Iterator[tuple[int, int]]:
    """The start and the end of each entry."""
    at = 0
    while match := _START.search(raw, at):
        closing = b"</" + match[1] + b">"
        end = raw.find(closing, match.end())
        if end < 0:
            return
        yield match.start(), end + len(closing)
        at = end + len(closing)
