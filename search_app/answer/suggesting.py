"""What may be meant by what was typed so far? Completions of its last words, ready to be searched for."""

import re
from dataclasses import replace

from indexer.budget import Stage, charge
from indexer.suggest.suggestion import Kind, Suggester, Suggestion
from search_app.query.completion import close_quotes, is_completed
from search_app.query.grammar import check_characters
from search_app.settings import MAX_SUGGESTIONS

_MINUS = re.compile(r"(?<!\S)-(?=\S)")


class Suggesting:
    """Completes what is typed; safe for threads."""

    def __init__(self, suggests: Suggester) -> None:
        self._suggests = suggests

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """What may be meant by what was typed so far, the best first.

        Raises:
            UserError: more characters than a query may have.
            OperatorError: the suggestions cannot be read.
        """
        check_characters(typed)
        if not is_completed(typed):
            return ()
        offered = close_quotes(typed, self._suggests.suggestions(typed, MAX_SUGGESTIONS))
        suggestions = tuple(map(_as_query, offered))
        charge(Stage.COMPLETION)
        return suggestions


def _as_query(suggestion: Suggestion) -> Suggestion:
    """A headline in which no word is left out of the search: "U -23" is written "U - 23"."""
    if suggestion.kind is not Kind.HEADLINE:
        return suggestion
    return replace(suggestion, text=_MINUS.sub("- ", suggestion.text))
