"""Which tree do the tokens make? A recursive descent parser, in which NOT binds first, then AND, then OR.

    alternatives = together {"OR" together}
    together     = factor {["AND"] factor}
    factor       = ["NOT" | "-"] (word | phrase | group | field (word | phrase | group))
    group        = "(" alternatives ")"

An operator or a field that lacks an operand becomes a word, so that every list of tokens makes a tree. Words
without an operator beside them are *loose* and are cut into units. At the root they make the node Words; all
else *binds*: every match has it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indexer.fields import TEXT_FIELDS, Field
from indexer.query import Dates, Match, Query, join_words
from search_app.query.grammar import leaf, problems
from search_app.query.grammar.fields import EVERYWHERE, Scope, scope_of
from search_app.query.grammar.problems import Problem
from search_app.query.grammar.spelling import spell
from search_app.query.grammar.tokens import Token, TokenKind
from search_app.query.grammar.tree import all_of, any_of, assemble, is_plain, negate
from search_app.query.grammar.units import Cut, Unit, cut_into_units

_VALUES = frozenset({TokenKind.WORD, TokenKind.PHRASE, TokenKind.OPEN})
_AFTER_MINUS = _VALUES | {TokenKind.FIELD}
_AFTER_NOT = _AFTER_MINUS | {TokenKind.MINUS}
_WHITE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Item:
    """A part of a sequence.

    Attributes:
        loose: whether it is a word without field, quotes, star and operator.
        is_cut: whether it is a word that is cut into units with its neighbours: a loose one, or one without
            quotes and star in a group of the text or of a part of it.
        after_and, before_and: whether AND stands beside it, which makes the unit there bind.
    """

    query: Query
    loose: bool = False
    is_cut: bool = False
    after_and: bool = False
    before_and: bool = False

    @property
    def field(self) -> Field | None:
        """The field of a word."""
        return self.query.field if isinstance(self.query, Match) else None


@dataclass(slots=True)
class _Sequence:
    """Parts that stand side by side; ``waiting`` is an AND whose right side has not been read yet."""

    items: list[_Item] = field(default_factory=list)
    waiting: Token | None = None

    def add(self, item: _Item) -> None:
        if self.waiting:
            self.items[-1] = replace(self.items[-1], before_and=True)
            item = replace(item, after_and=True)
            self.waiting = None
        self.items.append(item)

    def runs(self) -> Iterator[list[_Item]]:
        """The items in runs that are cut together; every other item by itself."""
        run: list[_Item] = []
        for item in self.items:
            if run and not (
                item.is_cut
                and run[-1].is_cut
                and not item.after_and
                and (item.loose, item.field) == (run[-1].loose, run[-1].field)
            ):
                yield run
                run = []
            run.append(item)
        if run:
            yield run


class Parser:
    """Makes the tree of one query, once.

    Args:
        typed: the text from which the tokens were cut.
        tokens: as ``pair_parentheses`` returns them.
        reported: where problems are appended.
        cut: cuts words typed side by side into units.
    """

    def __init__(self, typed: str, tokens: list[Token], reported: list[Problem], cut: Cut) -> None:
        self._typed = typed
        self._cut = cut
        self._tokens = tokens
        self._problems = reported
        self._place = 0

    def query(self) -> Query:
        """The tree of all tokens."""
        sequences = self._sequences(EVERYWHERE)
        if len(sequences) > 1:
            return assemble([], [any_of(map(self._strict, sequences))])
        parts = list(self._parts(sequences[0]))
        units = [part for part in parts if isinstance(part, tuple)]
        return assemble(units, [part for part in parts if not isinstance(part, tuple)])

    def _parts(self, sequence: _Sequence) -> Iterator[Unit | Query]:
        """The units of loose words of a sequence, and its other parts, in order.

        A unit beside AND binds, as do those of a field.
        """
        for run in sequence.runs():
            if not run[0].is_cut:
                yield run[0].query
                continue
            units = list(
                cut_into_units([item.query for item in run if isinstance(item.query, Match)], self._cut)
            )
            for place, unit in enumerate(units):
                is_first, is_last = place == 0, place == len(units) - 1
                binds = (is_first and run[0].after_and) or (is_last and run[-1].before_and)
                yield unit if run[0].loose and not binds else join_words(unit)

    def _strict(self, sequence: _Sequence) -> Query | None:
        """The sequence as a query in which every part binds, as within OR and within a group."""
        return all_of(join_words(part) if isinstance(part, tuple) else part for part in self._parts(sequence))

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _take(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _sequences(self, scope: Scope) -> list[_Sequence]:
        """The sequences that OR joins, up to the end of the group.

        There is at least one. A sequence is empty only if it is the only one.
        """
        done: list[_Sequence] = []
        current = _Sequence()
        last_or: Token | None = None
        while (token := self._peek()) and token.kind is not TokenKind.CLOSE:
            if token.kind is TokenKind.AND or token.kind is TokenKind.OR:
                self._take()
                self._give_up_waiting(current, scope)
                if not current.items:
                    self._add_as_word(current, token, scope)
                elif token.kind is TokenKind.AND:
                    current.waiting = token
                else:
                    done.append(current)
                    current, last_or = _Sequence(), token
            elif item := self._factor(scope):
                current.add(item)
        self._give_up_waiting(current, scope)
        if last_or and not current.items:
            current = done.pop()
            self._add_as_word(current, last_or, scope)
        return [*done, current]

    def _give_up_waiting(self, sequence: _Sequence, scope: Scope) -> None:
        if sequence.waiting:
            token, sequence.waiting = sequence.waiting, None
            self._add_as_word(sequence, token, scope)

    def _add_as_word(self, sequence: _Sequence, token: Token, scope: Scope) -> None:
        item = self._operator_as_word(token, scope)
        if item:
            sequence.add(item)

    def _operator_as_word(self, token: Token, scope: Scope) -> _Item | None:
        self._problems.append(problems.operator_alone(token.text, token.start, token.end))
        return self._word(token, scope)

    def _factor(self, scope: Scope) -> _Item | None:
        token = self._take()
        match token.kind:
            case TokenKind.WORD:
                return self._word(self._with_names(token, scope), scope)
            case TokenKind.PHRASE:
                return self._phrase(token, scope)
            case TokenKind.OPEN:
                return self._group(token, scope)
            case TokenKind.FIELD:
                return self._field(token)
            case _:
                return self._negated(token, scope)

    def _word(self, token: Token, scope: Scope) -> _Item | None:
        match = leaf.read_word(token, scope, self._problems)
        if match is None:
            return None
        bare = scope is EVERYWHERE or scope.dates  # a word after văn_bản: binds, though its leaf is the same
        is_loose = bare and is_plain(match)
        return _Item(match, loose=is_loose, is_cut=is_loose or _may_be_cut(match))

    def _phrase(self, token: Token, scope: Scope) -> _Item | None:
        match = leaf.read_phrase(token, scope, self._problems)
        return _Item(match) if match else None

    def _with_names(self, token: Token, scope: Scope) -> Token:
        """The token with the capitalised words after it, if it is a capitalised name: nguồn:Tuổi Trẻ."""
        if not scope.holds_names:
            return token
        while (after := self._peek()) and after.kind is TokenKind.WORD and self._goes_on(token, after):
            token = replace(token, text=f"{token.text}_{after.text}", end=self._take().end)
        return token

    def _goes_on(self, token: Token, after: Token) -> bool:
        capitals = token.text[0].isupper() and after.text[0].isupper()
        whole = token.text[-1].isalnum() and "*" not in after.text
        return capitals and whole and self._typed[token.end : after.start].isspace()

    def _group(self, opening: Token, scope: Scope) -> _Item | None:
        query = any_of(map(self._strict, self._sequences(scope)))
        end = self._take().end if self._peek() else opening.end
        if query is None:
            self._problems.append(problems.group_empty(opening.start, end))
            return None
        return _Item(query)

    def _field(self, token: Token) -> _Item | None:
        scope = scope_of(token.text)
        if scope and self._value_follows(token):
            item = self._factor(scope)
            loose = bool(item and item.loose and scope.dates)
            return item and replace(item, loose=loose, is_cut=loose)
        self._problems.append(problems.field_empty(token.text, token.start, token.end))
        return self._word(token, EVERYWHERE) if spell(token.text, quoted=False) else None

    def _value_follows(self, token: Token) -> bool:
        minus = self._peek()
        if minus and minus.kind is TokenKind.MINUS and self._touch(token, minus):
            value = self._peek(1)
            return bool(value and value.kind in _VALUES and self._touch(minus, value))
        return bool(minus and minus.kind in _VALUES and self._touch(token, minus))

    def _negated(self, token: Token, scope: Scope) -> _Item | None:
        after = self._peek()
        if token.kind is TokenKind.MINUS:
            operand = after and after.kind in _AFTER_MINUS and self._touch(token, after)
        else:
            operand = after and after.kind in _AFTER_NOT
        item = self._factor(scope) if operand else None
        if item:
            return _Item(negate(item.query))
        if token.kind is TokenKind.NOT:
            return self._operator_as_word(token, scope)
        self._problems.append(problems.minus_alone(token.start, token.end))
        return None

    def _touch(self, before: Token, after: Token) -> bool:
        """Whether no white space stands between two tokens, though dropped characters may."""
        return not _WHITE.search(self._typed, before.end, after.start)


def _may_be_cut(match: Match | Dates) -> bool:
    """Whether a word in a group of a field can be cut into units with its neighbours."""
    return (
        isinstance(match, Match)
        and match.field in TEXT_FIELDS
        and match == Match(match.label, match.syllables, match.field)
    )
