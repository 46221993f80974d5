"""Which changes, or which two states of the archive, does an address ask for? What ``/changes`` takes.

``from`` and ``to`` are dates of publication everywhere else, so the rest of the parameters is read without
them.
"""

from flask import request

from corpus.message import say
from search_app.answer.differing import Diff
from search_app.answer.selection import Selection
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.parameters import FIRST, LAST, Values, read_number, read_state, search_request

BEFORE, PAGE = "before", "page"


def diff_of_request() -> Diff | None:
    """What differs between the states of the address; None where it asks for the list of changes.

    Raises:
        ParameterError: a value that cannot be, or one that belongs to the other of both.
        UserError: the archive has no such state.
    """
    values: Values = request.args
    older, newer, selection = read_state(values, FIRST), read_state(values, LAST), _selection(values)
    is_diff = older is not None or newer is not None or selection is not None
    strange = BEFORE if is_diff else PAGE
    if values.get(strange, "").strip():
        raise ParameterError(
            say(
                "{name} means nothing here: the list of changes goes on with before, and what differs between"
                " two states (from, to, q) with page",
                name=strange,
            )
        )
    return current_service().differing.diff(older or 0, newer, selection) if is_diff else None


def before_of_request() -> int | None:
    """The number below which the list of changes begins; None: at its newest.

    Raises:
        ParameterError: it is no number.
    """
    return read_number(request.args, BEFORE)


def _selection(values: Values) -> Selection | None:
    """Which articles are compared; None: all."""
    kept = Values(pair for pair in values.items(multi=True) if pair[0] not in {FIRST, LAST, BEFORE, PAGE})
    selection = search_request(kept).selection
    return selection if selection.query.strip() or selection.is_filtered else None
