"""What of a typed query is completed? Words of the text, in quotes too; names of papers and dates are not.

Suggestions are learnt from headlines and ledes: they say nothing of who printed, wrote or when.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.fields import TEXT_FIELDS
from indexer.suggest.suggestion import Kind, Suggestion
from search_app.query.grammar.fields import scope_of
from search_app.query.grammar.spelling import DOUBLE_QUOTES

_QUOTES = re.compile(f"[{DOUBLE_QUOTES}]")
_OUTSIDE_A_NAME = rf"\s{DOUBLE_QUOTES}():"
_FIELD = re.compile(rf"(?<![^{_OUTSIDE_A_NAME}])([^{_OUTSIDE_A_NAME}]++):")
_BETWEEN_WORDS = re.compile(rf"[\s{DOUBLE_QUOTES}]")


def is_completed(typed: str) -> bool:
    """Whether what stands at the end is text.

    >>> [is_completed(one) for one in ('giá v', 'nguồn:"Tuổi', "ngày:20", 'tiêu_đề:"giá v', "18:30")]
    [True, False, False, True, True]
    """
    name = _name_of_last_field(typed)
    scope = scope_of(name.lstrip("-")) if name else None
    return scope is None or (scope.field in TEXT_FIELDS and not scope.dates)


def _name_of_last_field(typed: str) -> str:
    """The name of the field whose value, quoted or one word, goes on to the end; empty where none does."""
    before = typed[: -len(_QUOTES.split(typed)[-1]) - 1] if _QUOTES.search(typed) else ""
    if before.endswith(":") and (named := _FIELD.findall(before)) and before.endswith(f"{named[-1]}:"):
        return str(named[-1])
    last = _BETWEEN_WORDS.split(typed.removesuffix("\n"))[-1]
    found = _FIELD.search(last)
    return found[1] if found else ""


def closed(typed: str, offered: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """What is offered, with the closing quote that the typed query still wants.

    >>> [one.text for one in closed('"giá v', [Suggestion('"giá vàng', Kind.PHRASE, 9)])]
    ['"giá vàng"']
    """
    if len(_QUOTES.findall(typed)) % 2 == 0:
        yield from offered
        return
    yield from (replace(one, text=one.text + '"') for one in offered if one.kind is Kind.PHRASE)
