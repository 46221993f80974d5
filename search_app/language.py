r"""How are messages and numbers shown in Vietnamese and in English? Vietnamese is the default.

Every message is written in English in the code (:func:`corpus.message.say`) and in the templates (``_`` and
``ngettext``); ``search_app/translations/vi`` holds the Vietnamese translations. After a message is added or
changed, run from the project's root::

    pybabel extract -F babel.cfg -k say -k translate --add-location=file --sort-output --no-wrap \
        -o messages.pot .
    pybabel update -i messages.pot -d search_app/translations -l vi \
        --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
    (translate what is empty in search_app/translations/vi/LC_MESSAGES/messages.po)
    pybabel compile -d search_app/translations -l vi
    rm messages.pot

and commit both the .po and the .mo: ``tests/web/test_language.py`` compares them with the code.
"""

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.numbers import format_decimal, get_group_symbol

LANGUAGES = ("vi", "en")
"""Codes of the languages, the default first."""

Translate = Callable[[str], str]
TranslateCount = Callable[[str, str, int], str]

CATALOGUES = Path(__file__).with_name("translations")
"""The folder of the catalogues, in the layout of gettext: LANGUAGE/LC_MESSAGES/messages.mo."""


def translator(language: str) -> Translate:
    """The function that translates an English template. A template without a translation stays English.

    >>> translator("vi")("Search")
    'Tìm'
    """
    return _catalogue(language).gettext


def count_translator(language: str) -> TranslateCount:
    """The function that translates a template with a count: ``(singular, plural, count)``."""
    return _catalogue(language).ngettext


def number_text(number: float, language: str) -> str:
    """A number with the language's separators, as Babel's format_decimal writes it.

    Whole numbers do not go through Babel, which is slow for the hundred numbers of a page.

    >>> number_text(1234.5, "vi"), number_text(401.0, "vi")
    ('1.234,5', '401')

    >>> number_text(1234, "vi"), number_text(1234, "en")
    ('1.234', '1,234')
    """
    if isinstance(number, float):
        return format_decimal(number, locale=language)
    return f"{number:,}".replace(",", _thousands(language))


def decimal_text(number: float, digits: int, language: str) -> str:
    """A number with exactly ``digits`` digits after the decimal separator.

    >>> decimal_text(1234.5, 3, "vi"), decimal_text(1234.5, 3, "en")
    ('1.234,500', '1,234.500')
    """
    return format_decimal(number, "#,##0." + "0" * digits, language)


@cache
def _thousands(language: str) -> str:
    return get_group_symbol(language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language. English, the language of the templates, has an empty one."""
    return gettext.translation("messages", CATALOGUES, [language], fallback=True)
