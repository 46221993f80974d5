"""Which sentences of an article show best why it was found?

Sentences of the original text: the one that holds most of what was asked, and a second one where it
adds something. Cut at sentence ends; a sentence past the budget is cut at white space, and every
cut is shown as an ellipsis.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.places import Zone
from search_app.highlight import MarkedText, Part
from search_app.sentences import sentences

BUDGET = 320
"""Characters of text a snippet holds at most, ellipses not counted."""

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of one text, with the matches it holds."""

    order: int
    text: MarkedText
    start: int
    end: int
    leaves: frozenset[int]
    count: int


def snippet(texts: Sequence[MarkedText]) -> tuple[Part, ...]:
    """The parts of a snippet; the title is not among its text. Empty where there is no other text."""
    passages = list(_passages(texts))
    if not passages:
        return ()
    first = max(passages, key=lambda passage: (len(passage.leaves), passage.count, -passage.order))
    chosen = [first]
    adding = [passage for passage in passages if passage.leaves - first.leaves and passage is not first]
    if adding and first.end - first.start <= BUDGET // 2:
        chosen.append(
            max(
                adding,
                key=lambda passage: (len(passage.leaves - first.leaves), passage.count, -passage.order),
            )
        )
    chosen.sort(key=lambda passage: passage.order)
    return tuple(_joined([_parts(passage, BUDGET // len(chosen)) for passage in chosen]))


def _passages(texts: Sequence[MarkedText]) -> Iterator[_Passage]:
    """Stretches of the texts that hold marks; of the first text, where none does."""
    shown = [text for text in texts if text.zone is not Zone.TITLE and text.text.strip()]
    order = 0
    for text in [text for text in shown if text.marks] or shown[:1]:
        marks = deque(text.marks)
        for start, end in _grouped(text.text):
            leaves: list[int] = []
            while marks and marks[0].start < end:
                mark = marks.popleft()
                if mark.end <= end:
                    leaves.append(mark.leaf)
            yield _Passage(order, text, start, end, frozenset(leaves), len(leaves))
            order += 1


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


def _parts(passage: _Passage, budget: int) -> tuple[Part, ...]:
    """The passage, cut to the budget around its first marks."""
    start, end, text = passage.start, passage.end, passage.text
    if end - start <= budget:
        return text.parts(start, end)
    first = min((mark.start for mark in text.marks if start <= mark.start < end), default=start)
    left = start
    if first - start > budget // 2:
        left = _after_space(text.text, first - budget // 3, first)
    right = _before_space(text.text, left, min(end, left + budget))
    parts = list(text.parts(left, right))
    if left > start:
        parts.insert(0, Part(_ELLIPSIS + " ", hit=False))
    if right < end:
        parts.append(Part(" " + _ELLIPSIS, hit=False))
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


def _joined(passages: list[tuple[Part, ...]]) -> Iterator[Part]:
    for number, passage in enumerate(passages):
        if number:
            yield Part(f" {_ELLIPSIS} ", hit=False)
        yield from passage
