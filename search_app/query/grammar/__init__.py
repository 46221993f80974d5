"""What was typed, as a tree? Grammar 1, the contract of docs/query.md.

Lenient: what a person types is never refused. What cannot be understood is searched as words and
said as a problem with its place; only a query past the stated limits is refused.
"""

from dataclasses import dataclass

from corpus.errors import UserError
from corpus.message import say
from indexer.query import Match, Query, scoring_matches
from search_app.query.grammar.nesting import MAX_NESTING, paired
from search_app.query.grammar.parser import Parser
from search_app.query.grammar.problems import Problem, joined, nothing_to_search
from search_app.query.grammar.render import render_query
from search_app.query.grammar.tokens import Lexer
from search_app.query.grammar.tree import leaves

__all__ = [
    "GRAMMAR",
    "MAX_NESTING",
    "MAX_QUERY_CHARACTERS",
    "MAX_SYLLABLES",
    "Problem",
    "Understood",
    "check_characters",
    "render_query",
    "understand",
]

GRAMMAR = 1
MAX_QUERY_CHARACTERS = 1000
MAX_SYLLABLES = 200


@dataclass(frozen=True, slots=True)
class Understood:
    """A typed query as it was understood.

    Attributes:
        text: the query said back; read again, it gives the same tree and no problem.
        words: what is looked for in the text of articles, without what is left out.
    """

    query: Query
    problems: tuple[Problem, ...]
    text: str
    words: tuple[Match, ...]


def understand(text: str) -> Understood:
    """The tree of a typed query, its problems and its canonical text.

    >>> understand("giá vàng nguồn:Tuổi Trẻ").text
    'giá vàng nguồn:Tuổi_Trẻ'

    Raises:
        UserError: more than MAX_QUERY_CHARACTERS or MAX_SYLLABLES.
    """
    check_characters(text)
    found: list[Problem] = []
    tokens = paired(Lexer(text, found).tokens(), found)
    query = Parser(text, tokens, found).query()
    _check_syllables(query)
    if not tokens and not found and text.strip():
        found.append(nothing_to_search(0, len(text)))
    return Understood(query, joined(found), render_query(query), tuple(scoring_matches(query)))


def check_characters(text: str) -> None:
    """Refuses a query that is too long to be read.

    Raises:
        UserError: more than MAX_QUERY_CHARACTERS.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise UserError(
            say(
                "The query has {count} characters; at most {most} are searched at once. "
                "Shorten it, or search a phrase of it in quotes",
                count=len(text),
                most=MAX_QUERY_CHARACTERS,
            )
        )


def _check_syllables(query: Query) -> None:
    count = sum(len(leaf.syllables) for leaf in leaves(query) if isinstance(leaf, Match))
    if count > MAX_SYLLABLES:
        raise UserError(
            say(
                "The query has {count} syllables; at most {most} are searched at once. "
                "Shorten it, or search a phrase of it in quotes",
                count=count,
                most=MAX_SYLLABLES,
            )
        )
