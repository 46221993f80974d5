"""How are counts of queries written? A row for each query, and a row for each article of one."""

from collections.abc import Iterable

from search_app.answer.counting.query_counts import QueryCounts
from search_app.formats.answers.timeline import zones_text
from search_app.formats.table import Table

COUNTS_COLUMNS = (
    "id", "query", "understood", "articles", "stories", "hits", "held_articles", "held_syllables",
    "per_thousand", "per_million", "zones", "once", "by_story", "archive_number",
)  # fmt: skip


def counts_table(counted: Iterable[tuple[str, QueryCounts]]) -> Table:
    """A row for each query, by its id."""
    rows = (
        (
            name, one.selection.query, one.understood, one.articles, one.stories, one.hits, one.held_articles,
            one.held_syllables, one.per_thousand, one.per_million, zones_text(one.zones), one.selection.once,
            one.selection.collapse_stories, one.archive_number,
        )
        for name, one in counted
    )  # fmt: skip
    return Table(COUNTS_COLUMNS, rows)


def each_table(counted: QueryCounts) -> Table:
    """A row for each matching article, the oldest first."""
    rows = (
        (
            one.archived.article.id, one.archived.article.source, one.archived.article.published.text,
            one.archived.article.title, one.hits, one.syllables, one.archived.change,
        )
        for one in counted.each
    )  # fmt: skip
    return Table(("id", "source", "published", "title", "hits", "syllables", "change"), rows)
