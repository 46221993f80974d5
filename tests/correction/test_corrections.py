"""What is offered for a query that finds little: a table to read, and what holds for any query."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.engine import Lexicon
from indexer.fields import TEXT_FIELDS
from indexer.query import Dates, Match, Not, Query
from search_app.query.correction import MOST_SYLLABLES, Correction, find_corrections
from search_app.query.correction.typed import find_typed_syllables
from search_app.query.grammar import understand

MENDED = [
    # typed, meant, what was mended
    ("laof cai", "lào cai", "telex"),
    ("tinhr Laof Cai", "tỉnh Lào Cai", "telex"),
    ("LAOF CAI", "LÀO CAI", "telex"),
    ("dduowngf cao toocs", "đường cao tốc", "telex"),
    ("hocj sinh gioir", "học sinh giỏi", "telex"),
    ("lao2 cai", "lào cai", "vni"),
    ("d9uong72 cao to6c1", "đường cao tốc", "vni"),
    ("ha2 no6i5", "hà nội", "vni"),
    ("lào cải", "lào cai", "marks"),
    ("tỉnh lào cai", "", ""),
    ("tổng trarh luận", "tổng tranh luận", "edit"),
    ("nguễn văn", "nguyễn văn", "edit"),
    ("đnờng cao tốc", "đường cao tốc", "edit"),
    ("tong trarh luan", "tong tranh luan", "edit"),
    ("facebok", "facebook", "edit"),
    ("thủ đô hànội", "thủ đô hà nội", "space"),
    ("côngtrình", "công trình", "space"),
    ("congtrinh", "cong trinh", "space"),
    ("n guyễn văn", "nguyễn văn", "space"),
    ("laof côngtrình", "lào công trình", "telex space"),
    # what else was typed stays; a correction is written as it is understood
    ('"laof cai" -muaf', '"lào cai" -muaf', "telex"),
    ("nguồn:tuooir laof cai", "lào cai nguồn:tuooir", "telex"),
    ("nguồn:Tuooir Treer laof cai", "lào cai nguồn:Tuooir_Treer", "telex"),
    ("laof cai ngày:2013..2014", "lào cai ngày:2013..2014", "telex"),
    ("(laof cai) OR vangf", "lào AND cai OR vàng", "telex"),
    ("tiêu_đề:laof cai", "cai tiêu_đề:lào", "telex"),
    ("-(laof OR caif) giá vangf", "giá vàng -(laof OR caif)", "telex"),
    ("NOT laof vangf", "vàng -laof", "telex"),
    ('"laof cai"~5', '"lào cai"~5', "telex"),
    ("giá vangf, tăng!", "giá vàng tăng", "telex"),
    # and what is right is not touched
    ("lao cai", "", ""),
    ("cong trinh", "", ""),
    ("xyzzy", "", ""),
    ("2013", "", ""),
    ("laof*", "", ""),
    ("-laof", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("typed", "meant", "kinds"), MENDED)
def test_what_is_offered_first(lexicon: Lexicon, typed: str, meant: str, kinds: str) -> None:
    found = find_corrections(typed, lexicon, little=True)
    assert (found[0].text if found else "") == meant
    assert " ".join(found[0].kinds if found else ()) == kinds


def test_a_syllable_that_is_known_is_left_where_much_is_found(lexicon: Lexicon) -> None:
    assert find_corrections("lào cải", lexicon, little=False) == ()
    assert find_corrections("laof cải", lexicon, little=False)[0].text == "lào cải"


def test_whether_letters_or_only_marks_are_unknown_is_said(lexicon: Lexicon) -> None:
    (first, *_) = find_corrections("lạo cai", lexicon, little=True)
    assert (first.text, first.unknown, first.letters) == ("lào cai", False, "lao cai")
    (first, *_) = find_corrections("laof cai", lexicon, little=True)
    assert (first.unknown, first.letters) == (True, "")


def test_pasted_texts_are_left_alone(lexicon: Lexicon) -> None:
    assert find_corrections("laof " * MOST_SYLLABLES, lexicon, little=True)
    assert find_corrections("laof " * (MOST_SYLLABLES + 1), lexicon, little=True) == ()


words = st.sampled_from(
    [
        "laof",
        "lào",
        "cải",
        "LAOF",
        "Vaf",
        "VAF",
        "ORF",
        "lao2",
        "50kg",
        "hànội",
        "n",
        "guyễn",
        "đnịh",
        "2013",
        "Ð",
    ]
)
syntax = st.sampled_from(
    ["-", '"', "(", ")", "OR", "AND", "KHÔNG", "nguồn:", "tiêu_đề:", "*", "~3", ":", "_", ","]
)
queries = st.lists(words | syntax, max_size=8).map(" ".join) | st.lists(words | syntax, max_size=8).map(
    "".join
)


def kept(query: Query, *, negated: bool = False) -> set[Query]:
    """The leaves of a query that no correction changes: values of fields, dates, stars, all below NOT."""
    match query:
        case Dates():
            return {query}
        case Match():
            is_left_alone = negated or query.field not in TEXT_FIELDS or query.prefix
            return {replace(query, label="")} if is_left_alone else set()
        case Not(child):
            return kept(child, negated=True)
        case _:
            return set().union(*(kept(child, negated=negated) for child in query.children))


@given(queries | st.text(max_size=60), st.booleans())
@example(typed="KHÔNG ) laof", little=False)  # the parenthesis makes no group, so that the word is negated
def test_any_text_may_be_typed(lexicon: Lexicon, typed: str, little: bool) -> None:
    """Repairs differ from what was typed, are as understood, keep its syntax; the likeliest come first."""
    found: tuple[Correction, ...] = find_corrections(typed, lexicon, little=little)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len({one.text for one in found} | {typed}) == len(found) + 1
    for one in found:
        again = understand(one.text)
        assert (again.text, again.problems) == (one.text, ())
        assert kept(again.query) == kept(understand(typed).query)
        assert one.kinds


@given(queries | st.text(max_size=60))
def test_spots_stand_where_they_say(typed: str) -> None:
    end = 0
    for spot in find_typed_syllables(typed):
        assert end <= spot.start < spot.end
        assert typed[spot.start : spot.end] == spot.typed
        end = spot.end
