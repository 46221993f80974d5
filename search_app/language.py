r"""In which language does the house speak? Vietnamese first, English second, at every door.

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


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue; English, in which the templates are written, has none."""
    return gettext.translation("messages", CATALOGUES, [language], fallback=True)
