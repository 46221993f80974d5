"""The contract of every engine: each rule holds for the oracle and for Whoosh alike."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from corpus.article import Article
from corpus.tones import bears_mark
from indexer.engine import AnalysedArticle, IndexReader, IndexWriter, ReasonKind, Results
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.facets import FacetName
from indexer.fields import Field
from indexer.query import And, Dates, FacetFilter, Match, Not, Or, Query, Question, Sort, Words
from indexer.scoring import inverse_document_frequency, norm, weight
from indexer.story_numbers import StoryNumbers
from tests.indexer.articles import analysed, article


class Engine(Protocol):
    """A writer, and readers of what it has committed."""

    writer: IndexWriter

    def reader(self, stories: StoryNumbers | None = None) -> IndexReader:
        """Opens the last commit."""


class Memory:
    def __init__(self, _: Path) -> None:
        self._index = MemoryIndex()
        self.writer: IndexWriter = MemoryWriter(self._index)

    def reader(self, stories: StoryNumbers | None = None) -> IndexReader:
        return MemoryReader(self._index, stories)


class Whoosh:
    def __init__(self, folder: Path) -> None:
        self._directory = folder / "0001"
        self.writer: IndexWriter = WhooshWriter(self._directory)

    def reader(self, stories: StoryNumbers | None = None) -> IndexReader:
        return WhooshReader(self._directory, stories=stories)


@pytest.fixture(params=[Memory, Whoosh])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = request.param(tmp_path)
    yield made
    made.writer.close()


@pytest.fixture
def fill(engine: Engine) -> Iterator[Callable[..., IndexReader]]:
    """Commits articles and opens a reader, which is closed at the end."""
    opened: list[IndexReader] = []

    def commit(*articles: AnalysedArticle | Article, stories: StoryNumbers | None = None) -> IndexReader:
        for one in articles:
            engine.writer.add(analysed(one) if isinstance(one, Article) else one)
        engine.writer.commit(len(articles))
        opened.append(engine.reader(stories))
        return opened[-1]

    yield commit
    for reader in opened:
        reader.close()


Fill = Callable[..., IndexReader]


def match(text: str, **values: object) -> Match:
    return Match(text, tuple(text.split()), **values)  # type: ignore[arg-type]  # a test passes what Match takes


def found(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def ask(reader: IndexReader, query: Query, **values: object) -> Results:
    return reader.search(Question(query, **values))  # type: ignore[arg-type]  # a test passes what Question takes


MATCHES = [
    # what is asked, the text, whether it is there
    (match("đường"), "con đường làng", True),
    (match("đường"), "họ Dương", False),
    (match("duong"), "con đường làng", True),
    (match("duong", complete=True), "con đường làng", False),
    (match("hoà bình"), "tỉnh Hòa Bình", True),
    (match("hoà bình"), "bình hoà", False),
    (match("lao cai"), "tỉnh Lào Cai.", True),
    (match("lao cai"), "Lào, cái", True),
    (match("lào cai"), "Lào và Cai", False),
    (match("lào cai"), "Lào\nCai", False),
    (match("lào cai", slop=1), "Lào và Cai", True),
    (match("lào cai", slop=1), "Cai và Lào", True),
    (match("lào cai", slop=1), "Lào và xã Cai", False),
    (match("lào lào", slop=3), "Lào ơi", False),
    (match("lào lào", slop=3), "Lào ơi Lào", True),
    (match("lào cai", slop=50), "Lào\nCai", False),
    (match("hoà hòa", slop=3), "Hoà bình", False),
    (match("hoà hòa", slop=3), "Hoà bình, hoà giải", True),
    (match("kỹ kĩ kỹ", slop=3), "kĩ và kỹ", False),
    (match("kỹ kĩ kỹ", slop=3), "kĩ và kỹ, kĩ", True),
    (match("hòa giải h", slop=1, prefix=True), "hòa giải", False),
    (match("hòa giải h", slop=1, prefix=True), "hay hoà giải", True),
    (match("hòa hoà h", slop=1, prefix=True), "hay hoà giải", False),
    (match("hòa hoà h", slop=1, prefix=True), "hay hoà hòa", True),
    (match("kỹ ky", slop=2, prefix=True), "kĩ kĩ kĩ", False),
    (match("kỹ ky", slop=2, prefix=True), "kĩ kỹ", True),
    (match("hoà hòa", slop=3, exact=True, complete=True), "hoà hoà", False),
    (match("hoà hòa", slop=3, exact=True, complete=True), "hòa hoà", True),
    (match("tuy", prefix=True), "công tác tuyên truyền", True),
    (match("tuyê", prefix=True), "công tác tuyên truyền", True),
    (match("tuyế", prefix=True), "công tác tuyên truyền", False),
    (match("công t", prefix=True), "công tác tuyên truyền", True),
    (match("học sinh", as_word=True), "em học sinh giỏi", True),
    (match("học sinh", as_word=True), "sinh học sinh vật", False),
    (match("sinh", as_word=True), "em học sinh giỏi", False),
    (match("50 kg"), "nặng 50kg", True),
    (match("tin", field=Field.TITLE), "không gì", True),
    (match("gì", field=Field.TITLE), "không gì", False),
]


@pytest.mark.parametrize(("asked", "text", "there"), MATCHES)
def test_a_match_is_found_where_it_stands(fill: Fill, asked: Match, text: str, there: bool) -> None:
    one = analysed(article(body=text), joined="học sinh, sinh học, sinh vật")
    assert (ask(fill(one), asked).total == 1) is there


def test_fields_are_apart(fill: Fill) -> None:
    """A source, section, author or tag is not found as text, and is found as itself, also in part."""
    reader = fill(
        article(
            "a",
            source="Báo Sông Hồng",
            section="Xã hội",
            authors=("Lê Văn An", "Bùi Hà"),
            tags=("lũ quét", "Sa Pa"),
        )
    )
    for field, text in [
        (Field.SOURCE, "sông hồng"),
        (Field.SECTION, "xa hoi"),
        (Field.AUTHOR, "le van an"),
        (Field.TAG, "sa pa"),
    ]:
        assert ask(reader, match(text, field=field)).total == 1
        assert ask(reader, match(text)).total == 0
    assert ask(reader, match("an bùi", field=Field.AUTHOR)).total == 0
    assert ask(reader, match("quét sa", field=Field.TAG)).total == 0


def test_articles_that_hold_every_word_come_first_and_make_the_total(fill: Fill) -> None:
    """Those that lack some follow, each with what it lacks."""
    reader = fill(
        article("both", body="giá vàng tăng"),
        article("vàng-only", body="vàng vàng vàng vàng vàng"),
        article("neither", body="mưa lớn"),
    )
    results = ask(reader, Words((match("giá"), match("vàng"))))
    assert (results.total, results.partial_total) == (1, 1)
    assert [(hit.id, hit.lacks) for hit in results.hits] == [("both", ()), ("vàng-only", ("giá",))]


def unit(*labels: str) -> tuple[Match, ...]:
    """The words of a unit, complete where one bears a mark."""
    level = any(map(bears_mark, labels))
    return tuple(Match(label, (label,), level=level) for label in labels)


def test_units_match_where_they_stand_together(fill: Fill) -> None:
    """Articles with every word follow, with the units that are scattered; then those that lack words."""
    reader = fill(
        article("whole", body="ca sĩ mỹ tâm hát"),
        article("scattered", body="nước mỹ là trung tâm của ca nhạc"),
        article("part", body="mỹ mỹ mỹ mỹ mỹ"),
        article("other", body="mưa lớn"),
    )
    results = ask(reader, Words((*unit("mỹ", "tâm"), match("ca")), (2, 1)), stories=True)
    assert (results.total, results.scattered_total, results.partial_total) == (1, 1, 1)
    assert (results.stories, results.scattered_stories, results.partial_stories) == (1, 1, 1)
    assert [(hit.id, hit.scattered, hit.lacks) for hit in results.hits] == [
        ("whole", (), ()),
        ("scattered", ("mỹ tâm",), ()),
        ("part", (), ("tâm", "ca")),
    ]


def test_a_unit_is_scattered_though_another_word_is_lacking(fill: Fill) -> None:
    reader = fill(article("a", body="tâm mỹ"))
    (hit,) = ask(reader, Words((*unit("mỹ", "tâm"), match("ca")), (2, 1))).hits
    assert (hit.scattered, hit.lacks) == (("mỹ tâm",), ("ca",))


def test_totals_facets_and_dates_are_those_of_whole_units(fill: Fill) -> None:
    reader = fill(
        article("whole", body="sông đà nẵng", source="Zing", published="2013-05-26"),
        article("scattered", body="nẵng và đà", source="Thanh Niên", published="2014"),
    )
    query = Words(unit("da", "nang"), (2,))
    results = ask(reader, query, facets=(FacetName.SOURCE,), sort=Sort.NEWEST, date_histogram=True)
    assert (results.total, results.facets[FacetName.SOURCE]) == (1, {"Zing": 1})
    assert results.date_histogram is not None
    assert results.date_histogram.counts.sum() == 1
    assert found(results) == ["whole", "scattered"]


def test_readings_of_a_unit_are_counted_as_units(fill: Fill) -> None:
    """Never by syllable; spellings of one word count as one, and no article counts twice for a reading."""
    reader = fill(
        article("a", body="đà nẵng, đà nẵng và da nang"),
        article("b", body="hoà bình ở đà nẵng", title="Hòa bình"),
        article("c", body="đã nâng"),
        article("d", body="đà của nẵng"),
    )
    readings = ask(reader, Words(unit("da", "nang"), (2,)), readings=True).readings
    assert readings == {"da nang": {"đà nẵng": 2, "da nang": 1, "đã nâng": 1}}
    both = ask(reader, Words(unit("hoa", "binh"), (2,)), readings=True).readings
    assert list(both["hoa binh"].values()) == [1]
    nowhere = ask(reader, Words(unit("da", "xyz"), (2,)), readings=True)
    assert (nowhere.total, nowhere.readings) == (0, {"da xyz": {}})


def test_marks_left_out_in_a_unit_with_marks_are_not_free(fill: Fill) -> None:
    """Sinh viên is not sính viện; other readings of the words only share in the ranking."""
    reader = fill(article("a", body="sinh viên"), article("b", body="sính viện"), article("c", body="sinh"))
    results = ask(reader, Words(unit("sinh", "viên"), (2,)))
    assert (results.total, results.scattered_total, results.partial_total) == (1, 0, 2)
    assert [hit.lacks for hit in results.hits if hit.id == "b"] == [("sinh", "viên")]


def test_a_repeated_word_counts_once_and_stands_in_each_of_its_units(fill: Fill) -> None:
    reader = fill(
        article("both", body="học phí của đại học"),
        article("one", body="học phí cao, đại lễ học"),
    )
    query = Words((*unit("học", "phí"), *unit("đại", "học")), (2, 2))
    results = ask(reader, query)
    assert (results.total, results.scattered_total) == (1, 1)
    assert results.hits[1].scattered == ("đại học",)
    once = ask(reader, Words((match("lũ"), match("lũ"), match("học"))))
    assert [hit.score for hit in once.hits] == pytest.approx(
        [hit.score for hit in ask(reader, Words((match("lũ"), match("học")))).hits]
    )


def test_from_four_units_on_the_best_score_comes_first(fill: Fill) -> None:
    """Three units come in tiers, even of many words; four are a bag, in which each says what it lacks."""
    reader = fill(
        article("whole", body="mỹ tâm hát ở hà nội " + "và " * 60 + "đẹp lạ"),
        article("best", title="Tâm mỹ hà nội hát đẹp", body="tâm mỹ hát ở hà nội, đẹp"),
    )
    three = Words((*unit("mỹ", "tâm"), *unit("hà", "nội"), match("hát")), (2, 2, 1))
    four = Words((*three.children, match("đẹp")), (2, 2, 1, 1))
    assert found(ask(reader, three)) == ["whole", "best"]
    assert [(hit.id, hit.scattered) for hit in ask(reader, four).hits] == [
        ("best", ("mỹ tâm",)),
        ("whole", ()),
    ]


def test_several_units_of_many_words_without_marks_are_a_guess_and_the_best_comes_first(fill: Fill) -> None:
    """One unit, however long, and a few words still come in tiers."""
    reader = fill(
        article("whole", body="moi truong " + "va " * 60 + "giao khoac"),
        article("best", title="Khoac moi cho truong giao", body="khoac moi cho truong, giao moi"),
    )
    guess = Words((match("khoac"), *unit("moi", "truong"), match("giao")), (1, 2, 1))
    assert found(ask(reader, guess)) == ["best", "whole"]
    assert found(ask(reader, Words((*unit("moi", "truong"), match("giao")), (2, 1)))) == ["whole", "best"]


def test_units_that_only_ask_need_not_stand(fill: Fill) -> None:
    reader = fill(article("a", body="tổng thống mỹ thăm hà nội"), article("b", body="tổng thống ai"))
    question = Words((match("ai"), match("làm"), *unit("tổng", "thống"), match("mỹ")), (1, 1, 2, 1))
    assert ask(reader, And((question,))).hits[0].lacks == ("làm",)
    asked = Words((*unit("tổng", "thống"), match("mỹ"), match("là"), match("ai")), (2, 1, 1, 1))
    assert ask(reader, asked).total == 1


def test_words_of_a_date_need_not_stand_whatever_the_topic_is(fill: Fill) -> None:
    """Beside a loose word, a phrase or a field; and they have no readings of their own."""
    reader = fill(article("a", body="bão lớn"), article("b", body="bão tháng 5 2013"), article("c"))
    dated = tuple(replace(match(label), in_date=True) for label in ("thang", "5/2013"))
    for topic in (Words((match("bão"), *dated)), And((Words(dated), match("bão", complete=True)))):
        results = ask(reader, topic, readings=True)
        assert (results.total, results.scattered_total, results.partial_total) == (2, 0, 0)
        assert "thang" not in results.readings


def test_an_expansion_of_all_words_of_a_unit_stands_for_it(fill: Fill) -> None:
    sapa = (Match("Sapa", ("sapa",), complete=True),)
    words = tuple(replace(word, expansions=sapa) for word in unit("sa", "pa"))
    reader = fill(article("a", body="đi sapa"), article("b", body="sa pa"), article("c", body="pa sa"))
    results = ask(reader, Words(words, (2,)))
    assert (results.total, results.scattered_total) == (2, 1)


def test_an_expansion_of_a_word_typed_twice_stands_for_it_in_both_places(fill: Fill) -> None:
    """Whether the word is a unit by itself or in one of several words, and whatever else is asked."""
    sapa = (Match("Sapa", ("sapa",), complete=True),)
    reader = fill(article("a", body="đi sapa"), article("b", body="đi sa pa"), article("c", body="đi pa sa"))
    lone = match("tỉnh lỵ", complete=True)
    for plain, units, totals in (
        ((match("lào"),), (1, 1), (1, 0)),
        (unit("sa", "pa"), (2, 2), (2, 1)),
        ((lone,), (1, 1), (1, 0)),
    ):
        expanded = tuple(replace(word, expansions=sapa) for word in plain)
        for words in ((*plain, *expanded), (*expanded, *plain)):
            results = ask(reader, Words(words, units))
            assert (results.total, results.scattered_total) == totals
            beside = ask(reader, Words((*words, *unit("đi", "sapa")), (*units, 2)))
            assert beside.total == 1


def test_a_sentence_that_says_it_all_outweighs_words_strewn_about(fill: Fill) -> None:
    """Also where nothing stands side by side; a window does not reach into the next paragraph."""
    reader = fill(
        article("a-strewn", body="có lũ\nở bản\nđã quét"),
        article("b-close", body="có lũ ở bản đã quét"),
    )
    assert found(ask(reader, Words((match("lũ"), match("bản"), match("quét"))))) == ["b-close", "a-strewn"]


def test_what_the_head_says_is_what_an_article_is_about(fill: Fill) -> None:
    """A headline that holds the words comes before a text that holds them as often, weighted."""
    reader = fill(
        article("body", title="Tin sáng", body="giá và vàng, giá và vàng, giá và vàng"),
        article("head", title="Vàng, giá", body="tin và tin, tin và tin, tin và tin"),
    )
    assert found(ask(reader, Words((match("giá"), match("vàng"))))) == ["head", "body"]


def test_words_that_only_ask_count_less(fill: Fill) -> None:
    """In a question of more than three words; in few words, and in quotes, they are what is looked for."""
    reader = fill(
        article("asks", body="nơi nào, nơi nào, nơi nào và gì"),
        article("answers", body="nơi này ở tỉnh có vải và gà"),
        *(article(f"other-{number}", body="tỉnh có nơi này") for number in range(4)),
    )
    question = Words(tuple(map(match, ("nơi", "nào", "có", "vải"))))
    assert found(ask(reader, question))[0] == "answers"
    quoted = Words((match("nơi"), match("nào", complete=True), match("có"), match("nào", complete=True)))
    assert found(ask(reader, quoted))[0] == "asks"


def test_what_binds_binds_the_second_tier_too(fill: Fill) -> None:
    reader = fill(
        article("a", body="giá vàng", source="Tuổi Trẻ"),
        article("b", body="giá gạo", source="Tuổi Trẻ"),
        article("c", body="giá vàng", source="Zing"),
        article("d", body="giá bạc mưa", source="Tuổi Trẻ"),
    )
    query = And((
        Words((match("giá"), match("vàng"))), match("tuổi trẻ", field=Field.SOURCE), Not(match("mưa")),
    ))  # fmt: skip
    assert found(ask(reader, query)) == ["a", "b"]


def test_and_or_not(fill: Fill) -> None:
    reader = fill(article("a", body="lũ quét"), article("b", body="lũ ống"), article("c", body="hạn hán"))
    assert ask(reader, And(())).total == 3
    assert found(ask(reader, And((match("lũ"), Not(match("ống")))))) == ["a"]
    assert sorted(found(ask(reader, Or((match("ống"), match("hạn")))))) == ["b", "c"]
    assert ask(reader, Not(Or((match("lũ"), match("hán"))))).total == 0


def test_the_score_is_the_formula(fill: Fill) -> None:
    """BM25F: title 3, lede 2, body and captions 1; one idf; one weighted length."""
    one = article("a", title="lũ", body="lũ về", lede="có lũ", captions=("lũ",))
    reader = fill(one, article("b", title="mưa", body="nắng"))
    (hit,) = ask(reader, match("lũ")).hits
    lengths = {"a": 3 + 4 + 2 + 1, "b": 3 + 1}
    divisor = norm(float(lengths["a"]), sum(lengths.values()) / 2)
    expected = weight(inverse_document_frequency(2, 1), 3.0 + 2.0 + 1.0 + 1.0, divisor)
    assert hit.score == pytest.approx(expected, abs=1e-12)


def test_the_order_is_total(fill: Fill) -> None:
    """By score, then the newer, then the id; by date, undated articles last both ways."""
    reader = fill(
        article("b", published="2013-05-26"),
        article("a", published="2013-05-26"),
        article("new", published="2014"),
        article("undated"),
        article("hour", published="2013-05-26T08:00+07:00"),
    )
    everything = Match("tin", ("tin",), field=Field.TITLE)
    assert found(ask(reader, everything)) == ["new", "hour", "a", "b", "undated"]
    assert found(ask(reader, everything, sort=Sort.NEWEST)) == ["new", "hour", "a", "b", "undated"]
    assert found(ask(reader, everything, sort=Sort.OLDEST)) == ["a", "b", "hour", "new", "undated"]


def test_windows_of_the_ranking_fit_together(fill: Fill) -> None:
    reader = fill(*[article(f"{number:02}", body="tin " * (number % 5 + 1)) for number in range(23)])
    query = Words((match("tin"), match("gì")))
    whole = found(ask(reader, query, size=100))
    assert len(whole) == 23
    assert [
        one for start in range(0, 25, 5) for one in found(ask(reader, query, offset=start, size=5))
    ] == whole


def test_facets_count_all_matches_and_leave_out_their_own_choice(fill: Fill) -> None:
    reader = fill(
        article(
            "a", source="Zing", section="Xã hội", published="2013-05-26", tags=("lũ", "bão"), authors=("An",)
        ),
        article("b", source="Zing", section="Kinh tế", published="2013-06", tags=("bão",)),
        article("c", source="PLO", section="Xã hội", published="2014"),
        article("d"),
    )
    chosen = (FacetFilter(FacetName.SOURCE, ("Zing",)),)
    results = ask(reader, And(()), filters=chosen, facets=tuple(FacetName), size=1)
    assert results.total == 2
    assert results.facets == {
        FacetName.SOURCE: {"Zing": 2, "PLO": 1, "": 1},
        FacetName.SECTION: {"Xã hội": 1, "Kinh tế": 1},
        FacetName.YEAR: {"2013": 2},
        FacetName.MONTH: {"2013-05": 1, "2013-06": 1},
        FacetName.AUTHOR: {"An": 1, "": 1},
        FacetName.TAG: {"lũ": 1, "bão": 2},
    }
    several = (FacetFilter(FacetName.SOURCE, ("PLO", "")), FacetFilter(FacetName.YEAR, ("2014", "")))
    assert sorted(found(ask(reader, And(()), filters=several))) == ["c", "d"]


def test_spellings_of_one_value_are_one_row_and_one_filter(fill: Fill) -> None:
    """Shown as most articles of the index have it, whichever of them match."""
    decomposed = unicodedata.normalize("NFD", "Hoà Bình")
    spellings = ["Hoà Bình", decomposed, "Hòa Bình", " HÒA  BÌNH", "Hoà Bình"]
    reader = fill(
        *(article(str(number), source=source) for number, source in enumerate(spellings)),
        article("tin", body="tin khác", source="HÒA BÌNH"),
        article("other", source="Hoa Bình"),
    )
    facets = (FacetName.SOURCE,)
    assert ask(reader, And(()), facets=facets).facets == {FacetName.SOURCE: {"Hoà Bình": 6, "Hoa Bình": 1}}
    assert ask(reader, match("khác"), facets=facets).facets == {FacetName.SOURCE: {"Hoà Bình": 1}}
    for spelling in spellings:
        chosen, excluded = (FacetFilter(FacetName.SOURCE, (spelling,), out) for out in (False, True))
        assert ask(reader, And(()), filters=(chosen,)).total == 6
        assert found(ask(reader, And(()), filters=(excluded,))) == ["other"]


def test_what_is_left_out_does_not_pass_and_its_facet_still_counts_it(fill: Fill) -> None:
    reader = fill(article("a", source="Zing"), article("b", source="PLO"), article("c"))
    for values, kept in ((("Zing",), ["b", "c"]), (("Zing", ""), ["b"]), (("khác",), ["a", "b", "c"])):
        excluded = (FacetFilter(FacetName.SOURCE, values, excluded=True),)
        results = ask(reader, And(()), filters=excluded, facets=(FacetName.SOURCE,))
        assert sorted(found(results)) == kept
        assert results.facets == {FacetName.SOURCE: {"Zing": 1, "PLO": 1, "": 1}}


TAGGED = (("Lũ", "LŨ ", "bão"), ("lũ", "Lũ"), ("bão", "Lũ"), ("hoà", "", "hòa"), ())


def test_an_article_counts_once_under_each_of_its_values(fill: Fill) -> None:
    """Whatever spellings of one value it has; it passes by any of them."""
    reader = fill(*(article(str(number), tags=tags) for number, tags in enumerate(TAGGED)))
    counts = {"Lũ": 3, "bão": 2, "hoà": 1, "": 1}
    for values, chosen in ((("lũ",), "012"), (("BÃO", "hóa"), "02"), (("Hòa", ""), "34"), (("",), "4")):
        for excluded in (False, True):
            filters = (FacetFilter(FacetName.TAG, values, excluded),)
            results = ask(reader, And(()), filters=filters, facets=(FacetName.TAG,))
            assert {*found(results)} == ({*"01234"} - {*chosen} if excluded else {*chosen})
            assert results.facets == {FacetName.TAG: counts}
    both = tuple(FacetFilter(FacetName.TAG, (value,)) for value in ("lũ", "bão"))
    assert sorted(found(ask(reader, And(()), filters=both))) == ["0", "2"]


def test_of_many_values_those_with_most_articles_are_listed_and_all_are_counted(fill: Fill) -> None:
    """Besides those level with the last of them, and those of the filters."""
    reader = fill(*(article(str(number), tags=tags) for number, tags in enumerate(TAGGED)))
    tag, source = FacetName.TAG, FacetName.SOURCE
    for most, listed in (
        (0, {}),
        (1, {"Lũ": 3}),
        (2, {"Lũ": 3, "bão": 2}),
        (3, {"Lũ": 3, "bão": 2, "hoà": 1, "": 1}),
    ):
        results = ask(reader, And(()), facets=(tag, source), most_values=most)
        assert results.facets == {tag: listed, source: {"": 5}}
        assert results.facet_sizes == {tag: 4, source: 1}
    excluded = (FacetFilter(tag, ("hóa", "hòa", "không có"), excluded=True),)
    results = ask(reader, And(()), facets=(tag,), most_values=1, filters=excluded)
    assert results.facets == {tag: {"Lũ": 3, "hoà": 1}}


def test_matches_are_counted_by_their_span_of_publication(fill: Fill) -> None:
    dates = ["2013-05-26", "2013-05-26T07:10+07:00", "2013-05", "2013", "XXXX-05-26", ""]
    reader = fill(*[article(str(number), published=text) for number, text in enumerate(dates)])
    day, may, year = date(2013, 5, 26).toordinal(), date(2013, 5, 1).toordinal(), date(2013, 1, 1).toordinal()
    date_histogram = ask(reader, And(()), date_histogram=True).date_histogram
    assert date_histogram is not None
    assert date_histogram.by_span() == {(0, 0): 2, (day, day): 2, (may, may + 30): 1, (year, year + 364): 1}
    assert ask(reader, And(())).date_histogram is None


def test_guessed_dates_are_counted_among_the_matches(fill: Fill) -> None:
    dates = ["2013-05-26", "2013-05-26?", "2013-05-27~", "2013-05"]
    reader = fill(*[article(str(number), published=text) for number, text in enumerate(dates)])
    found = ask(reader, And(()), date_histogram=True).date_histogram
    assert found is not None
    assert found.guessed is not None
    assert (int(found.counts.sum()), int(found.guessed.sum())) == (4, 2)
    assert all(found.guessed <= found.counts)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2013-05-26", "2013-05-26", ["day", "minute"]),
        ("2013-05-01", "2013-05-31", ["day", "minute", "month"]),
        ("2013-01-01", "2013-12-31", ["day", "minute", "month", "year"]),
        (None, "2013-05-26", ["day", "minute"]),
        ("2013-05-27", None, []),
    ],
)
def test_an_article_is_in_a_range_where_its_whole_span_is(
    fill: Fill, first: str | None, last: str | None, expected: list[str]
) -> None:
    reader = fill(
        article("day", published="2013-05-26"),
        article("minute", published="2013-05-26T23:59+07:00"),
        article("month", published="2013-05"),
        article("year", published="2013"),
        article("no-year", published="XXXX-05-26"),
        article("undated"),
    )
    dates = Dates(first and date.fromisoformat(first), last and date.fromisoformat(last))  # type: ignore[arg-type]
    assert sorted(found(ask(reader, dates))) == expected
    assert sorted(found(ask(reader, And(()), dates=dates))) == expected


def test_a_commit_is_seen_whole_and_a_reader_stays_as_it_was(engine: Engine) -> None:
    engine.writer.add(analysed(article("a", body="cũ")))
    assert engine.reader().search(Question(And(()))).total == 0
    engine.writer.commit(1)
    before = engine.reader()
    engine.writer.add(analysed(article("a", body="mới"), change=2))
    engine.writer.add(analysed(article("b", body="mới"), change=3))
    engine.writer.remove("không có")
    assert engine.writer.commit(3).articles == 2
    after = engine.reader()
    assert (ask(before, match("cũ")).total, ask(before, match("mới")).total) == (1, 0)
    assert (ask(after, match("cũ")).total, ask(after, match("mới")).total) == (0, 2)
    assert {name: change for name, (change, _) in after.contents().items()} == {"a": 2, "b": 3}
    engine.writer.remove("a")
    engine.writer.commit(4)
    last = engine.reader()
    assert found(ask(last, And(()))) == ["b"]
    assert last.manifest.archive_number == 4
    for reader in (before, after, last):
        reader.close()


def test_what_is_not_committed_is_dropped(engine: Engine) -> None:
    engine.writer.add(analysed(article("a")))
    engine.writer.close()
    engine.writer.commit(1)
    reader = engine.reader()
    assert reader.search(Question(And(()))).total == 0
    reader.close()


def test_the_second_tier_can_be_left_out_and_its_counts_stay(fill: Fill) -> None:
    """A query of many words is ranked by fit: what matches is then strewn among what does not."""
    texts = {
        "a": "Giá vàng hôm nay tăng.",
        "b": "Giá vàng hôm qua.",
        "c": "Hôm nay mưa, nay giá rét, vàng lá.",
    }
    reader = fill(*(article(name, body=text) for name, text in texts.items()))
    query = Words(tuple(map(match, ("giá", "vàng", "hôm", "nay"))))
    every = ask(reader, query)
    whole = ask(reader, query, first_tier_only=True)
    assert [hit.id for hit in whole.hits] == [hit.id for hit in every.hits if not hit.lacks]
    assert (whole.total, whole.partial_total) == (every.total, every.partial_total) == (2, 1)
    assert [hit.id for hit in ask(reader, query, first_tier_only=True, size=1, offset=1).hits] == [
        whole.hits[1].id
    ]


def test_of_a_few_words_the_very_neighbours_that_were_typed_come_before_other_readings(fill: Fill) -> None:
    reader = fill(
        article("wide", body="Nộp thuế nhà, tiền thuê đất, thuê đất."),
        article("typed", body="Nộp thuế đất, tiền thuê nhà, thuê đá."),
    )
    hits = ask(reader, Words((match("thuế"), match("đất")))).hits
    assert [(hit.id, hit.lacks) for hit in hits] == [("typed", ()), ("wide", ())]


def test_words_of_an_alternative_count_side_by_side(fill: Fill) -> None:
    reader = fill(
        article("loose", body="Cây phượng ở công viên, công nhân trồng."),
        article("name", body="Công Phượng ra sân, người ta reo hò lên."),
    )
    query = Or((And((match("công"), match("phượng"))), And((match("xuân"), match("trường")))))
    assert ask(reader, query).hits[0].id == "name"


def test_an_article_with_the_name_that_was_typed_stands_before_one_that_has_all_else(fill: Fill) -> None:
    """The capitals say that it is what the question is about; of another, much may be told."""
    reader = fill(
        article("other", body="Ai sáng tác truyện thơ? Người sáng tác truyện thơ ấy là một nhà nho."),
        article("asked", body="Một nhà nho sáng tác ra. Có khi đó là Truyện Kiều. " + "Mưa rơi mãi. " * 30),
        article("scattered", body="Truyện về một người là bạn của Kiều."),
    )
    typed, units = ["Ai", "là", "người", "sáng", "tác", "Truyện", "Kiều"], (1, 1, 1, 1, 1, 2)
    plain = Words(tuple(match(word.lower()) for word in typed), units)
    named = Words(tuple(Match(word, (word.lower(),)) for word in typed), units)
    (before,) = (hit for hit in ask(reader, plain).hits if hit.id == "asked")
    after = {hit.id: hit.score for hit in ask(reader, named).hits}
    assert after["asked"] > before.score
    assert after["scattered"] == pytest.approx(
        next(hit.score for hit in ask(reader, plain).hits if hit.id == "scattered")
    )
    why = reader.explain(Question(named), "asked")
    assert why is not None
    assert [reason.label for reason in why.reasons if reason.kind is ReasonKind.NAME] == ["Truyện Kiều"]


def test_the_reasons_add_up_to_the_score(fill: Fill) -> None:
    """What was typed, its other readings, its characters, its places and its names: nothing else counts."""
    reader = fill(
        article("a", title="Giá vàng", body="Giá vàng tăng, gia đình Lo."),
        article("b", body="Vàng và giá."),
        article("c", body="Mưa lớn."),
    )

    def asked() -> Question:
        return Question(Words((match("giá"), match("vàng"), Match("Lo", ("lo",)))))

    question = asked()
    for hit in reader.search(question).hits:
        found = reader.explain(question, hit.id)
        assert found is not None
        assert found.score == pytest.approx(hit.score, abs=1e-9)
    for same in (question, asked()):
        best = reader.explain(same, "a")
        assert best is not None
        assert {reason.kind for reason in best.reasons} == set(ReasonKind), (
            "an equal query made anew is the same"
        )
    none = reader.explain(question, "c")
    assert none is not None
    assert none.reasons == ()
    assert reader.explain(question, "nobody") is None


def test_stories_are_counted_and_a_hit_stands_for_its_whole_story(fill: Fill) -> None:
    """The best of each, in whichever tier; pages are of stories, and nothing is on two of them."""
    bodies = ["lũ", "lũ lũ", "lũ đê", "đê", "đê lũ lũ", "mưa", "đê đê", "lũ đê đê"]
    reader = fill(
        *(analysed(article(f"{change}", body=body), change) for change, body in enumerate(bodies, 1)),
        stories=StoryNumbers.of({3: 0, 4: 0, 5: 0, 1: 1, 2: 1, 6: 1}),
    )
    query = Words((match("lũ"), match("đê")))
    results = ask(reader, query, stories=True)
    assert (results.total, results.partial_total) == (3, 4)
    assert (results.stories, results.partial_stories) == (2, 2), "of 3, 5 and of 8; of 1, 2 and of 7"
    folded = ask(reader, query, collapse_stories=True)
    unfolded = found(ask(reader, query))
    assert {one.id: one.collapsed for one in folded.hits} == {
        min(("3", "5"), key=unfolded.index): 2,
        "8": 0,
        "7": 0,
        min(("1", "2"), key=unfolded.index): 1,
    }
    assert found(folded) == [one for one in unfolded if one in found(folded)], "in the order of the articles"
    pages = [found(ask(reader, query, collapse_stories=True, offset=place, size=1)) for place in range(5)]
    assert pages == [[one] for one in found(folded)] + [[]]
    assert ask(reader, query).stories is None
    everything = ask(reader, And(()), stories=True, collapse_stories=True, sort=Sort.NEWEST)
    assert (everything.stories, everything.partial_stories) == (4, 0)


def test_without_stories_every_article_is_one(fill: Fill) -> None:
    reader = fill(article("a", body="lũ"), article("b", body="lũ đê"), article("c", body="đê"))
    results = ask(reader, match("lũ"), stories=True, collapse_stories=True)
    assert (results.total, results.stories, results.partial_stories) == (2, 2, 0)
    assert [hit.collapsed for hit in results.hits] == [0, 0]


def test_of_equal_prints_the_first_printed_stands_for_the_story(fill: Fill) -> None:
    """And of unequal ones the best, whenever it was printed; the hits keep the order of articles."""
    bodies = {"new": "lũ về", "first": "lũ về", "other": "lũ về", "best": "lũ lũ", "worse": "lũ"}
    published = {"first": "2013-01-01", "other": "2013-01-02", "new": "2013-01-03", "worse": "2012-01-01"}
    reader = fill(
        *(
            analysed(article(name, body=body, published=published.get(name, "2014")), change)
            for change, (name, body) in enumerate(bodies.items(), 1)
        ),
        stories=StoryNumbers.of({2: 0, 1: 0, 5: 1, 4: 1}),
    )
    hits = ask(reader, match("lũ"), collapse_stories=True).hits
    assert [(hit.id, hit.collapsed) for hit in hits] == [("best", 1), ("other", 0), ("first", 1)]
    for sort, right in (
        (Sort.NEWEST, ["other", "first", "worse"]),
        (Sort.OLDEST, ["worse", "first", "other"]),
    ):
        assert found(ask(reader, match("lũ"), collapse_stories=True, sort=sort)) == right
    assert found(ask(reader, Not(match("mưa")), collapse_stories=True)) == ["other", "first", "worse"]


@pytest.mark.parametrize("sort", Sort)
def test_pages_of_stories_end_alike_wherever_equal_scores_are_cut(fill: Fill, sort: Sort) -> None:
    """Twenty prints of four stories score the same: on each page stands what stands in the whole list."""
    names = [f"{number:02}" for number in range(20)]
    numbers = {change: change % 4 for change in range(20, 0, -1)}
    reader = fill(
        *(analysed(article(name, body="lũ về"), change) for change, name in enumerate(names, 1)),
        *(analysed(article(f"a{change}", body="lũ"), change) for change in range(21, 26)),
        stories=StoryNumbers.of(numbers),
    )
    query = Words((match("lũ"), match("về")))
    whole = found(ask(reader, query, collapse_stories=True, sort=sort))
    assert whole[:4] == ["16", "17", "18", "19"], "the first printed of each story"
    assert len(whole) == 9
    for size in (1, 2, 3):
        pages = [
            one
            for offset in range(0, 9, size)
            for one in found(ask(reader, query, collapse_stories=True, sort=sort, offset=offset, size=size))
        ]
        assert pages == whole
