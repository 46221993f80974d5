"""Which versions of an article are compared, and what does the page show of them?"""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from corpus.archived import ArchivedArticle
from search_app.api.current import current_service
from search_app.api.faults import ParameterError

OLDER, NEWER = "older", "newer"


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A version; ``against`` is the one before it, 0 where there is none."""

    archived: ArchivedArticle
    against: int


def compared(kept: Sequence[ArchivedArticle], values: MultiDict[str, str]) -> dict[str, object]:
    """What the template shows: all versions, and the changes from one of them to another.

    Raises:
        ParameterError: a version that is none of them.
    """
    newer = _version(kept, values, NEWER, len(kept))
    older = _version(kept, values, OLDER, max(1, newer.version - 1))
    return {
        "article": next(one for one in kept if one.is_current).article,
        "links": [VersionLink(one, one.version - 1) for one in reversed(kept)],
        "older": older,
        "newer": newer,
        "changes": current_service().browse.changes(older, newer) if older != newer else [],
    }


def _version(
    kept: Sequence[ArchivedArticle], values: MultiDict[str, str], name: str, default: int
) -> ArchivedArticle:
    asked = values.get(name, "").strip() or str(default)
    numbers = {str(one.version): one for one in kept}
    if asked not in numbers:
        raise ParameterError.choice(name, asked, numbers)
    return numbers[asked]
