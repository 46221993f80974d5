"""Which sources has the archive, and what may be done with the articles of each? Listed, and set."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import click

from corpus.errors import UserError
from corpus.message import say
from corpus.rights import Rights
from corpus.sources import Source
from corpus.sources import sources as sources_of
from search_app.bootstrap import open_reading
from search_app.cli import output, writing
from search_app.cli.arguments import TEXT
from search_app.cli.data_option import data_option
from search_app.cli.terminal import grouped, printable
from search_app.formats.answers.commands import SourceAnswer
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

_NO_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]")


@click.command(help=_("Lists the sources: articles, first and last day, rights and licence."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints JSON lines."))
@data_option
def sources(*, as_json: bool, data: Path | None) -> None:
    """Prints a line for each source of the archive, the largest first."""
    with open_reading(read_settings(data)) as archive:
        for one in sources_of(archive):
            if as_json:
                output.print_json_line(SourceAnswer, one, _)
            else:
                click.echo(_line(one))


@click.group(help=_("Says of a source what may be done with its articles."))
def source() -> None:
    """The group of the commands for one source."""


@source.command(
    name="set",
    help=_("Sets the line of rights of the source NAME, which stands on its articles and in citations."),
)
@click.argument("name", type=TEXT, metavar="NAME")
@click.option("--rights", required=True, type=TEXT, metavar="LINE", help=_("The line; empty: takes it back."))
@click.option("--licence", default="", type=TEXT, metavar="URL", help=_("The licence's address."))
@click.option("--by", default="", type=TEXT, metavar="WHO", help=_("Who sets it; else your login name."))
@data_option
def set_source(name: str, *, rights: str, licence: str, by: str, data: Path | None) -> None:
    """Prints the number of the change, or that nothing changed.

    Raises:
        UserError: the archive has no such source, or the licence is no address.
    """
    said = Rights(" ".join(rights.split()), licence.strip())
    _check(said)
    publisher, change = writing.set_rights(read_settings(data), name, said, by, _)
    if change is None:
        message = say("{source}: this was said before; nothing changed.", source=publisher.name)
    elif said:
        message = say(
            "{source}: {rights} (change {number})", source=publisher.name, rights=said.text, number=change
        )
    else:
        message = say(
            "{source}: its rights are taken back (change {number})", source=publisher.name, number=change
        )
    output.line(message, _)


def _check(rights: Rights) -> None:
    """Refuses a licence that is no address, or that stands without a line."""
    if not rights.licence:
        return
    if not rights:
        raise UserError(
            say(
                "--licence is “{value}”, and --rights is empty, which takes both back; give a line, or leave"
                " out --licence",
                value=rights.licence,
            )
        )
    if not _is_address(rights.licence):
        raise UserError(
            say(
                "--licence is “{value}”, which is no address of the web; write one that begins with https://"
                " or http://",
                value=rights.licence,
            )
        )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not _NO_ADDRESS.search(text)
    except ValueError:
        return False


def _line(one: Source) -> str:
    name = one.name or _("(no source is named)")
    days = f"{one.first} – {one.last}" if one.first else _("no day is known")
    cells = (name, grouped(one.articles), days, one.rights.statement, one.rights.licence)
    return "\t".join(map(printable, cells)).rstrip("\t")
