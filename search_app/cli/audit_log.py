"""Who did what with the archive, when? The command ``khobao log``."""

from collections.abc import Mapping
from pathlib import Path

import click

from corpus.audit import Action, AuditRow, audit_rows
from corpus.errors import UserError
from corpus.message import Message, say
from search_app.bootstrap import open_reading
from search_app.cli import output
from search_app.cli.arguments import TEXT
from search_app.cli.data_option import data_option
from search_app.cli.terminal import grouped, printable
from search_app.formats.answers.commands import AuditAnswer
from search_app.language import translator
from search_app.query.grammar.dates import read_dates
from search_app.settings import read_settings

_ = translator(read_settings().language)

_ACTIONS: Mapping[str, Message] = {
    Action.ADD: say("imported"),
    Action.RETRY: say("read refused records again"),
    Action.CLEAN: say("cleaned again"),
    Action.UPGRADE: say("upgraded"),
    Action.RESTORE: say("brought back a copy"),
    Action.SALVAGE: say("salvaged a damaged archive"),
    Action.RIGHTS: say("set the rights of a source"),
    Action.WITHDRAW: say("withdrew"),
    Action.REINSTATE: say("reinstated"),
    Action.ERASE: say("erased"),
    Action.LOST: say("a row that was lost with a damaged archive"),
}

_DETAILS: Mapping[str, Message] = {
    "paths": say("paths"),
    "more_paths": say("more paths"),
    "files": say("files"),
    "new": say("new"),
    "new_versions": say("new versions"),
    "refused": say("refused"),
    "taken": say("taken"),
    "articles": say("articles"),
    "first_change": say("first change"),
    "last_change": say("last change"),
    "stopped_early": say("stopped early"),
    "from": say("from"),
    "change": say("change"),
    "id": say("article"),
    "state": say("state"),
    "reason": say("reason"),
    "until": say("until"),
    "source": say("source"),
    "rights": say("rights"),
    "licence": say("licence"),
    "saved": say("saved"),
    "lost": say("lost"),
    "archive_from": say("archive format from"),
    "archive_to": say("archive format to"),
    "index_format": say("index format"),
}
"""What is told of an action, by the key of its JSON; a key that is not here is shown as it is."""


@click.command(name="log", help=_("Lists who did what with the archive, and when; the newest first."))
@click.option("--since", default="", type=TEXT, metavar="DATE", help=_("Only what was done then or later."))
@click.option("-n", "most", type=click.IntRange(1), metavar="NUMBER", help=_("At most so many lines."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints JSON lines."))
@data_option
def log(*, since: str, most: int | None, as_json: bool, data: Path | None) -> None:
    """Prints a line for each row of the audit log.

    Raises:
        UserError: the date is none.
        OperatorError: there is no archive, or a row is not what was written.
    """
    first = _first_day(since)
    with open_reading(read_settings(data)) as archive:
        for row in audit_rows(archive, first, most):
            if as_json:
                output.print_json_line(AuditAnswer, row, _)
            else:
                click.echo(_line(row))


def _first_day(since: str) -> str:
    typed = read_dates(since)
    if not since.strip():
        return ""
    if typed is None or typed.dates.first is None:
        raise UserError(
            say(
                "{name} is “{value}”, which is no date; write it as 2013, 5/2013, 26/5/2013 or 2013-05-26",
                name="--since",
                value=since,
            )
        )
    return typed.dates.first.isoformat()


def _line(row: AuditRow) -> str:
    known = _ACTIONS.get(row.action)
    cells = (str(row.number), row.at, row.actor, known.render(_) if known else row.action)
    details = "; ".join(_detail(name, value) for name, value in row.detail.items() if value != "")
    return "\t".join(map(printable, (*cells, details)))


def _detail(name: str, value: str | int) -> str:
    known = _DETAILS.get(name)
    title = known.render(_) if known else name
    return f"{title}: {grouped(value) if isinstance(value, int) else value}"
