"""Which tree do fields and dates make?"""

import unicodedata
from datetime import date

import pytest

from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from search_app.query.grammar import understand
from search_app.query.grammar.fields import field_names, scope_of

GIA_VANG = Words((Match("giá", ("giá",)), Match("vàng", ("vàng",))))


def m(label: str, field: Field = Field.TEXT, *, complete: bool = False, prefix: bool = False) -> Match:
    syllables = tuple(label.rstrip("*").lower().replace(".", " ").split())
    return Match(label, syllables, field=field, complete=complete, prefix=prefix)


def word(label: str) -> Match:
    return Match(label, tuple(label.split()), complete=True, as_word=True)


def day(text: str) -> date:
    return date.fromisoformat(text)


TUOI_TRE = m("Tuổi Trẻ", Field.SOURCE)
ZING = m("Zing", Field.SOURCE)

NAMES: list[tuple[str, Query]] = [
    *[
        (f"{name}:lụt", m("lụt", Field.TITLE))
        for name in ("tiêu_đề", "tieu_de", "tieude", "TIÊU-ĐỀ", "title")
    ],
    *[(f"{name}:lụt", m("lụt", Field.CAPTION)) for name in ("chú_thích", "chu_thich", "caption", "Caption")],
    *[(f"{name}:Zing", ZING) for name in ("nguồn", "nguon", "NGUỒN", "source")],
    *[(f"{name}:lụt", m("lụt", Field.SECTION)) for name in ("chuyên_mục", "chuyenmuc", "section")],
    *[(f"{name}:lụt", m("lụt", Field.AUTHOR)) for name in ("tác_giả", "tac_gia", "author")],
    *[(f"{name}:lụt", m("lụt", Field.TAG)) for name in ("thẻ", "the", "tag")],
    *[(f"{name}:lụt", m("lụt")) for name in ("văn_bản", "text")],
    *[(f"{name}:lụt", word("lụt")) for name in ("từ", "tu", "word")],
]

VALUES: list[tuple[str, Query]] = [
    ("giá vàng nguồn:Tuổi Trẻ", And((GIA_VANG, TUOI_TRE))),
    ("nguồn:Tuổi Trẻ giá vàng", And((GIA_VANG, TUOI_TRE))),
    ("nguồn:Tuổi_Trẻ", TUOI_TRE),
    ("nguồn:Tuổi Trẻ, Hà Nội", And((Words((m("Hà"), m("Nội"))), TUOI_TRE))),
    ("nguồn:Zing, Hà", And((m("Hà"), ZING))),
    ("nguồn:Tuổi Trẻ OR nguồn:Zing", Or((TUOI_TRE, ZING))),
    ("nguồn:Zing (Hà)", And((ZING, m("Hà")))),
    ("nguồn:Zing Hà*", And((ZING, m("Hà*", prefix=True)))),
    ("nguồn:Zing -Hà", And((ZING, Not(m("Hà"))))),
    ("nguồn:Zing nguồn:Zing", ZING),
    ("nguồn:tuổi trẻ", And((m("trẻ"), m("tuổi", Field.SOURCE)))),
    ("tiêu_đề:Hà Nội", And((m("Nội"), m("Hà", Field.TITLE)))),
    ("tác_giả:Lê Minh Tú viết", And((m("viết"), m("Lê Minh Tú", Field.AUTHOR)))),
    ('nguồn:"Tuổi Trẻ"', m("Tuổi Trẻ", Field.SOURCE, complete=True)),
    ("nguồn:“Tuổi Trẻ”", m("Tuổi Trẻ", Field.SOURCE, complete=True)),
    ("nguồn:Tuổi_Tr*", m("Tuổi Tr*", Field.SOURCE, prefix=True)),
    ("-nguồn:Zing", And((Not(ZING),))),
    ("nguồn:-Zing", And((Not(ZING),))),
    ("NOT nguồn:Tuổi Trẻ", And((Not(TUOI_TRE),))),
    ("nguồn:OR", m("or", Field.SOURCE)),
    ("nguồn:(Zing)", ZING),
    ('nguồn:(Zing OR "Tuổi Trẻ")', Or((ZING, m("Tuổi Trẻ", Field.SOURCE, complete=True)))),
    ("nguồn:(Zing OR Tuổi Trẻ)", Or((ZING, TUOI_TRE))),
    ("nguồn:(-Zing)", And((Not(ZING),))),
    ("nguồn:(Zing OR tiêu_đề:lụt)", Or((ZING, m("lụt", Field.TITLE)))),
    ("tiêu_đề:(lụt bão)", And((m("lụt", Field.TITLE), m("bão", Field.TITLE)))),
    (
        "tiêu_đề:(lũ_quét OR bão)",
        Or((m("lũ quét", Field.TITLE), m("bão", Field.TITLE))),
    ),
    ('từ:"học sinh"', word("học sinh")),
    ("từ:(học OR sinh)", Or((word("học"), word("sinh")))),
    ("USD văn_bản:EUR", And((m("USD"), m("EUR")))),
    ("USD GBP văn_bản:EUR", And((Words((m("USD"), m("GBP"))), m("EUR")))),
    ("text:USD OR text:EUR", Or((m("USD"), m("EUR")))),
]

