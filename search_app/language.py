r"""In which language does Kho Báo speak? Vietnamese first, English second, at every interface.

Every message is written in English where it is said (:func:`corpus.message.say`, ``_`` and
``ngettext`` in templates); ``search_app/translations/vi`` holds the Vietnamese. After a message is
added or changed, run from the project's root::

    pybabel extract -F babel.cfg -k say -k translate --add-location=file --sort-output --no-wrap \
        -o messages.pot .
    pybabel update -i messages.pot -d search_app/translations -l vi \
        --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
    (translate what is empty in search_app/translations/vi/LC_MESSAGES/messages.po)
    pybabel compile -d search_app/translations -l vi
    rm messages.pot

and commit both the .po and the .mo: the tests hold them against the code.
"""

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.numbers import format_decimal, get_group_symbol

LANGUAGES = ("vi", "en")
"""Codes of the languages, the first one first."""

Translate = Callable[[str], str]
TranslateCount = Callable[[str, str, int], str]

CATALOGUES = Path(__file__).with_name("translations")
"""The folder of the catalogues, as gettext lays it out."""


def translator(language: str) -> Translate:
    """What turns an English template into one of ``language``; unknown templates stay English.

    >>> translator("vi")("Search")
    'Tìm'
    """
    return _catalogue(language).gettext


def count_translator(language: str) -> TranslateCount:
    """The same for a template that counts: ``(singular, plural, count)``."""
    return _catalogue(language).ngettext


def number_text(number: float, language: str) -> str:
    """A number with its thousands marked, as Babel's format_decimal would: a page has a hundred of them.

    >>> number_text(1234.5, "vi"), number_text(401.0, "vi")
    ('1.234,5', '401')

    >>> number_text(1234, "vi"), number_text(1234, "en")
    ('1.234', '1,234')
    """
    if isinstance(number, float):
        return format_decimal(number, locale=language)
    return f"{number:,}".replace(",", _thousands(language))


def decimal_text(number: float, digits: int, language: str) -> str:
    """A number with so many digits after the point.

    >>> decimal_text(1234.5, 3, "vi"), decimal_text(1234.5, 3, "en")
    ('1.234,500', '1,234.500')
    """
    return format_decimal(number, "#,##0." + "0" * digits, language)


@cache
def _thousands(language: str) -> str:
    return get_group_symbol(language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue; English, in which the templates are written, has none."""
    return gettext.translation("messages", CATALOGUES, [language], fallback=True)
