"""Does it matter how Unicode composes a letter? Never: every form answers as the composed one does.

The table is written composed (NFC), as editors and version control like to keep it; the test takes the
letters apart itself, on the one side, on the other and on both, so that no row says less than it seems to.
"""

from collections.abc import Callable, Mapping
from itertools import product
from typing import NamedTuple
from unicodedata import normalize

import pytest

from indexer.build import build
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.corpus.records import reading

_DEPTH = 1000
_TONE_AND_HORN = ("\u031b\u0300", "\u0300\u031b")


class Row(NamedTuple):
    """A row of the table."""

    typed: str
    text: str
    answer: str
    rule: str


TABLE = (
    Row("đường", "Con đường ven sông", "match", "a word with its tone"),
    Row("đường", "Cây dương xỉ", "second", "its marks bind"),
    Row("ĐƯỜNG", "Con đường ven sông", "match", "capitals"),
    Row("đương", "Con đường ven sông", "match", "ư ơ đ bind, the tone is free"),
    Row("tân", "Tán lá rộng", "second", "â is not a"),
    Row("duong", "Con đường ven sông", "match", "no marks typed"),
    Row("hoà bình", "Nền hòa bình", "match", "the tone's place"),
    Row("kĩ thuật", "Kỹ thuật trồng chè", "match", "i and y"),
    Row('"lào cai"', "Lào Cai mưa lớn", "match", "a phrase in quotes"),
    Row('"lao cai"', "Lào Cai mưa lớn", "none", "no mark is free in quotes"),
    Row("tuyế*", "Tuyến phố mới", "match", "a beginning"),
    Row("tuyế*", "Tuyên truyền ở bản", "second", "its tone binds"),
    Row('từ:"học sinh"', "Các học sinh giỏi", "match", "a word as segmented"),
    Row('nguồn:"Báo Thử"', "Chợ phiên vùng cao", "match", "a source"),
    Row('nguồn:"Bảo Thử"', "Chợ phiên vùng cao", "none", "a source's marks bind"),
    Row("Beyonce", "Beyoncé hát ở sân vận động", "match", "a foreign name"),
    Row("Beyoncé", "Beyonce hát ở sân vận động", "second", "é that is typed binds"),
)


def _apart(text: str) -> str:
    return normalize("NFD", text)


def _every_other(text: str) -> str:
    """Composed and decomposed letters by turns, as texts are that several people wrote."""
    return "".join(letter if place % 2 else _apart(letter) for place, letter in enumerate(text))


def _tone_first(text: str) -> str:
    """Huyền before the horn: another order of the same marks, which Unicode holds to be the same letter."""
    return _apart(text).replace(*_TONE_AND_HORN)


FORMS: Mapping[str, Callable[[str], str]] = {
    "composed": str,
    "decomposed": _apart,
    "mixed": _every_other,
    "tone-first": _tone_first,
}
CASES = [
    (row, typed, written)
    for row, typed, written in product(TABLE, FORMS, FORMS)
    if {typed, written} != {"composed"}
]


def _id(row: Row, written: str) -> str:
    return f"{TABLE.index(row)}-{written}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    settings = Settings(tmp_path_factory.mktemp("decomposed"))
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store(
            [
                reading(_id(row, name), "Tin", lede="", paragraphs=(form(row.text),), source="Báo Thử")
                for row, (name, form) in product(TABLE, FORMS.items())
            ]
        )
        build(archive, writer, lambda _done, _total: None, workers=0)
    return open_service(settings)


def test_the_forms_differ_and_are_the_same_letters() -> None:
    """A form that changed nothing would prove nothing."""
    forms = [form("đường") for form in FORMS.values()]
    assert len(set(forms)) == len(FORMS) == len({form("tuyến đường") for form in FORMS.values()})
    assert {normalize("NFC", form) for form in forms} == {"đường"}


@pytest.mark.parametrize(
    ("row", "typed", "written"), CASES, ids=[f"{r.typed} | {r.text} | {t}, {w}" for r, t, w in CASES]
)
def test_every_form_answers_as_the_composed_one(service: Service, row: Row, typed: str, written: str) -> None:
    hits = service.exporting.ranked(Selection(FORMS[typed](row.typed), exact=True), _DEPTH)
    hit = {hit.id: hit for hit in hits}.get(_id(row, written))
    answer = "none" if hit is None else "second" if hit.lacks else "match"
    assert row.answer == answer, row.rule


@pytest.mark.parametrize("typed", FORMS)
def test_scores_do_not_tell_the_forms_apart(service: Service, typed: str) -> None:
    """The same query in NFD ranks as the clean one does: the same articles, the same scores."""
    asked = "lào cai mưa lớn"
    ranked = service.exporting.ranked
    assert ranked(Selection(FORMS[typed](asked)), _DEPTH) == ranked(Selection(asked), _DEPTH)


@pytest.mark.parametrize("written", FORMS)
def test_what_is_marked_is_the_article_s_own_letters(service: Service, written: str) -> None:
    found = service.reading.article(_id(TABLE[0], written), Selection("đường"))
    assert found is not None
    marked = [part.text for text in found.texts for part in text.fragments() if part.hit]
    assert marked == [FORMS[written]("Con đường ven sông").split()[1]]
