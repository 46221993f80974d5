"""Which sentences of an article show best why it was found?

Sentences of the original text: the one that holds most of what was asked, and a second one where it
adds something. Cut at sentence ends; a sentence past the budget is cut at white space, and every
cut is shown as an ellipsis.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.places import Zone
from search_app.answer.highlight import Fragment, HighlightedText
from search_app.answer.sentences import sentences

BUDGET = 320
"""Characters of text a snippet holds at most, ellipses not counted."""

_ELLIPSIS = "…"


class _Passage(NamedTuple):
    """A stretch of one text, with the matches it holds; ``order`` is its place in the article."""

    order: tuple[int, int]
    text: HighlightedText
    start: int
    end: int
    leaves: frozenset[int]
    marks: int


def snippet(texts: Sequence[HighlightedText]) -> tuple[Fragment, ...]:
    """The parts of a snippet; the title is not among its text. Empty where there is no other text."""
    shown = [one for one in enumerate(texts) if one[1].zone is not Zone.TITLE and one[1].text.strip()]
    marked = [one for one in shown if one[1].marks] or shown[:1]
    first = _best(marked, frozenset())
    if first is None:
        return ()
    chosen = [first]
    if first.end - first.start <= BUDGET // 2:
        adding = [one for one in marked if any(mark.leaf not in first.leaves for mark in one[1].marks)]
        second = _best(adding, first.leaves)
        if second is not None and second.leaves - first.leaves:
            chosen.append(second)
    chosen.sort(key=lambda passage: passage.order)
    return tuple(_joined([_parts(passage, BUDGET // len(chosen)) for passage in chosen]))


def _best(texts: Sequence[tuple[int, HighlightedText]], shown: frozenset[int]) -> _Passage | None:
    """The passage with the most matches that are not shown, then the most marks, then the first.

    No passage holds more than its text: texts that cannot win are not cut into sentences.
    """
    bounds = {
        number: (len({mark.leaf for mark in text.marks} - shown), len(text.marks)) for number, text in texts
    }
    best: _Passage | None = None
    highest = (0, 0)
    for number, text in sorted(texts, key=lambda one: bounds[one[0]], reverse=True):
        if best is not None and highest > bounds[number]:
            break
        for passage in _passages(number, text):
            value = (len(passage.leaves - shown), passage.marks)
            if best is None or value > highest or (value == highest and passage.order < best.order):
                best, highest = passage, value
    return best


def _passages(number: int, text: HighlightedText) -> Iterator[_Passage]:
    """The stretches of a text, each with its marks."""
    marks = deque(text.marks)
    for place, (start, end) in enumerate(_grouped(text.text)):
        leaves: list[int] = []
        while marks and marks[0].start < end:
            mark = marks.popleft()
            if mark.end <= end:
                leaves.append(mark.leaf)
        yield _Passage((number, place), text, start, end, frozenset(leaves), len(leaves))


def _grouped(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, short ones taken together while they stay within half the budget."""
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
    """The first word's beginning from start on; start where there is no space before the limit."""
    for place in range(start, limit):
        if text[place].isspace():
            return place + 1
    return start


def _before_space(text: str, start: int, end: int) -> int:
    """The last word's end before ``end``; ``end`` where there is no space after the first half."""
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
