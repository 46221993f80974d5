"""Was a space left out? A word that no article holds, that reads as two Vietnamese syllables.

Typed without marks, of five letters at least, and no syllable by itself: "giavang" also means "gia
vang", marks free, where some article holds these two side by side. What articles do hold is left
alone: Honda is not "hơn đã"; and so is what looks like Telex keys: "phaan" is phân. Names that are written
in one are in the tables (by_name).
"""

import re
from collections.abc import Iterator

from indexer.query import Match
from search_app.query.expansion.runs import Run
from search_app.query.expansion.values import ExpansionKind, Finding, Holds
from search_app.query.names.shapes import is_syllable, splits

_TELEX = re.compile("aa|ee|oo|dd")
LEAST_LETTERS = 5
MOST_SPLITS = 3


def findings(run: Run, place: int, holds: Holds) -> Iterator[Finding]:
    """The two syllables that the leaf at a place may be."""
    syllables = run.leaves[place].syllables
    word = syllables[0]
    if len(syllables) > 1 or len(word) < LEAST_LETTERS or not (word.isascii() and word.isalpha()):
        return
    if (
        _TELEX.search(word)
        or is_syllable(word)
        or not (pairs := splits(word))
        or holds(Match(word, (word,), complete=True))
    ):
        return
    found = [match for pair in pairs if holds(match := Match(" ".join(pair), pair))]
    for match in found[:MOST_SPLITS]:
        yield Finding(place, place + 1, match.label, ExpansionKind.SPACE, (match,))
