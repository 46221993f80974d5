"""How is an article taken out of sight at a terminal? ``khobao withdraw``, ``reinstate``, ``withdrawals``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import click

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.errors import UserError
from corpus.message import say
from corpus.moment import VIETNAM
from corpus.withdrawals import Withdrawal, WithdrawalState
from corpus.withdrawing import CarriedOut, WithdrawalOrder
from search_app.bootstrap import open_reading
from search_app.cli import output, writing
from search_app.cli.arguments import FILE, TEXT
from search_app.cli.data_option import data_option
from search_app.cli.terminal import printable
from search_app.formats.answers.commands import CarriedOutAnswer, StaffWithdrawalAnswer
from search_app.language import translator
from search_app.query.grammar.dates import read_dates
from search_app.settings import read_settings

_ = translator(read_settings().language)

_MOST_DIGITS = 9  # of a version's number
_NAMES = click.argument("names", nargs=-1, type=TEXT, metavar="ID[@VERSION]…")
_FILE = click.option(
    "--from",
    "file",
    type=FILE,
    metavar="FILE",
    help=_("Also those of a file: a line each, behind a tab its reason."),
)
_BY = click.option("--by", default="", type=TEXT, help=_("Who does it; else your login name."))
_DRY_RUN = click.option("--dry-run", is_flag=True, help=_("Changes nothing; says what would be done."))
_JSON = click.option("--json", "as_json", is_flag=True, help=_("Prints JSON lines."))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a command was given before the archive is open: names with reasons, and what to do with them."""

    names: tuple[tuple[str, str], ...]
    state: WithdrawalState | None
    actor: str
    until: str = ""

    def orders(self, archive: Archive) -> list[WithdrawalOrder]:
        """The orders; an id of the archive that ends as a version does is that article."""
        return [
            WithdrawalOrder(*_part(archive, name), self.state, reason, self.actor, self.until)
            for name, reason in self.names
        ]


@click.command(
    help=_(
        "Takes articles, or single versions, out of sight: hidden (as if never there), tombstone (citation,"
        " reason and date stay) or erased (their bytes are removed for good)."
    )
)
@_NAMES
@_FILE
@click.option(
    "--state",
    required=True,
    type=click.Choice([state.value for state in WithdrawalState]),
    help=_("How they are answered from now on."),
)
@click.option("--reason", required=True, type=TEXT, help=_("Why; a tombstone says it."))
@_BY
@click.option(
    "--until",
    default="",
    type=TEXT,
    metavar="DATE",
    help=_("They come back by themselves at the start of this day."),
)
@_DRY_RUN
@_JSON
@data_option
def withdraw(  # noqa: PLR0913 - one argument for each option
    names: tuple[str, ...],
    *,
    file: Path | None,
    state: str,
    reason: str,
    by: str,
    until: str,
    dry_run: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Prints what became of each.

    Raises:
        UserError: one of them cannot be withdrawn so; then none is.
        OperatorError: the archive or the index cannot be written.
    """
    if not _one_line(reason):
        raise UserError(say("--reason is empty; say why, for a tombstone tells it"))
    named = tuple(_named(names, file, _one_line(reason)))
    wanted = _Wanted(named, WithdrawalState(state), _one_line(by), _moment(until) if until else "")
    _carry_out(wanted, data, dry_run=dry_run, as_json=as_json)


@click.command(help=_("Brings back articles, or single versions, that were withdrawn and not erased."))
@_NAMES
@_FILE
@click.option("--reason", default="", type=TEXT, help=_("Why."))
@_BY
@_DRY_RUN
@_JSON
@data_option
def reinstate(
    names: tuple[str, ...],
    *,
    file: Path | None,
    reason: str,
    by: str,
    dry_run: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Prints what became of each.

    Raises:
        UserError: one of them is not withdrawn, or is erased; then none is brought back.
        OperatorError: the archive or the index cannot be written.
    """
    wanted = _Wanted(tuple(_named(names, file, _one_line(reason))), None, _one_line(by))
    _carry_out(wanted, data, dry_run=dry_run, as_json=as_json)


@click.command(help=_("Lists what is withdrawn, hidden articles too: since when, by whom and why."))
@_JSON
@data_option
def withdrawals(*, as_json: bool, data: Path | None) -> None:
    """Prints a line for each, the oldest first."""
    with open_reading(read_settings(data)) as archive:
        for one in archive.withdrawals().standing.values():
            if as_json:
                output.print_json_line(StaffWithdrawalAnswer, one, _)
            else:
                click.echo("\t".join(map(printable, _cells(one))))


def _carry_out(wanted: _Wanted, data: Path | None, *, dry_run: bool, as_json: bool) -> None:
    done = writing.carry_out(read_settings(data), wanted.orders, _, dry_run=dry_run)
    for one in done:
        if as_json:
            output.print_json_line(CarriedOutAnswer, one, _)
        else:
            _print(one)
    if dry_run and not as_json:
        output.line(say("Nothing was changed: this was a dry run."), _)


def _print(one: CarriedOut) -> None:
    order = one.order
    state = str(order.state) if order.state else _("shown again")
    if one.change is None:
        output.line(say("{id}: {state} already.", id=order.name, state=state), _)
    else:
        output.line(say("{id}: {state}, change {change}.", id=order.name, state=state, change=one.change), _)
    if one.removed is not None:
        removed = one.removed
        output.line(
            say(
                "  removed: {versions} versions, {raws} raw records, {refusals} refused records",
                versions=removed.versions,
                raws=removed.raws,
                refusals=removed.refusals,
            ),
            _,
        )
        for other in removed.others:
            output.line(say("  a raw record was also that of {id}, whose text stays", id=other), _)


def _named(names: Iterable[str], file: Path | None, reason: str) -> Iterator[tuple[str, str]]:
    """Each name with its reason: of the command, then those of a file.

    Raises:
        UserError: there is none, or the file cannot be read as text.
    """
    given = [(name, reason) for name in names]
    if file is not None:
        given += _listed(file, reason)
    if not given:
        raise UserError(say("give the id of an article, as khobao search prints it, or --from FILE"))
    yield from dict(given).items()


def _listed(file: Path, reason: str) -> Iterator[tuple[str, str]]:
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            say("{path}: it cannot be read as text in UTF-8: {error}", path=str(file), error=str(error))
        ) from error
    for line in lines:
        name, _tab, own = line.partition("\t")
        if name.strip() and not name.startswith("#"):
            yield name.strip(), _one_line(own) or reason


def _part(archive: ArchiveReader, name: str) -> tuple[str, int | None]:
    """The article, and the version behind the last @ where there is one."""
    article_id, at, version = name.rpartition("@")
    if not at or not version.isdecimal() or len(version) > _MOST_DIGITS or archive.changes([name]):
        return name, None
    return article_id, int(version)


def _moment(text: str) -> str:
    """The start of a typed day in Vietnam, in UTC.

    Raises:
        UserError: it is no day.
    """
    typed = read_dates(text)
    if typed is None or typed.dates.first is None or typed.dates.first != typed.dates.last:
        raise UserError(say("--until is “{value}”; give one day, as in 2027-05-31 or 31/5/2027", value=text))
    return datetime.combine(typed.dates.first, time(), VIETNAM).astimezone(UTC).isoformat()


def _one_line(text: str) -> str:
    """A text as one line, without control characters, which no feed can hold."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _cells(one: Withdrawal) -> Iterator[str]:
    name = one.article_id if one.version is None else f"{one.article_id}@{one.version}"
    yield from (name, str(one.state), one.at, one.until or "-", one.actor or "-", one.reason or "-")
