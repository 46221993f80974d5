"""In which year was a page published that names a day alone ("Sáng 13/9")? What its crawl or folder says.

A crawl fetched it on or after that day; a folder is called after its year. Either is a guess, and the date
says so (EDTF's "?"). An article that names no day at all stays undated: a folder's year is not its date.
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
    """The article with the year of its day, where that can be inferred.

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
        if year and (found := _day(year, day)).text:
            return replace(article, published=found)
    return article


def _of_crawl(day: str, captured: str) -> int:
    """The year of the last such day that the crawl can have seen; 0 where it is not known when it was."""
    try:
        fetched = date.fromisoformat(captured[:10])
    except ValueError:
        return 0
    return fetched.year if day <= f"-{fetched.month:02}-{fetched.day:02}" else fetched.year - 1


def _of_folder(name: str) -> int:
    """The year that the nearest folder is called after, archives and their folders too; 0 where none is.

    >>> _of_folder("bao/2012/2013-09/a.txt"), _of_folder("a.zip!2013/b.txt"), _of_folder("2013.txt")
    (2013, 2013, 0)
    """
    *folders, _ = re.split(r"[/!]", name)
    years = (found[1] for folder in reversed(folders) if (found := _YEAR.fullmatch(folder.casefold())))
    return int(next(years, 0))


def _day(year: int, day: str) -> Published:
    """The day in that year, marked as inferred; empty where there is none (29 February)."""
    try:
        return Published.parse(f"{year:04}{day}?") if year >= FIRST_YEAR else Published()
    except ImpossibleValueError:
        return Published()
