"""How are dates written for a person? At the precision that is known, never finer."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_datetime

from corpus.message import say
from corpus.published import Precision, Published
from indexer.facets import FacetName
from search_app.facets import FACETS
from search_app.language import translator

_PATTERNS = {
    "vi": {"minute": "d/M/y HH:mm", "day": "d/M/y", "month": "M/y", "year": "y", "yearless": "d/M"},
    "en": {"minute": "d MMM y, HH:mm", "day": "d MMM y", "month": "MMM y", "year": "y", "yearless": "d MMM"},
}
_LEAP_YEAR = "2000"


@lru_cache(maxsize=1 << 12)
def published_text(published: Published, language: str) -> str:
    """A date of publication, on the clock of its source.

    >>> published_text(Published("2013-05-27T07:10+07:00"), "vi"), published_text(Published("2013-05"), "vi")
    ('27/5/2013 07:10', '5/2013')
    >>> published_text(Published("2013-09-13?"), "vi")
    '13/9/2013 (suy đoán)'
    >>> published_text(Published("2013-09-13~"), "vi")
    '13/9/2013 (ngày sửa cuối)'
    """
    if not published.text:
        return say("date unknown").render(translator(language))
    if published.precision is Precision.NONE:
        day = date.fromisoformat(published.text.replace("XXXX", _LEAP_YEAR))
        shown = format_date(day, _PATTERNS[language]["yearless"], language)
        return say("{day} (year unknown)", day=shown).render(translator(language))
    pattern = _PATTERNS[language][published.precision.value]
    if published.precision is Precision.MINUTE:
        return format_datetime(
            datetime.fromisoformat(published.text).replace(tzinfo=None), pattern, locale=language
        )
    span = published.span
    shown = format_date(span[0] if span else None, pattern, language)
    if published.inferred:
        return say("{day} (inferred)", day=shown).render(translator(language))
    if published.is_last_change:
        return say("{day} (day of the last change)", day=shown).render(translator(language))
    return shown


def facet_value_text(name: FacetName, value: str, language: str) -> str:
    """A value of a facet as a person reads it."""
    facet = FACETS[name]
    if not value:
        return facet.none.render(translator(language))
    read = facet.read(value)
    return published_text(read, language) if isinstance(read, Published) else read
