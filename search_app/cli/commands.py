"""Which commands does ``khobao`` have? The group with those that search, serve, verify and rebuild.

Commands with many options or of one topic have modules of their own: adding, archive_commands and names.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from corpus.errors import UserError
from corpus.message import say
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.bootstrap import open_service
from search_app.cli import (
    archive_commands,
    audit_log,
    concordance,
    counting,
    differing,
    exporting,
    item_commands,
    output,
    safekeeping,
    search_output,
    sources,
    status_output,
    verify_command,
    withdrawing,
    writing,
)
from search_app.cli.adding import add
from search_app.cli.arguments import FILE, TEXT
from search_app.cli.data_option import data_option as _data
from search_app.cli.names import names
from search_app.cli.query_files import query_lines
from search_app.cli.selecting import selected, selection_options
from search_app.cli.server import run_server
from search_app.cli.terminal import grouped, printable, sentence
from search_app.cli.units import units
from search_app.cli.upkeep import report_status
from search_app.formats.answers.article import ExplainAnswer, ExplainedArticle
from search_app.formats.answers.commands import StatusAnswer
from search_app.formats.answers.search import SearchAnswer
from search_app.language import translator
from search_app.public_url import read_public_url
from search_app.settings import read_admin_email, read_query_seconds, read_settings

_ = translator(read_settings().language)

_PAGE = click.IntRange(max=1_000_000_000)

_expansion_option = click.option(
    "--widening/--no-widening",
    "expansion",
    default=None,
    help=_("Searches other spellings and names too, or only what was typed; else KHOBAO_WIDEN, else too."),
)


@click.group(help=_("Kho Báo: searches a corpus of Vietnamese news. Set KHOBAO_LANG=en for English."))
@click.version_option(package_name="khobao")
def khobao() -> None:
    """Runs a command; this is the group of all commands."""


khobao.add_command(names)
khobao.add_command(units)
khobao.add_command(archive_commands.show)
khobao.add_command(archive_commands.refusals)
khobao.add_command(archive_commands.clean)
khobao.add_command(archive_commands.upgrade)
khobao.add_command(withdrawing.withdraw)
khobao.add_command(withdrawing.reinstate)
khobao.add_command(withdrawing.withdrawals)
khobao.add_command(safekeeping.backup)
khobao.add_command(safekeeping.salvage)
khobao.add_command(audit_log.log)
khobao.add_command(concordance.concordance)
khobao.add_command(differing.diff)
khobao.add_command(item_commands.collocations)
khobao.add_command(item_commands.keywords)
khobao.add_command(item_commands.ngrams)
khobao.add_command(item_commands.compare)
khobao.add_command(sources.sources)
khobao.add_command(sources.source)
khobao.add_command(counting.timeline)
khobao.add_command(counting.counts)
khobao.add_command(exporting.export)
khobao.add_command(verify_command.verify)


khobao.add_command(add)


@khobao.command(help=_("Searches; an empty QUERY is the whole corpus, newest first."))
@click.argument("query", type=TEXT, metavar="QUERY")
@click.option("--size", default=10, show_default=True, help=_("Results a page."))
@click.option("--page", default=1, type=_PAGE, show_default=True, help=_("The page, from 1."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints the page as JSON, as /api/search does."))
@selection_options
@_data
def search(query: str, *, size: int, page: int, as_json: bool, data: Path | None, **options: Any) -> None:
    """Prints a page of results.

    Raises:
        UserError: the query, the page or its size is past a limit.
        OperatorError: the archive or the index cannot be read.
    """
    selection = selected(query, options)
    service = open_service(read_settings(data))
    results = service.searching.page(SearchRequest(selection, page, size))
    if as_json:
        output.print_json(SearchAnswer, results, _)
    else:
        search_output.print_page(results, _)
    search_output.warn_of_lag(service.monitoring.state(), _)


@khobao.command(help=_("Says why an article is found for a query: the parts of its score."))
@click.argument("query", type=TEXT, metavar="QUERY")
@click.argument("article_id", type=TEXT, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON, as /api/explain does."))
@_expansion_option
@_data
def explain(query: str, article_id: str, as_json: bool, expansion: bool | None, data: Path | None) -> None:
    """Prints the frequency, the idf, the boost and the value of each part of a score, and their sum.

    Raises:
        UserError: the index does not hold the article, or the query is past a limit.
    """
    page = open_service(read_settings(data)).reading.explain(article_id, Selection(query, expand=expansion))
    if page is None:
        raise UserError(say("{id}: the index has no article of this id", id=article_id))
    if as_json:
        output.print_json(ExplainAnswer, ExplainedArticle(page, query), _)
    else:
        search_output.print_why(page, _)


@khobao.command(help=_("Serves the search page and the API until it is stopped."))
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help=_("0: any free one.")
)
@click.option(
    "--host", default="127.0.0.1", type=TEXT, show_default=True, help=_("The address to listen on.")
)
@click.option("--workers", type=click.IntRange(1, 64), help=_("Processes that serve; else one a core."))
@_data
def serve(port: int, host: str, workers: int | None, data: Path | None) -> None:
    """Runs the production server until it is stopped.

    Raises:
        UserError: the address cannot be listened on, or a setting is wrong.
        OperatorError: there is no archive, or a table of names is faulty.
    """
    settings = replace(
        read_settings(data),
        query_seconds=read_query_seconds(),
        url=read_public_url(),
        admin_email=read_admin_email(),
    )
    run_server(settings, host, port, workers, _)


@khobao.command(help=_("Says what the archive and the index hold, and what is to be done next."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON."))
@_data
def status(as_json: bool, data: Path | None) -> None:
    """Prints the counts of the archive and the index, and what is to be done next."""
    report = report_status(read_settings(data))
    if as_json:
        output.print_json(StatusAnswer, report, _)
    else:
        status_output.print_status(report, _)


@khobao.command(help=_("Makes the index again from the archive; the old one answers until it is done."))
@click.option("--words", is_flag=True, help=_("Cuts the words of all articles again, too."))
@_data
def rebuild(*, words: bool, data: Path | None) -> None:
    """Builds a new index, which then replaces the old one, and prints how many articles it holds."""
    settings = read_settings(data)
    count = writing.rebuild(settings, _, words=words)
    output.line(say("Indexed {count} articles.", count=grouped(count)), _)


@khobao.command(help=_("Runs the queries of a file (a line each: id, tab, text) and prints TREC run lines."))
@click.argument("queries", type=FILE, metavar="QUERIES.tsv")
@click.option(
    "--depth", default=100, show_default=True, type=click.IntRange(1, 10_000), help=_("Results a query.")
)
@selection_options
@_data
def batch(queries: Path, depth: int, data: Path | None, **options: Any) -> None:
    """Prints TREC run lines: query id, Q0, article id, rank, score, khobao.

    A query past a limit is reported to standard error and skipped; the exit code is then 2.

    Raises:
        UserError: the file cannot be read, or a line of it is not an id, a tab and a query.
    """
    skipped = 0
    service = open_service(read_settings(data))
    for number, line in enumerate(query_lines(queries), 1):
        name, tab, text = line.partition("\t")
        if not tab or not name.strip() or " " in name.strip():
            raise UserError(
                say(
                    "{path}, line {line}: {text} is not a query; write an id, a tab and the query",
                    path=str(queries),
                    line=number,
                    text=repr(line[:60]),
                )
            )
        try:
            hits = service.exporting.ranked(selected(text, options), depth)
        except UserError as error:
            click.echo(f"{printable(name.strip())}: {sentence(error.message, _)}", err=True)
            skipped += 1
        else:
            search_output.print_run(name.strip(), hits)
    sys.exit(2 if skipped else 0)
