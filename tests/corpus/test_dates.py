"""One reader of dates for pages, feeds and records."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.dates import day_first_date, parse_date


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Thu, 02 Jul 15 06:30:00 +0200", "2015-07-02T06:30+02:00"),
        ("Fri, Jun 05 2020 14:05:26 +0000", "2020-06-05T14:05+00:00"),
        ("Fri Jun 05 2020 14:05:26 GMT+0700 (Indochina Time)", "2020-06-05T14:05+07:00"),
        ("Fri Jun 05 14:05:26 ICT 2020", "2020-06-05T14:05+07:00"),
        ("Fri Jun  5 14:05:26 +0700 2020", "2020-06-05T14:05+07:00"),
        ("Fri, 5 Jun 2020 14:05:26 ICT", "2020-06-05T14:05+07:00"),
        ("Fri, 5 Jun 2020 14:05:26 EST", "2020-06-05T14:05-05:00"),
        ("Thứ Sáu, 5 Tháng 6 2020 14:05:00 GMT+7", "2020-06-05T14:05+07:00"),
        ("June 5, 2020 2:05 PM", "2020-06-05T14:05"),
        ("Friday, June 5th, 2020 at 2:05 p.m.", "2020-06-05T14:05"),
        ("12:05 AM, June 5, 2020", "2020-06-05T00:05"),
        ("5 June 2020", "2020-06-05"),
        ("05-Jun-2020 14:05", "2020-06-05T14:05"),
        ("2020-Jun-05", "2020-06-05"),
        ("2020-06-05 02:05 PM +07:00", "2020-06-05T14:05+07:00"),
        ("2020-06-05 14:05:00 UTC+07:00", "2020-06-05T14:05+07:00"),
        ("2020-06-05T14:05:00+07", "2020-06-05T14:05+07:00"),
        ("2020-06-05T14:05:00.123456789Z", "2020-06-05T14:05+00:00"),
        ("20200605140500", "2020-06-05T14:05"),
        ("20200605T140500Z", "2020-06-05T14:05+00:00"),
        ("1591340700", "2020-06-05T07:05+00:00"),
        ("1591340700123", "2020-06-05T07:05+00:00"),
        ("1591340700.25", "2020-06-05T07:05+00:00"),
        ("06/25/2020", "2020-06-25"),
        ("25/6/2020 2:05 PM", "2020-06-25T14:05"),
        ("6/25/2020 2:05:00 PM", "2020-06-25T14:05"),
        ("6/5/2020 2:05:00 PM", "2020-06-05?"),
        ("6/6/2020 2:05:00 PM", "2020-06-06T14:05"),
        ("Fri, 6/5/2020 2:05 PM", "2020-06-05T14:05"),
        ("Wed, 6/5/2020 2:05 PM", "2020-05-06T14:05"),
        ("6/5/2020 2:05 CH", "2020-05-06T14:05"),
        ("6/5/2020 14:05 PM", "2020-05-06T14:05"),
        ("6/5/2020 2:05 PM (GMT+7)", "2020-05-06T14:05+07:00"),
        ("6.5.2020", "2020-05-06"),
        ("6/5/20 14:05", "2020-05-06T14:05"),
        ("6/5/20", ""),
        ("13/13/2020", ""),
        ("2/30/2020", ""),
        ("5 Jun 20", ""),
        ("Unknown", ""),
        ("N/A", ""),
        ("-", ""),
        ("0000-00-00 00:00:00", ""),
        ("159134070", ""),
        ("9" * 10_000, ""),
    ],
)
def test_a_date_is_read_as_programs_and_english_pages_write_it(text: str, edtf: str) -> None:
    assert parse_date(text).text == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("6/9/2020 2:05:00 PM", "2020-06-09T14:05"),
        ("9/6/2020 2:05:00 PM", "2020-06-09T14:05"),
        ("6/9/2020", "2020-06-09"),
        ("6/9/2020 14:05", "2020-06-09T14:05"),
        ("Thứ ba, 6/9/2020, 14:05 (GMT+7)", "2020-06-09T14:05+07:00"),
        ("2020-09-06", "2020-09-06"),
        ("5/6/2020", "2020-06-05"),
        ("8/9/2020", "2020-09-08"),
    ],
)
def test_no_article_is_younger_than_its_capture(text: str, edtf: str) -> None:
    assert parse_date(text, not_after=date(2020, 7, 1)).text == edtf


@given(st.dates(date(1997, 1, 1), date(2100, 1, 1)), st.dates(date(1997, 1, 1), date(2100, 1, 1)))
def test_numbers_are_one_of_two_days_and_never_both_certain(day: date, not_after: date) -> None:
    found = parse_date(f"{day.month}/{day.day}/{day.year} 8:10 AM", not_after=not_after)
    orders = {day}
    if day.day <= 12:
        orders.add(date(day.year, day.day, day.month))
    assert found.span
    assert found.span[0] in orders
    left = {order for order in orders if order <= not_after} or orders
    assert found.inferred == (len(left) > 1)
    assert found.span[0] in left


@given(
    st.dates(date(1997, 1, 1), date(2100, 1, 1)), st.sampled_from(["%A, %B %d, %Y", "%d-%b-%Y", "%d %B %Y"])
)
def test_a_named_month_is_read_whatever_the_bound(day: date, form: str) -> None:
    found = parse_date(day.strftime(form), not_after=day - timedelta(days=400))
    assert found.text == day.isoformat()


@given(st.text(alphabet="0123456789/-:., apmAPMZ+tJunThứngày"))
def test_no_text_raises_and_what_was_read_before_is_read(text: str) -> None:
    before = day_first_date(text)
    if before.text and not any(mark in text.casefold() for mark in "apt"):
        assert parse_date(text).text == before.text
