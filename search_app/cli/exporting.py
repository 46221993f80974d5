"""How is a whole result taken away at a terminal? The command ``khobao export``."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from corpus.errors import OperatorError, UserError
from corpus.message import Message, say
from search_app.answer.exporting.receipt import ARTICLES
from search_app.answer.hits import WithdrawnMeanwhileError
from search_app.answer.service import Service
from search_app.api.exported import columns_named
from search_app.api.faults import ParameterError
from search_app.api.receipts import write_receipt
from search_app.api.view_tables import VIEWS
from search_app.bootstrap import open_service
from search_app.cli import output
from search_app.cli.arguments import PATH, TEXT, check_one_form, choices
from search_app.cli.data_option import data_option
from search_app.cli.export_job import ExportAsked, begin_job, check_form
from search_app.cli.export_writing import ExportOrder, ExportWriter
from search_app.cli.packages import write_package
from search_app.cli.progress import Progress
from search_app.cli.selecting import asked_pairs, selection_options
from search_app.cli.stopping import StoppedError, stopped_by_signals
from search_app.cli.terminal import grouped, sentence
from search_app.formats.exports.columns import COLUMNS
from search_app.formats.exports.forms import ExportForm, has_columns
from search_app.language import translator
from search_app.public_url import PublicUrl, read_public_url
from search_app.settings import read_settings

_ = translator(read_settings().language)

_FORMS = tuple(one.value for one in ExportForm)


@click.command(
    help=_(
        "Writes all articles that QUERY finds, in their order, to standard output, or with --output to a file"
        " with a receipt that proves it; an empty QUERY is the whole corpus."
    )
)
@click.argument("query", type=TEXT, metavar="QUERY")
@click.option(
    "--output",
    "place",
    type=PATH,
    metavar="FILE|FOLDER",
    help=_("The file; in a folder it is named for the search, its rows and the change."),
)
@click.option(
    "--form", type=TEXT, metavar=choices(_FORMS), help=_("The form; else by the end of FILE, else csv.")
)
@click.option(
    "--columns",
    type=TEXT,
    metavar="A,B,…",
    help=_("The columns of csv and jsonl: {columns}.").format(columns=", ".join(COLUMNS)),
)
@click.option("--excel", is_flag=True, help=_("A csv for spreadsheets: marked, and without formulas."))
@click.option(
    "--view", type=TEXT, metavar=choices(VIEWS), help=_("The rows of this view in place of articles.")
)
@click.option(
    "--parameter",
    "own",
    type=TEXT,
    multiple=True,
    metavar="NAME=VALUE",
    help=_("A parameter of the view, as its address has it; several times: all of them."),
)
@click.option(
    "--package",
    is_flag=True,
    help=_("A package: the file with its receipt, ids, chart and a page, as a BagIt bag in a zip."),
)
@click.option("--resume", is_flag=True, help=_("Goes on with an export that broke off."))
@click.option("--overwrite", is_flag=True, help=_("Writes over FILE, and begins anew what broke off."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints the receipt as JSON."))
@selection_options
@data_option
def export(
    query: str,
    *,
    place: Path | None,
    own: tuple[str, ...],
    package: bool,
    resume: bool,
    overwrite: bool,
    as_json: bool,
    data: Path | None,
    **options: Any,
) -> None:
    """Writes rows; with a file it says where they are, and what proves them.

    Raises:
        UserError: a value that cannot be, a query past a limit, or a file that is there already.
        OperatorError: the archive, the index or the disk fails, or something was withdrawn meanwhile.
    """
    if place is None:
        _refuse({"--package": package, "--resume": resume, "--overwrite": overwrite, "--json": as_json})
    check_one_form({"--resume": resume, "--overwrite": overwrite})
    check_one_form({"--package": package, "--resume": resume, "--json": as_json})
    settings = replace(read_settings(data), url=read_public_url())
    asked = _asked(query, own, options, None if package else place, settings.url)
    if package and asked.view != ARTICLES:
        raise UserError(say("--package is of articles, and the rows are those of {view}", view=asked.view))
    service = open_service(settings)
    with stopped_by_signals():
        if place is None:
            _print(service, asked, settings.language)
        elif package:
            _pack(service, asked, place, overwrite=overwrite)
        else:
            order = ExportOrder(asked, place, resume, overwrite, settings.language)
            _write(service, order, as_json=as_json)


def _refuse(given: Mapping[str, bool]) -> None:
    """Refuses options that go with a file.

    Raises:
        UserError: one of them is given.
    """
    for name, is_given in given.items():
        if is_given:
            raise UserError(say("{name} goes with --output; name a file with it", name=name))


def _asked(
    query: str, own: tuple[str, ...], options: dict[str, Any], place: Path | None, url: PublicUrl | None
) -> ExportAsked:
    """What is exported.

    Raises:
        UserError: a view, a form or columns that cannot be.
    """
    view, form = options.pop("view") or ARTICLES, options.pop("form")
    columns, spreadsheet = options.pop("columns"), options.pop("excel")
    if view != ARTICLES and view not in VIEWS:
        raise ParameterError.choice("view", view, VIEWS)
    chosen = read_form(form, place)
    check_form(view, chosen)
    parameters = (*asked_pairs(query, options), *map(_pair, own))
    if own and view == ARTICLES:
        raise UserError(say("{name} goes with --view; name a view with it", name="--parameter"))
    address = f"{url}article/" if url else ""
    names = read_columns(view, chosen, columns)
    if spreadsheet and chosen is not ExportForm.CSV:
        raise UserError(say("--excel goes with csv, and the form is {form}", form=chosen.value))
    return ExportAsked(view, parameters, chosen, names, spreadsheet, address)


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise UserError(say("--parameter is “{value}”; write it as NAME=VALUE", value=given))
    return name, value


def read_form(given: str | None, place: Path | None) -> ExportForm:
    """The form that is named, else that of the file's name.

    Raises:
        UserError: there is no such form, or the name has the end of none.
    """
    if given is not None:
        if given not in _FORMS:
            raise ParameterError.choice("form", given, _FORMS)
        return ExportForm(given)
    if place is None or place.is_dir():
        return ExportForm.CSV
    found = [form for form in ExportForm if place.name.lower().endswith(f".{form.value}")]
    if not found:
        raise UserError(
            say(
                "{path}: its name does not end as a form does; name the form with --form: {forms}",
                path=str(place),
                forms=", ".join(_FORMS),
            )
        )
    return found[0]


def read_columns(view: str, form: ExportForm, given: str | None) -> tuple[str, ...]:
    """The columns that are named; empty where the form or the view has its own.

    Raises:
        UserError: there is no such column, or the form has none.
    """
    if view != ARTICLES or not has_columns(form):
        if given is not None:
            raise UserError(
                say(
                    "--columns goes with csv and jsonl of articles; leave it out for {form} of {view}",
                    form=form.value,
                    view=view,
                )
            )
        return ()
    return columns_named(given or "", "columns")


def _print(service: Service, asked: ExportAsked, language: str) -> None:
    """Writes the rows to standard output."""
    out = sys.stdout.buffer
    job = begin_job(service, language, asked)
    try:
        for piece in job.pieces:
            out.write(piece)
        out.flush()
    except StoppedError as stop:
        _say_stopped(say("Stopped after {count} of {rows} rows.", **_rows(job.done, job.rows)), stop)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OperatorError(
            say(
                "standard output cannot be written: {error}; write to a file with --output",
                error=error.strerror or str(error),
            )
        ) from error
    if job.done != job.rows:
        raise WithdrawnMeanwhileError


def _write(service: Service, order: ExportOrder, *, as_json: bool) -> None:
    """Writes the rows to a file, and says where they are."""
    with Progress(_("Exporting"), _("rows")) as bar:
        writer = ExportWriter(service, order, bar.update)
        try:
            done = writer.write()
        except StoppedError as stop:
            _say_stopped(_how_to_go_on(writer), stop)
    if as_json:
        click.echo(write_receipt(done.receipt), nl=False)
        return
    output.line(
        say(
            "{path}: {count} rows, of change {change}; {receipt} proves it.",
            path=str(done.target.path),
            count=grouped(done.receipt.result.rows),
            change=done.receipt.change,
            receipt=done.target.receipt.name,
        ),
        _,
    )


def _pack(service: Service, asked: ExportAsked, place: Path, *, overwrite: bool) -> None:
    """Writes a package, and says where it is."""
    language = read_settings().language
    with Progress(_("Exporting"), _("rows")) as bar:
        try:
            path, facts = write_package(
                service, asked, place, bar.update, overwrite=overwrite, language=language
            )
        except StoppedError as stop:
            _say_stopped(say("Stopped; nothing is left of the package. Give the same command again."), stop)
    output.line(
        say(
            "{path}: {count} rows, of change {change}, with what proves them: khobao verify {path}",
            path=str(path),
            count=grouped(facts.rows),
            change=facts.change,
        ),
        _,
    )


def _how_to_go_on(writer: ExportWriter) -> Message:
    if not writer.rows:
        return say("Stopped before a row was written; give the same command again.")
    return say(
        "Stopped after {count} of {rows} rows, which are kept; the same command with --resume goes on.",
        **_rows(writer.done, writer.rows),
    )


def _rows(done: int, rows: int) -> dict[str, str]:
    return {"count": grouped(done), "rows": grouped(rows)}


def _say_stopped(message: Message, stop: StoppedError) -> NoReturn:
    click.echo(sentence(message, _), err=True)
    sys.exit(stop.code)
