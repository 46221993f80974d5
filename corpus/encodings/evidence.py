"""How much does a text look like Vietnamese? The share of its marked words that are possible syllables."""

import re
from dataclasses import dataclass

from corpus.encodings.syllables import is_possible

SAMPLE_CHARACTERS = 64 * 1024
DENSE = 0.3  # Vietnamese marks two words of three; French and German one of six
_WORD = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f\x85\x91-\x97“”‘’…–—]+")
_PLACEHOLDER = re.compile(
    r"%[0-9.$]*[a-z]"
)  # of programs' messages: with its quotes »%s« a syllable of TCVN3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the words of a text say.

    Attributes:
        words: how many there are; marked: of these, with a letter beyond ASCII and another, for each sign of
            an old encoding is a letter, and many a letter alone is a syllable.
        possible: of the marked, how many are possible syllables.
    """

    words: int
    marked: int
    possible: int

    @property
    def share(self) -> float:
        """The possible ones of the marked; 0 where none is marked."""
        return self.possible / self.marked if self.marked else 0.0

    @property
    def density(self) -> float:
        """The marked ones of all words."""
        return self.marked / self.words if self.words else 0.0


def evidence(text: str, *, small_marks: bool = False) -> Evidence:
    """The evidence of a text's first part."""
    words = _WORD.findall(_PLACEHOLDER.sub(" ", text[:SAMPLE_CHARACTERS]))
    marked = [word for word in words if len(word) > 1 and not word.isascii()]
    possible = sum(is_possible(word, small_marks=small_marks) for word in marked)
    return Evidence(len(words), len(marked), possible)
