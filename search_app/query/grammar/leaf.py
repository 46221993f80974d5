"""What does one typed word or phrase ask for, in the field where it stands?"""

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


def word(token: Token, scope: Scope, found: list[Problem]) -> Match | Dates | None:
    """The leaf of an unquoted word; None where it has no syllable."""
    if scope.dates:
        return _dates(token, found) or word(token, EVERYWHERE, found)
    text = token.text.rstrip(_PUNCTUATION)
    slop = _SLOP.search(text)
    if slop:
        found.append(problems.slop_out_of_place(slop[0], token.start, token.end))
        text = text[: slop.start()]
    return _match(text, token, scope, found, quoted=scope.as_word)


def phrase(token: Token, scope: Scope, found: list[Problem]) -> Match | Dates | None:
    """The leaf of a quoted phrase; None where it has no syllable."""
    if scope.dates:
        return _dates(token, found) or phrase(token, EVERYWHERE, found)
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
    begun = text.rstrip("*")
    prefix = begun != text and not scope.as_word and _ends_in_syllable(begun)
    rest = begun if prefix else text
    spelling = spell(rest, quoted=quoted)
    if spelling is None:
        return None
    if "*" in rest:
        found.append(problems.star_out_of_place(text, token.start, token.end))
    label = spelling.label + ("*" if prefix else "")
    if not quoted and label in OPERATORS:
        label = label.lower()  # said back in small letters, it is a word again
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
    """How many other syllables may stand in the window: 0 where it was not said rightly."""
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
