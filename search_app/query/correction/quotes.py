"""What does a query ask without its quotes? The words of its phrases, where a phrase stands nowhere."""

from collections.abc import Sequence

from search_app.query.correction.typed import pieces, spared
from search_app.query.correction.values import Correction, CorrectionKind
from search_app.query.grammar.operators import OPERATORS
from search_app.query.grammar.tokens import Lexer, Token, TokenKind


def unquoted(query: str) -> Correction | None:
    """The query with its phrases as loose words; None where it has none.

    What is left out, and the values of fields, keep their quotes.

    >>> unquoted('“hố tử thần” ở "Lào Cai" -"giá vàng"').text
    'hố tử thần ở Lào Cai -"giá vàng"'
    """
    tokens = Lexer(query, []).tokens()
    kept = spared(tokens)
    phrases = [
        token
        for place, token in enumerate(tokens)
        if token.kind is TokenKind.PHRASE and place not in kept and not _is_value(tokens, place)
    ]
    if not phrases:
        return None
    text, done = "", 0
    for phrase in phrases:
        before = query[done : phrase.start]
        text += before if not before or before[-1].isspace() or before[-1] == "(" else before + " "
        text += _words(query, phrase)
        done = phrase.end
    after = query[done:]
    text += after if not after or after[0].isspace() or after[0] == ")" else " " + after
    return Correction(text, (CorrectionKind.QUOTES,), 0.0, unknown=False)


def _is_value(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind is TokenKind.FIELD


def _words(query: str, phrase: Token) -> str:
    """The words of a phrase, none of which is read as an operator."""
    found = (piece[0] for piece in pieces(query, phrase))
    return " ".join(one.lower() if one in OPERATORS else one for one in found)
