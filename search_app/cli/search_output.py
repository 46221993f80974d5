"""How are the results of a search printed at a terminal, and the parts of a score?

Hits are printed bold if standard output is a terminal.
"""

import shlex
from collections.abc import Iterable, Iterator

import click

from corpus.message import say
from indexer.engine import Hit
from search_app.answer.archive.status import State
from search_app.answer.highlight import Fragment
from search_app.answer.pages import PageHit, SearchPage, WhyPage
from search_app.cli.output import line
from search_app.cli.terminal import decimal, grouped, printable, sentence, short
from search_app.formats.reasons import REASONS
from search_app.language import Translate

_TIE_STEP = 1e-6
_FIRST_TIER = 10_000.0


def print_page(page: SearchPage, translate: Translate) -> None:
    """Prints a page of results, each later tier below a heading of its own."""
    _print_head(page, translate)
    headings = {
        "scattered": say(
            "{count} more articles hold every word, but scattered:", count=grouped(page.scattered_total)
        ),
        "lacking": say("{count} more articles lack some of the words:", count=grouped(page.partial_total)),
    }
    counts = {"scattered": page.scattered_total, "lacking": page.partial_total}
    if page.mixed:
        for tier, heading in headings.items():
            if counts[tier]:
                line(heading, translate)
    shown = "matching"
    for hit in page.hits:
        tier = "lacking" if hit.lacks else "scattered" if hit.scattered else "matching"
        if tier != shown and not page.mixed:
            shown = tier
            click.echo()
            line(headings[tier], translate)
        _print_hit(hit, translate)


def _print_head(page: SearchPage, translate: Translate) -> None:
    """Prints the totals, the query as understood, its problems, corrections and expansions."""
    values = {"total": page.total, "stories": page.stories, "ms": page.took_ms}
    said = {name: grouped(value) for name, value in values.items()}
    if page.hits_total is None:
        line(say("{total} articles · {stories} stories ({ms} ms)", **said), translate)
    else:
        hits = grouped(page.hits_total)
        line(
            say("{total} articles · {stories} stories · {hits} hits ({ms} ms)", hits=hits, **said), translate
        )
    if page.pin:
        line(
            say(
                "As the archive stood at change {number}, {at}; since then {came} articles came that match,"
                " {changed} changed; {withheld} of the whole archive are withdrawn now",
                number=page.pin.number,
                at=page.pin.at.isoformat(timespec="minutes"),
                came=grouped(page.pin.came),
                changed=grouped(page.pin.changed),
                withheld=grouped(page.pin.withheld),
            ),
            translate,
        )
    if page.stories_lag:
        line(
            say(
                "Stories are counted as of change {stories} of {number}:"
                " reprints among newer articles are not found yet",
                stories=page.stories_number,
                number=page.archive_number,
            ),
            translate,
        )
    if page.excluded_undated:
        line(
            say(
                "{count} more match, but their dates are not known, or not exactly enough"
                " (these alone: --undated)",
                count=grouped(page.excluded_undated),
            ),
            translate,
        )
    if page.understood:
        line(say("Understood: {query}", query=page.understood), translate)
    if any(unit.words > 1 for unit in page.units):
        units = " ".join(f"[{unit.text}]" for unit in page.units)
        line(say("Units: {units} (each word by itself: --no-units)", units=units), translate)
    for problem in page.problems:
        click.echo("! " + sentence(problem.message, translate))
    _print_correction(page, translate)
    _print_expansions(page, translate)
    _print_date_offers(page, translate)


def _print_hit(hit: PageHit, translate: Translate) -> None:
    click.echo()
    click.echo(f"{hit.rank}. {_highlighted(hit.title)}")
    facts = (hit.source, hit.section, hit.published.text, hit.id)
    click.echo("   " + printable(" · ".join(filter(None, facts))))
    if hit.scattered:
        click.echo("   ", nl=False)
        line(say("scattered: {units}", units=", ".join(f"«{unit}»" for unit in hit.scattered)), translate)
    if hit.lacks:
        click.echo("   ", nl=False)
        line(say("lacks: {words}", words=", ".join(_missing_words(hit, translate))), translate)
    _print_story(hit, translate)
    click.echo("   " + _highlighted(hit.snippet))


def _missing_words(hit: PageHit, translate: Translate) -> Iterator[str]:
    """Each word that a hit lacks, with the reading that it has instead, if any."""
    for word, instead in hit.lacking:
        if instead:
            yield say("«{word}», has «{instead}»", word=word, instead=instead).render(translate)
        else:
            yield f"«{word}»"


