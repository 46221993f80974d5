"""How do values read at a terminal? Plain text to standard output, marks in bold where it is one."""

import json
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from corpus.ingest import Receipt
from corpus.message import Message, say
from corpus.recleaning import CleaningReport
from corpus.retry import RetryReport
from indexer.engine import Hit, ReasonKind
from indexer.verify import Verification
from search_app.answer.archive.status import State, Status
from search_app.answer.highlight import Fragment
from search_app.answer.pages import PageHit, SearchPage, WhyPage
from search_app.cli.terminal import decimal, grouped, sentence, short, shown
from search_app.formats.answers.commands import RetriedAnswer
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.shape import AnswerSchema

Translate = Callable[[str], str]

_SHOWN_FAULTS = 20
_TIE_STEP = 1e-6
_FIRST_TIER = 10_000.0


def line(message: Message, translate: Translate) -> None:
    """One sentence."""
    click.echo(sentence(message, translate))


def print_json(answer: type[AnswerSchema], value: object, translate: Translate) -> None:
    """A value as its answer's schema says, as JSON, its Vietnamese readable."""
    click.echo(json.dumps(dump(answer, value, translate), ensure_ascii=False, indent=2))


def print_json_line(answer: type[AnswerSchema], value: object, translate: Translate) -> None:
    """The same on one line."""
    click.echo(json.dumps(dump(answer, value, translate), ensure_ascii=False))


def print_page(page: SearchPage, translate: Translate) -> None:
    """A page of results, the second tier under its own heading."""
    line(
        say(
            "{total} articles · {stories} stories ({ms} ms)",
            total=grouped(page.total),
            stories=grouped(page.stories),
            ms=grouped(page.took_ms),
        ),
        translate,
    )
    if page.understood:
        line(say("Understood: {query}", query=page.understood), translate)
    for problem in page.problems:
        click.echo("! " + sentence(problem.message, translate))
    _print_correction(page, translate)
    _print_besides(page, translate)
    more = say("{count} more articles lack some of the words:", count=grouped(page.partial_total))
    said = page.mixed
    if page.mixed and page.partial_total:
        line(more, translate)
    for hit in page.hits:
        if hit.lacks and not said:
            said = True
            click.echo()
            line(more, translate)
        click.echo()
        click.echo(f"{hit.rank}. {_marked(hit.title)}")
        click.echo(
            "   " + shown(" · ".join(filter(None, (hit.source, hit.section, hit.published.text, hit.id))))
        )
        if hit.lacks:
            click.echo("   ", nl=False)
            line(say("lacks: {words}", words=", ".join(_lacked(hit, translate))), translate)
        _print_story(hit, translate)
        click.echo("   " + _marked(hit.snippet))


def _lacked(hit: PageHit, translate: Translate) -> Iterator[str]:
    """Each word that a hit lacks, with what it has instead."""
    for word, instead in hit.lacking:
        if instead:
            yield say("«{word}», has «{instead}»", word=word, instead=instead).render(translate)
        else:
            yield f"«{word}»"


def _print_story(hit: PageHit, translate: Translate) -> None:
    """For how many others a hit stands, and which was printed first."""
    if hit.collapsed:
        click.echo("   ", nl=False)
        line(say("and {count} other articles of this story", count=hit.collapsed), translate)
    if hit.first and hit.first.id != hit.id:
        where = " · ".join(filter(None, (hit.first.source, hit.first.published.text, hit.first.id)))
        click.echo("   ", nl=False)
        said = say("first printed: {where}", where=where)
        line(said if hit.first_dated else say("compared with: {where}", where=where), translate)


def _print_correction(page: SearchPage, translate: Translate) -> None:
    """What was searched instead, and what may have been meant."""
    if page.searched_instead:
        line(
            say(
                "No article holds everything in the query as typed. Shown instead: {query} "
                "(what was typed: --as-typed)",
                query=page.searched_instead.text,
            ),
            translate,
        )
    if page.corrections:
        line(
            say("Did you mean: {queries}", queries=" · ".join(one.text for one in page.corrections)),
            translate,
        )


def _print_besides(page: SearchPage, translate: Translate) -> None:
    """What was searched besides, and what can be asked for."""
    also = [one.also for one in page.expansions if one.used]
    if also:
        line(
            say("Also searched: {names} (only what was typed: --no-widening)", names="; ".join(also)),
            translate,
        )
    for offer in page.offers:
        click.echo(f"? {sentence(offer.message, translate)}: khobao search {shlex.quote(shown(offer.query))}")


