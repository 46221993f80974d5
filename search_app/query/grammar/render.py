"""How is a tree written as text, so that the grammar reads the same tree from it?"""

from collections.abc import Sequence

from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from search_app.query.grammar.dates import render_dates
from search_app.query.grammar.fields import DATE, WORD, name_of
from search_app.query.grammar.operators import Operator, has_operators
from search_app.query.grammar.tree import is_plain
from search_app.query.grammar.units import is_bound


def render_query(query: Query) -> str:
    """The canonical text of a tree: the query as understood.

    Args:
        query: a tree in the form that search_app.query.grammar.tree describes.

    >>> render_query(Or((Match("vàng", ("vàng",)), Match("bạc", ("bạc",)))))
    'vàng OR bạc'
    """
    text = _Renderer(named=False).render(query)
    if has_operators(text) or not {Operator.AND, Operator.OR} & set(text.split()):
        return text
    # Every letter is a capital, so operators would be read as words; the small letters of a field's name
    # prevent that.
    return _Renderer(named=True).render(query)


class _Renderer:
    """Writes trees.

    Args:
        named: terms and phrases of the whole text get the name of that field too.
    """

    def __init__(self, *, named: bool) -> None:
        self._named = named

    def render(self, query: Query) -> str:
        """The text of a tree, without parentheses around it: AND binds before OR."""
        match query:
            case And(children=(Words() as words, *others)):
                return " ".join([_units(words), *map(self._beside_words, others)])
            case And(children=(Match() as first, *others)) if not any(map(is_plain, others)):
                return " ".join([self._at_the_front(first), *map(self._part, others)])
            case Words():
                return _units(query)
            case Match():
                return self._at_the_front(query)
            case _:
                return self._within(query)

    def _within(self, query: Query) -> str:
        """The text of a part of a tree, in which nothing is loose; without parentheses around it."""
        match query:
            case And(children):
                return self._separator(children).join(map(self._part, children))
            case Or(children):
                return f" {Operator.OR} ".join(map(self._within, children))
            case Not(child):
                text = self._part(child)
                # In parentheses a number cannot continue the letter before it, as in "F -35".
                return f"-({text})" if text[0].isdecimal() else f"-{text}"
            case Dates():
                return f"{name_of(DATE)}:{render_dates(query)}"
            case Match():
                return self._match(query)
            case Words():
                raise AssertionError("loose words are at the root of a tree")

    def _at_the_front(self, match: Match) -> str:
        """A match that nothing stands before; without its parentheses one that "_" binds would be loose."""
        return f"({_text(match)})" if is_plain(match) and is_bound(match) else self._match(match)

    def _beside_words(self, query: Query) -> str:
        """A part after loose words; a word that binds stands in parentheses, to set it apart from them."""
        return f"({self._within(query)})" if is_plain(query) else self._part(query)

    def _separator(self, children: Sequence[Query]) -> str:
        """A space, or AND where a plain word would be loose without it: where it is not the first part."""
        return f" {Operator.AND} " if any(map(is_plain, children[1:])) else " "

    def _part(self, query: Query) -> str:
        return f"({self._within(query)})" if isinstance(query, And | Or) else self._within(query)

    def _match(self, match: Match) -> str:
        if match.as_word:
            return f"{name_of(WORD)}:{_text(match)}"
        bare = match.field is Field.TEXT and not self._named
        return _text(match) if bare else f"{name_of(match.field)}:{_text(match)}"


def _units(words: Words) -> str:
    """Loose words, those of a unit bound by "_"."""
    return " ".join("_".join(word.label for word in unit) for unit in words.words_by_unit)


def _text(match: Match) -> str:
    if not match.complete:
        return match.label.replace(" ", "_")
    return ("=" if match.exact else "") + f'"{match.label}"' + (f"~{match.slop}" if match.slop else "")
