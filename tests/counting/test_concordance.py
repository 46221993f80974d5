"""The concordance: hits in lines of their articles' characters, in an exact order, on pages that add up."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.counting import Int64Array, TokenUnit
from search_app.answer.collation import collation_key
from search_app.answer.counting.concordance import ConcordanceRequest
from search_app.answer.counting.grouping import EDGE_TEXT, Side
from search_app.answer.counting.line_order import LineSort
from search_app.answer.counting.lines import Context, Line
from search_app.answer.counting.ordering import Level, select_window
from search_app.answer.selection import Selection
from search_app.answer.sentences import sentences
from search_app.answer.service import Service
from search_app.bootstrap import writing
from search_app.settings import Settings
from tests.counting.made import PlainHit, drawn, made, scan, store, syllables, texts_of
from tests.examples import examples

PHRASES = ("giá", "giá vàng", "vàng", "lào cai", "đà nẵng", "ế", "thu hoạch", "e", "lào cai thu")
_CHANCE = random.Random(22)  # noqa: S311 - the same articles each time
ARTICLES = tuple(drawn(number, _CHANCE) for number in range(60))
BY_ID = {one.id: one for one in ARTICLES}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Service]:
    return made(tmp_path_factory.mktemp("concordance"), ARTICLES)


@pytest.fixture(scope="module")
def service(archive: tuple[Settings, Service]) -> Service:
    return archive[1]


def asked(phrase: str, **values: object) -> ConcordanceRequest:
    return ConcordanceRequest(Selection(f'"{phrase}"', expand=False), **values)  # type: ignore[arg-type]  # of a test


def lines(service: Service, request: ConcordanceRequest) -> list[Line]:
    return list(service.concordances.stream(request).lines)


def places(some: Sequence[Line]) -> list[tuple[str, int]]:
    return [(one.article_id, one.offset) for one in some]


@st.composite
def keyed(draw: st.DrawFn) -> tuple[list[list[int]], tuple[int, int]]:
    """Sort keys of some hits by level, and a window of them."""
    count = draw(st.integers(0, 40))
    level = st.lists(st.integers(0, 4), min_size=count, max_size=count)
    first = draw(st.integers(0, 45))
    return draw(st.lists(level, max_size=4)), (first, first + draw(st.integers(1, 45)))


@settings(max_examples=examples(200))
@given(keyed())
def test_a_window_is_that_of_a_full_sort(drawn_keys: tuple[list[list[int]], tuple[int, int]]) -> None:
    columns, window = drawn_keys
    count = len(columns[0]) if columns else 0

    def level(column: list[int]) -> Level:
        return lambda some: np.array(column, np.int64)[some]

    expected = sorted(range(count), key=lambda place: tuple(column[place] for column in columns))
    found = select_window(count, [level(column) for column in columns], window)
    assert found.tolist() == expected[slice(*window)]


def test_a_window_asks_no_key_of_hits_that_it_does_not_touch() -> None:
    asked_of: list[int] = []

    def second(some: Int64Array) -> Int64Array:
        asked_of.extend(some.tolist())
        return np.zeros(len(some), np.int64)

    first = np.arange(1_000) // 10
    assert select_window(1_000, [lambda some: first[some], second], (20, 30)).tolist() == list(range(20, 30))
    assert asked_of == list(range(20, 30))


@pytest.mark.parametrize("phrase", PHRASES)
def test_the_lines_are_the_places_of_a_plain_scan(service: Service, phrase: str) -> None:
    expected = list(scan(ARTICLES, phrase))
    page = service.concordances.page(asked(phrase))
    assert sorted(places(lines(service, asked(phrase)))) == sorted(
        (one.article_id, one.offset) for one in expected
    )
    assert page.totals.hits == page.total == len(expected)
    assert page.totals.articles == len({one.article_id for one in expected})


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("beside", [(0, 0), (1, 3), (8, 8), (40, 0)])
def test_a_line_is_a_slice_of_the_original_text(
    service: Service, phrase: str, beside: tuple[int, int]
) -> None:
    left, right = beside
    plain = {(one.article_id, one.offset): one for one in scan(ARTICLES, phrase)}
    for line in lines(service, asked(phrase, context=Context(left, right))):
        hit = plain[line.article_id, line.offset]
        text = texts_of(BY_ID[line.article_id])[hit.number]
        assert line.hit == text[hit.begin : hit.end]
        start = hit.begin - len(line.left)
        assert line.left + line.hit + line.right == text[start : hit.end + len(line.right)]
        assert syllables(line.left) == hit.before[:left][::-1]
        assert syllables(line.right) == hit.after[:right]
        if left >= len(hit.before) and left:
            assert start == 0
        if right >= len(hit.after) and right:
            assert text.endswith(line.hit + line.right)


def test_a_sentence_is_shown_whole(service: Service) -> None:
    for line in lines(service, asked("giá", context=Context(by_sentence=True))):
        plain = next(one for one in scan([BY_ID[line.article_id]], "giá") if one.offset == line.offset)
        text = texts_of(BY_ID[line.article_id])[plain.number]
        (around,) = [span for span in sentences(text) if span[0] <= plain.begin and plain.end <= span[1]]
        assert line.left + line.hit + line.right == text[slice(*around)]


def _undated_last(line: Line) -> tuple[bool, int]:
    minute = line.published.minute or 0
    return not minute, minute


def _ranked(some: tuple[str, ...], depth: int) -> list[object]:
    return [(collation_key(one) if one else ()) for one in (*some[:depth], *[""] * max(0, depth - len(some)))]


def plain_key(sort: LineSort, hit: PlainHit, line: Line, depth: int) -> tuple[object, ...]:
    by_date = _undated_last(line)
    own: dict[LineSort, object] = {
        LineSort.NEWEST: (by_date[0], -by_date[1]),
        LineSort.OLDEST: by_date,
        LineSort.LEFT: _ranked(hit.before, depth),
        LineSort.RIGHT: _ranked(hit.after, depth),
        LineSort.SOURCE: (not line.source, collation_key(line.source)),
    }
    return own[sort], line.article_id, line.offset


@pytest.mark.parametrize("sort", LineSort)
@pytest.mark.parametrize("phrase", PHRASES[:5])
@pytest.mark.parametrize("depth", [1, 3, 8])
def test_the_order_is_that_of_a_plain_sort(service: Service, sort: LineSort, phrase: str, depth: int) -> None:
    request = asked(phrase, sort=sort, context=Context(depth, depth))
    found = lines(service, request)
    plain = {(one.article_id, one.offset): one for one in scan(ARTICLES, phrase)}

    def key(line: Line) -> tuple[Any, ...]:
        return plain_key(sort, plain[line.article_id, line.offset], line, depth)

    assert places(found) == places(sorted(found, key=key))


@settings(max_examples=examples(40))
@given(
    st.sampled_from(PHRASES),
    st.sampled_from(LineSort),
    st.integers(1, 60),
    st.booleans(),
    st.sampled_from([None, 7]),
)
def test_pages_are_the_whole_cut_in_pieces(
    service: Service, phrase: str, sort: LineSort, size: int, stories: bool, sample: int | None
) -> None:
    request = asked(phrase, sort=sort, size=size, sample=sample)
    request = replace(request, selection=replace(request.selection, collapse_stories=stories))
    whole, number = lines(service, request), 1
    pages: list[Line] = []
    while page := service.concordances.page(replace(request, page=number)).lines:
        pages.extend(page)
        number += 1
    assert pages == whole
    assert len(set(places(whole))) == len(whole)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("phrase", PHRASES)
def test_neighbours_are_counted_as_a_scan_counts_them(service: Service, side: Side, phrase: str) -> None:
    beside = [one.before if side is Side.LEFT else one.after for one in scan(ARTICLES, phrase)]
    expected = Counter(some[0] if some else EDGE_TEXT for some in beside)
    page = service.concordances.all_groups(asked(phrase, group=side, unit=TokenUnit.SYLLABLE))
    assert {one.text: one.hits for one in page.groups} == expected
    assert [one.hits for one in page.groups] == sorted(expected.values(), reverse=True)
    for hits in set(expected.values()):
        alike = [one.text for one in page.groups if one.hits == hits]
        assert alike == sorted(alike, key=lambda text: (text != EDGE_TEXT, collation_key(text)))


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("unit", TokenUnit)
def test_a_group_has_the_lines_that_it_counts(service: Service, side: Side, unit: TokenUnit) -> None:
    request = asked("giá", group=side, unit=unit)
    found: list[tuple[str, int]] = []
    for group in service.concordances.all_groups(request).groups:
        some = lines(service, replace(request, beside=group.text.upper()))
        assert (len(some), len({one.article_id for one in some})) == (group.hits, group.articles)
        found += places(some)
    assert sorted(found) == sorted(places(lines(service, asked("giá"))))


def _hash(seed: str, article_id: str, start: int, stop: int) -> int:
    """As docs/counting.md says it."""
    most = (1 << 64) - 1

    def digest(text: str) -> int:
        return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")

    def mixed(value: int) -> int:
        value = (value + 0x9E3779B97F4A7C15) & most
        value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & most
        value = ((value ^ value >> 27) * 0x94D049BB133111EB) & most
        return value ^ value >> 31

    return mixed(mixed(digest(article_id) ^ digest(seed)) ^ mixed(start + (stop << 32)))


def _positions(article: Article, hit: PlainHit, length: int) -> tuple[int, int]:
    """Where a hit begins and ends: syllables, and 64 between two texts."""
    texts = [article.title, article.lede, *(article.paragraphs or [""]), *article.captions]
    before = sum(len(syllables(text)) + 64 for text in texts[: hit.number])
    start = before + len(hit.before)
    return start, start + length


@pytest.mark.parametrize("seed", ["1", "hạt giống"])
def test_a_sample_has_the_smallest_hashes(service: Service, seed: str) -> None:
    plain = list(scan(ARTICLES, "giá"))
    hashes = {
        (hit.article_id, hit.offset): _hash(seed, hit.article_id, *_positions(BY_ID[hit.article_id], hit, 1))
        for hit in plain
    }
    expected = sorted(hashes, key=lambda place: hashes[place])[:9]
    assert sorted(places(lines(service, asked("giá", sample=9, seed=seed)))) == sorted(expected)


def test_a_sample_survives_imports(tmp_path: Path) -> None:
    folder, service = made(tmp_path, ARTICLES[:30])
    before = places(lines(service, asked("giá", sample=9)))
    store(folder, ARTICLES[30:])
    later = places(lines(service, asked("giá", sample=9)))
    new = {one.id for one in ARTICLES[30:]}
    assert {place for place in later if place[0] not in new} <= set(before)
    pinned = Selection('"giá"', expand=False, as_of=30)
    assert places(lines(service, replace(asked("giá", sample=9), selection=pinned))) == before


def test_a_story_is_folded_and_a_repeated_lede_counts_once(tmp_path: Path) -> None:
    body = tuple(
        f"Phiên thứ {number} của chợ lúa đầu mùa mở ở bến sông {'rất ' * number}đông, giá nhích từng buổi."
        for number in range(1, 9)
    )
    lede = "Chợ lúa đầu mùa mở, giá nhích."
    prints = [
        Article(f"in-{number}", "Chợ lúa đầu mùa", lede=lede, paragraphs=(lede, *body)) for number in range(3)
    ]
    folder, service = made(tmp_path, [*prints, Article("khác", "Giá gạo", paragraphs=("Một giá.",))])
    request = asked("giá")
    every, folded, once = map(
        service.concordances.page,
        (
            request,
            replace(request, selection=replace(request.selection, collapse_stories=True)),
            replace(request, selection=replace(request.selection, once=True)),
        ),
    )
    assert (every.totals.hits, every.totals.articles, every.totals.stories) == (3 * 10 + 2, 4, 2)
    assert (folded.totals.hits, folded.totals.articles, folded.totals.held_articles) == (10 + 2, 2, 2)
    assert once.totals.hits == 3 * 9 + 2
    assert every.totals.held_syllables - once.totals.held_syllables == 3 * len(syllables(lede))
    assert folder.data == tmp_path


def test_what_is_withdrawn_while_lines_are_read_is_left_out(tmp_path: Path) -> None:
    folder, service = made(tmp_path, ARTICLES)
    stream = service.concordances.stream(asked("giá"))
    gone = next(iter(scan(ARTICLES, "giá"))).article_id
    with writing(folder) as archive:
        archive.carry_out([WithdrawalOrder(gone, None, WithdrawalState.HIDDEN, "thử", "An", "")])
    assert gone not in {line.article_id for line in stream.lines}
    assert sorted(places(lines(service, asked("giá")))) == sorted(
        (one.article_id, one.offset) for one in scan(ARTICLES, "giá") if one.article_id != gone
    )


def test_nothing_held_has_no_rate(service: Service) -> None:
    request = asked("giá")
    nowhere = replace(request.selection, chosen={"source": ("Không Có",)})  # type: ignore[dict-item]  # a StrEnum's value
    totals = service.concordances.page(replace(request, selection=nowhere)).totals
    assert (totals.hits, totals.held_syllables, totals.per_million) == (0, 0, None)


def test_a_query_without_words_has_no_lines(service: Service) -> None:
    page = service.concordances.page(ConcordanceRequest(Selection("")))
    assert (page.lines, page.totals.hits, page.totals.articles) == ((), None, len(ARTICLES))
    assert page.totals.held_syllables == sum(
        len(syllables(text)) for one in ARTICLES for text in texts_of(one)
    )
