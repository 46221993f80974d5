"""Which lines of a page are captions of its pictures?

A page prints a caption below the picture and again for the gallery, the enlarged picture or a screen reader.
So a line that is printed twice in a row is a caption, a line that joins several captions near it belongs to
their gallery, and a short line that ends with a picture's credit is a caption too. Paragraphs are printed
once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.cleaning.datelines import split_dateline
from corpus.cleaning.lines import comparison_key

LONGEST_CAPTION = 400  # characters; a longer line printed twice is a paragraph printed twice
_LONGEST_CREDITED = 300  # a longer line that ends with a credit is a paragraph
_NEAR = 12  # lines before and after in which a gallery's captions stand
_CREDIT = re.compile(
    r"(?:^|[\s(\[.;,])(?:Ảnh|Hình|Hình ảnh|Video|Clip|Đồ họa|Nguồn ảnh)\s*:\s*(?:[^:.!?“”]|\.(?=\S|$)){1,60}$"
    r"|Ảnh (?:tư liệu|minh họa|minh hoạ)[).\]]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SplitCaptions:
    """The lines of a text, divided; together they are all its lines.

    Attributes:
        captions: distinct, in the order of the page.
        text: the other lines, in the order of the page.
        duplicates: lines that repeat a line of the others.
    """

    captions: tuple[str, ...]
    text: tuple[str, ...]
    duplicates: tuple[str, ...]


def split_captions(lines: Sequence[str]) -> SplitCaptions:
    """Separates the captions from the lines of a text.

    >>> split_captions(["Lúa chín sớm.", "Cánh đồng lúa.", "Cánh đồng lúa."])
    SplitCaptions(captions=('Cánh đồng lúa.',), text=('Lúa chín sớm.',), duplicates=('Cánh đồng lúa.',))
    """
    keys = [comparison_key(line) for line in lines]
    joined, caption_keys = _galleries(keys)
    caption_keys |= {key for key, line in zip(keys, lines, strict=True) if has_credit(line)}
    caption_keys |= {key for key, after in pairwise(keys) if key == after and _may_be(key)}
    captions: dict[str, str] = {}
    text: list[str] = []
    duplicates: list[str] = []
    for index, (key, line) in enumerate(zip(keys, lines, strict=True)):
        if key in joined or key in captions or _printed_again(keys, index):
            duplicates.append(line)
        elif key in caption_keys:
            captions[key] = line
        else:
            text.append(line)
    return SplitCaptions(tuple(captions.values()), tuple(text), tuple(duplicates))


def has_credit(line: str) -> bool:
    """Whether a short line ends with the credit of a picture.

    >>> has_credit("Chợ Bắc Hà ngày đầu xuân. Ảnh: Thu Hà"), has_credit("Đoàn thăm trường (Ảnh trên).")
    (True, False)
    """
    key = comparison_key(line)
    return len(key) <= _LONGEST_CREDITED and bool(_CREDIT.search(key))


def _may_be(key: str) -> bool:
    return len(key) <= LONGEST_CAPTION and " " in key and not split_dateline(key).text


def _printed_again(keys: Sequence[str], index: int) -> bool:
    """Whether a line of several words repeats the one before; a word or a row of stars may be repeated."""
    return index > 0 and keys[index] == keys[index - 1] and " " in keys[index]


def _galleries(keys: Sequence[str]) -> tuple[set[str], set[str]]:
    """The lines that join others near them, and the captions that they join."""
    joined: set[str] = set()
    captions: set[str] = set()
    for index, key in enumerate(keys):
        near = keys[max(0, index - _NEAR) : index + _NEAR + 1]
        if parts := _parts(key, near):
            joined.add(key)
            captions |= parts
    return joined, captions - joined


def _parts(key: str, near: Sequence[str]) -> set[str]:
    """The two or more lines that ``key`` joins; empty where it joins none."""
    pieces = sorted({piece for piece in near if piece != key and piece in key}, key=len, reverse=True)
    parts: set[str] = set()
    remaining = key
    for _ in near:  # at most so many pieces: a hostile text could have thousands
        if not remaining:
            break
        piece = next((piece for piece in pieces if remaining.startswith(piece)), None)
        if piece is None:
            return set()
        parts.add(piece)
        remaining = remaining[len(piece) :].lstrip(" ;,|/-–")
    return parts if not remaining and len(parts) > 1 else set()
