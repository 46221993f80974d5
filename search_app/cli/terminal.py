"""How are texts and numbers written to a terminal?

Numbers have the separators of the language. Texts of articles and files are written without control
characters: an escape sequence in a title could change the terminal, and a line break could imitate a line
of the program.
"""

import re
from collections.abc import Callable

from corpus.message import Message
from search_app.language import decimal_text, number_text
from search_app.settings import read_settings

_LANGUAGE = read_settings().language
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = "\t\n\r\u2028\u2029"


def grouped(value: float) -> str:
    """A number rounded to a whole one, with the language's separators of thousands."""
    return number_text(round(value), _LANGUAGE)


def decimal(value: float, digits: int) -> str:
    """A number with exactly ``digits`` digits after the decimal separator."""
    return decimal_text(value, digits, _LANGUAGE)


def short(value: float) -> str:
    """A number with at most six significant digits."""
    return number_text(float(f"{value:g}"), _LANGUAGE)


def printable(text: str) -> str:
    r"""A text on one line without control characters.

    Tabs and line breaks become spaces; other control characters, and those that change the direction of
    writing, become escapes of Python.

    >>> printable("Chợ\n\tđêm \x1b[31mđỏ")
    'Chợ  đêm \\x1b[31mđỏ'
    """
    return _CONTROL.sub(lambda control: _visible(control[0]), text)


def sentence(message: Message, translate: Callable[[str], str]) -> str:
    """A message in the user's language, the texts that it quotes made printable."""
    values = {
        name: printable(value) if isinstance(value, str) else value for name, value in message.values.items()
    }
    return Message(message.template, values).render(translate)


def _visible(character: str) -> str:
    return " " if character in _SPACES else ascii(character)[1:-1]
