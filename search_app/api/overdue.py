"""What is said of a query that takes too long: which part of it costs most, and how to ask for less?"""

from corpus.message import Message, say
from indexer.budget import OverBudgetError, Stage
from indexer.query import Dates, Match
from search_app.query.grammar import render_query

_SHOWN_CHARACTERS = 60


def overdue(error: OverBudgetError) -> Message:
    """The sentence for a person; nothing that was found is shown, for it would not be all."""
    seconds = f"{error.seconds:g}"
    match error.part:
        case Match() | Dates():
            return _of_a_part(error.part, seconds)
        case Stage.CORRECTION:
            return say(
                "This query takes longer than {seconds} seconds, most of them to look for slips of the pen, "
                "so nothing is shown: ask it exactly as typed (as_typed=1), or with fewer words; "
                "the command khobao search has no limit",
                seconds=seconds,
            )
        case Stage.EXPANSION:
            return say(
                "This query takes longer than {seconds} seconds, most of them to look for other spellings "
                "and names, so nothing is shown: ask without them (widen=0), or with fewer words; "
                "the command khobao search has no limit",
                seconds=seconds,
            )
        case Stage.HIGHLIGHTING:
            return say(
                "This query takes longer than {seconds} seconds, most of them to mark its words, "
                "so nothing is shown: ask with fewer words, without stars and windows, or for a smaller "
                "page; the command khobao search has no limit",
                seconds=seconds,
            )
        case _:
            return say(
                "This query takes longer than {seconds} seconds, most of them to count and rank what it "
                "finds, so nothing is shown: ask with fewer words, or narrow it by date or source; "
                "the command khobao search has no limit",
                seconds=seconds,
            )


def _of_a_part(part: Match | Dates, seconds: str) -> Message:
    typed = _shown(render_query(part))
    if isinstance(part, Match) and part.slop:
        return say(
            "This query takes longer than {seconds} seconds, most of them for {part}, so nothing is shown: "
            "give a smaller number after ~, or fewer such windows; the command khobao search has no limit",
            seconds=seconds,
            part=typed,
        )
    if isinstance(part, Match) and part.prefix:
        return say(
            "This query takes longer than {seconds} seconds, most of them for {part}, so nothing is shown: "
            "type more letters before the star; the command khobao search has no limit",
            seconds=seconds,
            part=typed,
        )
    return say(
        "This query takes longer than {seconds} seconds, most of them for {part}, so nothing is shown: "
        "leave it out, or ask in several queries; the command khobao search has no limit",
        seconds=seconds,
        part=typed,
    )


def _shown(typed: str) -> str:
    return typed if len(typed) <= _SHOWN_CHARACTERS else typed[:_SHOWN_CHARACTERS] + "…"
