"""Is a table of names correct? The command ``khobao names check FILE`` tells an archive's staff."""

import sys
from pathlib import Path

import click

from corpus.errors import OperatorError, UserError
from corpus.message import say
from search_app.cli import output
from search_app.cli.arguments import PATH
from search_app.cli.terminal import grouped
from search_app.language import translator
from search_app.query.names import CheckedTable, check_table
from search_app.settings import read_settings

_ = translator(read_settings().language)


@click.group(help=_("Other spellings and names that are searched too; tables in the data folder's names/."))
def names() -> None:
    """The group of the commands for tables of names."""


@names.command(name="check", help=_("Checks a table of names: each fault with its line and what mends it."))
@click.argument("path", type=PATH, metavar="FILE")
def check_names(path: Path) -> None:
    """Prints the faults of a table and how many lines are correct; the exit code is 2 if one is faulty."""
    sys.exit(_print_checked(path, _checked(path)))


def _checked(path: Path) -> CheckedTable:
    try:
        return check_table(path)
    except OperatorError as error:
        raise UserError(error.message) from error  # the user named this file, and can correct the name


def _print_checked(path: Path, checked: CheckedTable) -> int:
    for fault in checked.faults:
        output.line(
            say(
                "{path}, line {line}: {fault}",
                path=str(path),
                line=fault.line,
                fault=fault.message.render(_),
            ),
            _,
        )
    output.line(
        say(
            "{count} lines are sound, {faults} are faulty.",
            count=grouped(len(checked.rows)),
            faults=grouped(len(checked.faults)),
        ),
        _,
    )
    return 2 if checked.faults else 0
