"""Where does a query stand, line by line? The command ``khobao concordance``."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import combining, east_asian_width, normalize

import click

from corpus.message import say
from indexer.counting import TokenUnit
from search_app.answer.counting.concordance import ConcordanceRequest, ConcordanceTotals
from search_app.answer.counting.grouping import NeighbourCount, Side
from search_app.answer.counting.line_order import LineSort
from search_app.answer.counting.lines import Line
from search_app.answer.service import Service
from search_app.api.concordances import SENTENCE, SYLLABLES, concordance_request
from search_app.api.parameters import Values
from search_app.bootstrap import open_service
from search_app.cli import output
from search_app.cli.arguments import TEXT, check_one_form, choices
from search_app.cli.data_option import data_option
from search_app.cli.selecting import asked_pairs, counting_options
from search_app.cli.terminal import grouped, printable, short
from search_app.formats.answers.concordance import ConcordanceAnswer, GroupAnswer, LineAnswer
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.shape import AnswerSchema
from search_app.formats.page_tables import groups_table, lines_table
from search_app.formats.table import csv_lines
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

Options = dict[str, Any]

_LAID_OUT = 1_000  # lines that are aligned with each other


@click.command(
    help=_(
        "Prints every hit of QUERY in a line, with what stands left and right of it; with --group, what"
        " stands there and how often."
    )
)
@click.argument("query", type=TEXT, metavar="QUERY")
@click.option(
    "--left", type=TEXT, metavar="N", default="8", show_default=True, help=_("Syllables before each hit.")
)
@click.option(
    "--right", type=TEXT, metavar="N", default="8", show_default=True, help=_("Syllables after it.")
)
@click.option(
    "--context", type=TEXT, metavar=choices((SYLLABLES, SENTENCE)), help=_("The sentence in place of these.")
)
@click.option(
    "--sort",
    type=TEXT,
    metavar=choices(LineSort),
    help=_("The order; newest first unless given."),
)
@click.option("--group", type=TEXT, metavar=choices(Side), help=_("Counts what stands on this side."))
@click.option(
    "--unit",
    type=TEXT,
    metavar=choices(TokenUnit),
    help=_("The unit of --group: else word."),
)
@click.option("--beside", type=TEXT, help=_("With --group: the lines that have this neighbour there."))
@click.option(
    "--sample",
    type=TEXT,
    metavar="N",
    help=_("Draws N hits; those drawn stay unless new ones take their place."),
)
@click.option("--seed", type=TEXT, help=_("The seed of --sample; else 1."))
@click.option("--page", type=TEXT, help=_("Prints one page alone, from 1; else all."))
@click.option("--size", type=TEXT, help=_("Lines a page."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints a page as JSON, as /concordance.json does."))
@click.option("--jsonl", "as_lines", is_flag=True, help=_("Prints every line as a line of JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("Prints every line, or group, as CSV."))
@counting_options
@data_option
def concordance(
    query: str, *, as_json: bool, as_lines: bool, as_csv: bool, data: Path | None, **options: Any
) -> None:
    """Prints lines or groups, all of them unless a page is asked for.

    Raises:
        UserError: the query is past a limit, or a value cannot be.
        OperatorError: the archive or the index cannot be read, or cannot count.
    """
    check_one_form({"--json": as_json, "--jsonl": as_lines, "--csv": as_csv})
    request = concordance_request(Values(asked_pairs(query, options)))
    service = open_service(read_settings(data))
    if as_json:
        output.print_json(ConcordanceAnswer, service.concordances.page(request), _)
    elif request.group is not None and request.beside is None:
        _print_groups(service, request, options, as_lines=as_lines, as_csv=as_csv)
    else:
        _print_lines(service, request, options, as_lines=as_lines, as_csv=as_csv)


def _print_groups(
    service: Service, request: ConcordanceRequest, options: Options, *, as_lines: bool, as_csv: bool
) -> None:
    page = (service.concordances.page if options["page"] else service.concordances.all_groups)(request)
    if as_csv:
        _echo(csv_lines(groups_table(page.groups)))
    elif as_lines:
        _echo(_json_lines(GroupAnswer, page.groups))
    else:
        _print_totals(page.totals)
        _echo(map(_group_line, page.groups))


def _group_line(group: NeighbourCount) -> str:
    return f"{grouped(group.hits):>9} {grouped(group.articles):>9}  {printable(group.text)}\n"


def _print_lines(
    service: Service, request: ConcordanceRequest, options: Options, *, as_lines: bool, as_csv: bool
) -> None:
    found = service.concordances.page(request) if options["page"] else service.concordances.stream(request)
    lines = iter(found.lines)
    if as_csv:
        _echo(csv_lines(lines_table(lines)))
    elif as_lines:
        _echo(_json_lines(LineAnswer, lines))
    else:
        _print_totals(found.totals)
        while some := list(islice(lines, _LAID_OUT)):
            _echo(_aligned(some))


def _json_lines(answer: type[AnswerSchema], values: Iterable[object]) -> Iterator[str]:
    return (json.dumps(dump(answer, value, _), ensure_ascii=False) + "\n" for value in values)


def _print_totals(totals: ConcordanceTotals) -> None:
    output.line(
        say(
            "{hits} hits in {articles} articles ({stories} stories), out of {held} articles held with"
            " {syllables} syllables; {rate} hits a million syllables",
            hits="–" if totals.hits is None else grouped(totals.hits),
            articles=grouped(totals.articles),
            stories=grouped(totals.stories),
            held=grouped(totals.held_articles),
            syllables=grouped(totals.held_syllables),
            rate="–" if totals.per_million is None else short(totals.per_million),
        ),
        _,
    )
    if totals.hits is not None and totals.lines != totals.hits:
        output.line(say("Shown are {count} of them.", count=grouped(totals.lines)), _)


def _aligned(lines: Sequence[Line]) -> Iterator[str]:
    """Lines in which every hit begins in one column."""
    texts = [tuple(printable(text) for text in (line.left, line.hit, line.right)) for line in lines]
    before = max(columns(left) for left, _hit, _right in texts)
    after = max(columns(hit + right) for _left, hit, right in texts)
    for line, (left, hit, right) in zip(lines, texts, strict=True):
        shown = click.style(hit, bold=True)
        cells = map(printable, filter(None, (line.source, line.published.text, line.article_id)))
        about = f"{' ' * (after - columns(hit + right))}  {' · '.join(cells)}"
        yield f"{' ' * (before - columns(left))}{left}{shown}{right}{about}\n"


def columns(text: str) -> int:
    """The columns of a terminal that a text takes.

    >>> columns("tiếng"), columns("tie\u0302\u0301ng"), columns("中")
    (5, 5, 2)
    """
    return sum(
        0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in normalize("NFC", text)
    )


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, nl=False)
