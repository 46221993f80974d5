"""Which kinds of change has an archive, and which version of an article is the current one?"""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What a change did. A later khobao may add kinds: whoever reads changes passes over those."""

    VERSION = "version"
    CHOICE = "choice"  # a version that is kept already became the current one
    WITHDRAWAL = "withdrawal"  # shown as a tombstone: citation, reason, date
    HIDING = "hiding"  # shown as an article that was never there
    ERASURE = "erasure"  # shown as a tombstone without citation: its bytes are gone
    RESTORATION = "restoration"
    RIGHTS = "rights"  # of no article: what may be done with a source's articles is said otherwise
    LOST = "lost"  # of no article: what stood under this number was not whole when the archive was salvaged


OF_NO_ARTICLE = frozenset({ChangeKind.RIGHTS, ChangeKind.LOST})


class Choice(StrEnum):
    """Why a new version is the current one, or is not."""

    USUAL = ""  # the newest is current
    POORER = "poorer"  # a poorer capture of the same page: the one before it stays current
    NEWEST = "newest"  # a poorer capture that is current, because the import asked for that


WITHDRAWING = (ChangeKind.WITHDRAWAL, ChangeKind.HIDING, ChangeKind.ERASURE)
"""The kinds that take an article, or one version of it, out of sight until a restoration."""

_STATE_KINDS = ", ".join(f"'{kind}'" for kind in (*WITHDRAWING, ChangeKind.RESTORATION))

_ABOVE_ALL = 1 << 50  # more than any number of a change

HEADS_OF_CHANGES = f"""
    WITH states AS (
        SELECT article_id, version, kind, max(number) FROM changes
        WHERE kind IN ({_STATE_KINDS}) GROUP BY article_id, version),
    withdrawn AS (
        SELECT article_id, version FROM states WHERE kind != '{ChangeKind.RESTORATION}'),
    chosen AS (
        SELECT article_id, number AS at, number AS change, version FROM changes
        WHERE kind = '{ChangeKind.VERSION}' AND choice != '{Choice.POORER}'
        UNION ALL
        SELECT c.article_id, c.number, v.change, v.version FROM changes c
        JOIN versions v ON v.article_id = c.article_id AND v.version = c.version
        WHERE c.kind = '{ChangeKind.CHOICE}'),
    ends AS (
        SELECT article_id, max(number) AS last_change FROM changes
        WHERE article_id != '' GROUP BY article_id),
    currents AS (
        SELECT c.article_id, c.change, max((w.article_id IS NULL) * {_ABOVE_ALL} + c.at) FROM chosen c
        LEFT JOIN withdrawn w ON w.article_id = c.article_id AND w.version = c.version
        GROUP BY c.article_id)
    SELECT ends.article_id, currents.change, ends.last_change,
        EXISTS (SELECT 1 FROM withdrawn w WHERE w.article_id = ends.article_id AND w.version IS NULL)
            AS withdrawn
    FROM ends JOIN currents ON currents.article_id = ends.article_id"""  # noqa: S608 - constants
"""The columns of heads, as the changes make them: the last version chosen that is not withdrawn itself.

Where each is, the last one: then the article is withdrawn as a whole.
"""
