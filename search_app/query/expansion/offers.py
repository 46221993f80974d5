"""Which other name, of another time, can be asked for instead? Never searched by itself.

An article of 2019 on Yên Bái is no article on Lào Cai: the other name is offered with its date, in the
place of the typed one.
"""

from collections.abc import Iterator
from datetime import date

from corpus.message import Message, say
from indexer.query import Match, Query
from search_app.query.expansion.by_name import Named
from search_app.query.expansion.runs import Run, replaced
from search_app.query.expansion.values import Offer
from search_app.query.grammar import MAX_QUERY_CHARACTERS, render_query
from search_app.query.grammar.spelling import spell
from search_app.query.names import How, NameChange


def offers(query: Query, run: Run, named: Named, *, capitals: bool) -> Iterator[Offer]:
    """The other names of a typed name: those after it, then those before it.

    Args:
        query: the whole query as typed.
        capitals: whether capitals say something in it.
    """
    typed = run.typed(named.first, named.last)
    old = run.leaves[named.first : named.last]
    if any(change.ordinary for change in named.former) and not (capitals and typed[0].isupper()):
        return
    for change in named.former:
        for now in change.now:
            yield from _offer(query, old, typed, now, _after(change, now))
    for change, now in named.later:
        yield from _offer(query, old, typed, change.name, _before(change, now))


def _offer(query: Query, old: tuple[Match, ...], typed: str, also: str, message: Message) -> Iterator[Offer]:
    spelling = spell(also.replace(" ", "_"), quoted=False)
    if spelling:
        text = render_query(replaced(query, old, Match(spelling.label, spelling.syllables)))
        if len(text) <= MAX_QUERY_CHARACTERS:
            yield Offer(typed, also, message, text)


def _after(change: NameChange, now: str) -> Message:
    until = _day(change)
    match change.how:
        case How.MERGED:
            return say(
                "{name} (until {until}) now belongs to {other}", name=change.name, until=until, other=now
            )
        case How.RENAMED:
            return say("{name} (until {until}) is now {other}", name=change.name, until=until, other=now)
        case How.SPLIT:
            return say(
                "{name} (until {until}) was divided; a part of it is {other}",
                name=change.name,
                until=until,
                other=now,
            )


def _before(change: NameChange, now: str) -> Message:
    until = _day(change)
    match change.how:
        case How.MERGED:
            return say(
                "{name} now holds {other} too (by itself until {until})",
                name=now,
                until=until,
                other=change.name,
            )
        case How.RENAMED:
            return say("{name} was {other} (until {until})", name=now, until=until, other=change.name)
        case How.SPLIT:
            return say(
                "{name} was a part of {other} (until {until})", name=now, until=until, other=change.name
            )


def _day(change: NameChange) -> str:
    day: date = change.until
    return f"{day.month}/{day.year}" if change.whole_month else f"{day.day}/{day.month}/{day.year}"
