"""How are the values of a record's fields parsed? As text, lists or numbers; others are refused."""

import math
import re
import reprlib

from corpus.cleaning.lines import lines
from corpus.errors import ImpossibleValueError
from corpus.message import say

_LONGEST_BITS = 2000  # of a whole number; Python does not print thousands of digits
_SHOWN = 60  # characters of a value in a message
_LEAST_MOMENT = 10**9  # ten digits: seconds since 1970
_EXACT = 2**53  # up to here floats represent each whole number exactly


class _Short(reprlib.Repr):
    """A short form of a value: its first parts, in bounded depth, without very long numbers."""

    def repr_int(self, x: int, level: int) -> str:
        return super().repr_int(x, level) if x.bit_length() <= _LONGEST_BITS else "a number without an end"


_SHORT = _Short()


def parse_text(name: str, value: object) -> str:
    """A text from a string, a whole number, or a list of one of these; null and NaN give "".

    >>> parse_text("title", 1984), parse_text("section", ["Kinh tế"]), parse_text("lede", None)
    ('1984', 'Kinh tế', '')
    >>> parse_text("id", 12.0), parse_text("lede", float("nan"))
    ('12', '')
    """
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list):
        return parse_text(name, value[0])
    if value is None or value == [] or is_nan(value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _LONGEST_BITS:
        return str(value)
    raise _wrong_type(name, value)


def parse_moment(name: str, value: object) -> str:
    """A text from what holds a date: also the seconds since 1970, or parts of them, with a fraction.

    >>> parse_moment("date", 1710205800.25), parse_moment("date", [1710205800250.5])
    ('1710205800.250', '1710205800250.500')
    """
    if isinstance(value, list) and len(value) == 1:
        return parse_moment(name, value[0])
    if isinstance(value, float) and value >= _LEAST_MOMENT and math.isfinite(value):
        return f"{value:.3f}"
    return parse_text(name, value)


def is_nan(value: object) -> bool:
    """Whether the value is NaN, which tables of numbers have for an empty cell."""
    return isinstance(value, float) and math.isnan(value)


def parse_lines(name: str, value: object) -> tuple[str, ...]:
    r"""The lines of a text or of a list of texts, without blank ones.

    >>> parse_lines("body", "Câu một.\nCâu hai."), parse_lines("body", ["Câu một.", None])
    (('Câu một.', 'Câu hai.'), ('Câu một.',))
    """
    parts = value if isinstance(value, list) else [value]
    return tuple(line for part in parts for line in lines(parse_text(name, part)))


def parse_names(name: str, value: object) -> tuple[str, ...]:
    """The distinct names of a list, or of a text with commas, semicolons or bars between them.

    >>> parse_names("tags", "lũ, Lào Cai; lũ"), parse_names("tags", ["Hà Nội, Huế"])
    (('lũ', 'Lào Cai'), ('Hà Nội, Huế',))
    """
    parts = value if isinstance(value, list) else re.split("[,;|]", parse_text(name, value))
    return tuple(dict.fromkeys(text for part in parts if (text := parse_text(name, part))))


def parse_places(name: str, value: object) -> tuple[int | None, ...]:
    """The whole numbers of a list, or of a text with commas or spaces between them; None for what is none.

    >>> parse_places("caption_places", [0, "x", 2]), parse_places("caption_places", "0, 2")
    ((0, None, 2), (0, 2))
    """
    if isinstance(value, str):
        value = value.replace(",", " ").split()
    parts = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_place(name, part) for part in parts)


def _place(name: str, part: object) -> int | None:
    try:
        text = parse_text(name, part)
    except ImpossibleValueError:
        return None
    return int(text) if re.fullmatch("[0-9]{1,7}", text) else None


def _wrong_type(name: str, value: object) -> ImpossibleValueError:
    return ImpossibleValueError(
        "wrong-type",
        say(
            "{field} is {value}, which is not a text; mend the record, or map another field to this one",
            field=shown(name),
            value=shown(value),
        ),
    )


def shown(value: object) -> str:
    """The value on one short line, with escapes for characters that cannot be stored."""
    text = _SHORT.repr(value)
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return cut.encode("utf-8", "backslashreplace").decode()
