"""Suggestions: learnt as a plain counter counts, incremental as whole, offered as typed."""

import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.article import Article, Provenance
from corpus.errors import OperatorError
from corpus.records import Reading
from corpus.tones import same_word
from indexer.suggest import ngram_counts
from indexer.suggest.file import open_stored, stored_heads
from indexer.suggest.head_texts import FORM, JOINT, JOINT_SHIFT, JOINTS, HeadText, HeadTexts, update_heads
from indexer.suggest.ngram_counts import count_frequent_ngrams, count_word_articles
from indexer.suggest.phrase_selection import MAX_SYLLABLES, choose_phrases, number_words
from indexer.suggest.reader import SuggestionReader
from indexer.suggest.source import SuggestionSource
from indexer.suggest.suggestion import Kind
from indexer.suggest.update import update_suggestions
from tests.indexer.articles import article

WORDS = ["Lào", "lào", "Cai", "cai", "hòa", "hoà", "Hoa", "và", "giá", "vàng", "2", "13"]
GAPS = [" ", " ", " ", ", ", ". ", "-", ".", "/"]


def nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


def heads_of(*texts: tuple[str, str]) -> HeadTexts:
    return update_heads(
        HeadTexts(), (), [HeadText(f"a{n}", n, n, title, lede, b"") for n, (title, lede) in enumerate(texts)]
    )


def run_text(heads: HeadTexts, at: int, length: int) -> str:
    tokens = heads.tokens[at : at + length].tolist()
    pieces = [JOINTS[token >> JOINT_SHIFT & JOINT] + heads.forms[token & FORM] for token in tokens]
    return "".join(pieces)[len(JOINTS[tokens[0] >> JOINT_SHIFT & JOINT]) :]


_texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=10).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
_corpora = st.lists(st.tuples(_texts, _texts), max_size=8)


def plain_count(texts: list[tuple[str, str]]) -> Counter[tuple[str, ...]]:
    """In how many heads each run of 2 to 5 words stands, by the simplest means."""
    found: Counter[tuple[str, ...]] = Counter()
    for pair in texts:
        runs = set()
        for text in pair:
            for piece in text.replace(", ", "|").replace(". ", "|").split("|"):
                words = [
                    same_word(word.lower())
                    for word in piece.replace("-", " ").replace(".", " ").replace("/", " ").split()
                ]
                runs |= {
                    tuple(words[start : start + length])
                    for length in range(2, MAX_SYLLABLES + 1)
                    for start in range(len(words) - length + 1)
                }
        found.update(runs)
    return found


@pytest.mark.slow
@settings(deadline=None)
@given(_corpora, st.integers(1, 3), st.sampled_from([1, 3, ngram_counts.SORTED_AT_ONCE]))
def test_runs_are_counted_as_a_plain_counter_counts(
    texts: list[tuple[str, str]], least: int, at_once: int
) -> None:
    heads = heads_of(*texts)
    _, words = number_words(heads.forms)
    patch = pytest.MonkeyPatch()
    patch.setattr(ngram_counts, "SORTED_AT_ONCE", at_once)
    try:
        found = {}
        for runs in count_frequent_ngrams(heads, words, least, MAX_SYLLABLES):
            for at, articles in zip(runs.at.tolist(), runs.articles.tolist(), strict=True):
                forms = heads.tokens[at : at + runs.length] & FORM
                key = tuple(same_word(heads.forms[form].lower()) for form in forms.tolist())
                assert key not in found
                found[key] = articles
        singles = count_word_articles(heads, words).tolist()
    finally:
        patch.undo()
    assert found == {run: count for run, count in plain_count(texts).items() if count >= least}
    expected = Counter(word for pair in heads_words(heads) for word in pair)
    assert singles == [expected[number] for number in range(len(singles))]


def heads_words(heads: HeadTexts) -> Iterator[set[int]]:
    _, words = number_words(heads.forms)
    for start, end in pairwise(heads.starts()[::2].tolist()):
        yield set(words[heads.tokens[start:end] & FORM].tolist())


@pytest.mark.parametrize(
    ("texts", "printed"),
    [
        (["ở Lào Cai", "tại Lào Cai", "lào cai"], "Lào Cai"),
        (["LÀO CAI MƯA", "LÀO CAI NẮNG", "ở Lào Cai"], "Lào Cai"),
        (["Giá vàng lên", "Giá vàng xuống", "mua giá vàng"], "giá vàng"),
        (["TP.HCM mưa", "ở TP.HCM", "ở TP HCM"], "TP.HCM"),
        (["qua hoà bình", "qua hoà bình", "qua hòa bình"], "hoà bình"),
        (["ở La\u0300o Cai", "ở L\u00e0o Cai"], "Lào Cai"),
    ],
)
def test_a_phrase_is_printed_as_it_is_most(texts: list[str], printed: str) -> None:
    heads = heads_of(*((text, "") for text in texts))
    _, words = number_words(heads.forms)
    runs = next(iter(count_frequent_ngrams(heads, words, len(texts), 2)))
    assert printed in [run_text(heads, at, 2) for at in runs.at.tolist()]


@pytest.mark.parametrize(
    ("texts", "phrases"),
    [
        (["đi Lào Cai chơi", "về Lào Cai"], {"Lào Cai"}),
        (["Lào. Cai", "Lào, Cai"], set()),
        (["ngày 13/9 mưa", "hôm 13/9"], set()),
        (["Ủy ban nhân dân họp", "ra Ủy ban nhân dân"], {"Ủy ban nhân dân"}),
    ],
)
def test_what_is_a_phrase(texts: list[str], phrases: set[str]) -> None:
    heads = heads_of(*((text, "") for text in texts))
    chosen = choose_phrases(heads, number_words(heads.forms)[1])
    pairs = zip(chosen.at.tolist(), chosen.lengths.tolist(), strict=True)
    assert {run_text(heads, at, length) for at, length in pairs} == phrases


def store(archive: Archive, *articles: Article) -> None:
    provenance = Provenance("a.jsonl", "line 1", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00")
    archive.store([Reading(one, provenance) for one in articles])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.sqlite") as opened:
        yield opened


_changes = st.lists(
    st.tuples(st.sampled_from("abcd"), _texts.filter(str.strip), _texts) | st.sampled_from("abcd"),
    max_size=12,
)


@settings(deadline=None, max_examples=40)  # it waits for the disk
@given(_changes, st.lists(st.integers(0, 11), max_size=3))
def test_increments_make_the_file_that_one_reading_makes(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[str, str, str] | str],
    learnt_after: list[int],
) -> None:
    folder = tmp_path_factory.mktemp("learn")
    known: set[str] = set()
    with Archive(folder / "archive.sqlite") as archive:
        for place, change in enumerate(changes):
            if isinstance(change, tuple):
                store(archive, article(change[0], title=change[1], lede=change[2]))
                known.add(change[0])
            elif change in known:
                archive.withdraw(change)
                known.discard(change)
            if place in learnt_after:
                update_suggestions(archive, folder / "step.kho", nothing)
        update_suggestions(archive, folder / "step.kho", nothing)
        update_suggestions(archive, folder / "whole.kho", nothing)
        assert update_suggestions(archive, folder / "step.kho", nothing) == 0
    assert (folder / "step.kho").read_bytes() == (folder / "whole.kho").read_bytes()
    shutil.rmtree(folder)


def test_a_file_that_is_damaged_or_of_another_version_is_learnt_anew(
    archive: Archive, tmp_path: Path
) -> None:
    store(archive, article("a", title="Mưa ở Lào Cai"))
    path = tmp_path / "s.kho"
    update_suggestions(archive, path, nothing)
    good = path.read_bytes()
    for spoilt in (good[:-1], b"", good.replace(b'"format": 1', b'"format": 0')):
        path.write_bytes(spoilt)
        update_suggestions(archive, path, nothing)
        assert path.read_bytes() == good


def test_a_damaged_file_is_said_with_its_remedy_and_a_missing_one_offers_nothing(tmp_path: Path) -> None:
    source = SuggestionSource(tmp_path / "s.kho")
    assert source.suggestions("lao", 8) == ()
    (tmp_path / "s.kho").write_bytes(b"KHOBAO")
    with pytest.raises(OperatorError) as said:
        source.suggestions("lao", 8)
    assert "khobao rebuild" in str(said.value.message)


def test_a_source_sees_what_was_learnt_since(archive: Archive, tmp_path: Path) -> None:
    source = SuggestionSource(tmp_path / "s.kho")
    seen = []
    for number, title in enumerate(["Mưa ở Lào Cai", "Nắng Lào Cai"]):
        store(archive, article(f"a{number}", title=title))
        update_suggestions(archive, tmp_path / "s.kho", nothing)
        seen.append([(one.text, one.count) for one in source.suggestions("lao", 8)])
    assert seen == [[], [("Lào Cai", 2)]]


