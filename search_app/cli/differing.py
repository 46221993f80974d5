"""What entered, changed and vanished between two states of the archive? The command ``khobao diff``."""

from pathlib import Path
from typing import Any

import click

from corpus.message import say
from search_app.answer.differing import Diff, DiffLine, DiffMark
from search_app.answer.pins import AsOf
from search_app.answer.selection import Selection
from search_app.api.faults import ParameterError
from search_app.api.parameters import Values, read_state
from search_app.bootstrap import open_service
from search_app.cli import output
from search_app.cli.arguments import TEXT
from search_app.cli.data_option import data_option
from search_app.cli.selecting import matching_options, selected
from search_app.cli.terminal import grouped, printable
from search_app.formats.answers.history import DiffAnswer, ListedDiff
from search_app.formats.page_tables import diff_table
from search_app.formats.table import csv_lines
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

_MARKS = {DiffMark.ENTERED: "+", DiffMark.CHANGED: "~", DiffMark.VANISHED: "-"}
_NOW = "now"


@click.command(
    help=_(
        "Lists what entered (+), changed (~) and vanished (-) from the state N of the archive to the state M:"
        " numbers of changes, or days; M is the present unless given. With QUERY: of the articles that match."
    )
)
@click.argument("older", type=TEXT, metavar="N")
@click.argument("newer", type=TEXT, metavar="[M|now]", default=_NOW)
@click.argument("query", type=TEXT, metavar="[QUERY]", default="")
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("Prints it as CSV, a row each article."))
@matching_options
@data_option
def diff(
    older: str, newer: str, query: str, *, as_json: bool, as_csv: bool, data: Path | None, **options: Any
) -> None:
    """Prints how many articles differ, and a line for each.

    Raises:
        UserError: the archive has no such state, or the query is past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    selection = selected(query, options)
    compared = selection if selection.query.strip() or selection.is_filtered else None
    found = _differing(older, newer, compared, data)
    if as_json:
        output.print_json(DiffAnswer, ListedDiff(found, list(found.lines())), _)
    elif as_csv:
        for line in csv_lines(diff_table(found)):
            click.echo(line, nl=False)
    else:
        _print(found)


def _differing(older: str, newer: str, compared: Selection | None, data: Path | None) -> Diff:
    first = _state(older, "N")
    last = None if newer.strip().casefold() == _NOW else _state(newer, "M")
    return open_service(read_settings(data)).differing.diff(first, last, compared)


def _state(text: str, name: str) -> AsOf:
    state = read_state(Values([(name, text)]), name)
    if state is None:
        raise ParameterError(
            say("{name} is empty; give the number of a change, or a day as in 2026-11-30", name=name)
        )
    return state


def _print(found: Diff) -> None:
    output.line(
        say(
            "Change {older} to change {newer}: {entered} entered, {changed} changed, {vanished} vanished.",
            older=grouped(found.older),
            newer=grouped(found.newer),
            entered=grouped(found.entered),
            changed=grouped(found.changed),
            vanished=grouped(found.vanished),
        ),
        _,
    )
    if found.withheld:
        output.line(
            say(
                "Articles of the whole archive that are withdrawn now, and shown in no state: {withheld}.",
                withheld=grouped(found.withheld),
            ),
            _,
        )
    for line in found.lines():
        click.echo(_line(line))


def _line(line: DiffLine) -> str:
    cells = [line.article_id, line.published.text, line.source, line.title]
    if line.state:
        cells.append(f"[{line.state}] {line.reason}".rstrip())
    return f"{_MARKS[line.mark]} " + "\t".join(map(printable, cells)).rstrip("\t")
