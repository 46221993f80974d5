"""Which tokens does a typed query have? Words, phrases, parentheses, names of fields and operators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.normal_form import INVISIBLE, INVISIBLE_LETTERS
from indexer.text.keys import is_well_formed
from search_app.query.grammar import problems
from search_app.query.grammar.fields import field_names, scope_of
from search_app.query.grammar.operators import ENGLISH, OPERATORS, Operator, has_operators
from search_app.query.grammar.problems import Problem
from search_app.query.grammar.spelling import DOUBLE_QUOTES, GUILLEMETS, clean_typed, spell

_QUOTES = DOUBLE_QUOTES + GUILLEMETS
_SKIPPED = re.compile(rf"[\s{INVISIBLE}]+")
_SKIPPED_AT_END = re.compile(rf"(?<![\s{INVISIBLE}])[\s{INVISIBLE}]++\Z")
_PHRASE = re.compile(
    rf"(?P<exact>=?)(?:[{DOUBLE_QUOTES}](?P<double>[^{DOUBLE_QUOTES}]*)[{DOUBLE_QUOTES}]"
    rf"|[{GUILLEMETS}](?P<guillemets>[^{GUILLEMETS}]*)[{GUILLEMETS}])(?P<slop>~[0-9]*)?"
)
_MINUS = re.compile(rf"[-−](?=[{INVISIBLE}]*(?:[\w({_QUOTES}]|=[{_QUOTES}]))")
_EXACT = re.compile(rf"=(?=[{_QUOTES}])")
_NUMBER = re.compile(r"[-−][0-9]+\b")
_WORD = re.compile(rf"[^\s(){_QUOTES}]+")
_FIELD = re.compile(rf"(?P<name>[^\s:(){_QUOTES}]+):[{INVISIBLE}]*(?=\S)")
_LIKE_A_FIELD = re.compile(
    rf"(?P<name>(?:[^\W\d{INVISIBLE_LETTERS}]|[{INVISIBLE}\u0300-\u036f])++):(?!//)(?=\S|$)"
)


class TokenKind(Enum):
    """The kind of a token."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    MINUS = auto()
    NOT = auto()
    AND = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a typed query.

    Attributes:
        text: its content as ``clean_typed`` makes it: a phrase without its quotes, a field's name without
            colon.
        start, end: offsets in the query as typed, the end exclusive.
        slop: of a phrase, ``~`` with its number, as typed; else empty.
        exact: a phrase with an equals sign before it.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    slop: str = ""
    exact: bool = False


_KIND_OF = {Operator.AND: TokenKind.AND, Operator.OR: TokenKind.OR, Operator.NOT: TokenKind.NOT}
_BEFORE_VALUE = frozenset({TokenKind.FIELD, TokenKind.MINUS})
_BEFORE_OPERAND = frozenset({TokenKind.FIELD, TokenKind.MINUS, TokenKind.NOT})
_BEFORE_MINUS = frozenset({TokenKind.FIELD, TokenKind.OPEN})


