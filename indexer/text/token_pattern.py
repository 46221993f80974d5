"""How are the same tokens found as underthesea finds, without its exponential time?

underthesea's pattern nests one repetition in another where it reads an address, so that it tries "http://"
before forty exclamation marks in 2**40 ways; and for every token of "a.b.c…" it reads all that follows. Here
the same tokens come from an equal pattern without these two: a run of single characters, and a domain that is
read only where a path follows it. The time left grows with the square of a stretch without white space, so a
stretch is read in pieces of at most ``MAX_PIECE`` characters, cut behind a punctuation mark; only addresses
are longer.
"""

import re

from corpus.normal_form import INVISIBLE
from indexer.text import word_source
from indexer.text.syllables import MARKS

MAX_PIECE = 1000

_LINEAR = (
    # One way to read a run, instead of as many ways as it can be cut into runs.
    (r"[^\s()<>{}\[\]]+                   # Run of", r"[^\s()<>{}\[\]]                    # One of"),
    # A domain before a path: its characters end where the path begins, or there is none.
    ("[a-z0-9.\\-]+[.]\n    (?:[a-z]{2,13})\n    /", "(?=[a-z0-9.\\-]++/)[a-z0-9.\\-]+[.][a-z]{2,13}/"),
)
_NO_MARK = rf"\s\w{MARKS}{INVISIBLE}"
_BEHIND_A_MARK = re.compile(rf".{{0,{MAX_PIECE - 1}}}[^{_NO_MARK}]|[{_NO_MARK}]+", re.DOTALL)


def token_pattern() -> re.Pattern[str]:
    """The pattern, for texts of at most ``MAX_PIECE`` characters.

    Raises:
        ValueError: the stored pattern of underthesea is not the one that this form was derived from.
    """
    source = word_source.underthesea_pattern().pattern
    for fragment, linear in _LINEAR:
        if source.count(fragment) != 1:
            raise ValueError(f"underthesea's pattern of tokens does not hold {fragment!r} once")
        source = source.replace(fragment, linear)
    return re.compile(source, re.VERBOSE)


class TokenFinder:
    """Finds tokens with a pattern, piece by piece."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def tokens(self, stretch: str) -> list[tuple[int, str]]:
        """Where each token of a stretch begins, and the token."""
        if len(stretch) <= MAX_PIECE:
            return [(token.start(), token[0]) for token in self._pattern.finditer(stretch)]
        return [
            (piece.start() + token.start(), token[0])
            for piece in _BEHIND_A_MARK.finditer(stretch)
            for token in self._pattern.finditer(piece[0])
        ]
