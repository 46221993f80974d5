"""In which year was a page published that names only a day ("Sáng 13/9")? Inferred from its crawl or folder.

A crawl fetched it on or after that day; a folder may be named by its year. Either is a guess, and the date is
marked so (EDTF's "?"). An article without any day stays undated, for a folder's year is not its date.
"""

import re
from dataclasses import replace
from datetime import date

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.published import FIRST_YEAR, Published

_NO_YEAR = "XXXX"
_YEAR = re.compile(r"(?:năm[ _-]?|nam[ _-]?)?((?:19|20)[0-9]{2})(?:[-_.]?[0-9]{1,2}){0,2}")


def with_inferred_year(article: Article, context: Context) -> Article:
    """The article with the year of its day, where it can be inferred.

    >>> from corpus.context import Context
    >>> page = Article("a", "Cầu mới", "Xe đã qua.", published=Published("XXXX-09-13"))
    >>> with_inferred_year(page, Context(file="kho/2013/a.txt")).published.text
    '2013-09-13?'
    >>> crawled = Context(file="kho/a.txt", captured="2014-03-01T00:00:00+00:00")
    >>> with_inferred_year(page, crawled).published.text
    '2013-09-13?'
    >>> with_inferred_year(page, Context(file="kho/a.txt")).published.text
    'XXXX-09-13'
    """
    if not article.published.text.startswith(_NO_YEAR):
        return article
    day = article.published.text.removeprefix(_NO_YEAR)
    for year in (_of_crawl(day, context.captured), _of_folder(context.file)):
        if year and (date := _day(year, day)).text:
            return replace(article, published=date)
    return article


def _of_crawl(day: str, captured: str) -> int:
    """The year of the last such day before the crawl; 0 where the time of the crawl is not known."""
    try:
        fetched = date.fromisoformat(captured[:10])
    except ValueError:
        return 0
    return fetched.year if day <= f"-{fetched.month:02}-{fetched.day:02}" else fetched.year - 1


def _of_folder(name: str) -> int:
    """The year in the name of the nearest folder, also inside archives; 0 where there is none.

    >>> _of_folder("bao/2012/2013-09/a.txt"), _of_folder("a.zip!2013/b.txt"), _of_folder("2013.txt")
    (2013, 2013, 0)
    """
    *folders, _ = re.split(r"[/!]", name)
    years = (match[1] for folder in reversed(folders) if (match := _YEAR.fullmatch(folder.casefold())))
    return int(next(years, 0))


def _day(year: int, day: str) -> Published:
    """The day in that year, marked as inferred; empty where the year has no such day (29 February)."""
    try:
        return Published.parse(f"{year:04}{day}?") if year >= FIRST_YEAR else Published()
    except ImpossibleValueError:
        return Published()