class Lexer:
    """Cuts one typed query into tokens, once.

    Args:
        typed: the query as typed.
        reported: where problems are appended, for what looks like syntax but is not.
    """

    def __init__(self, typed: str, reported: list[Problem]) -> None:
        self._typed = typed
        self._problems = reported
        self._has_operators = has_operators(typed)
        at_end = _SKIPPED_AT_END.search(typed)
        self._visible_end = at_end.start() if at_end else len(typed)
        self._tokens: list[Token] = []
        self._place = 0

    def tokens(self) -> list[Token]:
        """All tokens, in order, without the words and phrases that have no syllable."""
        while self._place < len(self._typed):
            skipped = _SKIPPED.match(self._typed, self._place)
            if skipped:
                self._place = skipped.end()
            else:
                self._tokens.extend(self._next())
        return self._tokens

    def _next(self) -> Iterator[Token]:
        here = self._typed[self._place]
        if here in _QUOTES or (_EXACT.match(self._typed, self._place) and not self._ends_a_word()):
            return self._phrase()
        if here in "()":
            return iter([self._taken(TokenKind.OPEN if here == "(" else TokenKind.CLOSE, self._place + 1)])
        minus = _MINUS.match(self._typed, self._place)
        if minus and self._minus_may_stand():
            return iter([self._taken(TokenKind.MINUS, minus.end())])
        field = _FIELD.match(self._typed, self._place)
        if field and scope_of(field["name"]):
            return iter([self._taken(TokenKind.FIELD, field.end(), field["name"])])
        return self._word()

    def _taken(
        self, kind: TokenKind, end: int, text: str | None = None, slop: str = "", *, exact: bool = False
    ) -> Token:
        start, self._place = self._place, end
        return Token(
            kind, clean_typed(self._typed[start:end] if text is None else text), start, end, slop, exact
        )

    def _minus_may_stand(self) -> bool:
        """Whether a minus can negate here. After a word, phrase or group without a space it is a hyphen."""
        if self._touches_last():
            return self._tokens[-1].kind in _BEFORE_MINUS
        return not self._is_in_model_name()

    def _is_in_model_name(self) -> bool:
        """Whether the minus stands before a number and after a letter or a word that is no Vietnamese
        syllable.

        So "F -35", "MiG -29" and "Covid -19" are names, in which nothing is excluded.
        """
        kinds = [token.kind for token in self._tokens[-2:]]
        if kinds[-1:] != [TokenKind.WORD] or kinds[0] in _BEFORE_OPERAND:
            return False
        if not _NUMBER.match(self._typed, self._place):
            return False
        letters = self._tokens[-1].text.lower()
        return letters.isalpha() and (len(letters) == 1 or not is_well_formed(letters))

    def _ends_a_word(self) -> bool:
        """Whether a word ends directly before the next character. An equals sign there is no syntax."""
        return self._touches_last() and self._tokens[-1].kind is TokenKind.WORD

    def _touches_last(self) -> bool:
        return bool(self._tokens) and self._tokens[-1].end == self._place

    def _phrase(self) -> Iterator[Token]:
        phrase = _PHRASE.match(self._typed, self._place)
        if not phrase:
            self._problems.append(problems.unclosed_quote(self._place, self._place + 1))
            self._place += 1
            return
        inner = phrase["double"] if phrase["double"] is not None else phrase["guillemets"]
        token = self._taken(
            TokenKind.PHRASE, phrase.end(), inner, phrase["slop"] or "", exact=bool(phrase["exact"])
        )
        if spell(token.text, quoted=True):
            yield token
        else:
            self._problems.append(problems.empty_quotes(token.start, token.end))

    def _word(self) -> Iterator[Token]:
        after = self._tokens[-1].kind if self._touches_last() else None
        word = _WORD.match(self._typed, self._place)
        # Always matches: every character is white space, a quote, a parenthesis or part of a word.
        token = self._taken(TokenKind.WORD, word.end() if word else self._place + 1)
        operator = OPERATORS.get(token.text)
        if operator and after not in _BEFORE_VALUE:
            yield self._operator(token, operator)
        elif spell(token.text, quoted=False):
            if after is not TokenKind.FIELD:
                self._note_unknown_field(token)
            yield token
        elif "*" in token.text:
            self._problems.append(problems.star_out_of_place(token.text, token.start, token.end))

    def _operator(self, token: Token, operator: Operator) -> Token:
        if self._has_operators:
            return Token(_KIND_OF[operator], token.text, token.start, token.end)
        has_left = operator is Operator.NOT or bool(self._tokens)
        if token.text in ENGLISH and has_left and token.end < self._visible_end:
            self._problems.append(problems.capitals(token.text, token.start, token.end))
        return token

    def _note_unknown_field(self, token: Token) -> None:
        typed = self._typed[token.start : token.end + 1]
        name = _LIKE_A_FIELD.match(typed)
        if name and (typed[-1] in _QUOTES + "(" or spell(clean_typed(typed[name.end() :]), quoted=False)):
            end = token.start + name.end()
            self._problems.append(
                problems.unknown_field(clean_typed(name[0]), field_names(), token.start, end)
            )
