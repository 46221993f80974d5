"""How is it said what became of a receipt's file, and what the archive gives now?"""

from collections.abc import Iterator
from datetime import datetime

from corpus.message import Message, say
from corpus.moment import VIETNAM
from search_app.answer.exporting.findings import (
    ChangedFact,
    CheckedReceipt,
    FileFinding,
    FileVerdict,
    MissingArticle,
    ResultFinding,
    ResultVerdict,
)
from search_app.answer.exporting.receipt import ARTICLES, Receipt
from search_app.cli.output import line
from search_app.cli.terminal import grouped
from search_app.language import Translate

_LISTED = 20
"""Articles that are named unless all are asked for."""


def print_checked(checked: CheckedReceipt, translate: Translate, *, every: bool) -> None:
    """Prints the verdict on the file, and that on the archive.

    Args:
        every: names all articles that are missing or came, not the first alone.
    """
    line(_of_file(checked.file, checked.receipt), translate)
    if checked.waiting:
        line(
            say(
                "{path}: this is the whole file, which has not got its name yet; the command of the export"
                " with --resume gives it.",
                path=checked.waiting,
            ),
            translate,
        )
    for message in _of_archive(checked.result, checked.receipt, every=every):
        line(message, translate)


_FILE = {
    FileVerdict.WHOLE: say("{path}: whole: {size} bytes, {all} rows."),
    FileVerdict.MISSING: say("{path}: not there; the archive alone is asked. Name the file with --file."),
    FileVerdict.ADDED: say("{path}: whole, but {added} bytes were added at its end."),
    FileVerdict.CUT_OFF: say("{path}: cut off after row {rows} of {all} ({size} of {told} bytes)."),
    FileVerdict.CHANGED: say(
        "{path}: changed in row {row}; the {rows} rows before it are as they were written."
    ),
}
_CHANGED = say("{path}: changed: its bytes are not those that the receipt proves.")
_CHANGED_BEHIND = say("{path}: changed after its last row.")
_TOO_SHORT = say(
    "{path}: too short ({size} of {told} bytes), with {rows} whole rows of {all}. The archive no longer"
    " writes the same file, so that nothing tells whether they are as they were."
)


def _of_file(file: FileFinding, receipt: Receipt) -> Message:
    rows, size, told = file.rows or 0, file.size or 0, receipt.file.size
    message = _FILE[file.verdict]
    if file.verdict is FileVerdict.CUT_OFF and not file.is_proven:
        message = _TOO_SHORT
    elif file.verdict is FileVerdict.CHANGED and file.rows is None:
        message = _CHANGED
    elif file.verdict is FileVerdict.CHANGED and rows >= receipt.result.rows:
        message = _CHANGED_BEHIND
    numbers = {
        "size": size,
        "told": told,
        "added": size - told,
        "rows": rows,
        "row": rows + 1,
        "all": receipt.result.rows,
    }
    values = {name: grouped(number) for name, number in numbers.items()}
    return Message(message.template, {"path": file.name, **values})


def _of_archive(result: ResultFinding, receipt: Receipt, *, every: bool) -> Iterator[Message]:
    yield _verdict(result, receipt)
    if result.verdict is ResultVerdict.WITHDRAWN or (result.missing and result.in_order is not None):
        yield _ORDERS[result.in_order]
    yield from _listed(result, every=every)
    if result.unnamed:
        yield say("{count} more are missing, and nothing tells which.", count=grouped(result.unnamed))
    for count in result.counts:
        yield say("{name}: {then} then, {now} now.", **_then_and_now(count))
    if result.lost_expansions:
        texts = ", ".join(result.lost_expansions)
        yield say("No table of names and no rule gives these any more: {texts}", texts=texts)
    yield from _programs(result, receipt)


_ARCHIVE = {
    ResultVerdict.EQUAL: say("The archive gives the same {rows} rows of change {change}, in the same order."),
    ResultVerdict.OTHER_ORDER: say(
        "The archive gives the same {rows} rows of change {change}, in another order."
    ),
    ResultVerdict.WITHDRAWN: say(
        "The archive gives the same {rows} rows of change {change} but for {missing}, which were withdrawn"
        " since."
    ),
    ResultVerdict.DIFFERS: say(
        "The archive gives other rows for change {change}: {missing} of {rows} are missing, {came} came."
    ),
}
_ROWS_DIFFER = say(
    "The archive gives other rows for change {change}; {missing} articles were withdrawn since."
)
_ORDERS = {
    True: say("The others stand in the same order."),
    False: say("The others stand in another order."),
    None: say("Nothing tells the order in which the others stood."),
}


def _verdict(result: ResultFinding, receipt: Receipt) -> Message:
    message = _ARCHIVE[result.verdict]
    if result.verdict is ResultVerdict.DIFFERS and receipt.view != ARTICLES:
        message = _ROWS_DIFFER
    numbers = {
        "rows": receipt.result.rows,
        "missing": len(result.missing) + result.unnamed,
        "came": len(result.came),
    }
    values = {name: grouped(number) for name, number in numbers.items()}
    return Message(message.template, {"change": receipt.change, **values})


def _listed(result: ResultFinding, *, every: bool) -> Iterator[Message]:
    for marked in (list(map(_missing, result.missing)), [say("+ {id}", id=one) for one in result.came]):
        shown = marked if every else marked[:_LISTED]
        yield from shown
        if len(shown) < len(marked):
            yield say("… and {count} more; --all names them", count=grouped(len(marked) - len(shown)))


def _missing(article: MissingArticle) -> Message:
    one = article.withdrawal
    if one is None:
        return say("- {id}: it was not withdrawn", id=article.id)
    day = datetime.fromisoformat(one.at).astimezone(VIETNAM).date().isoformat()
    return say(
        "- {id}: {state} since {day}, by {actor}: {reason}",
        id=article.id if one.version is None else f"{article.id}@{one.version}",
        state=str(one.state),
        day=day,
        actor=one.actor or "-",
        reason=one.reason or "-",
    )


def _programs(result: ResultFinding, receipt: Receipt) -> Iterator[Message]:
    """What decides the order by relevance, where rows or their order differ."""
    if result.in_order is True and result.verdict is ResultVerdict.EQUAL:
        return
    for one in result.programs:
        yield say("{name}: {then} then, {now} now; it decides the order by relevance.", **_then_and_now(one))
    if not result.programs and result.verdict is ResultVerdict.OTHER_ORDER:
        yield say(
            "Index format, analyser, segmenter and ranking are those of the receipt (khobao {release}).",
            release=receipt.programs.release,
        )


def _then_and_now(fact: ChangedFact) -> dict[str, str]:
    then, now = ("–" if one is None else str(one) for one in (fact.then, fact.now))
    return {"name": fact.name, "then": then, "now": now}
