"""How is a tree written as text, so that the grammar reads the same tree from it?"""

from indexer.query import And, Dates, Field, Match, Not, Or, Query, Words
from search_app.query.grammar.dates import render_dates
from search_app.query.grammar.fields import DATE, WORD, name_of
from search_app.query.grammar.operators import Operator, has_operators
from search_app.query.grammar.tree import is_plain


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

    def render(self, query: Query) -> str:  # noqa: PLR0911 - one return for each kind of node
        """The text of a tree, without parentheses around it: AND binds before OR."""
        match query:
            case And(children=(Words() as words, *others)):
                return " ".join([self.render(words), *map(self._beside_words, others)])
            case And():
                return self._separator(query).join(map(self._part, query.children))
            case Or():
                return f" {Operator.OR} ".join(map(self.render, query.children))
            case Not(child):
                text = self._part(child)
                # In parentheses a number cannot continue the letter before it, as in "F -35".
                return f"-({text})" if text[0].isdecimal() else f"-{text}"
            case Words():
                return " ".join(map(_text, query.children))
            case Dates():
                return f"{name_of(DATE)}:{render_dates(query)}"
            case Match():
                return self._match(query)

    def _beside_words(self, query: Query) -> str:
        """A part after loose words; a word that binds stands in parentheses, to set it apart from them."""
        return f"({self.render(query)})" if is_plain(query) else self._part(query)

    def _separator(self, query: And) -> str:
        """A space, or AND where a plain word would be loose without it: where it is not the first part."""
        return f" {Operator.AND} " if any(map(is_plain, query.children[1:])) else " "

    def _part(self, query: Query) -> str:
        return f"({self.render(query)})" if isinstance(query, And | Or) else self.render(query)

    def _match(self, match: Match) -> str:
        if match.as_word:
            return f"{name_of(WORD)}:{_text(match)}"
        bare = match.field is Field.TEXT and not self._named
        return _text(match) if bare else f"{name_of(match.field)}:{_text(match)}"


def _text(match: Match) -> str:
    if not match.complete:
        return match.label.replace(" ", "_")
    return ("=" if match.exact else "") + f'"{match.label}"' + (f"~{match.slop}" if match.slop else "")
