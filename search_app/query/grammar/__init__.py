"""Which tree of a query does a typed text make? Grammar 2, which docs/query.md specifies.

The grammar is lenient: any text makes a tree. What cannot be read as syntax is searched as words and reported
as a problem with its place in the text. Only a query past MAX_QUERY_CHARACTERS or MAX_SYLLABLES is refused.
"""

from dataclasses import dataclass
from functools import lru_cache

from corpus.errors import UserError
from corpus.message import say
from indexer.query import Match, Query, scoring_matches, without_labels
from search_app.query.grammar.dates_in_words import cut_around_dates, flag_dates
from search_app.query.grammar.nesting import MAX_NESTING, pair_parentheses
from search_app.query.grammar.parser import Parser
from search_app.query.grammar.problems import Problem, merge_adjacent, nothing_to_search
from search_app.query.grammar.render import render_query
from search_app.query.grammar.tokens import Lexer
from search_app.query.grammar.tree import leaves
from search_app.query.grammar.units import Cut, cut_nothing

__all__ = [
    "GRAMMAR",
    "MAX_NESTING",
    "MAX_QUERY_CHARACTERS",
    "MAX_SYLLABLES",
    "MAX_UNDERSTOOD_CHARACTERS",
    "Cut",
    "Problem",
    "Understood",
    "can_be_asked",
    "check_characters",
    "cut_nothing",
    "render_query",
    "understand",
]

GRAMMAR = 2
MAX_QUERY_CHARACTERS = 1000
MAX_UNDERSTOOD_CHARACTERS = 4000
"""Of a query as understood, which may be longer than what was typed."""
MAX_SYLLABLES = 200


@dataclass(frozen=True, slots=True)
class Understood:
    """A typed query as it was understood.

    Attributes:
        query: the tree.
        problems: in the order of their places.
        text: the query as understood, in which "_" binds the units; read again without a cut, it gives the
            same tree and no problem.
        words: the terms and phrases that are scored and highlighted: all of the tree but those below NOT.
    """

    query: Query
    problems: tuple[Problem, ...]
    text: str
    words: tuple[Match, ...]


def understand(text: str, cut: Cut = cut_nothing, most: int = MAX_QUERY_CHARACTERS) -> Understood:
    """Reads a typed query to its tree, its problems and its canonical text.

    Args:
        cut: cuts words typed side by side into units; else only "_" binds them.
        most: characters that the text may have.

    >>> understand("giá vàng nguồn:Tuổi Trẻ").text
    'giá vàng nguồn:Tuổi_Trẻ'
    >>> understand("giá vàng nguồn:Tuổi Trẻ", lambda words: (len(words),)).text
    'giá_vàng nguồn:Tuổi_Trẻ'

    Raises:
        UserError: it has more than ``most`` characters or MAX_SYLLABLES.
    """
    check_characters(text, most)
    return _bound_by_hand(text) if cut is cut_nothing else _read(text, cut)


@lru_cache(maxsize=16)
def _bound_by_hand(text: str) -> Understood:
    """A query that nothing cuts, of which a page of results asks several times."""
    return _read(text, cut_nothing)


def _read(text: str, cut: Cut) -> Understood:
    problems: list[Problem] = []
    tokens = pair_parentheses(Lexer(text, problems).tokens(), problems)
    query = flag_dates(Parser(text, tokens, problems, cut_around_dates(cut)).query())
    _check_syllables(query)
    if not tokens and not problems and text.strip():
        problems.append(nothing_to_search(0, len(text)))
    return Understood(query, merge_adjacent(problems), render_query(query), tuple(scoring_matches(query)))


def can_be_asked(text: str, most: int = MAX_QUERY_CHARACTERS) -> bool:
    """Whether a text is a query within the limits that reads without a problem."""
    try:
        return not understand(text, most=most).problems
    except UserError:
        return False


def check_characters(text: str, most: int = MAX_QUERY_CHARACTERS) -> None:
    """Refuses a query that is too long to be read.

    Raises:
        UserError: it has more than ``most`` characters.
    """
    if len(text) > most:
        raise UserError(
            say(
                "The query has {count} characters; at most {most} are searched at once. "
                "Shorten it, or search a phrase of it in quotes",
                count=len(text),
                most=most,
            )
        )


def _check_syllables(query: Query) -> None:
    distinct = {without_labels(leaf) for leaf in leaves(query) if isinstance(leaf, Match)}
    count = sum(len(match.syllables) for match in distinct)
    if count > MAX_SYLLABLES:
        raise UserError(
            say(
                "The query has {count} syllables; at most {most} are searched at once. "
                "Shorten it, or search a phrase of it in quotes",
                count=count,
                most=MAX_SYLLABLES,
            )
        )
