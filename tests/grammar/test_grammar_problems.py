"""What is said of what could not be understood, and where does it stand?"""

import pytest

from corpus.errors import UserError
from indexer.query import And, Match, Or, Query, Words
from search_app.query.grammar import MAX_NESTING, MAX_QUERY_CHARACTERS, MAX_SYLLABLES, understand

PROBLEMS = [
    # typed, canonical text, problems as (code, the typed characters they stand at)
    ('giá "vàng bạc', "giá vàng bạc", [("unclosed-quote", '"')]),
    ('giá"', "giá", [("unclosed-quote", '"')]),
    ("«giá vàng", "giá vàng", [("unclosed-quote", "«")]),
    ('nguồn:"Zing', "nguồn:Zing", [("unclosed-quote", '"')]),
    ('giá ""', "giá", [("empty-quotes", '""')]),
    ('giá "?!"~3', "giá", [("empty-quotes", '"?!"~3')]),
    ("«»", "", [("empty-quotes", "«»")]),
    ('"giá vàng"~', '"giá vàng"', [("slop-without-number", "~")]),
    ('"giá vàng"~x', 'x "giá vàng"', [("slop-without-number", "~")]),
    ('"giá vàng"~51', '"giá vàng"~50', [("slop-too-wide", "~51")]),
    ('"giá vàng"~99999999999', '"giá vàng"~50', [("slop-too-wide", "~99999999999")]),
    ("giá~3", "giá", [("slop-out-of-place", "giá~3")]),
    ("giá~", "giá", [("slop-out-of-place", "giá~")]),
    ('"giá"~3', '"giá"', [("slop-out-of-place", "~3")]),
    ('từ:"học sinh"~3', 'từ:"học sinh"', [("slop-out-of-place", "~3")]),
    ("* giá", "giá", [("star-out-of-place", "*")]),
    ("*abc", "abc", [("star-out-of-place", "*abc")]),
    ("a*b", "a_b", [("star-out-of-place", "a*b")]),
    ("giá.*", "giá", [("star-out-of-place", "giá.*")]),
    ('"giá *"', '"giá"', [("star-out-of-place", '"giá *"')]),
    ('"gi* vàng"', '"gi vàng"', [("star-out-of-place", '"gi* vàng"')]),
    ("từ:họ*", 'từ:"họ"', [("star-out-of-place", "họ*")]),
    ("OR giá", "or giá", [("operator-alone", "OR")]),
    ("giá OR", "giá or", [("operator-alone", "OR")]),
    ("giá AND", "giá and", [("operator-alone", "AND")]),
    ("AND giá", "and giá", [("operator-alone", "AND")]),
    ("giá NOT", "giá not", [("operator-alone", "NOT")]),
    ("giá HOẶC", "giá hoặc", [("operator-alone", "HOẶC")]),
    ("giá AND OR vàng", "giá AND and OR vàng", [("operator-alone", "AND")]),
    ("NOT NOT giá", "not -giá", [("operator-alone", "NOT")]),
    ("(giá OR) vàng", "vàng AND giá AND or", [("operator-alone", "OR")]),
    ("giá -() vàng", "giá vàng", [("minus-alone", "-"), ("group-empty", "()")]),
    ('giá -"" vàng', "giá vàng", [("minus-alone", "-"), ("empty-quotes", '""')]),
    ("USD OR EUR", "USD or EUR", [("capitals", "OR")]),
    ("TOP NOT BOTTOM", "TOP not BOTTOM", [("capitals", "NOT")]),
    ("abc:def", "abc_def", [("unknown-field", "abc:")]),
    ('nói:"giá vàng"', 'nói "giá vàng"', [("unknown-field", "nói:")]),
    ("báo:(a OR b)", "báo (a OR b)", [("unknown-field", "báo:")]),
    ('nguồn:""', "nguồn", [("field-empty", "nguồn:"), ("empty-quotes", '""')]),
    ("nguồn:? giá", "nguồn giá", [("field-empty", "nguồn:")]),
    ("nguồn:tiêu_đề:lụt", "nguồn tiêu_đề:lụt", [("field-empty", "nguồn:")]),
    ("ngày:2013-02-30", "2013-02-30", [("not-a-date", "2013-02-30")]),
    ("ngày:hôm qua", "hôm qua", [("not-a-date", "hôm")]),
    ('ngày:"hôm qua"', '"hôm qua"', [("not-a-date", '"hôm qua"')]),
    ("ngày:1599", "1599", [("not-a-date", "1599")]),
    ("ngày:2200", "2200", [("not-a-date", "2200")]),
    ("ngày:13/2013", "13/2013", [("not-a-date", "13/2013")]),
    ("ngày:2013..x", "2013..x", [("not-a-date", "2013..x")]),
    ("ngày:26/5-2013", "26/5-2013", [("not-a-date", "26/5-2013")]),
    ("ngày:2014..2012", "ngày:2012..2014", [("dates-reversed", "2014..2012")]),
    ("(giá vàng", "giá AND vàng", [("group-unclosed", "(")]),
    ("giá (vàng OR bạc", "giá (vàng OR bạc)", [("group-unclosed", "(")]),
    ("giá) vàng", "giá vàng", [("group-unopened", ")")]),
    ("giá :)", "giá", [("group-unopened", ")")]),
    ("giá ()", "giá", [("group-empty", "()")]),
    ("((giá)", "giá", [("group-unclosed", "(")]),
    ("?!", "", [("nothing-to-search", "?!")]),
]


