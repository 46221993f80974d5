"""Which search shows the articles that one selection finds and another does not, or that hold an item?

It is made of parsed and expanded queries: units, what only asks and expansions become explicit, so that the
text alone decides what is found. It is read again before it is offered; what would be read otherwise, or is
too long, is offered as no search.
"""

from collections.abc import Iterable
from dataclasses import replace

from corpus.errors import UserError
from indexer.fields import Field
from indexer.hit_matches import hit_matches
from indexer.query import And, Dates, Match, Not, Or, Query, Words, without_expansions
from indexer.tiers import required_units
from search_app.answer.selection import Selection
from search_app.query.grammar import MAX_UNDERSTOOD_CHARACTERS, render_query, understand
from search_app.query.grammar.tree import all_of, any_of, distinct, negate

_EVERYTHING = And(())


def articles_of_both(selection: Selection, query: Query, other: Selection, also: Query) -> Selection | None:
    """The search for what both find; None where no text says it.

    Args:
        query, also: their expanded queries.
    """
    second = _dated(also, other, selection)
    return None if second is None else _searching(selection, (explicit(query), second))


def articles_of_one(selection: Selection, query: Query, other: Selection, also: Query) -> Selection | None:
    """The search for what the first finds and the second does not; None where no text says it.

    Args:
        query, also: their expanded queries.
    """
    second = _dated(also, other, selection)
    if second is None or second == _EVERYTHING:
        return None
    return _searching(selection, (explicit(query), negate(second)))


def articles_with(selection: Selection, query: Query, text: str, *, as_word: bool) -> Selection | None:
    """The search for those of the articles found that hold an item, or a run of items; None: no text says it.

    Args:
        query: the expanded query.
        text: of the item: normalised syllables.
        as_word: whether it is one word, as segmented.
    """
    item = Match(text, tuple(text.split()), complete=True, as_word=as_word)
    return _searching(selection, (explicit(query), item))


def articles_near(
    selection: Selection, query: Query, text: str, slop: int, *, as_word: bool = False
) -> Selection | None:
    """The search for those of the articles found in which an item stands near a hit; None: no text says it.

    Args:
        query: the expanded query.
        text: of the item: normalised syllables.
        slop: how many syllables may stand between both.
        as_word: whether the item is one word, as segmented: articles then hold it somewhere as one, for no
            text says that one near a hit is.
    """
    item = tuple(text.split())
    windows = [
        Match(" ".join((*match.syllables, *item)), (*match.syllables, *item), complete=True, slop=slop)
        for match in hit_matches(query)
        if match.field is Field.TEXT and not match.prefix and not match.slop
    ]
    own = Match(text, item, complete=True, as_word=True) if as_word else None
    return _searching(selection, (explicit(query), any_of(windows), own)) if windows else None


def explicit(query: Query) -> Query:
    """The query as a tree without loose words and expansions, which finds the same articles.

    >>> gold = Match("vàng", ("vàng",), expansions=(Match("kim", ("kim",)),))
    >>> render_query(explicit(Words((gold, Match("giá", ("giá",))))))
    '(vàng OR kim) AND giá'
    """
    match query:
        case Match():
            return any_of(map(_alone, (query, *query.expansions))) or _EVERYTHING
        case Words():
            return _all(explicit(required.unit) for required in required_units(query))
        case And(children):
            return _all(map(explicit, children))
        case Or(children):
            return any_of(map(explicit, children)) or _EVERYTHING
        case Not(child):
            return negate(explicit(child))
        case Dates():
            return query


def _alone(match: Match) -> Query:
    return without_expansions(match)


def _all(queries: Iterable[Query]) -> Query:
    return all_of(query for query in queries if query != _EVERYTHING) or _EVERYTHING


def _dated(query: Query, selection: Selection, shown: Selection) -> Query | None:
    """What a selection finds as one query, under the filters of another; they differ by dates alone."""
    if selection.undated or shown.undated:
        return None  # then dates of the query choose otherwise (search_app.answer.undated)
    clause = explicit(query)
    if (selection.first, selection.last) == (shown.first, shown.last):
        return clause
    if selection.first is None and selection.last is None:
        return clause
    return _all((clause, Dates(selection.first, selection.last)))


def _searching(selection: Selection, clauses: Iterable[Query | None]) -> Selection | None:
    tree = _all(clause for clause in clauses if clause is not None)
    if isinstance(tree, Not):
        tree = And((tree,))
    text = render_query(tree)
    try:
        read = understand(text, most=MAX_UNDERSTOOD_CHARACTERS)
    except UserError:
        return None
    if read.problems or len(distinct((read.query, tree))) > 1:
        return None
    return replace(selection, query=text, units=False, not_units=(), expand=False, not_also=(), also=None)
