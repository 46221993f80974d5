"""Which other syllable is offered however much a query finds? One that is certain, alone; else none."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import Counts, Lexicon, Results
from indexer.engines.memory.reader import MemoryReader
from indexer.text.fold import fold
from search_app.query.correction import find_likelier
from search_app.query.correction.deciding import correct
from search_app.query.correction.phrases import CountPhrase, count_phrase
from tests.correction.corpus import asking, reader_of

OFTEN = [
    "Giá xăng dầu trong tỉnh giảm từ chiều nay", "Bão Haiyan đổi hướng ra khơi", "Xổ số kiến thiết mở thưởng",
    "Người dân được nghỉ lễ bốn ngày", "Cuộc tranh cãi về bãi xe kéo dài", "Nhạc Trịnh Công Sơn vang lên",
    "Học sinh suy nghĩ rồi làm bài", "Chợ nổi đông khách", "Công sở đóng cửa", "Ông Đinh Văn Lành nhận giải",
]  # fmt: skip
NOW_AND_THEN = ["Bà Đinh Văn Lanh", "Nhà văn Xế Mộc"]


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    often = [OFTEN[number % 4 :] + OFTEN[: number % 4] for number in range(300)]
    often[0] += NOW_AND_THEN
    return reader_of(["\n".join(lines) for lines in often] + ["Săng\nGiá\nDầu\nNghĩ\nLễ"] * 8)


@pytest.fixture(scope="module")
def lexicon(reader: MemoryReader) -> Lexicon:
    return reader.lexicon()


@pytest.fixture(scope="module")
def count(reader: MemoryReader) -> CountPhrase:
    return partial(count_phrase, reader)


CERTAIN = [
    # typed, certainly meant
    ("giá săng dầu", "giá xăng dầu"),
    ("Săng dầu", "Xăng dầu"),
    ("GIÁ SĂNG DẦU", "GIÁ XĂNG DẦU"),
    ("Giá Săng Dầu", ""),
    ("bão hayan", "bão haiyan"),
    ("xổ xố", "xổ số"),
    ("nghĩ lễ", "nghỉ lễ"),
    ("tranh cải", "tranh cãi"),
    ("chợ nỗi", "chợ nổi"),
    ("giá săng dầu nguồn:Zing", "giá xăng dầu nguồn:Zing"),
    # right, or not to be touched
    ("giá xăng dầu", ""),
    ("đinh văn lanh", ""),
    ("nhà văn xế mộc", ""),
    ("suy nghĩ", ""),
    ("gia sang dau", ""),
    ("bao hayan", ""),
    ('"giá săng dầu"', ""),
    ("giá -săng dầu", ""),
    ("giá săng* dầu", ""),
    ("xổ, xố", ""),
    ("săng", ""),
    ("công so", ""),
    ("title:nghĩ lễ", ""),
    ("lễ title:(giá săng dầu)", "lễ tiêu_đề:giá tiêu_đề:xăng tiêu_đề:dầu"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "meant"), CERTAIN)
def test_what_is_certain(lexicon: Lexicon, count: CountPhrase, typed: str, meant: str) -> None:
    found = find_likelier(typed, lexicon, count)
    assert (found.text if found else "") == meant


@pytest.fixture
def ask(reader: MemoryReader) -> Callable[[str], Results]:
    return asking(reader)


@pytest.mark.parametrize("typed", ["giá săng dầu", "nghĩ lễ", "bão hayan", "xổ xố", "tranh cải"])
def test_a_certain_correction_stands_alone(
    reader: MemoryReader, count: CountPhrase, ask: Callable[[str], Results], typed: str
) -> None:
    found = correct(typed, ask, reader.lexicon(), exact=False, count_phrase=count)
    assert len(found.offered) + (found.shown is not None) == 1


def test_a_certain_correction_is_searched_where_nothing_holds_all_of_either() -> None:
    """No article holds all of a long query: what is certain must not wait for one that does."""
    bodies = ["Giá xăng dầu giảm", "Bão đổ vào bờ"] * 145 + ["Cây săng ra hoa"] * 10
    reader = reader_of(bodies)
    found = correct(
        "giá săng dầu bão",
        asking(reader),
        reader.lexicon(),
        exact=False,
        count_phrase=partial(count_phrase, reader),
    )
    assert found.shown is not None
    assert (found.shown.text, found.answer.total, found.offered) == ("giá xăng dầu bão", 0, ())


@pytest.mark.parametrize(("exact", "offered"), [(False, ["giá xăng dầu"]), (True, [])])
def test_it_is_offered_beside_enough_results_unless_all_is_exact(
    reader: MemoryReader, count: CountPhrase, ask: Callable[[str], Results], exact: bool, offered: list[str]
) -> None:
    found = correct("giá săng dầu", ask, reader.lexicon(), exact=exact, count_phrase=count)
    assert (found.answer.total, found.shown) == (8, None)
    assert [each.text for each in found.offered] == offered


def test_a_phrase_of_three_settles_what_pairs_leave_open() -> None:
    """Two readings stand beside a neighbour equally often; one of them is printed with both neighbours."""
    lines = ["Đoàn xe trắng", "Xe trăng kéo đi", "Dãy bàn trắng", "Dãy bàn trăng", "Dài cả phố"]
    reader = reader_of(["\n".join([*lines, "Mua bàn trắng dài"])] * 40 + ["\n".join(lines)] * 260)
    alone = find_likelier("bàn trằng dài", reader.lexicon(), lambda _: 0)
    both = find_likelier("bàn trằng dài", reader.lexicon(), partial(count_phrase, reader))
    assert (alone, both and both.text) == (None, "bàn trắng dài")


words = st.sampled_from([word for line in OFTEN + NOW_AND_THEN for word in line.split()])


@given(st.lists(words, min_size=1, max_size=8).map(" ".join))
def test_a_query_without_marks_is_left_alone(lexicon: Lexicon, count: CountPhrase, typed: str) -> None:
    assert find_likelier(fold(typed.lower()), lexicon, count) is None


@given(st.sampled_from(OFTEN), st.integers(0, 6), st.integers(2, 5))
def test_what_the_corpus_often_prints_is_left_alone(
    lexicon: Lexicon, count: CountPhrase, line: str, start: int, words: int
) -> None:
    assert find_likelier(" ".join(line.split()[start : start + words]), lexicon, count) is None


class AskedLexicon:
    """A lexicon that notes whether it was asked for more than pairs and readings of what was typed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.total = lexicon.total
        self.pairs = 0
        self.others: list[str] = []

    def readings(self, syllable: str) -> Sequence[tuple[str, int]]:
        self.others.append(fold(syllable))
        return self._lexicon.readings(syllable)

    def neighbours(self, syllable: str) -> Sequence[tuple[str, int]]:
        self.others.append(f"near {syllable}")
        return self._lexicon.neighbours(syllable)

    def bigram_counts(self, firsts: Sequence[str], seconds: Sequence[str]) -> Counts:
        self.pairs += 1
        return self._lexicon.bigram_counts(firsts, seconds)


def test_where_every_pair_is_known_nothing_more_is_asked(lexicon: Lexicon, count: CountPhrase) -> None:
    asked, counted = AskedLexicon(lexicon), list[tuple[str, ...]]()

    def noted(phrase: tuple[str, ...]) -> int:
        counted.append(phrase)
        return count(phrase)

    assert find_likelier("giá xăng dầu", asked, noted) is None
    assert counted == []
    assert (asked.pairs, asked.others) == (2, ["gia", "xang", "dau"])
    assert find_likelier("giá săng dầu", asked, noted) is not None
    assert ("giá", "xăng", "dầu") in counted
    assert "near săng" in asked.others
