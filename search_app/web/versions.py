"""Which versions of an article are compared, and what does the page show of them?

A version is known by its number, never by its place: what is hidden is not there, and leaves a gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from corpus.archived import ArchivedArticle
from corpus.published import Published
from corpus.withdrawals import Withdrawal
from search_app.api.current import current_service
from search_app.api.faults import ParameterError, WithdrawnError
from search_app.web.withdrawn import day_of, said_withdrawal

OLDER, NEWER = "older", "newer"


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A version; ``against`` is the one before it that is shown, 0 where there is none."""

    archived: ArchivedArticle
    against: int

    @property
    def number(self) -> int:
        """Of the version."""
        return self.archived.version


@dataclass(frozen=True, slots=True)
class WithdrawnVersion:
    """A version that is withdrawn: why, and on which day."""

    number: int
    withdrawal: Withdrawal
    day: Published


def compared(
    article_id: str, kept: Sequence[ArchivedArticle], values: MultiDict[str, str]
) -> dict[str, object]:
    """What the template shows: all versions, and the changes from one of them to another.

    Raises:
        ParameterError: a version that is none of them.
        WithdrawnError: a version that is withdrawn.
    """
    found = current_service().withdrawals.of_versions(article_id)
    withdrawn = {str(one.version): one for one in found}
    newer = _version(kept, withdrawn, values, NEWER, kept[-1])
    before = [one for one in kept if one.version < newer.version]
    older = _version(kept, withdrawn, values, OLDER, before[-1] if before else newer)
    return {
        "article": next(one for one in kept if one.is_current).article,
        "links": _links(kept, found),
        "is_alone": len(kept) == 1,
        "older": older,
        "newer": newer,
        "changes": current_service().browse.changes(older, newer) if older != newer else [],
    }


def _links(
    kept: Sequence[ArchivedArticle], withdrawn: Sequence[Withdrawal]
) -> list[VersionLink | WithdrawnVersion]:
    """A line for each version, the newest first."""
    numbers = [0, *(one.version for one in kept)]
    links: list[VersionLink | WithdrawnVersion] = [*map(VersionLink, kept, numbers)]
    links += [WithdrawnVersion(one.version or 0, one, day_of(one)) for one in withdrawn]
    return sorted(links, key=lambda one: -one.number)


def _version(
    kept: Sequence[ArchivedArticle],
    withdrawn: Mapping[str, Withdrawal],
    values: MultiDict[str, str],
    name: str,
    default: ArchivedArticle,
) -> ArchivedArticle:
    asked = values.get(name, "").strip()
    numbers = {str(one.version): one for one in kept}
    if not asked:
        return default
    if asked in withdrawn:
        tombstone = current_service().withdrawals.tombstone_of(withdrawn[asked])
        if tombstone is not None:
            raise WithdrawnError(said_withdrawal(tombstone))
    if asked not in numbers:
        raise ParameterError.choice(name, asked, numbers)
    return numbers[asked]
