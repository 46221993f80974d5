"""How is a tree said back, so that the same tree is read from it?"""

from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from search_app.query.grammar.dates import say_dates
from search_app.query.grammar.fields import DATE, WORD, name_of
from search_app.query.grammar.operators import Operator, operators_live
from search_app.query.grammar.tree import is_plain


def render_query(query: Query) -> str:
    """The canonical text of a tree as the grammar makes it.

    >>> render_query(Or((Match("vàng", ("vàng",)), Match("bạc", ("bạc",)))))
    'vàng OR bạc'
    """
    text = _Renderer(named=False).said(query)
    if operators_live(text) or not {Operator.AND, Operator.OR} & set(text.split()):
        return text
    # All in capitals, where operators are words: a field's name in small letters brings them to life.
    return _Renderer(named=True).said(query)


class _Renderer:
    """Says trees; ``named``: what is searched everywhere has its field's name too."""

    def __init__(self, *, named: bool) -> None:
        self._named = named

    def said(self, query: Query) -> str:  # noqa: PLR0911 - one return a kind of node
        """The tree, without parentheses around it: AND binds before OR."""
        match query:
            case And(children=(Words() as words, *others)):
                return " ".join([self.said(words), *map(self._beside_words, others)])
            case And():
                return self._joint(query).join(map(self._part, query.children))
            case Or():
                return f" {Operator.OR} ".join(map(self.said, query.children))
            case Not(child):
                text = self._part(child)
                return f"-({text})" if text[0].isdecimal() else f"-{text}"  # after a letter: F -35
            case Words():
                return " ".join(map(_text, query.children))
            case Dates():
                return f"{name_of(DATE)}:{say_dates(query)}"
            case Match():
                return self._match(query)

    def _beside_words(self, query: Query) -> str:
        """A word that binds stands in parentheses, apart from those that do not."""
        return f"({self.said(query)})" if is_plain(query) else self._part(query)

    def _joint(self, query: And) -> str:
        """AND, but where nothing is lost without: one plain word at most, and first."""
        return f" {Operator.AND} " if any(map(is_plain, query.children[1:])) else " "

    def _part(self, query: Query) -> str:
        return f"({self.said(query)})" if isinstance(query, And | Or) else self.said(query)

    def _match(self, match: Match) -> str:
        if match.as_word:
            return f"{name_of(WORD)}:{_text(match)}"
        bare = match.field is Field.TEXT and not self._named
        return _text(match) if bare else f"{name_of(match.field)}:{_text(match)}"


def _text(match: Match) -> str:
    if not match.complete:
        return match.label.replace(" ", "_")
    return ("=" if match.exact else "") + f'"{match.label}"' + (f"~{match.slop}" if match.slop else "")
