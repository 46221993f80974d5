"""Which earlier or later names of a typed name are offered?

They are not searched unless a person chooses them, because they do not mean the same: an article of 2019 on
Yên Bái is no article on Lào Cai. Each offer tells the date of the change, and has the query with the other
name in place of the typed one.
"""

from collections.abc import Iterator
from datetime import date

from corpus.message import Message, say
from indexer.query import Match, Query
from search_app.query.expansion.by_name import TypedName
from search_app.query.expansion.runs import replace_leaves
from search_app.query.expansion.values import Offer
from search_app.query.grammar import MAX_UNDERSTOOD_CHARACTERS, render_query
from search_app.query.grammar.runs import Run
from search_app.query.grammar.spelling import spell
from search_app.query.names import NameChange, NameChangeKind


def offers(query: Query, run: Run, named: TypedName, *, capitals: bool) -> Iterator[Offer]:
    """The other names of a typed name: the later ones, then the earlier ones.

    Args:
        query: the whole query as typed.
        run: the run of the query in which the name stands.
        capitals: whether capitals tell names from words in the query.
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
        text = render_query(replace_leaves(query, old, Match(spelling.label, spelling.syllables)))
        if len(text) <= MAX_UNDERSTOOD_CHARACTERS:
            yield Offer(typed, also, message, text)


def _after(change: NameChange, now: str) -> Message:
    until = _day(change)
    match change.how:
        case NameChangeKind.MERGED:
            return say(
                "{name} (until {until}) now belongs to {other}", name=change.name, until=until, other=now
            )
        case NameChangeKind.RENAMED:
            return say("{name} (until {until}) is now {other}", name=change.name, until=until, other=now)
        case NameChangeKind.SPLIT:
            return say(
                "{name} (until {until}) was divided; a part of it is {other}",
                name=change.name,
                until=until,
                other=now,
            )


def _before(change: NameChange, now: str) -> Message:
    until = _day(change)
    match change.how:
        case NameChangeKind.MERGED:
            return say(
                "{name} now holds {other} too (by itself until {until})",
                name=now,
                until=until,
                other=change.name,
            )
        case NameChangeKind.RENAMED:
            return say("{name} was {other} (until {until})", name=now, until=until, other=change.name)
        case NameChangeKind.SPLIT:
            return say(
                "{name} was a part of {other} (until {until})", name=now, until=until, other=change.name
            )


def _day(change: NameChange) -> str:
    day: date = change.until
    return f"{day.month}/{day.year}" if change.whole_month else f"{day.day}/{day.month}/{day.year}"
