"""Which sentences of an article best show its hits?

A snippet has the passage with hits of the most leaves of the query, and a second passage if that has hits of
further leaves. A passage is one sentence or several short ones. A sentence longer than the budget is cut at
white space, and every cut is shown as an ellipsis.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.places import Zone
from search_app.answer.highlight import Fragment, HighlightedText
from search_app.answer.sentences import sentences

BUDGET = 320
"""Characters of a snippet at most, without its ellipses."""

_ELLIPSIS = "…"


class _Passage(NamedTuple):
    """A passage of one text.

    Attributes:
        order: its place in the article: number of the text, then of the passage in it.
        start, end: offsets in the text, the end exclusive.
        leaves: numbers of the leaves of the query with a hit in the passage.
        marks: number of hits in the passage.
    """

    order: tuple[int, int]
    text: HighlightedText
    start: int
    end: int
    leaves: frozenset[int]
    marks: int


def snippet(texts: Sequence[HighlightedText]) -> tuple[Fragment, ...]:
    """The snippet of an article, as fragments; empty if the article has no text beside its title.

    The title is never part of it. An article without hits gets the beginning of its text.
    """
    numbered = [(number, text) for number, text in enumerate(texts)]
    shown = [(number, text) for number, text in numbered if text.zone is not Zone.TITLE and text.text.strip()]
    marked = [(number, text) for number, text in shown if text.marks] or shown[:1]
    first = _best(marked, frozenset())
    if first is None:
        return ()
    chosen = [first]
    if first.end - first.start <= BUDGET // 2:
        adding = [
            (number, text)
            for number, text in marked
            if any(mark.leaf not in first.leaves for mark in text.marks)
        ]
        second = _best(adding, first.leaves)
        if second is not None and second.leaves - first.leaves:
            chosen.append(second)
    chosen.sort(key=lambda passage: passage.order)
    return tuple(_joined([_parts(passage, BUDGET // len(chosen)) for passage in chosen]))


def _best(texts: Sequence[tuple[int, HighlightedText]], shown: frozenset[int]) -> _Passage | None:
    """The passage with hits of the most leaves that are not shown yet; then with the most hits; then the
    first.

    A passage cannot have more hits than its text, so texts that cannot have the best are not cut into
    sentences.
    """
    bounds = {
        number: (len({mark.leaf for mark in text.marks} - shown), len(text.marks)) for number, text in texts
    }
    best: _Passage | None = None
    highest = (0, 0)
    for number, text in sorted(texts, key=lambda numbered: bounds[numbered[0]], reverse=True):
        if best is not None and highest > bounds[number]:
            break
        for passage in _passages(number, text):
            value = (len(passage.leaves - shown), passage.marks)
            if best is None or value > highest or (value == highest and passage.order < best.order):
                best, highest = passage, value
    return best


def _passages(number: int, text: HighlightedText) -> Iterator[_Passage]:
    """The passages of a text that have hits, and the first one."""
    marks, first, count = text.marks, 0, len(text.marks)
    for place, (start, end) in enumerate(_grouped(text.text)):
        last = first
        while last < count and marks[last].start < end:
            last += 1
        if last > first or not place:
            leaves = [mark.leaf for mark in marks[first:last] if mark.end <= end]
            yield _Passage((number, place), text, start, end, frozenset(leaves), len(leaves))
        elif first == count:
            return
        first = last


def _grouped(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each passage: neighbouring sentences together have at most half of the budget."""
    group: tuple[int, int] | None = None
    for start, end in sentences(text):
        if group and end - group[0] <= BUDGET // 2:
            group = (group[0], end)
            continue
        if group:
            yield group
        group = (start, end)
    if group:
        yield group


def _parts(passage: _Passage, budget: int) -> tuple[Fragment, ...]:
    """The passage, cut to the budget around its first marks."""
    start, end, text = passage.start, passage.end, passage.text
    if end - start <= budget:
        return text.fragments(start, end)
    first = min((mark.start for mark in text.marks if start <= mark.start < end), default=start)
    left = start
    if first - start > budget // 2:
        left = _after_space(text.text, first - budget // 3, first)
    right = _before_space(text.text, left, min(end, left + budget))
    parts = list(text.fragments(left, right))
    if left > start:
        parts.insert(0, Fragment(_ELLIPSIS + " ", hit=False))
    if right < end:
        parts.append(Fragment(" " + _ELLIPSIS, hit=False))
    return tuple(parts)


def _after_space(text: str, start: int, limit: int) -> int:
    """The beginning of the first word after ``start``; ``start`` if there is no space before ``limit``."""
    for place in range(start, limit):
        if text[place].isspace():
            return place + 1
    return start


def _before_space(text: str, start: int, end: int) -> int:
    """The end of the last word before ``end``; ``end`` if the second half of the text has no space."""
    if end == len(text) or text[end].isspace():
        return end
    for place in range(end, start + (end - start) // 2, -1):
        if text[place - 1].isspace():
            return place - 1
    return end


def _joined(passages: list[tuple[Fragment, ...]]) -> Iterator[Fragment]:
    for number, passage in enumerate(passages):
        if number:
            yield Fragment(f" {_ELLIPSIS} ", hit=False)
        yield from passage
