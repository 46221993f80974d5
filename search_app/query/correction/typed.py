"""Which typed syllables may be corrected? Those of words and quotes that are looked for in the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.fields import TEXT_FIELDS
from indexer.text.normalise import INVISIBLE, INVISIBLE_LETTERS
from indexer.text.syllables import terms
from search_app.query.grammar.fields import scope_of
from search_app.query.grammar.operators import ENGLISH, OPERATORS
from search_app.query.grammar.tokens import Lexer, Token, TokenKind

_PIECE = re.compile(rf"[^\W_](?:[^\W_{INVISIBLE_LETTERS}]|[\u0300-\u036f{INVISIBLE}])*+")
_LEFT_ALONE = re.compile(r"[*:~]")
_WORDS = frozenset({TokenKind.WORD, TokenKind.PHRASE})
_NEGATING = frozenset({TokenKind.MINUS, TokenKind.NOT})


@dataclass(frozen=True, slots=True)
class Spot:
    """A typed syllable, or letters and digits that stand together.

    Attributes:
        start, end: where it stands in the query.
        typed: ``query[start:end]``.
        parts: its syllables, normalised; more than one where letters meet digits.
        complete: in quotes.
        follows: stands right after the spot before it, as in a text.
        spaced: and only white space lies between.
    """

    start: int
    end: int
    typed: str
    parts: tuple[str, ...]
    complete: bool
    follows: bool
    spaced: bool


def spots(query: str) -> tuple[Spot, ...]:
    """The syllables of a typed query that may be corrected, in order.

    >>> [spot.typed for spot in spots('lao2 cai -mua "giá vangf" nguồn:zing OR tin*')]
    ['lao2', 'cai', 'giá', 'vangf']
    """
    tokens = Lexer(query, []).tokens()
    kept = spared(tokens)
    found: list[Spot] = []
    for place, token in enumerate(tokens):
        if place in kept:
            continue
        before = tokens[place - 1] if place and place - 1 not in kept else None
        follows = bool(before and before.kind is token.kind is TokenKind.WORD)
        found.extend(_spots(query, token, follows=follows, after=found[-1].end if found else 0))
    return tuple(found)


def _spots(query: str, token: Token, *, follows: bool, after: int) -> Iterator[Spot]:
    """The spots of a token; ``after``: where the spot before it ends, which the first may follow."""
    for piece in pieces(query, token):
        parts = tuple(terms(piece[0]))
        if parts and piece[0] not in ENGLISH:  # in a query of capitals OR is a word, and no slip of the pen
            spaced = follows and query[after : piece.start()].isspace()
            yield Spot(
                piece.start(), piece.end(), piece[0], parts, token.kind is TokenKind.PHRASE, follows, spaced
            )
            follows, after = True, piece.end()


def pieces(query: str, token: Token) -> Iterator[re.Match[str]]:
    """The runs of letters and digits in a token."""
    return _PIECE.finditer(query, token.start, token.end - len(token.slop))


def spared(tokens: Sequence[Token]) -> set[int]:
    """The places of tokens that are left as they are."""
    kept: set[int] = set()
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = place + 1
        if token.kind in _NEGATING or (token.kind is TokenKind.FIELD and not _is_text(token)):
            end = _operand_end(tokens, place)
        elif token.kind in _WORDS and not (token.kind is TokenKind.WORD and _LEFT_ALONE.search(token.text)):
            place = end
        kept.update(range(place, end))
        place = end
    return kept


def _operand_end(tokens: Sequence[Token], place: int) -> int:
    """Where what a field or a negation stands before ends: a word, quotes, a group, a name in capitals."""
    while place < len(tokens) and tokens[place].kind in _NEGATING | {TokenKind.FIELD}:
        place += 1
    if place < len(tokens) and tokens[place].kind is TokenKind.OPEN:
        depth = 0
        while place < len(tokens):
            depth += {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}.get(tokens[place].kind, 0)
            place += 1
            if not depth:
                break
        return place
    place += 1
    while place < len(tokens) and all(
        one.kind is TokenKind.WORD and one.text[0].isupper() for one in tokens[place - 1 : place + 1]
    ):
        place += 1
    return min(place, len(tokens))


def _is_text(field: Token) -> bool:
    scope = scope_of(field.text)
    return scope is not None and scope.field in TEXT_FIELDS and not scope.dates


def cased(put: str, typed: str, *, capitals: bool) -> str:
    """Written as what it replaces: in capitals, with a capital, or small; never as an operator.

    Args:
        capitals: the query has no small letter, so that operators are words in it; it must stay so.

    >>> [cased("lào", typed, capitals=False) for typed in ("LAOF", "Laof", "laof")]
    ['LÀO', 'Lào', 'lào']
    >>> cased("và", "VAF", capitals=False), cased("và", "VAF", capitals=True)
    ('và', 'VÀ')
    """
    letters = [letter for letter in typed if letter.isalpha()]
    if capitals:
        return put.upper()
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return put if put.upper() in OPERATORS else put.upper()
    return put[0].upper() + put[1:] if letters and letters[0].isupper() else put
