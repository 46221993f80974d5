"""Which parentheses make groups? Those that stand in pairs, down to a depth of MAX_NESTING."""

from search_app.query.grammar import problems
from search_app.query.grammar.problems import Problem
from search_app.query.grammar.tokens import Token, TokenKind

MAX_NESTING = 10


def pair_parentheses(tokens: list[Token], found: list[Problem]) -> list[Token]:
    """The tokens without the parentheses that close nothing or are nested too deep.

    An opening parenthesis without its partner stays: its group ends where the query ends. Each case is
    appended to ``found`` as a problem.
    """
    opened: list[int] = []
    left_out: set[int] = set()
    for place, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            if len(opened) >= MAX_NESTING:
                left_out.add(place)
                found.append(problems.group_too_deep(MAX_NESTING, token.start, token.end))
            opened.append(place)
        elif token.kind is TokenKind.CLOSE and not opened:
            left_out.add(place)
            found.append(problems.group_unopened(token.start, token.end))
        elif token.kind is TokenKind.CLOSE and opened.pop() in left_out:
            left_out.add(place)
    found.extend(
        problems.group_unclosed(tokens[place].start, tokens[place].end)
        for place in opened
        if place not in left_out
    )
    return [token for place, token in enumerate(tokens) if place not in left_out]
