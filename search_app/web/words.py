"""What can templates say? Sentences, numbers and dates of one language, ready to stand in HTML."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial

from markupsafe import Markup, escape

from corpus.message import Message
from corpus.published import Published
from corpus.value_folding import tidy_value
from search_app.formats.dates import published_text
from search_app.language import count_translator, decimal_text, number_text, translator
from search_app.web.periods import span_text
from search_app.web.static_files import versioned

Word = Callable[..., str]

_DIGITS = 2
"""Of a measure, after the decimal separator."""


def words(language: str) -> dict[str, Word]:
    """The functions of the templates by name, bound to a language."""
    translate, translate_count = translator(language), count_translator(language)

    @cache
    def sentence(template: str) -> Markup:
        return escape(translate(template))

    def say(template: str, /, **values: object) -> Markup:
        """A sentence; values are escaped unless they are Markup."""
        return _slots_of_term(sentence(template), values) if values else sentence(template)

    def say_count(singular: str, plural: str, count: int, /, **values: object) -> Markup:
        template = escape(translate_count(singular, plural, count))
        return _slots_of_term(template, {"count": number(count), **values})

    def said(message: Message) -> str:
        return message.render(translate)

    def number(value: float) -> str:
        return number_text(value, language)

    def measured(value: float | None) -> str:
        """A measure with two digits; empty where there is none."""
        return "" if value is None else decimal_text(value, _DIGITS, language)

    def published(value: Published) -> str:
        return published_text(value, language)

    def day(value: date) -> str:
        return published_text(Published(value.isoformat()), language)

    return {
        "_": say,
        "ngettext": say_count,
        "said": said,
        "number": number,
        "measured": measured,
        "published": published,
        "day": day,
        "versioned": versioned,
        "one_form": tidy_value,
        "span": partial(span_text, language=language),
    }


def _slots_of_term(template: Markup, values: dict[str, object]) -> Markup:
    """A template that is escaped, its places filled with what is escaped now."""
    slots = str(template).format(**{name: escape(value) for name, value in values.items()})
    return Markup(slots)  # noqa: S704 - all of it is escaped
