"""What is found over time, and how much do many queries find? ``khobao timeline`` and ``khobao counts``."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from corpus.errors import UserError
from corpus.message import Message, say
from indexer.facets import FacetName
from search_app.answer.counting.dated import RowKind
from search_app.answer.counting.query_counts import QueryCounts
from search_app.answer.counting.series import SPLITS, Measure, Point, Scale, Series, Trend, TrendRequest
from search_app.answer.counting.source_coverage import CoverageEvent, SourceNote
from search_app.answer.periods import TimeUnit
from search_app.answer.service import Service
from search_app.api.parameters import Values
from search_app.api.trends import COUNT, SCALE, SPLIT, UNIT, WITH, read_trend
from search_app.bootstrap import open_service
from search_app.cli import output
from search_app.cli.arguments import FILE, PATH, TEXT
from search_app.cli.data_option import data_option
from search_app.cli.query_files import query_lines
from search_app.cli.selecting import as_typed_option, counting_options, selected
from search_app.cli.terminal import grouped, printable, sentence, short
from search_app.facets import FACETS
from search_app.formats.answers.timeline import NOTES, TimelineAnswer
from search_app.formats.counts_tables import counts_table, each_table
from search_app.formats.file_names import export_name
from search_app.formats.page_tables import timeline_table
from search_app.formats.table import Table, csv_lines
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

_NONE = "–"


@click.command(
    help=_(
        "Counts what a query finds over time, and what the archive holds, period by period; an empty QUERY is"
        " the whole archive."
    )
)
@click.argument("query", type=TEXT, metavar="QUERY")
@click.option(f"--{WITH}", WITH, type=TEXT, multiple=True, help=_("A further query; up to five."))
@click.option(
    f"--{UNIT}", type=click.Choice([one.value for one in TimeUnit]), help=_("The length of the periods.")
)
@click.option(
    f"--{COUNT}",
    type=click.Choice([one.value for one in Measure]),
    help=_("What a chart of the JSON counts."),
)
@click.option(
    f"--{SCALE}", type=click.Choice([one.value for one in Scale]), help=_("What a chart of the JSON shows.")
)
@click.option(
    f"--{SPLIT}",
    type=click.Choice([one.value for one in SPLITS]),
    help=_("A series for each of the values with most, and one for the rest."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON, as /api/timeline does."))
@click.option("--csv", "as_csv", is_flag=True, help=_("Prints it as CSV, a row each period and series."))
@as_typed_option
@counting_options
@data_option
def timeline(query: str, *, as_json: bool, as_csv: bool, data: Path | None, **options: Any) -> None:
    """Prints the rows of each series.

    Raises:
        UserError: a query is past a limit, or there are too many of them, or too many periods; or two forms
            are asked for.
        OperatorError: the index cannot be read.
    """
    if as_json and as_csv:
        raise UserError(say("--json and --csv are both given; leave one of them out"))
    trend = open_service(read_settings(data)).trends.trend(_asked(query, options))
    if as_json:
        output.print_json(TimelineAnswer, trend, _)
    elif as_csv:
        _print_csv(timeline_table(trend))
    else:
        _print(trend)


@click.command(
    help=_(
        "Counts each query of a file (a line each: the query, or an id, a tab and the query): prints a CSV"
        " with articles, stories and hits, and what is held. A query past a limit is reported and skipped;"
        " the exit code is then 2."
    )
)
@click.argument("queries", type=FILE, metavar="QUERIES")
@click.option(
    "--each",
    "folder",
    type=PATH,
    metavar="DIR",
    help=_("Writes a CSV of the matching articles of each query there, too."),
)
@counting_options
@data_option
def counts(queries: Path, folder: Path | None, data: Path | None, **options: Any) -> None:
    """Prints a row for each query.

    Raises:
        UserError: the file cannot be read, or the folder not be written.
        OperatorError: the index cannot be read, or its format cannot count.
    """
    skipped: list[str] = []
    service = open_service(read_settings(data))
    lines = query_lines(queries)
    _print_csv(counts_table(_counted(service, lines, options, folder, skipped)))
    sys.exit(2 if skipped else 0)


def _counted(
    service: Service, lines: list[str], options: dict[str, Any], folder: Path | None, skipped: list[str]
) -> Iterator[tuple[str, QueryCounts]]:
    """The counts of each query that can be asked; the others are reported."""
    for number, line in enumerate(lines, 1):
        name, tab, text = line.partition("\t")
        name, text = (name.strip(), text) if tab else (str(number), line.strip())
        try:
            counted = service.counting.count(selected(text, options))
        except UserError as error:
            click.echo(f"{printable(name)}: {sentence(error.message, _)}", err=True)
            skipped.append(name)
            continue
        if folder is not None:
            _write_each(folder, number, counted)
        yield name, counted


def _write_each(folder: Path, number: int, counted: QueryCounts) -> None:
    """Writes the matching articles of a query."""
    name = export_name(counted.selection, counted.articles, counted.archive_number)
    path = folder / f"{number:04}_{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(each_table(counted)))
    except OSError as error:
        raise UserError(
            say(
                "{path}: this cannot be written: {error}; choose another folder with --each",
                path=str(path),
                error=error.strerror or str(error),
            )
        ) from error


def _asked(query: str, options: dict[str, Any]) -> TrendRequest:
    ours = {name: options.pop(name) for name in (WITH, UNIT, COUNT, SCALE, SPLIT)}
    pairs = [(WITH, text) for text in ours.pop(WITH)]
    pairs += [(name, value) for name, value in ours.items() if value]
    return read_trend(selected(query, options), Values(pairs))


def _print_csv(table: Table) -> None:
    for line in csv_lines(table):
        click.echo(line, nl=False)


def _print(trend: Trend) -> None:
    if trend.dated < trend.held:
        output.line(
            say(
                "Of {held} articles held, {dated} have a date that a period can hold.",
                held=grouped(trend.held),
                dated=grouped(trend.dated),
            ),
            _,
        )
    for note in trend.notes:
        output.line(_said(note), _)
    for series in trend.series:
        click.echo()
        _print_series(series)
    if any(point.is_thin for series in trend.series for point in series.points):
        output.line(say("* little is held in this period, and its figures say little"), _)


def _said(note: SourceNote) -> Message:
    """A note on a source's coverage."""
    days = {"first": note.first.isoformat(), "last": note.last.isoformat()}
    when = days["last"] if note.event is CoverageEvent.ENDS else days["first"]
    source = printable(note.source) if note.source else FACETS[FacetName.SOURCE].none.render(_)
    return Message(NOTES[note.event].template, {"source": source, "when": when, **days})


