"""What is stored of each article, so that phrases are computed without the archive? Its head, as numbers.

The head is the title with the lede. Each syllable is one uint32:

=========  ==================================================================================
bits       meaning
=========  ==================================================================================
0 to 23    number of its printed form among the forms
24 to 27   what is before it: BREAK, or the index in ``JOINTS`` of what joins it to the last syllable
28         a word begins here, as the segmenter cut it
29         its capitals mean nothing: it opens a sentence, or all of the text is in capitals
=========  ==================================================================================

Forms are sorted by their folded form, then by word, then as printed; articles by their last change. So the
same articles give the same arrays, whatever the file held before.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corpus.normal_form import INVISIBLE, LOOK_ALIKES
from corpus.tones import same_word
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from indexer.text.syllables import TOKEN

FORM = (1 << 24) - 1
JOINT_SHIFT, JOINT = 24, 15
BEGINS, OPENS = 1 << 28, 1 << 29
BREAK = 0
JOINTS = ("", " ", "", ".", "-", "/", "&", "'", "’")
"""What may be between two syllables of a phrase; the first entry is for a break, which no phrase crosses."""

_JOINT_OF = {joint: number << JOINT_SHIFT for number, joint in enumerate(JOINTS) if number}
_NOT_OPENING = re.compile(r"\s*[,;]\s*")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

Uint32Array = npt.NDArray[np.uint32]
Int64Array = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class HeadText:
    """An article's head as the archive has it.

    Attributes:
        change: the article's last change of any kind.
        day: the first day of its span of publication, as an ordinal; 0 where none is known.
        boundaries: packed word joins of its texts, the title first.
    """

    id: str
    change: int
    day: int
    title: str
    lede: str
    boundaries: bytes


@dataclass(frozen=True, slots=True)
class HeadTexts:
    """The heads of A articles, with S syllables of F forms, in the order of their changes.

    Attributes:
        forms: printed forms, NFC, sorted.
        tokens: (S,); see the module.
        ends: int64 (2 A,); where each title and each lede ends among the tokens.
    """

    forms: list[str] = field(default_factory=list)
    tokens: Uint32Array = field(default_factory=lambda: np.zeros(0, np.uint32))
    ends: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    ids: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    changes: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    days: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))

    def starts(self) -> Int64Array:
        """Where each title and each lede begins, and the end: (2 A + 1,)."""
        return np.concatenate([np.zeros(1, np.int64), self.ends])


def update_heads(old: HeadTexts, removed: Iterable[str], new: Iterable[HeadText]) -> HeadTexts:
    """The heads without the articles of ``removed``, and with the ``new`` ones, whose changes are later."""
    numbers = {form: number for number, form in enumerate(old.forms)}
    dropped = frozenset(removed)
    kept = np.array([name not in dropped for name in old.ids], bool)
    tokens, ends = _texts_of(old, kept)
    grown, more_ends = array("I"), array("q")
    added: list[HeadText] = []
    for head in new:
        _append(head, grown, more_ends, numbers)
        added.append(HeadText(head.id, head.change, head.day, display_text(head.title), "", b""))
    forms, renumbered = _sorted_forms(
        list(numbers), np.concatenate([tokens, np.frombuffer(grown, np.uint32)] if grown else [tokens])
    )
    return HeadTexts(
        forms,
        renumbered,
        np.concatenate([ends, np.array(more_ends, np.int64) + len(tokens)]),
        [name for name, stays in zip(old.ids, kept, strict=True) if stays]
        + [addition.id for addition in added],
        [text for text, stays in zip(old.titles, kept, strict=True) if stays]
        + [addition.title for addition in added],
        np.concatenate([old.changes[kept], np.array([addition.change for addition in added], np.int64)]),
        np.concatenate([old.days[kept], np.array([addition.day for addition in added], np.int64)]),
    )


def display_text(text: str) -> str:
    """A text as it is offered: in NFC, with single spaces, without invisible characters.

    >>> display_text("  La\u0300o\u00a0 Cai ")
    'Lào Cai'
    """
    return " ".join(_plain(text).split())


def _texts_of(old: HeadTexts, kept: npt.NDArray[np.bool_]) -> tuple[Uint32Array, Int64Array]:
    lengths = np.diff(old.starts())
    texts = np.repeat(kept, 2)
    return old.tokens[np.repeat(texts, lengths)], np.cumsum(lengths[texts])


def _append(head: HeadText, tokens: "array[int]", ends: "array[int]", numbers: dict[str, int]) -> None:
    """Appends a head's syllables; new forms get the next numbers."""
    bits = np.unpackbits(np.frombuffer(head.boundaries, np.uint8), bitorder="little").tolist()
    joined, syllable = 0, 0
    for text in (head.title, head.lede):
        plain = _plain(text)
        shouted = OPENS if plain.isupper() else 0
        before = 0
        for token in TOKEN.finditer(plain):
            start, end = token.span()
            number = numbers.setdefault(token[0], len(numbers))
            joint = _joint(plain[before:start]) if before else OPENS
            tokens.append(number | joint | shouted | (0 if joined else BEGINS))
            joined = bits[syllable] if syllable < len(bits) else 0
            before, syllable = end, syllable + 1
        ends.append(len(tokens))


def _joint(gap: str) -> int:
    """The bits for what is between two syllables."""
    known = _JOINT_OF.get(gap)
    if known is not None:
        return known
    if gap.isspace() and "\n" not in gap:
        return _JOINT_OF[" "]
    return 0 if _NOT_OPENING.fullmatch(gap) else OPENS


def _plain(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(LOOK_ALIKES)


def _sorted_forms(forms: Sequence[str], tokens: Uint32Array) -> tuple[list[str], Uint32Array]:
    """The used forms, sorted, and the tokens with the new numbers of forms."""
    used = np.flatnonzero(np.bincount(tokens & FORM, minlength=len(forms)))
    order = sorted(used.tolist(), key=lambda number: form_key(forms[number]))
    numbers = np.zeros(len(forms), np.uint32)
    numbers[order] = np.arange(len(order), dtype=np.uint32)
    return [forms[number] for number in order], numbers[tokens & FORM] | (tokens & ~np.uint32(FORM))


def form_key(form: str) -> tuple[str, str, str]:
    """The sort key of a form: folded, the word in one spelling, as printed.

    >>> form_key("Thuý")
    ('thuy', 'thúy', 'Thuý')
    """
    term = normalise(form)
    return fold(term), same_word(term), form
