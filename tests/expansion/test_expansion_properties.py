"""What holds of widening whatever was typed?"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import And, Match, Not, Or, Query, Words
from search_app.query.expansion import Disabled, expand
from search_app.query.expansion.runs import is_expandable
from search_app.query.grammar import understand
from search_app.query.grammar.tree import leaves
from tests.expansion.articles import house_names

_PIECES = [
    *(
        "ubnd",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "uy ban nhan dan",
        "Hà",
        "Nội",
        "hanoi",
        "sa pa",
        "TP.HCM",
        "CA",
        "Úc",
    ),
    *(
        "13/9",
        "13-9-2013",
        "ngày",
        "13",
        "tháng",
        "9",
        "năm",
        "2013",
        "1.000.000",
        "3,2",
        "tỷ",
        "đồng",
        "0/0",
    ),
    *('"ubnd"', '"Hà Nội"~3', "từ:ubnd", "ubnd*", "-ubnd", "nguồn:UBND", "tiêu_đề:ubnd", "OR", "(", ")", '"'),
    *("Yên Bái", "giavang", "99/99/9999", "1e9", "00000", "9" * 40, "1." + "000." * 9, "\u0301", "日本", "x"),
]
TYPED = st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join) | st.text(max_size=60)


def bare(query: Query) -> Query:
    """The tree with nothing besides."""
    match query:
        case Match():
            return replace(query, expansions=())
        case Not():
            return Not(bare(query.child))
        case Words(children):
            return replace(query, children=tuple(replace(one, expansions=()) for one in children))
        case And(children) | Or(children):
            return type(query)(tuple(map(bare, children)))
        case _:
            return query


def matches(query: Query) -> list[Match]:
    return [leaf for leaf in leaves(query) if isinstance(leaf, Match)]


def left_out(query: Query, *, under: bool = False) -> list[Match]:
    """The matches under NOT."""
    match query:
        case Match():
            return [query] if under else []
        case Not():
            return left_out(query.child, under=True)
        case And(children) | Or(children) | Words(children):
            return [one for child in children for one in left_out(child, under=under)]
        case _:
            return []


@settings(max_examples=400, deadline=None)
@given(typed=TYPED, held=st.booleans())
def test_it_only_adds_and_only_to_plain_words(typed: str, held: bool) -> None:
    """Nothing raises; the tree stays; nothing is added in quotes, other fields, beginnings or under NOT."""
    query = understand(typed).query
    found = expand(query, house_names(), Disabled(), lambda _: held)
    assert bare(found.query) == query
    assert all(leaf.expansions == () for leaf in left_out(found.query))
    for leaf in matches(found.query):
        assert leaf.expansions == () or is_expandable(replace(leaf, expansions=()))
        for one in leaf.expansions:
            assert one.expansions == ()
            assert one.field is leaf.field
    assert bool(found.expansions) == any(leaf.expansions for leaf in matches(found.query))


@settings(max_examples=200, deadline=None)
@given(typed=TYPED, held=st.booleans())
def test_switched_off_it_changes_nothing(typed: str, held: bool) -> None:
    query = understand(typed).query
    on = expand(query, house_names(), Disabled(), lambda _: held)
    off = expand(query, house_names(), Disabled(everything=True), lambda _: held)
    assert off.query == query
    assert off.offers == on.offers
    assert [replace(one, used=True) for one in off.expansions] == list(on.expansions)
    one_by_one = Disabled(texts=tuple(one.also for one in on.expansions))
    kept = Disabled(kept=tuple(one.also for one in on.expansions if one.used))
    assert expand(query, house_names(), kept, lambda _: held) == on
    assert expand(query, house_names(), Disabled(kept=()), lambda _: held).query == off.query
    assert expand(query, house_names(), one_by_one, lambda _: held).query == query


@settings(max_examples=200, deadline=None)
@given(typed=TYPED)
def test_a_query_said_back_is_widened_in_the_same_way(typed: str) -> None:
    understood = understand(typed)
    again = understand(understood.text).query
    one = expand(understood.query, house_names(), Disabled(), lambda _: True)
    other = expand(again, house_names(), Disabled(), lambda _: True)
    assert {each.also for each in one.expansions} == {each.also for each in other.expansions}


def test_one_is_switched_off_by_its_text() -> None:
    query = understand("dak lak").query
    found = expand(query, house_names(), Disabled(texts=("ĐẮC  LẮC",)), lambda _: True)
    assert [(one.also, one.used) for one in found.expansions] == [
        ("Daklak", True),
        ("Đắc Lắc", False),
        ("Đắc Lắk", True),
        ("Darlac", True),
    ]
    assert all("Đắc Lắc" not in [one.label for one in leaf.expansions] for leaf in matches(found.query))
