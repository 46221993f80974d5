"""What changed from one version of an article to another, field by field and word by word?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from corpus.article import Article
from corpus.message import Message
from search_app.answer.archive.differences import Work, differences
from search_app.fields import in_order

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)

_ORDER = (
    "title", "lede", "paragraphs", "captions", "caption_places", "source", "section", "authors", "published",
    "tags", "url", "related",
)  # fmt: skip


class Fate(StrEnum):
    """Whether a piece of text is in both versions, only in the newer or only in the older."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class TextRun(NamedTuple):
    """A piece of text, and in which of the versions it is."""

    text: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class TextChange:
    """A field that changed; ``texts`` has a row of runs for each paragraph of it."""

    title: Message
    texts: tuple[tuple[TextRun, ...], ...]


def version_changes(older: Article, newer: Article) -> list[TextChange]:
    """The fields in which two versions differ, each with all of its paragraphs."""
    changes = []
    work = Work()
    for field in in_order(*_ORDER):
        before, after = field.texts(older), field.texts(newer)
        if field.title and before != after:
            changes.append(TextChange(field.title, tuple(_paragraphs(before, after, work))))
    return changes


def _paragraphs(before: Sequence[str], after: Sequence[str], work: Work) -> Iterator[tuple[TextRun, ...]]:
    """Each paragraph of the newer version, and in their places the paragraphs that were removed."""
    for equal, old, old_end, new, new_end in differences(before, after, work):
        if equal:
            yield from ((TextRun(text, Fate.SAME),) for text in after[new:new_end])
            continue
        for was, is_now in zip_longest(before[old:old_end], after[new:new_end], fillvalue=""):
            yield tuple(text_runs(was, is_now, work))


def text_runs(before: str, after: str, work: Work | None = None) -> Iterator[TextRun]:
    """The words of two texts in order: those in both, those removed and those added.

    >>> [(piece.text, piece.fate.value) for piece in text_runs("giá vàng tăng", "giá vàng giảm")]
    [('giá vàng ', 'same'), ('tăng', 'removed'), ('giảm', 'added')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    for equal, start, end, new_start, new_end in differences(old, new, work or Work()):
        if equal:
            yield TextRun("".join(new[new_start:new_end]), Fate.SAME)
            continue
        if end > start:
            yield TextRun("".join(old[start:end]), Fate.REMOVED)
        if new_end > new_start:
            yield TextRun("".join(new[new_start:new_end]), Fate.ADDED)
