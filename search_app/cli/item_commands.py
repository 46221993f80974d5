"""Which commands count items? ``khobao collocations``, ``keywords``, ``ngrams`` and ``compare``.

Their options are the parameters of the addresses of the same names, and are read by the same code.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from indexer.counting import TokenUnit
from search_app.answer.counting.item_order import Direction, ItemMeasure
from search_app.answer.counting.keywords import KEYWORD_MEASURES
from search_app.answer.service import Service
from search_app.api.item_requests import (
    OTHER_FIRST,
    OTHER_LAST,
    OTHER_QUERY,
    collocation_request,
    comparison_request,
    keyword_request,
    ngram_request,
)
from search_app.api.parameters import Values
from search_app.bootstrap import open_service
from search_app.cli import output
from search_app.cli.arguments import TEXT, check_one_form, choices
from search_app.cli.data_option import data_option
from search_app.cli.item_output import print_collocations, print_comparison, print_keywords, print_ngrams
from search_app.cli.selecting import asked_pairs, counting_options
from search_app.formats.answers.items import (
    CollocationsAnswer,
    ComparisonAnswer,
    KeywordsAnswer,
    NgramsAnswer,
)
from search_app.formats.item_tables import collocations_table, comparison_table, keywords_table, ngrams_table
from search_app.formats.table import Table, csv_lines
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

Command = Callable[..., Any]

_QUERY = click.argument("query", type=TEXT, metavar="QUERY")
_SIZE = click.option("--size", type=TEXT, metavar="N", help=_("How many are listed, 1 to 100."))
_PAGE = click.option("--page", type=TEXT, metavar="N", help=_("Which of them, from 1."))
_UNIT = click.option("--unit", type=TEXT, metavar=choices(TokenUnit), help=_("What is counted; else word."))
_LEAST = click.option("--least", type=TEXT, metavar="N", help=_("How often an item has to stand; else 5."))
_DIRECTION = click.option(
    "--direction", type=TEXT, metavar=choices(Direction), help=_("Greatest or least first.")
)
_JSON = click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON."))
_CSV = click.option("--csv", "as_csv", is_flag=True, help=_("Prints all of it as CSV."))


def _by(measures: tuple[ItemMeasure, ...]) -> Command:
    return click.option(
        "--by", type=TEXT, metavar=choices(measures), help=_("What sorts; else log_likelihood.")
    )


def _counting(command: Command) -> Command:
    for option in reversed((_UNIT, _LEAST, _SIZE, _JSON, _CSV, counting_options, data_option)):
        command = option(command)
    return command


@click.command(help=_("Counts what stands near the hits of QUERY, and how much more often than elsewhere."))
@_QUERY
@click.option("--left", type=TEXT, metavar="N", help=_("Units before a hit, 0 to 20; else 5."))
@click.option("--right", type=TEXT, metavar="N", help=_("Units after a hit, 0 to 20; else 5."))
@_by(tuple(ItemMeasure))
@_DIRECTION
@_PAGE
@_counting
def collocations(query: str, *, as_json: bool, as_csv: bool, data: Path | None, **options: Any) -> None:
    """Prints the collocates of a query.

    Raises:
        UserError: a value that cannot be, or the query is past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    check_one_form({"--json": as_json, "--csv": as_csv})
    asked = collocation_request(_values(query, options))
    if as_csv:
        asked = replace(asked, listing=replace(asked.listing, page=None))
    found = _service(data).collocations.find(asked)
    if as_csv:
        _print_csv(collocations_table(found))
    elif as_json:
        output.print_json(CollocationsAnswer, found, _)
    else:
        print_collocations(found, _)


@click.command(
    help=_("Counts what stands in the articles that match QUERY more often, or less often, than in the rest.")
)
@_QUERY
@_by(KEYWORD_MEASURES)
@_DIRECTION
@_PAGE
@_counting
def keywords(query: str, *, as_json: bool, as_csv: bool, data: Path | None, **options: Any) -> None:
    """Prints the keywords of a selection.

    Raises:
        UserError: a value that cannot be, or the query is past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    check_one_form({"--json": as_json, "--csv": as_csv})
    asked = keyword_request(_values(query, options))
    if as_csv:
        asked = replace(asked, listing=replace(asked.listing, page=None))
    found = _service(data).keywords.find(asked)
    if as_csv:
        _print_csv(keywords_table(found))
    elif as_json:
        output.print_json(KeywordsAnswer, found, _)
    else:
        print_keywords(found, _)


@click.command(help=_("Counts the words, or the runs of words, of the articles that match QUERY."))
@_QUERY
@click.option("--length", type=TEXT, metavar="N", help=_("Items of a run, 1 to 5; else 1."))
@_PAGE
@_counting
def ngrams(query: str, *, as_json: bool, as_csv: bool, data: Path | None, **options: Any) -> None:
    """Prints the word list, or the n-grams, of a selection.

    Raises:
        UserError: a value that cannot be, or the query is past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    check_one_form({"--json": as_json, "--csv": as_csv})
    asked = ngram_request(_values(query, options))
    if as_csv:
        asked = replace(asked, listing=replace(asked.listing, page=None))
    found = _service(data).ngrams.find(asked)
    if as_csv:
        _print_csv(ngrams_table(found))
    elif as_json:
        output.print_json(NgramsAnswer, found, _)
    else:
        print_ngrams(found, _)


@click.command(
    help=_(
        "Compares the articles that match QUERY with those that match OTHER, or with those of another period:"
        " what only one finds, what both find, and the keywords of each."
    )
)
@_QUERY
@click.argument(OTHER_QUERY, type=TEXT, metavar="[OTHER]", default="")
@click.option("--other-from", OTHER_FIRST, type=TEXT, help=_("The second: published then or later."))
@click.option("--other-to", OTHER_LAST, type=TEXT, help=_("The second: published then or earlier."))
@_counting
def compare(query: str, *, as_json: bool, as_csv: bool, data: Path | None, **options: Any) -> None:
    """Prints what two selections find.

    Raises:
        UserError: a value that cannot be, or a query is past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    check_one_form({"--json": as_json, "--csv": as_csv})
    found = _service(data).comparing.compare(comparison_request(_values(query, options)))
    if as_csv:
        _print_csv(comparison_table(found))
    elif as_json:
        output.print_json(ComparisonAnswer, found, _)
    else:
        print_comparison(found, _)


def _values(query: str, options: dict[str, Any]) -> Values:
    return Values(asked_pairs(query, options))


def _service(data: Path | None) -> Service:
    return open_service(read_settings(data))


def _print_csv(table: Table) -> None:
    for line in csv_lines(table):
        click.echo(line, nl=False)