PUNCTUATION: list[tuple[str, Query]] = [
    ("Lào Cai: mưa lớn", Words((m("Lào"), m("Cai"), m("mưa"), m("lớn")))),
    ("nguồn: Zing", Words((m("nguồn"), m("Zing")))),
    ("nguồn:", m("nguồn")),
    ("giá:", m("giá")),
    (":giá", m("giá")),
]

DATES: list[tuple[str, str | None, str | None]] = [
    ("2013", "2013-01-01", "2013-12-31"),
    ("2013-05", "2013-05-01", "2013-05-31"),
    ("2012-02", "2012-02-01", "2012-02-29"),
    ("2013-05-26", "2013-05-26", "2013-05-26"),
    ("2013/5/26", "2013-05-26", "2013-05-26"),
    ("26/5/2013", "2013-05-26", "2013-05-26"),
    ("26-5-2013", "2013-05-26", "2013-05-26"),
    ("26.5.2013", "2013-05-26", "2013-05-26"),
    ("26.05.2013.", "2013-05-26", "2013-05-26"),
    ("5/2013,", "2013-05-01", "2013-05-31"),
    ("12-2013", "2013-12-01", "2013-12-31"),
    ('"5/2013"', "2013-05-01", "2013-05-31"),
    ("2012..2013", "2012-01-01", "2013-12-31"),
    ("5/2012..2013-06-07", "2012-05-01", "2013-06-07"),
    ("2013-05..2013", "2013-05-01", "2013-12-31"),
    ("2013..2013-01-01", "2013-01-01", "2013-01-01"),
    ("2012…2013", "2012-01-01", "2013-12-31"),
    ("2012...2013", "2012-01-01", "2013-12-31"),
    ("2013..", "2013-01-01", None),
    ("..2013", None, "2013-12-31"),
    ("..2013-06", None, "2013-06-30"),
    ("1600", "1600-01-01", "1600-12-31"),
    ("2199", "2199-01-01", "2199-12-31"),
]


@pytest.mark.parametrize(("typed", "tree"), [*NAMES, *VALUES, *PUNCTUATION])
def test_a_field_makes_this_tree_and_no_problem(typed: str, tree: Query) -> None:
    for form in ("NFC", "NFD"):
        understood = understand(unicodedata.normalize(form, typed))
        assert tree == understood.query
        assert understood.problems == ()
        assert tree == understand(understood.text).query


@pytest.mark.parametrize(("typed", "first", "last"), DATES)
@pytest.mark.parametrize("name", ["ngày", "ngay", "date"])
def test_a_date_means_from_its_first_day_to_its_last(
    name: str, typed: str, first: str | None, last: str | None
) -> None:
    understood = understand(f"{name}:{typed}")
    expected = _dates(first, last)
    assert expected == understood.query
    assert understood.problems == ()
    assert expected == understand(understood.text).query


def test_dates_may_stand_in_a_group() -> None:
    years = (_dates("2012-01-01", "2012-12-31"), _dates("2014-01-01", "2014-12-31"))
    assert Or(years) == understand("ngày:(2012 OR 2014)").query


def test_a_date_without_its_field_is_a_word() -> None:
    assert Match("26/5/2013", ("26", "5", "2013")) == understand("26/5/2013").query


def test_every_name_of_the_table_is_a_field() -> None:
    """Each is also understood without its marks, and none hides another."""
    assert all(scope_of(name.strip(" :")) for name in field_names().split(","))


def _dates(first: str | None, last: str | None) -> Dates:
    return Dates(day(first) if first else None, day(last) if last else None)
