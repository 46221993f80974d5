"""What may reach a terminal, and how? Numbers as the language writes them, and no control character.

A title that holds ESC could paint the window, and one that holds a newline could feign a line of ours.
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
    """A whole number, its thousands marked."""
    return number_text(round(value), _LANGUAGE)


def decimal(value: float, digits: int) -> str:
    """A number with so many digits after the point."""
    return decimal_text(value, digits, _LANGUAGE)


def short(value: float) -> str:
    """A number with the digits that it needs."""
    return number_text(float(f"{value:g}"), _LANGUAGE)


def shown(text: str) -> str:
    r"""A text of somebody else's on one line: what moves the cursor as spaces, what steers it as an escape.

    >>> shown("Chợ\n\tđêm \x1b[31mđỏ")
    'Chợ  đêm \\x1b[31mđỏ'
    """
    return _CONTROL.sub(lambda found: _visible(found[0]), text)


def sentence(message: Message, translate: Callable[[str], str]) -> str:
    """A message in the person's language; what it quotes is shown as ``shown`` does."""
    values = {
        name: shown(value) if isinstance(value, str) else value for name, value in message.values.items()
    }
    return Message(message.template, values).render(translate)


def _visible(character: str) -> str:
    return " " if character in _SPACES else ascii(character)[1:-1]
