"""In what order are results? The sort key of a hit, the same in every engine."""

from indexer.query import Sort

UNDATED_MINUTE = 1 << 40
"""A minute after all others, at which undated articles are sorted, oldest first."""


def result_order(score: float, minute: int, article_id: str, sort: Sort) -> tuple[float, int, str]:
    """The sort key of a hit within its tier: ascending and total; undated articles come last."""
    match sort:
        case Sort.RELEVANCE:
            return (-score, -minute, article_id)
        case Sort.NEWEST:
            return (0.0, -minute, article_id)
        case Sort.OLDEST:
            return (0.0, minute or UNDATED_MINUTE, article_id)
