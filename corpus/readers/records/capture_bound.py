"""Until which day can a captured page have been published? Until that of its capture, and one for time zones.

A later date on it is that of an event, a clock or a template, and not the day of its publication.
"""

from dataclasses import replace
from datetime import date, timedelta

from corpus.article import Article
from corpus.context import Context
from corpus.published import Published


def latest_day(context: Context) -> date | None:
    """The last day on which a record can have been published; None where its capture has no day.

    >>> latest_day(Context(captured="2024-03-01T23:00:00Z")), latest_day(Context())
    (datetime.date(2024, 3, 2), None)
    """
    try:
        return date.fromisoformat(context.captured[:10]) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def without_later_date(article: Article, context: Context) -> Article:
    """The article; undated where its date lies behind its capture.

    >>> page = Article("a", "Cầu mới", "Xe đã qua.", published=Published("2024-03-12"))
    >>> without_later_date(page, Context(captured="2024-03-01T23:00:00Z")).published.text
    ''
    >>> without_later_date(page, Context(captured="2024-03-11T23:00:00Z")).published.text
    '2024-03-12'
    """
    last, span = latest_day(context), article.published.span
    if last is None or span is None or span[0] <= last:
        return article
    return replace(article, published=Published())
