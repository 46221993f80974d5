"""Is what templates say ready for HTML, and written as the language writes it?"""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from corpus.message import say
from search_app.language import number_text
from search_app.web.words import words


@pytest.mark.parametrize(
    ("value", "shown"),
    [("<b>", "&lt;b&gt;"), (Markup("<b>"), "<b>"), ("{version}", "{version}"), (7, "7")],
)
def test_a_value_is_escaped_unless_it_is_markup(value: object, shown: str) -> None:
    said = words("en")["_"]("Version {version} of {versions}", version=value, versions=9)
    assert (said, isinstance(said, Markup)) == (f"Version {shown} of 9", True)


def test_a_sentence_is_escaped_and_said_in_its_language() -> None:
    assert words("vi")["_"]("Nothing found") == "Không tìm thấy bài nào"
    assert words("en")["_"]('never <said> & "quoted"') == "never &lt;said&gt; &amp; &#34;quoted&#34;"
    assert words("vi")["said"](say("Month")) == "Tháng"


@pytest.mark.parametrize(("language", "shown"), [("vi", "1.234 bài"), ("en", "1,234 articles")])
def test_a_count_is_said_with_its_thousands_marked(language: str, shown: str) -> None:
    assert words(language)["ngettext"]("{count} article", "{count} articles", 1234) == shown


@given(st.integers(-(10**12), 10**12), st.sampled_from(["vi", "en"]))
def test_numbers_are_written_as_babel_writes_them(number: int, language: str) -> None:
    assert number_text(number, language) == format_decimal(number, locale=language)
