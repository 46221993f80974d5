"""Which lines of a concordance does an address ask for? By what it takes beside a selection."""

from collections.abc import Iterable

from corpus.message import say
from indexer.counting import TokenUnit
from search_app.answer.counting.concordance import ConcordanceRequest
from search_app.answer.counting.grouping import Side
from search_app.answer.counting.line_order import LineSort
from search_app.answer.counting.lines import Context
from search_app.answer.counting.sampling import MOST_SAMPLED
from search_app.api.faults import ParameterError
from search_app.api.parameters import Values, page_number, read_number, read_offset, search_request
from search_app.settings import MAX_PAGE_SIZE

CONTEXT, LEFT, RIGHT, SORT = "context", "left", "right", "sort"
GROUP, UNIT, BESIDE = "group", "unit", "beside"
SAMPLE, SEED = "sample", "seed"
PAGE, SIZE = "page", "size"
SENTENCE, SYLLABLES = "sentence", "syllables"
MOST_BESIDE = 40
"""Syllables on each side of a hit."""

OWN = (CONTEXT, LEFT, RIGHT, SORT, GROUP, UNIT, BESIDE, SAMPLE, SEED, SIZE, PAGE)
"""What a concordance takes beside a selection, in the order in which it is written."""

_NOTHING_ASKED = ConcordanceRequest(search_request(Values()).selection)


def concordance_request(values: Values) -> ConcordanceRequest:
    """Which lines are asked for.

    Raises:
        ParameterError: a value that cannot be.
    """
    own = {SORT, PAGE, SIZE}
    kept = Values(pair for pair in values.items(multi=True) if pair[0] not in own)
    group, beside = _choice(values, GROUP, Side), _text(values, BESIDE) or None
    if beside is not None and not group:
        raise ParameterError(
            say("beside is given without group; say on which side it stands: group=left or group=right")
        )
    return ConcordanceRequest(
        search_request(kept).selection,
        _context(values),
        LineSort(_choice(values, SORT, LineSort) or _NOTHING_ASKED.sort),
        page_number(values),
        _within(values, SIZE, _NOTHING_ASKED.size, (1, MAX_PAGE_SIZE)),
        _within(values, SAMPLE, 0, (1, MOST_SAMPLED)) or None,
        _text(values, SEED) or _NOTHING_ASKED.seed,
        Side(group) if group else None,
        TokenUnit(_choice(values, UNIT, TokenUnit) or _NOTHING_ASKED.unit),
        beside,
    )


def _context(values: Values) -> Context:
    most = (0, MOST_BESIDE)
    return Context(
        _within(values, LEFT, _NOTHING_ASKED.context.left, most),
        _within(values, RIGHT, _NOTHING_ASKED.context.right, most),
        _choice(values, CONTEXT, (SYLLABLES, SENTENCE)) == SENTENCE,
    )


def _text(values: Values, name: str) -> str:
    return values.get(name, "").strip()


def _choice(values: Values, name: str, choices: Iterable[str]) -> str:
    """One of some values; empty where none is given."""
    value, known = _text(values, name), tuple(map(str, choices))
    if value and value not in known:
        raise ParameterError.choice(name, value, known)
    return value


def _within(values: Values, name: str, default: int, limits: tuple[int, int]) -> int:
    """A number from the first to the last of the limits."""
    if not _text(values, name):
        return default
    number = (read_number(values, name) or 0) if limits[0] else (read_offset(values, name) or 0)
    if not limits[0] <= number <= limits[1]:
        raise ParameterError(
            say(
                "{name} is {number}; give a number from {least} to {most}",
                name=name,
                number=number,
                least=limits[0],
                most=limits[1],
            )
        )
    return number
