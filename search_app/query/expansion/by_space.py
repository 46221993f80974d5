"""Which two syllables can a typed word be whose space was left out?

A word is split if it is typed without marks, has at least LEAST_LETTERS letters, is no syllable itself, and
no article holds it: "giavang" also means "gia vang", with marks free, if an article holds these two side by
side. So Honda, which articles hold, is not "hơn đã"; and what looks like Telex keys is not split either:
"phaan" is phân. Names that are written without their spaces are in the tables (by_name).
"""

import re
from collections.abc import Iterator

from indexer.query import Match
from search_app.query.expansion.values import ExpansionKind, OtherForms
from search_app.query.grammar.runs import Run
from search_app.query.held_matches import Holds
from search_app.query.names.shapes import is_syllable, splits

_TELEX = re.compile("aa|ee|oo|dd")
LEAST_LETTERS = 5
MOST_SPLITS = 3


def find_other_forms(run: Run, place: int, holds: Holds) -> Iterator[OtherForms]:
    """The pairs of syllables that the leaf at a place of the run may be, at most MOST_SPLITS."""
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
    held = [match for pair in pairs if holds(match := Match(" ".join(pair), pair))]
    for match in held[:MOST_SPLITS]:
        yield OtherForms(place, place + 1, match.label, ExpansionKind.SPACE, (match,))