def _print_story(hit: PageHit, translate: Translate) -> None:
    """Prints how many other matches of its story a hit stands for, and which print was the first."""
    if hit.collapsed:
        click.echo("   ", nl=False)
        line(say("and {count} other articles of this story", count=hit.collapsed), translate)
    if hit.first and hit.first.id != hit.id:
        where = " · ".join(filter(None, (hit.first.source, hit.first.published.text, hit.first.id)))
        click.echo("   ", nl=False)
        first_printed = say("first printed: {where}", where=where)
        line(first_printed if hit.first_dated else say("compared with: {where}", where=where), translate)


def _print_correction(page: SearchPage, translate: Translate) -> None:
    """Prints the correction that was searched instead, and those that are offered."""
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
            say(
                "Did you mean: {queries}",
                queries=" · ".join(correction.text for correction in page.corrections),
            ),
            translate,
        )


def _print_expansions(page: SearchPage, translate: Translate) -> None:
    """Prints the expansions that were searched, and the other names that are offered."""
    also = [expansion.in_full for expansion in page.expansions if expansion.used]
    if also:
        line(
            say("Also searched: {names} (only what was typed: --no-widening)", names="; ".join(also)),
            translate,
        )
    for offer in page.offers:
        click.echo(
            f"? {sentence(offer.message, translate)}: khobao search {shlex.quote(printable(offer.query))}"
        )


def _print_date_offers(page: SearchPage, translate: Translate) -> None:
    """Prints the filters that are offered for the dates that the query names in words."""
    for offer in page.date_offers:
        asked = offer.selection
        command = (
            f"khobao search {shlex.quote(printable(asked.query))} --from {asked.first} --to {asked.last}"
        )
        offered = say(
            "{typed}, only what was published then: {count} articles, without {excluded} whose dates are not"
            " known, or not exactly enough: {command}",
            typed=offer.typed,
            count=grouped(offer.total),
            excluded=grouped(offer.excluded_undated),
            command=command,
        )
        click.echo(f"? {sentence(offered, translate)}")


def warn_of_lag(state: State, translate: Translate) -> None:
    """Warns on standard error if the index lacks changes of the archive, as after a build that was killed."""
    if state.index_number is None or state.index_number >= state.archive_number:
        return
    warning = say(
        "The index holds the archive up to change {index} of {archive}: what came later is not found."
        " Catch up with: khobao add PATH, or khobao rebuild",
        index=state.index_number,
        archive=state.archive_number,
    )
    click.echo(sentence(warning, translate), err=True)


def print_run(query_id: str, hits: Iterable[Hit]) -> None:
    """Prints the TREC run lines of one query.

    The printed scores descend strictly, so that a tool that sorts by score keeps the order: those of
    articles that match are raised by _FIRST_TIER, and equal ones are lowered by _TIE_STEP.
    """
    last = float("inf")
    for rank, hit in enumerate(hits, 1):
        tier = 0.0 if hit.lacks or hit.scattered else _FIRST_TIER
        score = min(hit.score + tier, last - _TIE_STEP)
        last = score
        click.echo(f"{query_id} Q0 {hit.id} {rank} {score:.6f} khobao")


def _highlighted(parts: Iterable[Fragment]) -> str:
    return "".join(
        click.style(printable(part.text), bold=True) if part.hit else printable(part.text) for part in parts
    )


def print_why(page: WhyPage, translate: Translate) -> None:
    """Prints the parts of an article's score, and their sum."""
    explanation = page.explanation
    click.echo(printable(f"{page.title} ({explanation.id})"))
    line(say("Understood: {query}", query=page.understood), translate)
    for reason in explanation.reasons:
        line(
            say(
                "{worth} = {share} of {label} ({why}): frequency {frequency}, rarity {rarity}",
                worth=decimal(reason.value, 3),
                share=short(reason.boost),
                label=f"«{reason.label}»",
                why=REASONS[reason.kind].render(translate),
                frequency=short(reason.frequency),
                rarity=decimal(reason.idf, 3),
            ),
            translate,
        )
    line(
        say(
            "{score} in all; length {length}, mean {mean}",
            score=decimal(explanation.score, 3),
            length=short(explanation.length),
            mean=decimal(explanation.mean_length, 1),
        ),
        translate,
    )
