"""Which typed amounts are written otherwise in the news?

Read as an amount: 1.000.000 (groups of three behind points; behind commas where there are two and
more), 1000000 (round thousands), and a number before nghìn, ngàn, triệu, tỷ or tỉ: 3,2 tỷ, 3.2 tỷ, 1.500
tỷ. Amounts beside each other are one ("5 tỷ 200 triệu") and are left
alone, and so is whatever is not a whole number below 10**15.

Written otherwise: the digits in one (1000000), in groups (1.000.000), in tỷ or triệu with two decimals
at most. Thousands only before what is counted (50.000 đồng = 50 nghìn đồng): "50 nghìn" alone may begin "50
nghìn tỷ", and 50.000 may begin 50.000.000. What is counted, typed behind the amount, is asked for too.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.query import Match
from indexer.text.readings import means
from indexer.text.syllables import terms
from search_app.query.expansion.runs import Run
from search_app.query.expansion.values import ExpansionKind, Finding

_UNITS = {"ty": 10**9, "trieu": 10**6, "nghin": 10**3}
_NAMES = {"ty": ("tỷ",), "trieu": ("triệu",), "nghin": ("nghìn", "ngàn")}
_MOST_OF_A_UNIT = {"ty": 10**6, "trieu": 10**4, "nghin": 10**3}
"""Of so many and more, another unit is spoken: 1.500 triệu is written, 1.500 nghìn is not."""
_UNIT = r"(?P<ty>t[ỷỉyi])|(?P<trieu>tri[ệêe]u)|(?P<nghin>ngh[ìi]n|ng[àa]n)"
_COUNTED = r"đồng|dong|vnđ|vnd|usd|đô|euro|người|nguoi|tấn|tan|ha|km|m2|m3|lượt|hộ|cổ|khách|trẻ|con|chiếc"
_AMOUNT = re.compile(
    rf"(?<!\S)(?P<number>[0-9]+(?:[.,][0-9]+)*)(?: ?(?:{_UNIT}))?(?!\S)(?: (?P<counted>{_COUNTED})(?!\S))?"
)
_FOLLOWED = re.compile(rf" [0-9]| (?:{_UNIT})(?!\S)")
_PART_OF = re.compile(rf"[0-9] (?:{_UNIT}) $")
_PLAIN = re.compile(r"[0-9]{1,15}")
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_DECIMAL = re.compile(r"[0-9]{1,3}[.,][0-9]{1,3}")

_LARGEST = 10**15
_LEAST_PLAIN = 10_000
_DECIMALS = 2


def findings(run: Run) -> Iterator[Finding]:
    """The amounts of a run."""
    for found in _AMOUNT.finditer(run.text):
        span = run.span(found.start(), found.start("counted") - 1 if found["counted"] else found.end())
        value = _value(found)
        part = _FOLLOWED.match(run.text, found.end()) or _PART_OF.search(run.text[: found.start()])
        if span is None or value is None or part:
            continue
        counted = tuple(terms(found["counted"] or ""))
        typed = run.syllables(*span)
        written = [
            one for one in _written(found, value, counted=bool(counted)) if not _same(typed, terms(one))
        ]
        matches = [Match(one, (*terms(one), *counted), complete=True) for one in dict.fromkeys(written)]
        if matches:
            yield Finding(*span, written[0], ExpansionKind.NUMBER, tuple(matches))


def _same(typed: Sequence[str], other: Sequence[str]) -> bool:
    return len(typed) == len(other) and all(
        means(mine, theirs, complete=True) for mine, theirs in zip(typed, other, strict=True)
    )


def _value(found: re.Match[str]) -> int | None:
    """The whole number that is meant, where it is surely one."""
    number, unit = found["number"], next((name for name in _UNITS if found[name]), "")
    if unit and _PLAIN.fullmatch(number) and len(number) < len("10000"):
        value = Decimal(number)
    elif _POINTS.fullmatch(number) or _COMMAS.fullmatch(number):
        value = Decimal(number.replace(".", "").replace(",", ""))
    elif unit and _DECIMAL.fullmatch(number):
        value = Decimal(number.replace(",", "."))
    elif _PLAIN.fullmatch(number) and number.endswith("000") and not number.startswith("0"):
        value = Decimal(number)
    else:
        return None
    value *= _UNITS.get(unit, 1)
    sure = unit or value >= _LEAST_PLAIN
    return int(value) if sure and value == int(value) and 0 < value < _LARGEST else None


def _written(found: re.Match[str], value: int, *, counted: bool) -> Iterator[str]:
    """The ways to write it, first the one that differs most from what was typed."""
    groups = [f"{value:,}".replace(",", ".")] if value >= _UNITS["trieu"] or counted else []
    in_words = list(_in_words(value, counted=counted))
    yield from [*groups, *in_words] if any(found[unit] for unit in _UNITS) else [*in_words, *groups]
    yield str(value)


def _in_words(value: int, *, counted: bool) -> Iterator[str]:
    for unit, names in _NAMES.items():
        size = _UNITS[unit]
        if not size <= value < size * _MOST_OF_A_UNIT[unit] or (unit == "nghin" and not counted):
            continue
        number = _number(Decimal(value) / size)
        if number:
            yield from (f"{number} {name}" for name in names)
        whole, rest = divmod(value, size)
        millions, small = divmod(rest, _UNITS["trieu"])
        if unit == "ty" and rest and not small:
            yield f"{whole} tỷ {millions} triệu"


def _number(quotient: Decimal) -> str:
    """1.500, 3,2 or 3,25; empty where more decimals were needed."""
    rounded = round(quotient, _DECIMALS)
    if rounded != quotient:
        return ""
    whole, _, decimals = f"{rounded:f}".partition(".")
    decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped
