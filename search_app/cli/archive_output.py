"""How are imports and verifications printed at a terminal?"""

from pathlib import Path

from corpus.ingest import Receipt
from corpus.message import say
from corpus.readers.input.saved_pages import PART
from corpus.recleaning import CleaningReport
from corpus.retry import RetryReport
from indexer.verify import Verification
from search_app.cli.output import line, print_json
from search_app.cli.terminal import grouped
from search_app.formats.answers.commands import RetriedAnswer
from search_app.language import Translate

_SHOWN_FAULTS = 20


def print_receipt(receipt: Receipt, translate: Translate, log: Path) -> None:
    """Prints what an import did with its records.

    Args:
        log: the file with the tracebacks of the program's own faults.
    """
    line(
        say(
            "Read {seen} records of {files} files: {new} new, {versions} new versions, {unchanged} unchanged,"
            " {merged} merged, {refused} refused ({before} of them before)",
            seen=grouped(receipt.seen),
            files=grouped(receipt.files),
            new=grouped(receipt.new),
            versions=grouped(receipt.new_versions),
            unchanged=grouped(receipt.unchanged),
            merged=grouped(receipt.merged),
            refused=grouped(receipt.refused + receipt.refused_before),
            before=grouped(receipt.refused_before),
        ),
        translate,
    )
    for reason, count in sorted(receipt.refusals.items()):
        line(say("  refused: {reason}: {count}", reason=reason, count=grouped(count)), translate)
    if receipt.faults:
        line(
            say(
                "{count} of them are a fault of Kho Báo itself: please report it, with {log}",
                count=grouped(receipt.faults),
                log=str(log),
            ),
            translate,
        )
    if receipt.erased_earlier:
        line(
            say(
                "  {count} are of articles that were erased earlier: nothing of them was stored",
                count=grouped(receipt.erased_earlier),
            ),
            translate,
        )
    _print_identities(receipt, translate)
    _print_lacks(receipt, translate)
    _print_unused(receipt, translate)


def _print_identities(receipt: Receipt, translate: Translate) -> None:
    """Prints which articles were told apart, and which poorer captures stayed behind."""
    for article_id, local_id in receipt.told_apart.items():
        line(
            say(
                "  told apart: {local} of another publication is there already; this one is {id}",
                local=local_id,
                id=article_id,
            ),
            translate,
        )
    if receipt.more_told_apart:
        line(say("  told apart: {count} more", count=grouped(receipt.more_told_apart)), translate)
    for article_id, lacking in receipt.poorer_captures.items():
        line(
            say(
                "  poorer capture: {id} lacks {fields} now; the richer version stays current (the newer one"
                " becomes current with --prefer newest)",
                id=article_id,
                fields=", ".join(lacking),
            ),
            translate,
        )
    if receipt.more_poorer_captures:
        line(say("  poorer captures: {count} more", count=grouped(receipt.more_poorer_captures)), translate)


def _print_lacks(receipt: Receipt, translate: Translate) -> None:
    """Prints what records lack, and what of them could not be read."""
    if receipt.untitled:
        line(
            say(
                "  {count} articles have no title: their first words stand for it, in square brackets",
                count=grouped(receipt.untitled),
            ),
            translate,
        )
    for value, count in sorted(receipt.unreadable.items()):
        line(say("  not read: {value}: {count} records", value=value, count=grouped(count)), translate)
    if receipt.more_unreadable:
        line(say("  not read: {count} values more", count=grouped(receipt.more_unreadable)), translate)
    if receipt.undated:
        line(say("  {count} articles have no date", count=grouped(receipt.undated)), translate)
    for name, count in sorted(receipt.dated.items()):
        line(
            say(
                "  {name} looks like a date, in {count} of them: --map published={name} takes it",
                name=name,
                count=grouped(count),
            ),
            translate,
        )


def _print_unused(receipt: Receipt, translate: Translate) -> None:
    """Prints the fields that were not used, and the records that are no articles, by name or kind."""
    for name, count in sorted(receipt.unused_fields.items()):
        line(say("  field not used: {name}: {count} records", name=name, count=grouped(count)), translate)
    if receipt.more_unused_fields:
        line(
            say("  fields not used: {count} names more", count=grouped(receipt.more_unused_fields)), translate
        )
    passed_over = dict(receipt.passed_over)
    if parts := passed_over.pop(PART, 0):
        line(say("  {count} files belong to saved pages", count=grouped(parts)), translate)
    for kind, count in sorted(passed_over.items()):
        line(
            say("  no article, passed over: {kind}: {count} records", kind=kind, count=grouped(count)),
            translate,
        )
    if receipt.more_passed_over:
        line(
            say("  no article, passed over: {count} kinds more", count=grouped(receipt.more_passed_over)),
            translate,
        )


def print_retried(retried: RetryReport, translate: Translate, log: Path, *, as_json: bool) -> None:
    """Prints what an import of the refused records did."""
    if as_json:
        print_json(RetriedAnswer, retried, translate)
        return
    print_receipt(retried.receipt, translate, log)
    line(
        say(
            "Of {open} refused records {taken} are taken now.",
            open=grouped(retried.open_before),
            taken=grouped(retried.taken),
        ),
        translate,
    )
    for name in retried.gone:
        line(say("{file}: the file is gone, and its record was not kept whole", file=name), translate)


def print_cleaned(cleaned: CleaningReport, translate: Translate, *, stored: bool) -> None:
    """Prints what cleaning again changed, or without ``stored`` what it would change."""
    template = (
        say("Cleaned {articles} articles again: {changed} new versions, {same} the same", **_cleaned(cleaned))
        if stored
        else say("Of {articles} articles {changed} would change, {same} not", **_cleaned(cleaned))
    )
    line(template, translate)
    for name, count in cleaned.fields.items():
        line(say("  {field} differs: {count}", field=name, count=grouped(count)), translate)
    if cleaned.without:
        line(say("  without a raw record: {count}", count=grouped(cleaned.without)), translate)
    for fault in cleaned.faults:
        line(say("  {id}: refused now: {reason}", id=fault.article_id, reason=fault.reason), translate)


def _cleaned(cleaned: CleaningReport) -> dict[str, str]:
    numbers = {"articles": cleaned.articles, "changed": len(cleaned.changes), "same": cleaned.same}
    return {name: grouped(number) for name, number in numbers.items()}


def print_verification(verification: Verification, translate: Translate) -> int:
    """Prints the verdict and the first faults, and returns the exit code."""
    _print_not_judged(verification, translate)
    if not verification.faults:
        line(
            say(
                "Whole: the index holds all {count} articles of the archive (change {number}), term by term.",
                count=grouped(verification.articles),
                number=verification.archive_number,
            ),
            translate,
        )
        return 0
    for fault in verification.faults[:_SHOWN_FAULTS]:
        line(fault, translate)
    line(say("{count} faults in all.", count=grouped(len(verification.faults))), translate)
    return 3


def _print_not_judged(verification: Verification, translate: Translate) -> None:
    """Prints what waits to be indexed, and what has no digest to compare."""
    if verification.waiting:
        line(
            say(
                "{count} articles changed after change {number}, which the index holds, and are still to be"
                " indexed; that is no fault. Catch up with: khobao add, or khobao rebuild",
                count=grouped(verification.waiting),
                number=verification.index_number,
            ),
            translate,
        )
    for lag in verification.lagging:
        line(lag, translate)
    if verification.unproven:
        names = ", ".join(f"{table} {grouped(count)}" for table, count in verification.unproven.items())
        line(say("Read, not proven, for they have no digest: {names}.", names=names), translate)
