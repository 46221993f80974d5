"""What matches what? The rules of the four grades, case by case (cases.tsv), through the real service.

All articles of the table stand in one index; a case asks for its own. Written composed (NFC) here, the cases
that are about it are decomposed by the test.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import pytest

from corpus.records import Reading
from indexer.build import build
from indexer.engine import Hit
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.corpus.records import reading

_TABLE = Path(__file__).with_name("cases.tsv")
_DEPTH = 10_000


class Case(NamedTuple):
    """A row of the table."""

    id: str
    typed: str
    text: str
    answer: str
    rule: str

    def unicode(self) -> "Case":
        """With what its rule says is decomposed put so: an editor would compose it in the table."""
        typed = normalize("NFD", self.typed) if "typed decomposed" in self.rule else self.typed
        text = normalize("NFD", self.text) if "written decomposed" in self.rule else self.text
        return self._replace(typed=typed, text=text)


def rows() -> list[Case]:
    lines = _TABLE.read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Case(f"case-{number}", *row).unicode() for number, row in enumerate(cells)]


CASES = rows()


def article(case: Case) -> Reading:
    return reading(case.id, "Tin", lede="", paragraphs=(case.text,), source="Báo Thử")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    settings = Settings(tmp_path_factory.mktemp("matching"))
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store([article(case) for case in CASES])
        build(archive, writer, lambda _done, _total: None, workers=0)
    return open_service(settings)


def found(service: Service, typed: str) -> Mapping[str, Hit]:
    hits = service.exporting.ranked(Selection(typed, exact=True), _DEPTH)
    return {hit.id: hit for hit in hits}


def test_the_table_is_as_long_as_it_says() -> None:
    assert len(CASES) >= 150
    assert {case.answer for case in CASES} == {"match", "second", "none"}


@pytest.mark.parametrize("case", CASES, ids=[f"{case.typed} | {case.text}" for case in CASES])
def test_case(service: Service, case: Case) -> None:
    hit = found(service, case.typed).get(case.id)
    answer = "none" if hit is None else "second" if hit.lacks else "match"
    assert answer == case.answer


ORDER = [
    ("hòa", "Chữ hòa", "Chữ hoà", "the same characters before the same word"),
    ("kỹ", "Chữ kỹ", "Chữ kĩ", "y typed: y first"),
    ("duong", "Chữ duong", "Chữ đường", "as typed before another reading"),
    ("đương", "Chữ đương", "Chữ đường", "the tone that is typed before another"),
    ("ky", "Chữ ki", "Chữ kỹ", "the word in another spelling before another word"),
    ("quy", "Chữ qui", "Chữ quý", "the word in another spelling before another word"),
    ("đường", "Chữ đường", "Chữ dương", "a match before a wider reading"),
    ("lao cai", "Chữ lao cai", "Chữ Lào Cai", "as typed before another reading, two words"),
]


@pytest.mark.parametrize(("typed", "first", "then", "rule"), ORDER)
def test_other_things_equal_the_lower_grade_comes_first(
    tmp_path: Path, typed: str, first: str, then: str, rule: str
) -> None:
    settings = Settings(tmp_path)
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store(
            [
                reading("a-then", "Tin", lede="", paragraphs=(then,)),
                reading("b-first", "Tin", lede="", paragraphs=(first,)),
            ]
        )
        build(archive, writer, lambda _done, _total: None, workers=0)
    hits = open_service(settings).exporting.ranked(Selection(typed), 10)
    assert [hit.id for hit in hits] == ["b-first", "a-then"], rule


@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        ("đường", "Cây dương xỉ", [("đường", "dương")]),
        ("đường làng", "Cây dương xỉ, hàng dương, con duong trong làng", [("đường", "dương")]),
        ("chó sói", "Con chò nâu", [("chó", "chò"), ("sói", "")]),
        ("lao vàng", "Lào Cai", [("vàng", "")]),
    ],
)
def test_an_article_of_the_second_tier_says_which_reading_it_has_instead(
    tmp_path: Path, typed: str, text: str, said: list[tuple[str, str]]
) -> None:
    settings = Settings(tmp_path)
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store([reading("bao-1", "Tin", lede="", paragraphs=(text,))])
        build(archive, writer, lambda _done, _total: None, workers=0)
    (hit,) = open_service(settings).searching.page(SearchRequest(Selection(typed, exact=True))).hits
    assert list(hit.lacking) == said
