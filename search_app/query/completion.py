"""Which part of a typed query can be completed? Its last words, where they are searched in the text.

Suggestions are made from headlines and ledes. So the value of a field such as ``nguồn:`` or ``ngày:``,
which is a name of a paper or a date, gets none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.query import TEXT_FIELDS
from indexer.suggest.suggestion import Kind, Suggestion
from search_app.query.grammar.fields import scope_of
from search_app.query.grammar.spelling import DOUBLE_QUOTES

_QUOTES = re.compile(f"[{DOUBLE_QUOTES}]")
_OUTSIDE_A_NAME = rf"\s{DOUBLE_QUOTES}():"
_FIELD = re.compile(rf"(?<![^{_OUTSIDE_A_NAME}])([^{_OUTSIDE_A_NAME}]++):")
_BETWEEN_WORDS = re.compile(rf"[\s{DOUBLE_QUOTES}]")


def is_completed(typed: str) -> bool:
    """Whether the end of a typed query is text that suggestions can complete.

    >>> [is_completed(typed) for typed in ('giá v', 'nguồn:"Tuổi', "ngày:20", 'tiêu_đề:"giá v', "18:30")]
    [True, False, False, True, True]
    """
    name = _name_of_last_field(typed)
    scope = scope_of(name.lstrip("-")) if name else None
    return scope is None or (scope.field in TEXT_FIELDS and not scope.dates)


def _name_of_last_field(typed: str) -> str:
    """The name of the field whose value, a word or an open quote, reaches the query's end; "" if none."""
    before = typed[: -len(_QUOTES.split(typed)[-1]) - 1] if _QUOTES.search(typed) else ""
    if before.endswith(":") and (named := _FIELD.findall(before)) and before.endswith(f"{named[-1]}:"):
        return str(named[-1])
    last = _BETWEEN_WORDS.split(typed.removesuffix("\n"))[-1]
    field = _FIELD.search(last)
    return field[1] if field else ""


def close_quotes(typed: str, suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """The suggestions, each with the closing quote that the typed query lacks.

    Headlines are left out where a quote is open: the text in quotes is a phrase.

    >>> [offer.text for offer in close_quotes('"giá v', [Suggestion('"giá vàng', Kind.PHRASE, 9)])]
    ['"giá vàng"']
    """
    if len(_QUOTES.findall(typed)) % 2 == 0:
        yield from suggestions
        return
    yield from (replace(offer, text=offer.text + '"') for offer in suggestions if offer.kind is Kind.PHRASE)