@pytest.mark.parametrize(("typed", "text", "problems"), PROBLEMS)
def test_a_problem_is_said_with_its_place(typed: str, text: str, problems: list[tuple[str, str]]) -> None:
    understood = understand(typed)
    assert text == understood.text
    assert problems == [(each.code, typed[each.start : each.end]) for each in understood.problems]
    assert understand(understood.text).problems == ()


def test_places_are_those_of_the_text_as_typed() -> None:
    """Marks typed apart (NFD) and invisible characters count."""
    typed = "gia\u0301 \u200bngu\u00f4\u0300n:“” ngày:2013-13"
    places = [(each.code, typed[each.start : each.end]) for each in understand(typed).problems]
    expected = [("field-empty", "ngu\u00f4\u0300n:"), ("empty-quotes", "“”"), ("not-a-date", "2013-13")]
    assert expected == places


def test_a_message_says_the_value_and_the_remedy() -> None:
    (problem,) = understand("ngày:2013-02-30").problems
    assert "2013-02-30" in str(problem.message)
    assert "26/5/2013" in str(problem.message)


def test_an_unknown_field_names_the_fields() -> None:
    (problem,) = understand("abc:def").problems
    assert "nguồn:" in str(problem.message)


def test_a_message_can_be_sent_as_utf_8() -> None:
    """A lone surrogate that was typed is not passed on."""
    for problem in understand("abc\ud800*d x:\udfffy ngày:\ud800").problems:
        str(problem.message).encode()


def test_a_thousand_parentheses_are_a_problem_or_two() -> None:
    """Equal problems that touch are one; too deep a group is searched without its parentheses."""
    opened = understand("(" * 999 + "a")
    assert Match("a", ("a",)) == opened.query
    codes = [(each.code, each.start, each.end) for each in opened.problems]
    assert codes == [("group-unclosed", 0, MAX_NESTING), ("group-too-deep", MAX_NESTING, 999)]
    assert [(each.code, each.start, each.end) for each in understand(")" * 1000).problems] == [
        ("group-unopened", 0, 1000)
    ]


@pytest.mark.parametrize(("depth", "codes"), [(MAX_NESTING, []), (MAX_NESTING + 1, ["group-too-deep"])])
def test_groups_nest_to_the_stated_depth(depth: int, codes: list[str]) -> None:
    typed = "a (b OR c " * depth + "d" + ")" * depth
    assert codes == [each.code for each in understand(typed).problems]
    assert understand(understand(typed).text).problems == ()


def test_a_group_too_deep_is_words() -> None:
    a, b, c = (Match(letter, (letter,)) for letter in "abc")
    tree: Query = understand("(" * MAX_NESTING + "a (b OR c)" + ")" * MAX_NESTING).query
    assert Or((And((a, b)), c)) == tree


def test_the_limit_of_characters_is_stated() -> None:
    assert understand("a" * MAX_QUERY_CHARACTERS)
    with pytest.raises(UserError, match=r"1001 characters; at most 1000 .*Shorten"):
        understand("a" * (MAX_QUERY_CHARACTERS + 1))


def test_the_limit_of_syllables_is_stated() -> None:
    most = [f"{number}a" for number in range(MAX_SYLLABLES // 2)]
    assert isinstance(understand(" ".join(most)).query, Words)
    with pytest.raises(UserError, match=r"201 syllables; at most 200 .*Shorten"):
        understand(" ".join([*most, "x"]))


def test_fields_within_fields_do_not_exhaust_the_stack() -> None:
    for typed in ("NOT " * 249 + "a", "tu:-" * 249 + "a", "a OR " * 160 + "b", "-" * 999 + "a"):
        assert understand(typed).query
