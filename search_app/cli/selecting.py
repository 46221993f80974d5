"""Which articles does a command ask for? The options of a selection, which are the parameters of an address.

They are read as an address is (search_app.api.parameters), so that a value means the same, and an impossible
one is refused in the same words.
"""

from collections.abc import Callable, Iterable
from typing import Any

import click

from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.selection import Selection
from search_app.api.parameters import (
    ALSO,
    AS_OF,
    AS_TYPED,
    FIRST,
    LAST,
    LEAVE_OUT,
    NOT_ALSO,
    NOT_UNIT,
    ONCE,
    STORIES,
    UNDATED,
    UNITS,
    WIDEN,
    read_selection,
)
from search_app.cli.arguments import TEXT
from search_app.facets import FACETS, Facet
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

_FACETS = tuple(prefix + name.value for name in FacetName for prefix in ("", LEAVE_OUT))

Command = Callable[..., Any]


def _facet_options(name: str, facet: Facet) -> tuple[Command, Command]:
    """The options that choose values of a facet, and that leave them out."""
    title = facet.title.render(_)
    choosing = _("{title}: only of this one; several times: of any of them; empty: none given.")
    return (
        click.option(f"--{name}", type=TEXT, multiple=True, help=choosing.format(title=title)),
        click.option(f"--not-{name}", type=TEXT, multiple=True, help=facet.excluding.render(_) + "."),
    )


_MATCHING = (
    click.option(
        "--widening/--no-widening",
        WIDEN,
        default=None,
        help=_(
            "Searches other spellings and names too, or only what was typed; else KHOBAO_WIDEN, else too."
        ),
    ),
    click.option(
        "--units/--no-units",
        UNITS,
        default=None,
        help=_("Cuts words typed side by side into units that stand together, or searches each by itself."),
    ),
    click.option("--not-unit", type=TEXT, multiple=True, help=_("A unit that comes apart into its words.")),
    click.option(
        "--also",
        type=TEXT,
        multiple=True,
        help=_("Of the other spellings and names this one alone; several times: these; empty: none."),
    ),
    click.option("--not-also", type=TEXT, multiple=True, help=_("A spelling or name that is not searched.")),
    click.option("--from", FIRST, type=TEXT, help=_("Published then or later: 2013, 5/2013, 26/5/2013.")),
    click.option("--to", LAST, type=TEXT, help=_("Published then or earlier.")),
    click.option(
        "--undated",
        is_flag=True,
        help=_("Articles without a date; beside --from or --to those that these leave out for lack of one."),
    ),
    *(option for name, facet in FACETS.items() for option in _facet_options(name.value, facet)),
)
_once_option = click.option(
    "--once", is_flag=True, help=_("Counts a body's beginning that repeats the lede no second time.")
)
_as_of_option = click.option(
    "--as-of",
    AS_OF,
    type=TEXT,
    metavar="CHANGE",
    help=_("As the archive stood: at this change, or at the end of this day."),
)
as_typed_option = click.option(
    "--as-typed",
    is_flag=True,
    help=_("Searches what was typed, without correction of what finds nothing."),
)
_ANSWERING = (
    click.option("--stories", is_flag=True, help=_("Shows each story once: its best article.")),
    _once_option,
    as_typed_option,
    click.option("--sort", type=click.Choice([one.value for one in Sort]), help=_("The order.")),
    _as_of_option,
)
_COUNTING = (
    click.option("--stories", is_flag=True, help=_("Counts each story once: its first print.")),
    _once_option,
    _as_of_option,
)


def selection_options(command: Command) -> Command:
    """The options of a selection, which ``selected`` reads, as keyword arguments of the command."""
    return matching_options(_given(_ANSWERING, command))


def counting_options(command: Command) -> Command:
    """The options of what is counted, which ``asked_pairs`` reads."""
    return matching_options(_given(_COUNTING, command))


def matching_options(command: Command) -> Command:
    """Those of them alone that decide which articles match in a state."""
    return _given(_MATCHING, command)


def _given(options: Iterable[Callable[[Command], Command]], command: Command) -> Command:
    for option in reversed(tuple(options)):
        command = option(command)
    return command


def selected(query: str, options: dict[str, Any]) -> Selection:
    """What a query and the options of ``selection_options`` ask for.

    Raises:
        ParameterError: a value that cannot be.
    """
    return read_selection(asked_pairs(query, options))


def asked_pairs(query: str, options: dict[str, Any]) -> list[tuple[str, str]]:
    """The parameters of the address that asks for the same."""
    return [("q", query), *(pair for name, value in options.items() for pair in _pairs(name, value))]


def _pairs(name: str, value: str | bool | int | Iterable[str] | None) -> list[tuple[str, str]]:
    """The parameter of an option; none where it was not given."""
    match value:
        case bool():
            return [(name, str(int(value)))] if value or name in {WIDEN, UNITS} else []
        case str() | int():
            return [(name, str(value))]
        case None:
            return []
        case _:
            return [(name, one) for one in value]


NAMES = (
    "q",
    STORIES,
    ONCE,
    AS_TYPED,
    UNITS,
    NOT_UNIT,
    WIDEN,
    ALSO,
    NOT_ALSO,
    "sort",
    FIRST,
    LAST,
    AS_OF,
    UNDATED,
    *_FACETS,
)
"""The parameters of an address that these options are."""
