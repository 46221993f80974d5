"""Which typed syllables may be corrected? Those of words and phrases that are searched in the text.

What is below NOT, values of fields such as ``nguồn:`` and ``ngày:``, and words with a star, a colon or ``~``
are never changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.normal_form import INVISIBLE, INVISIBLE_LETTERS
from indexer.fields import TEXT_FIELDS
from indexer.text.syllables import terms
from search_app.query.grammar.fields import scope_of
from search_app.query.grammar.nesting import pair_parentheses
from search_app.query.grammar.operators import ENGLISH, OPERATORS
from search_app.query.grammar.tokens import Lexer, Token, TokenKind

_PIECE = re.compile(rf"[^\W_](?:[^\W_{INVISIBLE_LETTERS}]|[\u0300-\u036f{INVISIBLE}])*+")
_LEFT_ALONE = re.compile(r"[*:~]")
_WORDS = frozenset({TokenKind.WORD, TokenKind.PHRASE})
_NEGATING = frozenset({TokenKind.MINUS, TokenKind.NOT})


@dataclass(frozen=True, slots=True)
class TypedSyllable:
    """A typed syllable, or letters and digits without anything between, as in ``lao2``.

    Attributes:
        start, end: offsets in the query, the end exclusive.
        typed: ``query[start:end]``.
        parts: its syllables, normalised; more than one if letters and digits meet.
        complete: whether it stands in quotes.
        follows: whether it comes directly after the typed syllable before it, as the next word of a text.
        spaced: whether it follows, and only white space stands between.
    """

    start: int
    end: int
    typed: str
    parts: tuple[str, ...]
    complete: bool
    follows: bool
    spaced: bool


def find_typed_syllables(query: str) -> tuple[TypedSyllable, ...]:
    """The syllables of a typed query that may be corrected, in order.

    >>> [each.typed for each in find_typed_syllables('lao2 cai -mua "giá vangf" nguồn:zing OR tin*')]
    ['lao2', 'cai', 'giá', 'vangf']
    """
    tokens = read_tokens(query)
    kept = find_untouched(tokens)
    found: list[TypedSyllable] = []
    for place, token in enumerate(tokens):
        if place in kept:
            continue
        before = tokens[place - 1] if place and place - 1 not in kept else None
        # A word of a field ends with it: what is typed next stands elsewhere in the article.
        of_field = place > 1 and tokens[place - 2].kind is TokenKind.FIELD
        follows = bool(before and before.kind is token.kind is TokenKind.WORD and not of_field)
        found.extend(_of_token(query, token, follows=follows, after=found[-1].end if found else 0))
    return tuple(found)


def _of_token(query: str, token: Token, *, follows: bool, after: int) -> Iterator[TypedSyllable]:
    """The syllables of a token.

    Args:
        follows: whether the first comes directly after the syllable before the token.
        after: where that syllable ends.
    """
    for piece in find_pieces(query, token):
        parts = tuple(terms(piece[0]))
        if parts and piece[0] not in ENGLISH:  # in a query of capitals OR is a word, but not an error
            spaced = follows and query[after : piece.start()].isspace()
            yield TypedSyllable(
                piece.start(), piece.end(), piece[0], parts, token.kind is TokenKind.PHRASE, follows, spaced
            )
            follows, after = True, piece.end()


def read_tokens(query: str) -> list[Token]:
    """The tokens of a query as the parser takes them: without parentheses that make no group.

    What a negation or a field is of is then what it is of in the parsed query, as in ``NOT ) cai``.
    """
    return pair_parentheses(Lexer(query, []).tokens(), [])


def find_pieces(query: str, token: Token) -> Iterator[re.Match[str]]:
    """The runs of letters and digits in a token, without its ``~`` and number."""
    return _PIECE.finditer(query, token.start, token.end - len(token.slop))


def find_untouched(tokens: Sequence[Token]) -> set[int]:
    """The places, in a list of tokens, of those that a correction must not change."""
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
    """The place after the operand of a field or a negation: a word, a phrase, a group or a name of several
    words.

    Args:
        place: the place of the field or negation itself.
    """
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
        token.kind is TokenKind.WORD and token.text[0].isupper() for token in tokens[place - 1 : place + 1]
    ):
        place += 1
    return min(place, len(tokens))


def _is_text(field: Token) -> bool:
    scope = scope_of(field.text)
    return scope is not None and scope.field in TEXT_FIELDS and not scope.dates


def match_case(replacement: str, typed: str, *, capitals: bool) -> str:
    """A replacement in the case of what was typed: capitals, a first capital, or small; never an operator.

    Args:
        capitals: whether the query has no small letter, so that its operators are words. It must stay so.

    >>> [match_case("lào", typed, capitals=False) for typed in ("LAOF", "Laof", "laof")]
    ['LÀO', 'Lào', 'lào']
    >>> match_case("và", "VAF", capitals=False), match_case("và", "VAF", capitals=True)
    ('và', 'VÀ')
    """
    letters = [letter for letter in typed if letter.isalpha()]
    upper = replacement.upper()
    if capitals:
        return upper
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return replacement if upper in OPERATORS else upper
    return replacement[0].upper() + replacement[1:] if letters and letters[0].isupper() else replacement


def is_in_name(typed: Sequence[TypedSyllable], place: int) -> bool:
    """Whether a syllable and one beside it bear capitals, and not all: people bear rare names.

    >>> typed = find_typed_syllables("ca sĩ Vũ Trản")
    >>> [is_in_name(typed, place) for place in range(4)]
    [False, False, True, True]
    """
    capitals = [each.typed[:1].isupper() for each in typed]
    beside = capitals[max(place - 1, 0) : place] + capitals[place + 1 : place + 2]
    return capitals[place] and any(beside) and not all(each.typed.isupper() for each in typed)
