"""Which titles have the media of a feed's entry? feedparser mixes them with the summary."""

import re
from collections.abc import Iterator

_OPENS = re.compile(rb"<media:(?:description|title)\b[^>]{0,200}>")
_CLOSES = re.compile(rb"</media:(?:description|title)>")
_LONGEST = 4000  # bytes; a longer element has no end tag of its own


def media_texts(raw: bytes) -> Iterator[bytes]:
    """The bytes of each title and description of a picture or a video.

    >>> list(media_texts(b"<media:title>Lua</media:title> <media:title>"))
    [b'Lua']
    """
    for _, start, end, _ in _elements(raw):
        yield raw[start:end]


def without_media_texts(raw: bytes) -> bytes:
    """The entry without those elements.

    >>> without_media_texts(b"<title>Lua</title><media:title type='a'>Lua</media:title>")
    b'<title>Lua</title>'
    """
    kept: list[bytes] = []
    place = 0
    for opens, _, _, closes in _elements(raw):
        kept.append(raw[place:opens])
        place = closes
    return b"".join((*kept, raw[place:]))


def _elements(raw: bytes) -> Iterator[tuple[int, int, int, int]]:
    """For each element its start, the start and end of its text, and its end.

    Each closing tag is searched once, however many opening tags precede it.
    """
    closing = _CLOSES.search(raw)
    place = 0
    while closing and (opening := _OPENS.search(raw, place)):
        start = place = opening.end()
        while closing and closing.start() < start:
            closing = _CLOSES.search(raw, closing.end())
        if closing and closing.start() - start <= _LONGEST:
            yield opening.start(), start, closing.start(), closing.end()
            place = closing.end()
