"""How likely is a text Vietnamese? By the share of its marked words that are possible syllables."""

import re
from dataclasses import dataclass

from corpus.encodings.syllables import is_possible

SAMPLE_CHARACTERS = 64 * 1024
DENSE = 0.3  # share of marked words: two of three in Vietnamese, one of six in French and German
_WORD = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f\x85\x91-\x97“”‘’…–—]+")
_PLACEHOLDER = re.compile(
    r"%[0-9.$]*[a-z]"
)  # placeholders of programs: in quotes, »%s« is a syllable of TCVN3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of the words of a text.

    Attributes:
        words: the number of words.
        marked: those of two letters or more with one beyond ASCII. Single letters do not count, for in an old
            encoding every sign is a letter, and many letters alone are syllables.
        possible: those of the marked that are possible Vietnamese syllables.
    """

    words: int
    marked: int
    possible: int

    @property
    def share(self) -> float:
        """The share of possible syllables among the marked words; 0 where none is marked."""
        return self.possible / self.marked if self.marked else 0.0

    @property
    def density(self) -> float:
        """The share of marked words among all."""
        return self.marked / self.words if self.words else 0.0


def evidence(text: str, *, small_marks: bool = False) -> Evidence:
    """Counts the words of the first SAMPLE_CHARACTERS of a text; ``small_marks`` as in ``is_possible``."""
    words = _WORD.findall(_PLACEHOLDER.sub(" ", text[:SAMPLE_CHARACTERS]))
    marked = [word for word in words if len(word) > 1 and not word.isascii()]
    possible = sum(is_possible(word, small_marks=small_marks) for word in marked)
    return Evidence(len(words), len(marked), possible)