def print_status(status: Status, translate: Translate) -> None:
    """What the archive and the index hold."""
    line(
        say(
            "Archive: {articles} articles, {withdrawn} withdrawn, {versions} versions, {refusals} refusals,"
            " change {number}",
            articles=grouped(status.articles),
            withdrawn=grouped(status.withdrawn),
            versions=grouped(status.versions),
            refusals=grouped(status.refusals),
            number=status.archive_number,
        ),
        translate,
    )
    if status.index_number is None or status.indexed is None:
        line(say("Index: none that fits; make it with: khobao rebuild"), translate)
    else:
        line(
            say(
                "Index: {indexed} articles, change {number}",
                indexed=grouped(status.indexed),
                number=status.index_number,
            ),
            translate,
        )


def warn_of_lag(state: State, translate: Translate) -> None:
    """A line to standard error where the index lacks changes, as after a build that was killed."""
    if state.index_number is None or state.index_number >= state.archive_number:
        return
    warning = say(
        "The index holds the archive up to change {index} of {archive}: what came later is not found."
        " Catch up with: khobao add PATH, or khobao rebuild",
        index=state.index_number,
        archive=state.archive_number,
    )
    click.echo(sentence(warning, translate), err=True)


def print_receipt(receipt: Receipt, translate: Translate, log: Path) -> None:
    """What became of every record; ``log`` holds the tracebacks of the program's own faults."""
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
    for name, count in sorted(receipt.unused_fields.items()):
        line(say("  field not used: {name}: {count} records", name=name, count=grouped(count)), translate)
    if receipt.more_unused_fields:
        line(
            say("  fields not used: {count} names more", count=grouped(receipt.more_unused_fields)), translate
        )
    for kind, count in sorted(receipt.passed_over.items()):
        line(
            say("  no page, passed over: {kind}: {count} records", kind=kind, count=grouped(count)), translate
        )
    if receipt.more_passed_over:
        line(
            say("  no page, passed over: {count} kinds more", count=grouped(receipt.more_passed_over)),
            translate,
        )


def print_retried(retried: RetryReport, translate: Translate, log: Path, *, as_json: bool) -> None:
    """What became of the refused records."""
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
    """What cleaning again changed, or would change."""
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


def print_verification(found: Verification, translate: Translate) -> int:
    """The verdict, and the first faults; the exit code."""
    if found.waiting:
        line(
            say(
                "{count} articles changed after change {number}, which the index holds, and are still to be"
                " indexed; that is no fault. Catch up with: khobao add, or khobao rebuild",
                count=grouped(found.waiting),
                number=found.index_number,
            ),
            translate,
        )
    if found.unproven:
        names = ", ".join(f"{table} {grouped(count)}" for table, count in found.unproven.items())
        line(say("Read, not proven, for they have no digest: {names}.", names=names), translate)
    if not found.faults:
        line(
            say(
                "Whole: the index holds all {count} articles of the archive (change {number}), term by term.",
                count=grouped(found.articles),
                number=found.archive_number,
            ),
            translate,
        )
        return 0
    for fault in found.faults[:_SHOWN_FAULTS]:
        line(fault, translate)
    line(say("{count} faults in all.", count=grouped(len(found.faults))), translate)
    return 3


def print_run(query_id: str, hits: Iterable[Hit]) -> None:
    """TREC run lines. Scores fall strictly, so that a tool that sorts by score keeps the ranks.

    An article that holds all words ranks above one that does not: its score is raised by a constant.
    """
    last = float("inf")
    for rank, hit in enumerate(hits, 1):
        score = min(hit.score + (0.0 if hit.lacks else _FIRST_TIER), last - _TIE_STEP)
        last = score
        click.echo(f"{query_id} Q0 {hit.id} {rank} {score:.6f} khobao")


def _marked(parts: Iterable[Fragment]) -> str:
    return "".join(
        click.style(shown(part.text), bold=True) if part.hit else shown(part.text) for part in parts
    )


def print_why(page: WhyPage, translate: Translate) -> None:
    """The parts of an article's score, and their sum."""
    found = page.explanation
    click.echo(shown(f"{page.title} ({found.id})"))
    line(say("Understood: {query}", query=page.understood), translate)
    for reason in found.reasons:
        line(
            say(
                "{worth} = {share} of {label} ({why}): frequency {frequency}, rarity {rarity}",
                worth=decimal(reason.value, 3),
                share=short(reason.boost),
                label=f"«{reason.label}»",
                why=_WHY[reason.kind].render(translate),
                frequency=short(reason.frequency),
                rarity=decimal(reason.idf, 3),
            ),
            translate,
        )
    line(
        say(
            "{score} in all; length {length}, mean {mean}",
            score=decimal(found.score, 3),
            length=short(found.length),
            mean=decimal(found.mean_length, 1),
        ),
        translate,
    )


_WHY = {
    ReasonKind.MATCH: say("the word itself"),
    ReasonKind.READINGS: say("any reading of its letters"),
    ReasonKind.AS_TYPED: say("as it was typed"),
    ReasonKind.ORDERED_WINDOW: say("side by side"),
    ReasonKind.UNORDERED_WINDOW: say("close to the other words"),
    ReasonKind.HEAD: say("in the headline or the lede"),
}
