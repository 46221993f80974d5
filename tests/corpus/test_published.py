from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.published import Precision, Published, last_change
from corpus.readers.records.inferred_year import with_inferred_year
from tests.corpus.records import article


@pytest.mark.parametrize(
    ("raw", "text", "precision"),
    [
        ("2013-05-27T07:10:00+07:00", "2013-05-27T07:10+07:00", Precision.MINUTE),
        ("2013-05-27 07:10", "2013-05-27T07:10", Precision.MINUTE),
        ("2013-05-27T07:10:59.123Z", "2013-05-27T07:10+00:00", Precision.MINUTE),
        (" 2013-05-27 ", "2013-05-27", Precision.DAY),
        ("2013-05", "2013-05", Precision.MONTH),
        ("2013", "2013", Precision.YEAR),
        ("XXXX-09-13", "XXXX-09-13", Precision.NONE),
        ("XXXX-02-29", "XXXX-02-29", Precision.NONE),
        ("2013-09-13?", "2013-09-13?", Precision.DAY),
        ("2013-09?", "2013-09?", Precision.MONTH),
        ("2013?", "2013?", Precision.YEAR),
        ("2013-09-13~", "2013-09-13~", Precision.DAY),
        ("2013-09~", "2013-09~", Precision.MONTH),
        ("", "", Precision.NONE),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_is_given(raw: str, text: str, precision: Precision) -> None:
    found = Published.parse(raw)
    assert (text, precision) == (found.text, found.precision)


@pytest.mark.parametrize(
    "raw",
    [
        "2013-02-30",
        "2013-13",
        "0001",
        "9999",
        "XXXX",
        "XXXX-05",
        "27/5/2013",
        "2013-05-27T25:00",
        "hôm qua",
        "XXXX-09-13?",
        "XXXX-09-13~",
        "2013-05-27T07:10?",
        "2013-05-27T07:10~",
        "2013-05-27?~",
    ],
)
def test_a_day_that_cannot_be_is_refused(raw: str) -> None:
    with pytest.raises(ImpossibleValueError, match="cannot be"):
        Published.parse(raw)


def test_a_coarse_date_spans_all_its_days_and_sorts_at_their_start() -> None:
    month = Published("2012-02")
    assert (date(2012, 2, 1), date(2012, 2, 29)) == month.span
    assert Published("2012-02-01").minute == month.minute


def test_a_date_with_an_inferred_year_stands_where_it_says_and_says_that_it_is_inferred() -> None:
    inferred, known = Published("2013-09-13?"), Published("2013-09-13")
    assert (inferred.span, inferred.minute, inferred.plain) == (known.span, known.minute, known.text)
    assert (inferred.inferred, known.inferred) == (True, False)


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        ("2013-09-13T07:10+07:00", "2013-09-13~"),
        ("2013-09-13?", "2013-09-13~"),
        ("2013-09", "2013-09~"),
        ("XXXX-09-13", ""),
        ("", ""),
    ],
)
def test_the_last_change_stands_for_the_day_and_says_so(changed: str, day: str) -> None:
    found, known = last_change(Published(changed)), Published(changed)
    assert found == Published.parse(day)
    assert (found.span, found.is_last_change, found.inferred) == (known.span, bool(day), False)


def test_a_day_without_its_year_has_no_span_and_no_place_in_time() -> None:
    unknown = Published("XXXX-09-13")
    assert (unknown.span, unknown.minute) == (None, None)


@given(st.dates(date(1600, 1, 1), date(2199, 12, 31)))
def test_parsing_the_canonical_text_again_changes_nothing(day: date) -> None:
    once = Published.parse(day.isoformat())
    assert once == Published.parse(once.text)
    assert (day, day) == once.span


_MOMENTS = st.datetimes(datetime(1600, 1, 1), datetime(2199, 12, 31))  # noqa: DTZ001 - the source's own clock


@given(_MOMENTS, _MOMENTS)
def test_minutes_sort_as_moments_do(one: datetime, other: datetime) -> None:
    texts = sorted(moment.isoformat(timespec="minutes") for moment in (one, other))
    earlier, later = (Published.parse(text).minute or 0 for text in texts)
    assert earlier <= later


@given(st.text())
def test_any_text_is_a_date_or_is_refused(raw: str) -> None:
    try:
        found = Published.parse(raw)
    except ImpossibleValueError:
        return
    assert found == Published.parse(found.text)


@pytest.mark.parametrize(
    ("text", "file", "captured", "edtf"),
    [
        ("XXXX-09-13", "kho/2013/a.txt", "", "2013-09-13?"),
        ("XXXX-09-13", "2012/2013-09/a.txt", "", "2013-09-13?"),
        ("XXXX-09-13", "kho.zip!nam-2013/a.txt", "", "2013-09-13?"),
        ("XXXX-09-13", "kho/bao-2013/a.txt", "", "XXXX-09-13"),
        ("XXXX-09-13", "kho/2013.txt", "", "XXXX-09-13"),
        ("XXXX-02-29", "kho/2013/a.txt", "", "XXXX-02-29"),
        ("XXXX-09-13", "a.warc", "2014-09-13T00:00:00+00:00", "2014-09-13?"),
        ("XXXX-09-13", "a.warc", "2014-09-12T23:59:00+00:00", "2013-09-13?"),
        ("XXXX-09-13", "2001/a.warc", "2014-01-01T00:00:00+00:00", "2013-09-13?"),
        ("2010-09-13", "2013/a.txt", "2014-01-01T00:00:00+00:00", "2010-09-13"),
        ("", "2013/a.txt", "2014-01-01T00:00:00+00:00", ""),
    ],
)
def test_a_year_is_inferred_for_a_day_alone(text: str, file: str, captured: str, edtf: str) -> None:
    page = article(published=Published(text))
    assert with_inferred_year(page, Context(file=file, captured=captured)).published.text == edtf
