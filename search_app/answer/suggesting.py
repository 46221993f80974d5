"""Which completions does the search box offer for what was typed so far?"""

import re
from dataclasses import replace

from corpus.shown_archive import ShownArchive
from indexer.budget import Stage, charge
from indexer.suggest.suggestion import Kind, Suggester, Suggestion
from search_app.query.completion import close_quotes, is_completed
from search_app.query.grammar import check_characters
from search_app.settings import MAX_SUGGESTIONS

_MINUS = re.compile(r"(?<!\S)-(?=\S)")


class Suggesting:
    """The use case of completion; safe for threads."""

    def __init__(self, suggests: Suggester, archive: ShownArchive) -> None:
        self._suggests = suggests
        self._archive = archive
        self.state = suggests.state
        """A value that changes when there are new suggestions."""

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Phrases and headlines that continue the typed text, the best first; MAX_SUGGESTIONS at most.

        None as long as the suggestions were made before the last withdrawal: they may be of its words.

        Raises:
            UserError: the text has more characters than a query may have.
            OperatorError: the suggestions cannot be read.
        """
        check_characters(typed)
        if not is_completed(typed) or self._suggests.number() < self._archive.withdrawals().last:
            return ()
        offered = close_quotes(typed, self._suggests.suggestions(typed, MAX_SUGGESTIONS))
        suggestions = tuple(map(_as_query, offered))
        charge(Stage.COMPLETION)
        return suggestions


def _as_query(suggestion: Suggestion) -> Suggestion:
    """A suggestion that can be searched as it stands: in a headline a minus must not negate, so "U -23" is
    written "U - 23".
    """
    if suggestion.kind is not Kind.HEADLINE:
        return suggestion
    return replace(suggestion, text=_MINUS.sub("- ", suggestion.text))
