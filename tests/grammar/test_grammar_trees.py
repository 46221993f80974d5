"""Which tree do words, phrases, operators and groups make?"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.tones import bears_mark
from indexer.query import And, Match, Not, Or, Query, Words
from search_app.query.grammar import understand


def m(label: str, syllables: str = "", *, prefix: bool = False) -> Match:
    """An unquoted match; its syllables are its label in small letters unless given."""
    return Match(label, tuple((syllables or label.lower()).split()), prefix=prefix)


def q(label: str, syllables: str = "", *, slop: int = 0, prefix: bool = False) -> Match:
    """A quoted match."""
    return Match(label, tuple((syllables or label.lower()).split()), complete=True, slop=slop, prefix=prefix)


def words(*labels: str) -> Words:
    return Words(tuple(m(label) for label in labels))


def unit(*labels: str) -> Words:
    """Words that "_" binds; level where one bears a mark."""
    level = any(map(bears_mark, labels))
    return Words(tuple(replace(m(label), level=level) for label in labels), (len(labels),))


a, b, c, d = map(m, "abcd")
GIA_VANG = words("giá", "vàng")

WORDS: list[tuple[str, Query]] = [
    ("", And(())),
    ("   ", And(())),
    ("giá", m("giá")),
    ("giá vàng", GIA_VANG),
    ("  giá\t\n vàng  ", GIA_VANG),
    ("giá\u00a0vàng", GIA_VANG),
    ("giá\u3000vàng", GIA_VANG),
    ("giá\u2003vàng", GIA_VANG),
    ("Giá VÀNG hôm", words("Giá", "VÀNG", "hôm")),
    ("giá vàng giá", words("giá", "vàng", "giá")),
    ("giá vàng GIÁ", words("giá", "vàng", "GIÁ")),
    ("giá Giá", words("giá", "Giá")),
    ("gia vang", words("gia", "vang")),
    ("giá, vàng.", GIA_VANG),
    ("giá ? vàng …", GIA_VANG),
    ("giá 😀 vàng 🎉", GIA_VANG),
    ("giá - vàng", GIA_VANG),
    ("giá – vàng — ", GIA_VANG),
    ("giá | vàng", GIA_VANG),
    ("giá & vàng", GIA_VANG),
    ("‘giá’ 'vàng'", GIA_VANG),
    ("\ufeffgiá v\u200bàng", GIA_VANG),
    ("\u202egiá\u202c vàng", GIA_VANG),
    ("--giá –vàng", GIA_VANG),
    ("Ðắk Lắk", Words((m("Ðắk", "đắk"), m("Lắk")))),
    ("日本", m("日本")),
]

SEVERAL_SYLLABLES: list[tuple[str, Query]] = [
    ("13/9", m("13/9", "13 9")),
    ("TP.HCM", m("TP.HCM", "tp hcm")),
    ("50kg", m("50kg", "50 kg")),
    ("17-ĐA/TU", m("17-ĐA/TU", "17 đa tu")),
    ("Covid-19", m("Covid-19", "covid 19")),
    ("1.250.000đ", m("1.250.000đ", "1 250 000 đ")),
    ("học_sinh", unit("học", "sinh")),
    ("da_nang", unit("da", "nang")),
    ("ca_sĩ Mỹ_Tâm", Words((*unit("ca", "sĩ").children, *unit("Mỹ", "Tâm").children), (2, 2))),
    ("giá học_sinh", Words((m("giá"), *unit("học", "sinh").children), (1, 2))),
    ("(học_sinh)", m("học sinh")),
    ("học_sinh OR a", Or((m("học sinh"), a))),
    ("a_b_", unit("a", "b")),
    ("7:30", m("7:30", "7 30")),
    ("nhà-báo,", m("nhà-báo", "nhà báo")),
    ("bao@tuoitre.vn", m("bao@tuoitre.vn", "bao tuoitre vn")),
    ("http://a.vn/b?c=1", Words((m("http"), m("a.vn/b", "a vn b"), m("c=1", "c 1")), (3,))),
    ("a\x00b", unit("a", "b")),
    ("a\ud800b", unit("a", "b")),
    ("a😀b", unit("a", "b")),
    ("13~15", unit("13", "15")),
    ("TP.HCM tp.hcm", Words((m("TP.HCM", "tp hcm"), m("tp.hcm", "tp hcm")))),
]

PHRASES: list[tuple[str, Query]] = [
    ('"giá"', q("giá")),
    ('"giá vàng"', q("giá vàng")),
    ("“giá vàng”", q("giá vàng")),
    ("”giá vàng“", q("giá vàng")),
    ("„giá vàng“", q("giá vàng")),
    ("«giá vàng»", q("giá vàng")),
    ('"giá vàng”', q("giá vàng")),
    ('"  Giá \u00a0 vàng! "', q("Giá vàng")),
    ('"giá, vàng"', q("giá, vàng", "giá vàng")),
    ('"giá (vàng): a AND b"', q("giá (vàng): a AND b", "giá vàng a and b")),
    ('"a «b» c"', q("a b c")),
    ('giá"vàng bạc"', And((m("giá"), q("vàng bạc")))),
    ('"giá vàng"bạc', And((m("bạc"), q("giá vàng")))),
    ('"giá vàng""bạc"', And((q("giá vàng"), q("bạc")))),
    ('"giá" giá', And((m("giá"), q("giá")))),
    ('"giá" "Giá"', q("giá")),
    ('giá vàng "hôm nay"', And((GIA_VANG, q("hôm nay")))),
    ('"hôm nay" giá vàng', And((GIA_VANG, q("hôm nay")))),
    ('"giá vàng"~5', q("giá vàng", slop=5)),
    ('"giá vàng"~0', q("giá vàng")),
    ('"giá vàng"~50', q("giá vàng", slop=50)),
    ('"giá vàng"~007', q("giá vàng", slop=7)),
    ('"giá vàng"~5SJC', And((m("SJC"), q("giá vàng", slop=5)))),
    ('"tuyên tr*"', q("tuyên tr*", "tuyên tr", prefix=True)),
    ('"tuyê*"', q("tuyê*", "tuyê", prefix=True)),
    ('"tuyên tr*"~3', q("tuyên tr*", "tuyên tr", slop=3, prefix=True)),
]

PREFIXES: list[tuple[str, Query]] = [
    ("tuyê*", m("tuyê*", "tuyê", prefix=True)),
    ("tuyê*,", m("tuyê*", "tuyê", prefix=True)),
    ("tuyê**", m("tuyê*", "tuyê", prefix=True)),
    ("TP.HC*", m("TP.HC*", "tp hc", prefix=True)),
    ("giá vàng tuyê*", And((GIA_VANG, m("tuyê*", "tuyê", prefix=True)))),
    ("tuyê* giá", And((m("giá"), m("tuyê*", "tuyê", prefix=True)))),
    ("OR* giá", And((m("giá"), m("OR*", "or", prefix=True)))),
]

OPERATORS: list[tuple[str, Query]] = [
    ("a OR b", Or((a, b))),
    ("a HOẶC b", Or((a, b))),
    ("a OR b OR c", Or((a, b, c))),
    ("a OR a", a),
    ("a AND b", And((a, b))),
    ("a VÀ b", And((a, b))),
    ("a NOT b", And((a, Not(b)))),
    ("a KHÔNG b", And((a, Not(b)))),
    ("a -b", And((a, Not(b)))),
    ("F -35", Words((m("F"), m("35")))),
    ("MiG -29 b", Words((m("MiG"), m("29"), b))),
    ("vàng -35", And((m("vàng"), Not(m("35"))))),
    ("f NOT 35", And((m("f"), Not(m("35"))))),
    ("f -(35)", And((m("f"), Not(m("35"))))),
    ("-35 f", And((m("f"), Not(m("35"))))),
    ("-a -35 b", And((b, Not(a), Not(m("35"))))),
    ("a −b", And((a, Not(b)))),
    ('a -"b c"', And((a, Not(q("b c"))))),
    ("a -(b c)", And((a, Not(And((b, c)))))),
    ("a -(b OR c)", And((a, Not(Or((b, c)))))),
    ("a NOT -b", And((a, b))),
    ("-a", And((Not(a),))),
    ("-a -b", And((Not(a), Not(b)))),
    ("NOT a b", And((b, Not(a)))),
    ("a OR -b", Or((a, Not(b)))),
    ("a or b", words("a", "or", "b")),
    ("a và b", words("a", "và", "b")),
    ("a Không b", words("a", "Không", "b")),
    ("a-b", m("a-b", "a b")),
    ("a- b", words("a", "b")),
    ('"a b"-c', And((c, q("a b")))),
    ("a b OR c", Or((And((a, b)), c))),
    ("a OR b c", Or((a, And((b, c))))),
    ("a AND b OR c", Or((And((a, b)), c))),
    ("a b AND c", And((a, b, c))),
    ("a b c AND d", And((Words((a, b)), c, d))),
    ("a AND b AND c", And((a, b, c))),
    ("a AND -b", And((a, Not(b)))),
    ("a b -c d", And((Words((a, b, d)), Not(c)))),
    ("2013 OR 2014", Or((m("2013"), m("2014")))),
    ("a OR B", Or((a, m("B")))),
    ('a AND "b c"', And((a, q("b c")))),
    ("a OR ? b", Or((a, b))),
    ("a, OR b", Or((a, b))),
]

CAPITALS: list[tuple[str, Query]] = [
    ("KHÔNG CÓ GÌ", Words((m("không"), m("CÓ"), m("GÌ")))),
    ("ĐẤT VÀ NGƯỜI", Words((m("ĐẤT"), m("và"), m("NGƯỜI")))),
    ("KHÔNG", m("không")),
    ("OR", m("or")),
    ("A HOẶC B", Words((m("A"), m("hoặc"), m("B")))),
    ("ĐẤT VÀ Người", And((m("ĐẤT"), m("Người")))),
    ('"HÀ NỘI"', q("HÀ NỘI")),
    ("HÀ -NỘI", And((m("HÀ"), Not(m("NỘI"))))),
]

GROUPS: list[tuple[str, Query]] = [
    ("(a)", a),
    ("(a b)", And((a, b))),
    ("((a))", a),
    ("(a b) c", And((c, a, b))),
    ("a b (c)", And((Words((a, b)), c))),
    ("a b (c d)", And((Words((a, b)), c, d))),
    ("a (b OR c)", And((a, Or((b, c))))),
    ("a d (b OR c)", And((Words((a, d)), Or((b, c))))),
    ("(a OR b) (c OR d)", And((Or((a, b)), Or((c, d))))),
    ("(a OR b) OR c", Or((a, b, c))),
    ("a OR (b (c OR d))", Or((a, And((b, Or((c, d))))))),
    ("a(b)", And((a, b))),
    ("(-a OR b)", Or((Not(a), b))),
    ("(a b OR c)", Or((And((a, b)), c))),
]


@pytest.mark.parametrize(
    ("typed", "tree"),
    [*WORDS, *SEVERAL_SYLLABLES, *PHRASES, *PREFIXES, *OPERATORS, *CAPITALS, *GROUPS],
)
def test_what_is_typed_makes_this_tree_and_no_problem(typed: str, tree: Query) -> None:
    for form in ("NFC", "NFD"):
        understood = understand(unicodedata.normalize(form, typed))
        assert tree == understood.query
        assert understood.problems == ()
        assert tree == understand(understood.text).query


def test_words_are_what_is_looked_for_in_the_text() -> None:
    """Neither what is left out nor what is asked of the source is among them."""
    assert (a, m("vàng"), q("c d")) == understand('a vàng -b "c d" nguồn:Zing').words


PAIRS: list[tuple[str, str]] = [
    ("Mỹ Tâm AND Đàm Hưng", "Mỹ_Tâm AND Đàm_Hưng"),
    ("a b c AND d", "a_b (c) (d)"),
    ("Mỹ Tâm OR Đàm Hưng", "Mỹ_Tâm OR Đàm_Hưng"),
    ('Mỹ Tâm "x y" Đàm Hưng', 'Mỹ_Tâm Đàm_Hưng "x y"'),
    ("tiêu_đề:(Mỹ Tâm)", "tiêu_đề:Mỹ_Tâm"),
    ("văn_bản:(Mỹ Tâm OR Đàm Hưng)", "Mỹ_Tâm OR Đàm_Hưng"),
    ("nguồn:(Mỹ Tâm)", "nguồn:Mỹ_Tâm"),
    ("tiêu_đề:Mỹ Tâm", "Tâm tiêu_đề:Mỹ"),
    ("bão (Mỹ Tâm)", "bão AND Mỹ_Tâm"),
    ("học phí học bổng", "học_phí học_bổng"),
]


@pytest.mark.parametrize(("typed", "text"), PAIRS)
def test_words_side_by_side_are_cut_wherever_they_stand(typed: str, text: str) -> None:
    """By a cut into pairs: AND parts them and binds the units beside it; groups of a field are cut too."""

    def in_pairs(words: Sequence[Match]) -> Sequence[int]:
        return [2] * (len(words) // 2) + [1] * (len(words) % 2)

    understood = understand(typed, in_pairs)
    assert understood.text == text
    assert understand(text).query == understood.query