HEADS = [
    ("Giá vàng ở Hà Nội tăng", "Thủ đô Hà Nội mua giá vàng cao."),
    ("Giá vàng tại Hà Nội", "Người dân Hà Nội chờ giá vàng."),
    ("Hạ nồi cơm ở Lào Cai", "Cụ bà hạ nồi cơm, Lào Cai mưa."),
    ("Đường cao tốc về Lào Cai", "Xe đi đường cao tốc tới TP.HCM."),
    ("Đêm diễn của Dương Mịch", "Khán giả chờ Dương Mịch ở TP.HCM."),
    ("Phim mới có Dương Mịch", "Vé ở đường cao tốc Lào Cai: hạ nồi."),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> SuggestionReader:
    folder = tmp_path_factory.mktemp("suggest")
    with Archive(folder / "archive.sqlite") as archive:
        store(archive, *(article(f"a{n}", title=t, lede=lede) for n, (t, lede) in enumerate(HEADS)))
        update_suggestions(archive, folder / "s.kho", nothing)
    stored = open_stored(folder / "s.kho")
    assert stored is not None
    assert stored_heads(stored).ids == [f"a{n}" for n in range(len(HEADS))]
    return SuggestionReader(stored)


@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        ("ha no", ["Hà Nội", "hạ nồi"], []),
        ("hà n", ["Hà Nội"], ["hạ nồi"]),
        ("hạ n", ["hạ nồi"], ["Hà Nội"]),
        ("HA NO", ["Hà Nội"], []),
        ("ha\u0300 n", ["Hà Nội"], ["hạ nồi"]),
        ("duong ", ["Dương Mịch", "đường cao tốc"], []),
        ("đuong ", ["đường cao tốc"], ["Dương Mịch"]),
        ("đương c", ["đường cao tốc"], []),
        ("dương ", ["Dương Mịch", "đường cao tốc"], []),
        ("dường", [], ["đường cao tốc", "Dương Mịch"]),
        ("giá vàng ha no", ["giá vàng Hà Nội"], ["Hà Nội"]),
        ("xyzzy  ha no", ["xyzzy  Hà Nội"], []),
        ('nguồn:"Báo" ha no', ['nguồn:"Báo" Hà Nội'], []),
        ("-lao c", ["-Lào Cai"], []),
        ("tp hc", ["TP.HCM"], []),
        ("tp.hc", ["TP.HCM"], []),
        ("  lao", ["Lào Cai"], []),
    ],
)
def test_what_is_offered(
    reader: SuggestionReader, typed: str, offered: list[str], not_offered: list[str]
) -> None:
    found = [one.text for one in reader.suggestions(typed, 8) if one.kind is Kind.PHRASE]
    assert set(offered) <= set(found)
    assert not set(not_offered) & set(found)


@pytest.mark.parametrize("typed", ["", " ", '"', "lao cai)", "nguồn:", "xyzzy", "lao xyzzy", "ha noi x", "*"])
def test_nothing_is_offered(reader: SuggestionReader, typed: str) -> None:
    assert reader.suggestions(typed, 8) == ()


def test_a_headline_is_offered_with_its_article_for_all_that_was_typed(reader: SuggestionReader) -> None:
    found = reader.suggestions("duong cao toc v", 8)
    assert [(one.text, one.kind, one.article_id) for one in found] == [
        ("Đường cao tốc về Lào Cai", Kind.HEADLINE, "a3")
    ]
    assert reader.suggestions("mưa đường cao tốc về l", 8) == ()


def test_what_was_typed_already_is_not_offered(reader: SuggestionReader) -> None:
    assert "Hà Nội" not in [one.text for one in reader.suggestions("hà nội", 8)]
    assert "Hà Nội" in [one.text for one in reader.suggestions("ha noi", 8)]


@settings(deadline=None)
@given(st.text(st.sampled_from('hàạanộoilcđdươg vt."-:( 9\u0301'), max_size=14), st.integers(1, 8))
def test_whatever_is_typed_is_answered_in_order_without_twins(
    reader: SuggestionReader, typed: str, limit: int
) -> None:
    found = reader.suggestions(typed, limit)
    phrases = [one for one in found if one.kind is Kind.PHRASE]
    assert len(found) <= limit
    assert len({one.text.lower() for one in found}) == len(found)
    assert [one.count for one in phrases] == sorted((one.count for one in phrases), reverse=True)
    assert all(bool(one.article_id) == (one.kind is Kind.HEADLINE) for one in found)


def test_heads_without_texts_are_heads() -> None:
    assert len(heads_of().tokens) == 0
    heads = heads_of(("", ""), ("…", "\u200b"))
    assert np.array_equal(heads.ends, [0, 0, 0, 0])
