"""What binds typed words, rule by rule: marks, capitals, words before phrases, tables before the corpus."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.units.cutting import cut_words
from indexer.units.table import UnitEntry, UnitKind, UnitTable
from indexer.units.unit_cut import Given, UnitReason
from search_app.query.names import Names, read_names
from search_app.query.names.tables import check_text
from search_app.query.units.cutter import LEAST_ARTICLES, CorpusCutter
from tests.units.tables import Lent, bracketed, loose, make_table

_SINGLES = {
    "sinh": (500, 90_000),
    "viên": (900, 80_000),
    "viện": (400, 40_000),
    "giá": (50_000, 120_000),
    "vàng": (25_000, 30_000),
    "đánh": (9_000, 60_000),
    "đà": (500, 40_000),
    "nẵng": (1, 25_000),
    "mỹ": (90_000, 120_000),
    "tâm": (2_000, 60_000),
    "kĩ": (2_000, 20_000),
    "thuật": (10, 30_000),
    "hoa": (6_000, 40_000),
    "mai": (2_000, 20_000),
    "trần": (2_500, 40_000),
    "facebook": (7_000, 8_000),
    "google": (2_000, 2_600),
    "học": (10_000, 200_000),
}
_TABLE = make_table(
    [
        UnitEntry(("sinh", "viên"), UnitKind.WORD, 16_000, 16_000),
        UnitEntry(("sinh", "viện"), UnitKind.WORD, 40_000, 40_000),
        UnitEntry(("đánh", "giá"), UnitKind.WORD, 12_000, 12_000),
        UnitEntry(("giá", "vàng"), UnitKind.PHRASE, 500, 600, 1),
        UnitEntry(("đà", "nẵng"), UnitKind.NAME, 25_000, 25_000),
        UnitEntry(("mỹ", "tâm"), UnitKind.NAME, 500, 700),
        UnitEntry(("kĩ", "thuật"), UnitKind.WORD, 9_000, 9_000),
        UnitEntry(("sinh", "học"), UnitKind.WORD, 2_000, 3_000),
    ],
    _SINGLES,
)


@pytest.mark.parametrize(
    ("units", "rule"),
    [
        (
            "[sinh viên]",
            "a syllable without a mark among marked ones is level, though another reading is commoner",
        ),
        ("[giá] [vang]", "where that makes no unit, the words stay apart"),
        ("[gia vang]", "without any mark, all marks are free"),
        ("[da nang]", "the same for a name"),
        ("[đa] [nang]", "a mark that does not fit makes no unit"),
        ("[kỹ thuật]", "i and y are one spelling"),
        ("[sinh viên] [sinh học]", "a syllable may stand in two units"),
        ("[đánh giá] [vàng]", "a set phrase takes no syllable out of a word"),
        ("[giá vàng] [giá vàng]", "a set phrase may be typed twice"),
        ("[Mỹ Tâm]", "a name in capitals"),
        ("[Trần Hoa Mai]", "capitals side by side are a name, though no corpus has it"),
        ("[trần] [hoa] [mai]", "small letters are none"),
        ("[TRẦN] [HOA] [MAI]", "nor are capitals where all are"),
        ("[Facebook] [Google]", "nor words that mostly stand by themselves"),
        ("[giá vàng] [2013]", "a number stays single"),
        ("[xyzzy] [giá vàng]", "what the corpus lacks stays single"),
    ],
)
def test_what_binds_typed_words(units: str, rule: str) -> None:
    text = units.replace("[", "").replace("]", "")
    assert bracketed(text, cut_words(loose(text), _TABLE).lengths) == units, rule


def test_a_word_of_several_syllables_is_never_cut() -> None:
    assert cut_words(loose("TP.HCM giá vàng 13/9"), _TABLE).lengths == (1, 2, 1)


def test_a_cut_says_why() -> None:
    cut = cut_words(loose("giá vàng Mỹ Tâm"), _TABLE)
    assert [(unit.reason, unit.entry and unit.entry.count) for unit in cut.units] == [
        (UnitReason.TABLE, 500),
        (UnitReason.TABLE, 500),
    ]
    assert cut.other == (1, 1, 1, 1)
    assert cut.odds > 1


_TEXTS = st.lists(st.sampled_from([*_SINGLES, "da", "nang", "Mỹ", "Tâm", "TP.HCM", "7", "?"]), max_size=12)


@given(_TEXTS, st.data())
def test_units_cover_the_words_and_tables_overrule(words: list[str], data: st.DataObject) -> None:
    typed = loose(" ".join(word for word in words if word != "?"))
    spans = [(first, last) for first in range(len(typed)) for last in range(first + 2, len(typed) + 1)]
    bound = frozenset(data.draw(st.lists(st.sampled_from(spans), max_size=1)) if spans else ())
    never = frozenset(data.draw(st.lists(st.sampled_from(spans), max_size=3)) if spans else ()) - bound
    cut = cut_words(typed, _TABLE, Given(bound=bound, never=never))
    assert sum(cut.lengths) == len(typed)
    edges = [sum(cut.lengths[:place]) for place in range(len(cut.lengths) + 1)]
    units = set(itertools.pairwise(edges))
    assert bound <= units
    assert not never & units


class _Rows:
    def __init__(self, bound: list[str], never: list[str]) -> None:
        self._bound = [tuple(text.split()) for text in bound]
        self._never = [tuple(text.split()) for text in never]

    def bound(self) -> list[tuple[str, ...]]:
        return self._bound

    def never_bound(self) -> list[tuple[str, ...]]:
        return self._never


def test_the_archives_own_table_overrules_the_corpus() -> None:
    cutter = CorpusCutter(Lent(_TABLE), bound=_Rows(["vàng sinh"], ["giá vàng"]))
    assert cutter.current()(loose("giá vàng")) == (1, 1)
    assert cutter.current()(loose("gia vang")) == (1, 1)
    assert cutter.current()(loose("giá vàng sinh viên")) == (1, 2, 1)


@pytest.mark.parametrize("table", [_TABLE, None], ids=["corpus", "model"])
@pytest.mark.parametrize(
    ("units", "rule"),
    [
        ("[giá vàng sinh viên]", "a longer run before its parts"),
        ("[gia vang sinh vien]", "the same without marks, which are free"),
        ("[giá vàng] [sinh học]", "a run by itself; a word with a syllable of it stays one"),
        ("[giá] [vang]", "a syllable without a mark among marked ones is level"),
        ("[đánh] [giá]", "what is never bound is no unit, as typed"),
        ("[danh] [gia]", "nor without marks"),
    ],
)
def test_runs_of_the_archives_own_tables(table: UnitTable | None, units: str, rule: str) -> None:
    rows = _Rows(["giá vàng", "sinh viên", "giá vàng sinh viên"], ["đánh giá"])
    text = units.replace("[", "").replace("]", "")
    cut = CorpusCutter(Lent(table), bound=rows).current()
    assert bracketed(text, cut(loose(text))) == units, rule


def test_a_bound_run_is_a_unit_inside_a_long_name_too() -> None:
    name = "Sở Xây Lắp Đặt Ba Bốn Năm Sáu Bảy Tám Chín Mười Cầu"
    table = f"name\tshort\tways\tcategory\tsource\n{name}\tSHM\tboth\tx\tx\n"
    cutter = CorpusCutter(Lent(_TABLE), Names(check_text(table).rows), _Rows(["ba bốn"], []))
    assert cutter.current()(loose(name.lower())) == (*[1] * 4, 2, *[1] * 7)


def test_names_of_the_tables_are_units_unless_they_are_written_small() -> None:
    table = "name\tshort\tways\tcategory\tsource\nBộ Kỹ thuật\tBKT\tboth\tx\tx\nhọc sinh\tHS\tboth\tx\tx\n"
    cutter = CorpusCutter(Lent(_TABLE), Names(check_text(table).rows))
    assert bracketed("bộ kĩ thuật", cutter.current()(loose("bộ kĩ thuật"))) == "[bộ kĩ thuật]"
    assert cutter.current()(loose("học sinh")) == (1, 1)


def test_a_small_archive_is_cut_by_the_word_model_and_the_tables() -> None:
    small = make_table([UnitEntry(("giá", "vàng"), UnitKind.PHRASE, 5, 5, 1)], {}, LEAST_ARTICLES - 1)
    for table in (None, small):
        cutter = CorpusCutter(Lent(table), read_names(), _Rows(["giá vàng"], ["học sinh"]))
        cut = cutter.current()
        assert (
            bracketed("sinh viên ở Lào Cai", cut(loose("sinh viên ở Lào Cai"))) == "[sinh viên] [ở] [Lào Cai]"
        )
        assert bracketed("lao cai", cut(loose("lao cai"))) == "[lao cai]"
        assert bracketed("sinh vien", cut(loose("sinh vien"))) == "[sinh] [vien]"
        assert bracketed("giá vàng học sinh", cut(loose("giá vàng học sinh"))) == "[giá vàng] [học] [sinh]"


def test_reasons_of_a_small_archive() -> None:
    cut = CorpusCutter(Lent(None), read_names()).explain(loose("sinh viên Lào Cai"))
    assert [unit.reason for unit in cut.units] == [UnitReason.MODEL, UnitReason.NAMES]
