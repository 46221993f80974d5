"""Which kinds of change has an archive, and which version of an article is the current one?"""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What a change did. A later khobao may add kinds: whoever reads changes passes over those."""

    VERSION = "version"
    CHOICE = "choice"  # a version that is kept already became the current one
    WITHDRAWAL = "withdrawal"
    RESTORATION = "restoration"
    RIGHTS = "rights"  # of no article: what may be done with a source's articles is said otherwise
    LOST = "lost"  # of no article: what stood under this number was not whole when the archive was salvaged


OF_NO_ARTICLE = frozenset({ChangeKind.RIGHTS, ChangeKind.LOST})


class Choice(StrEnum):
    """Why a new version is the current one, or is not."""

    USUAL = ""  # the newest is current
    POORER = "poorer"  # a poorer capture of the same page: the one before it stays current
    NEWEST = "newest"  # a poorer capture that is current, because the import asked for that


HEADS_OF_CHANGES = f"""
    WITH chosen AS (
        SELECT article_id, number AS at, number AS change FROM changes
        WHERE kind = '{ChangeKind.VERSION}' AND choice != '{Choice.POORER}'
        UNION ALL
        SELECT c.article_id, c.number, v.change FROM changes c
        JOIN versions v ON v.article_id = c.article_id AND v.version = c.version
        WHERE c.kind = '{ChangeKind.CHOICE}'),
    ends AS (
        SELECT article_id, max(number) AS last_change,
            coalesce(max(CASE kind WHEN '{ChangeKind.WITHDRAWAL}' THEN number END), 0)
                > coalesce(max(CASE kind WHEN '{ChangeKind.RESTORATION}' THEN number END), 0) AS withdrawn
        FROM changes WHERE article_id != '' GROUP BY article_id),
    currents AS (SELECT article_id, change, max(at) FROM chosen GROUP BY article_id)
    SELECT ends.article_id, currents.change, ends.last_change, ends.withdrawn
    FROM ends JOIN currents ON currents.article_id = ends.article_id"""  # noqa: S608 - constants
"""The columns of heads, as the changes make them."""
