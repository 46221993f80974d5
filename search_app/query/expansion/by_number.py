"""In which other ways does the news write a typed amount?

These are read as amounts: 1.000.000 (groups of three digits behind points, or behind commas if there are at
least two), 1000000 (whole thousands), and a number before nghìn, ngàn, triệu, tỷ or tỉ (3,2 tỷ, 3.2 tỷ, 1.500
tỷ). Several amounts beside each other are one number ("5 tỷ 200 triệu") and get no other form; nor does a
value that is not a whole number below 10**15.

The other forms are the digits without points (1000000), in groups (1.000.000), and in tỷ or triệu with at
most two decimals. Thousands have other forms only before a unit (50.000 đồng = 50 nghìn đồng), for "50
nghìn" alone may begin "50 nghìn tỷ", and 50.000 may begin 50.000.000. The typed unit is a part of the
phrase that is searched.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from indexer.query import Match
from indexer.text.readings import means
from indexer.text.syllables import terms
from search_app.query.expansion.values import ExpansionKind, OtherForms
from search_app.query.grammar.runs import Run

_UNITS = {"ty": 10**9, "trieu": 10**6, "nghin": 10**3}
_NAMES = {"ty": ("tỷ",), "trieu": ("triệu",), "nghin": ("nghìn", "ngàn")}
_MOST_OF_A_UNIT = {"ty": 10**6, "trieu": 10**4, "nghin": 10**3}
"""From this many on, the news uses a larger unit: it writes 1.500 triệu, but not 1.500 nghìn."""
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


def find_other_forms(run: Run) -> Iterator[OtherForms]:
    """The other forms of the amounts in a run."""
    for amount in _AMOUNT.finditer(run.text):
        span = run.span(amount.start(), amount.start("counted") - 1 if amount["counted"] else amount.end())
        value = _value(amount)
        part = _FOLLOWED.match(run.text, amount.end()) or _PART_OF.search(run.text[: amount.start()])
        if span is None or value is None or part:
            continue
        counted = tuple(terms(amount["counted"] or ""))
        typed = run.syllables(*span)
        forms = [
            form for form in _forms(amount, value, counted=bool(counted)) if not _same(typed, terms(form))
        ]
        matches = [
            Match(f"{form} {amount['counted']}" if counted else form, (*terms(form), *counted), complete=True)
            for form in dict.fromkeys(forms)
        ]
        if matches:
            yield OtherForms(*span, forms[0], ExpansionKind.NUMBER, tuple(matches))


def _same(typed: Sequence[str], other: Sequence[str]) -> bool:
    return len(typed) == len(other) and all(
        means(mine, theirs, complete=True) for mine, theirs in zip(typed, other, strict=True)
    )


def _value(amount: re.Match[str]) -> int | None:
    """The whole number that is meant; None if the text may be something else than an amount."""
    number, unit = amount["number"], next((name for name in _UNITS if amount[name]), "")
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


def _forms(amount: re.Match[str], value: int, *, counted: bool) -> Iterator[str]:
    """The ways to write an amount, those in digits first if it was typed in words, else those in words."""
    groups = [f"{value:,}".replace(",", ".")] if value >= _UNITS["trieu"] or counted else []
    in_words = list(_in_words(value, counted=counted))
    yield from [*groups, *in_words] if any(amount[unit] for unit in _UNITS) else [*in_words, *groups]
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
    """A number as Vietnamese writes it: 1.500, 3,2 or 3,25; empty if it has more than two decimals."""
    rounded = round(quotient, _DECIMALS)
    if rounded != quotient:
        return ""
    whole, _, decimals = f"{rounded:f}".partition(".")
    decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped
