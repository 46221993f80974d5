"""How are the items of a file searched? One by one, and the search for each is a step."""

from collections.abc import Iterator
from typing import TypeVar

from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.records import WHOLE, Refusal

Item = TypeVar("Item")


def in_steps(file: SourceFile, items: Iterator[Item], tally: Tally) -> Iterator[Item | Refusal]:
    """The items of a file; where the search for one must not be tried, its refusal ends the file."""
    while True:
        if cause := tally.steps.search(file.name, WHOLE):
            yield refuse(file, WHOLE, cause.reason, cause.message)
            return
        try:
            item = next(items)
        except StopIteration:
            return
        yield item
