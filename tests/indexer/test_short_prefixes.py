"""Beginnings of words: what is asked once for all terms that begin alike is what each would say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh import short_prefixes
from indexer.engines.whoosh.short_prefixes import is_short_prefix, terms_with_prefix
from indexer.query import Typed
from indexer.text.normalise import normalise
from indexer.text.readings import fits, reading_key

_LETTERS = "aăâbcdđehikmnoôơtuưyỳýỹịạấờ1é\u0301\u0323\u0302\u115f😀εά"
_TERMS = st.lists(st.text(_LETTERS, min_size=1, max_size=5).map(normalise).filter(bool), min_size=1)
_TYPED = st.builds(
    Typed,
    st.text(_LETTERS, min_size=1, max_size=2).map(normalise).filter(bool),
    complete=st.booleans(),
    prefix=st.just(value=True),
    exact=st.booleans(),
)


def _found(typed: Typed, terms: list[str], run: range) -> tuple[list[str], int]:
    """What a beginning means of a run of terms, and how many of them were read."""
    read: list[int] = []

    def term(number: int) -> str:
        read.append(number)
        return terms[number]

    key = reading_key(typed.syllable)
    readings = [number for number, one in enumerate(terms) if reading_key(one) == key]
    alike = range(readings[0], readings[-1] + 1) if readings else range(0)
    encoded = [one.encode() for one in terms]
    data = np.frombuffer(b"".join(encoded), np.uint8)
    ends = np.cumsum([len(one) for one in encoded]).astype(np.uint32)
    return [terms[number] for number in terms_with_prefix(typed, run, alike, data, ends, term)], len(read)


@settings(deadline=None, max_examples=300)
@given(_TYPED, _TERMS, st.integers(0, 3), st.integers(0, 3))
def test_a_short_beginning_means_what_each_term_says(
    typed: Typed, drawn: list[str], before: int, after: int
) -> None:
    terms = sorted(set(drawn), key=lambda one: (reading_key(one), one))
    run = range(min(before, len(terms) - 1), max(len(terms) - after, min(before, len(terms) - 1) + 1))
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(short_prefixes, "MIN_TERMS", 0)
        if not is_short_prefix(typed, run):
            return
    expected = [terms[number] for number in run if fits(typed, terms[number])]
    assert _found(typed, terms, run)[0] == expected


def test_of_ten_thousand_terms_few_are_read() -> None:
    terms = sorted(f"{head}{number}" for head in ("ta", "tá", "tha", "tư") for number in range(2_500))
    found, read = _found(Typed("t", complete=False, prefix=True), terms, range(len(terms)))
    assert found == terms
    assert read < 10
