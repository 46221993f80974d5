"""What do people see of a facet? One row for each: its titles, its parameters, its values and their order.

Where the index reads a value stands in indexer.facets. A new facet is a row there and a row here; addresses,
JSON, the page of all its values and its CSV follow from both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from corpus.message import Message, say
from corpus.published import Published
from indexer.facets import FacetName


class ValueOrder(Enum):
    """In which order the values of a facet are listed."""

    COUNT = "those with most articles first, then by name"
    NEWEST = "the newest first"


@dataclass(frozen=True, slots=True)
class ValueForm:
    """Which values can be: the others are refused, with the sentence that ``refusal`` makes of one."""

    pattern: re.Pattern[str]
    refusal: Callable[[str], Message]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as people see it.

    Attributes:
        title: of its values; before a chosen one.
        excluding: before a value that is excluded.
        none: how the value "" reads.
        parameter, excluding_parameter: what its parameters take, for the description of the API.
        beside_results: how many of its values stand beside the results; all have a page of their own.
        order: of its values.
        form: which values can be; None: any.
        read: what a value says to a person, where that is not itself.
    """

    title: Message
    excluding: Message
    none: Message
    parameter: str
    excluding_parameter: str
    beside_results: int
    order: ValueOrder = ValueOrder.COUNT
    form: ValueForm | None = None
    read: Callable[[str], str | Published] = str


def _not_a_year(value: str) -> Message:
    return say("year is “{value}”; give a year such as 2013", value=value)


def _not_a_month(value: str) -> Message:
    return say("month is “{value}”; give a month such as 2013-05", value=value)


FACETS: Mapping[FacetName, Facet] = {
    FacetName.SOURCE: Facet(
        say("Source"),
        say("Without the source"),
        say("no source given"),
        "a newspaper; empty: none given",
        "a newspaper that is excluded",
        beside_results=8,
    ),
    FacetName.SECTION: Facet(
        say("Section"),
        say("Without the section"),
        say("no section given"),
        "a section; empty: none given",
        "a section that is excluded",
        beside_results=8,
    ),
    FacetName.YEAR: Facet(
        say("Year"),
        say("Without the year"),
        say("year unknown"),
        "a year; empty: not known",
        "a year that is excluded",
        beside_results=0,  # time is shown as bars
        order=ValueOrder.NEWEST,
        form=ValueForm(re.compile(r"[0-9]{4}"), _not_a_year),
    ),
    FacetName.MONTH: Facet(
        say("Month"),
        say("Without the month"),
        say("year unknown"),
        "a month, 2013-05; empty: not known",
        "a month that is excluded",
        beside_results=0,  # the same
        order=ValueOrder.NEWEST,
        form=ValueForm(re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"), _not_a_month),
        read=Published,
    ),
    FacetName.AUTHOR: Facet(
        say("Author"),
        say("Without the author"),
        say("no author given"),
        "an author; empty: none given",
        "an author that is excluded",
        beside_results=5,
    ),
    FacetName.TAG: Facet(
        say("Tag"),
        say("Without the tag"),
        say("no tag given"),
        "a tag of the newspaper; empty: none given",
        "a tag that is excluded",
        beside_results=5,
    ),
}

BESIDE_RESULTS = tuple(name for name, facet in FACETS.items() if facet.beside_results)
"""What the page of results counts."""

MOST_BESIDE = 1 + max(facet.beside_results for facet in FACETS.values())
"""How many values of a facet the page of results needs: of several an article, "none given" is not shown."""