def _print_series(series: Series) -> None:
    if series.value is not None or series.rest:
        click.echo(printable(series.value or _NONE) if not series.rest else sentence(say("the others"), _))
    output.line(
        say(
            "{query}: {articles} articles · {stories} stories · {hits} hits; held: {held} articles,"
            " {syllables} syllables",
            query=series.query.strip() or _NONE,
            articles=_figure(series.articles),
            stories=_figure(series.stories),
            hits=_figure(series.hits),
            held=_figure(series.held_articles),
            syllables=_figure(series.held_syllables),
        ),
        _,
    )
    if series.corrected_from:
        output.line(say("No article holds everything in: {query}", query=series.corrected_from), _)
    titles = ("articles", "hits", "stories", "held_articles", "per_thousand", "per_million")
    click.echo("\t".join(("first", "last", *titles)))
    for point in series.points:
        click.echo("\t".join(_cells(point)))


def _cells(point: Point) -> Iterator[str]:
    first, last = (day.isoformat() if day else "" for day in (point.first, point.last))
    is_known = point.is_held or point.kind is not RowKind.PERIOD
    yield from (first, last) if first else (point.kind.value, "")
    for value in (point.articles, point.hits, point.stories):
        yield _figure(value if is_known else None)
    yield _figure(point.held_articles)
    yield _figure(point.per_thousand)
    yield _figure(point.per_million) + (" *" if point.is_thin else "")


def _figure(value: float | None) -> str:
    if value is None:
        return _NONE
    return short(value) if isinstance(value, float) else grouped(value)
