"""Which page shows one version of an article, whatever comes later? That of the article, at a change."""

from typing import NamedTuple

from flask import url_for

from search_app.api.current import current_service


class VersionPage(NamedTuple):
    """The page of a version, and the change as of which it is shown there; None: it shows what it changed."""

    href: str
    change: int | None


def version_page(article_id: str, version: int) -> VersionPage:
    """The page that shows a version as of the first change at which it stood.

    One that never stood, as a poorer capture does not, is shown by what it changed.
    """
    change = current_service().browse.stood_from(article_id, version)
    if change is None:
        return VersionPage(url_for("web.versions", article_id=article_id, newer=version), None)
    return VersionPage(url_for("web.article", article_id=article_id, as_of=change), change)
