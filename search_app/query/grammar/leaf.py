"""Which leaf of the tree does one typed word or phrase make, in the field where it stands?

What cannot be read as typed is appended to ``found`` as a problem.
"""

import re
from dataclasses import replace

from indexer.places import MAX_SLOP
from indexer.query import Dates, Match
from indexer.text.syllables import syllables
from search_app.query.grammar import problems
from search_app.query.grammar.dates import read_dates
from search_app.query.grammar.fields import EVERYWHERE, Scope
from search_app.query.grammar.operators import OPERATORS
from search_app.query.grammar.problems import Problem
from search_app.query.grammar.spelling import spell
from search_app.query.grammar.tokens import Token

_SLOP = re.compile(r"(?<=[^\W\d_])~[0-9]*$")
_PUNCTUATION = ",.;:!?…"


def read_word(token: Token, scope: Scope, found: list[Problem]) -> Match | Dates | None:
    """The leaf of a word without quotes; None if it has no syllable.

    What should be a date and is none is read as a word of the text.
    """
    if scope.dates:
        return _dates(token, found) or read_word(token, EVERYWHERE, found)
    text = token.text.rstrip(_PUNCTUATION)
    slop = _SLOP.search(text)
    if slop:
        found.append(problems.slop_out_of_place(slop[0], token.start, token.end))
        text = text[: slop.start()]
    return _match(text, token, scope, found, quoted=scope.as_word)


def read_phrase(token: Token, scope: Scope, found: list[Problem]) -> Match | Dates | None:
    """The leaf of a phrase in quotes; None if it has no syllable.

    What should be a date and is none is read as a phrase of the text.
    """
    if scope.dates:
        return _dates(token, found) or read_phrase(token, EVERYWHERE, found)
    match = _match(token.text.rstrip(), token, scope, found, quoted=True)
    return match and replace(match, slop=_slop(token, match, found), exact=token.exact)


def _dates(token: Token, found: list[Problem]) -> Dates | None:
    read = read_dates(token.text)
    if read is None:
        found.append(problems.not_a_date(token.text, token.start, token.end))
        return None
    if read.swapped:
        found.append(problems.dates_reversed(token.text, token.start, token.end))
    return read.dates


def _match(text: str, token: Token, scope: Scope, found: list[Problem], *, quoted: bool) -> Match | None:
    starless = text.rstrip("*")
    prefix = starless != text and not scope.as_word and _ends_in_syllable(starless)
    rest = starless if prefix else text
    spelling = spell(rest, quoted=quoted)
    if spelling is None:
        return None
    if "*" in rest:
        found.append(problems.star_out_of_place(text, token.start, token.end))
    label = spelling.label + ("*" if prefix else "")
    if not quoted and label in OPERATORS:
        label = label.lower()  # an operator that was typed as a word: in small letters it is read as one
    return Match(
        label,
        spelling.syllables,
        field=scope.field,
        complete=quoted,
        prefix=prefix,
        as_word=scope.as_word,
    )


def _ends_in_syllable(text: str) -> bool:
    return any(syllable.end == len(text) for syllable in syllables(text))


def _slop(token: Token, match: Match, found: list[Problem]) -> int:
    """The number after ``~``: how many other syllables the window may hold; 0 if it is missing or wrong."""
    if not token.slop:
        return 0
    number = token.slop[1:]
    start = token.end - len(token.slop)
    if match.as_word or len(match.syllables) == 1:
        found.append(problems.slop_out_of_place(token.slop, start, token.end))
        return 0
    if not number:
        found.append(problems.slop_without_number(start, token.end))
        return 0
    if int(number) > MAX_SLOP:
        found.append(problems.slop_too_wide(number, start, token.end))
    return min(int(number), MAX_SLOP)
