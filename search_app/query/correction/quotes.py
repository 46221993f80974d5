"""What is a query without its quotes? It is searched where no article holds a phrase of the query."""

from collections.abc import Sequence

from search_app.query.correction.typed import find_pieces, find_untouched, read_tokens
from search_app.query.correction.values import Correction, CorrectionKind
from search_app.query.grammar import understand
from search_app.query.grammar.operators import OPERATORS
from search_app.query.grammar.tokens import Token, TokenKind


def remove_quotes(query: str) -> Correction | None:
    """The query with the words of its phrases as loose words; None if it has no phrase.

    Phrases below NOT and values of fields keep their quotes.

    >>> remove_quotes('“hố tử thần” ở "Lào Cai" -"giá vàng"').text
    'hố tử thần ở Lào Cai -"giá vàng"'
    """
    tokens = read_tokens(query)
    kept = find_untouched(tokens)
    phrases = [
        token
        for place, token in enumerate(tokens)
        if token.kind is TokenKind.PHRASE and place not in kept and not _is_value(tokens, place)
    ]
    if not phrases:
        return None
    text, done = "", 0
    for phrase in phrases:
        text = _apart(_apart(text, query[done : phrase.start]), _words(query, phrase))
        done = phrase.end
    text = _apart(text, query[done:])
    return Correction(understand(text).text, (CorrectionKind.QUOTES,), 0.0, unknown=False)


def _apart(text: str, more: str) -> str:
    """A text and what follows it, with a space where two words would become one."""
    is_apart = not text or not more or text[-1].isspace() or more[0].isspace() or text[-1] == "("
    return text + more if is_apart or more[0] == ")" else f"{text} {more}"


def _is_value(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind is TokenKind.FIELD


def _words(query: str, phrase: Token) -> str:
    """The words of a phrase, in small letters where they would be read as operators."""
    words = (piece[0] for piece in find_pieces(query, phrase))
    return " ".join(word.lower() if word in OPERATORS else word for word in words)
