"""Into which units is a query cut, and why? The command ``khobao units QUERY``."""

from pathlib import Path

import click

from corpus.message import Message, say
from indexer.units.table import UnitKind
from indexer.units.unit_cut import CutUnit, UnitReason
from search_app.bootstrap import open_cutter
from search_app.cli import output
from search_app.cli.arguments import TEXT
from search_app.cli.data_option import data_option
from search_app.cli.terminal import grouped, short
from search_app.formats.answers.units import UnitsAnswer
from search_app.language import translator
from search_app.query.units.explaining import ExplainedRun, ExplainedUnit, explain_units
from search_app.settings import read_settings

_ = translator(read_settings().language)


@click.command(help=_("Says into which units a query is cut, and why: by which counts, or which table."))
@click.argument("query", type=TEXT, metavar="QUERY")
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON."))
@data_option
def units(query: str, *, as_json: bool, data: Path | None) -> None:
    """Prints each unit with what it is, and the next best cut.

    Raises:
        UserError: the query is past a limit.
        OperatorError: there is no archive, or the table of units or a table of names cannot be read.
    """
    explained = explain_units(query, open_cutter(read_settings(data)))
    if as_json:
        output.print_json(UnitsAnswer, explained, _)
        return
    for run in explained.runs:
        _print_run(run)


def _print_run(run: ExplainedRun) -> None:
    for explained in run.units:
        output.line(say("[{unit}] {why}", unit=explained.text, why=_why(explained).render(_)), _)
    if run.other:
        output.line(
            say(
                "The next best cut into words and names is {other}; it is {odds} times less likely.",
                other=" ".join(f"[{text}]" for text in run.other),
                odds=short(run.odds),
            ),
            _,
        )


def _why(explained: ExplainedUnit) -> Message:
    by_table = _BY_TABLE.get(explained.unit.reason)
    return by_table or _by_corpus(explained.unit)


def _by_corpus(unit: CutUnit) -> Message:
    """What the corpus has of a unit."""
    if unit.entry is None:
        return say("stands by itself")
    text, count, places = (
        " ".join(unit.entry.syllables),
        grouped(unit.entry.count),
        grouped(unit.entry.places),
    )
    match unit.entry.kind:
        case UnitKind.SYLLABLE:
            return say(
                "stands by itself: {text} is a word by itself {count} times, of {places} places",
                text=text,
                count=count,
                places=places,
            )
        case UnitKind.PHRASE:
            return say(
                "is the set phrase {text}: in {count} titles and ledes, of {places} with both words",
                text=text,
                count=count,
                places=places,
            )
        case UnitKind.NAME:
            return say(
                "is the name {text}: {count} times, of {places} where its syllables are side by side",
                text=text,
                count=count,
                places=places,
            )
        case UnitKind.WORD:
            return say(
                "is the word {text}: {count} times, of {places} where its syllables are side by side",
                text=text,
                count=count,
                places=places,
            )


_BY_TABLE = {
    UnitReason.CAPITALS: say("is a name by its capitals; the corpus has no such unit"),
    UnitReason.ARCHIVE: say("is bound by the archive's own table"),
    UnitReason.NAMES: say("is a name of the tables of names"),
    UnitReason.MODEL: say("is one word by the shipped word model: the archive is too small to tell"),
}
