"""The word model on arrays: the same words as ``underthesea.word_tokenize``, whatever the text."""

import pickle
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea_core import CRFFeaturizer

from indexer.text import word_source, word_viterbi, words
from indexer.text.crfsuite import read_model
from indexer.text.from_underthesea import token_data
from indexer.text.word_features import is_digit, is_title
from indexer.text.word_viterbi import backtrack, forward, transitions_of
from indexer.text.words import align_joins, cutter, joins_of, plain, underthesea_words
from tests.indexer.test_text import ANY_TEXT
from tests.shared import SAMPLE, real_records

pytestmark = pytest.mark.slow  # asks underthesea itself

CORPORA = ["baomoi-2013.jsonl.xz", "vietnews-105k.jsonl.xz"]
ODD = """
học sinh nghiên cứu Sinh HỌC Ủy ban uỷ nhân dân tỉnh Lào Cai TP.HCM Tp. T.Ư ThS. Mr. Th.S NĐ-CP H'Mông
N’Thôn A. A.B. H&M v.v. v.v... ... -- -> => ==> >> 3x4 30°C 43H-0530 e-mail 4K 17-ĐA/TU tế-xã 1.600m-2.000m
13/9 02/05/2014 02-03-2014 10:20:50 03-5730-2357 60.542.000 4.123,2 100,000 1_000 99999999999 0012 ٣ 5-10
http://baolaocai.vn/a_(b)_c?d=1&e=% www.vnexpress.net vnexpress.net/ a.b@c.vn @x.vn@ foo.na@example.com
:) :)) =)) ♥‿♥ :D :DD <3 😀 👩‍👩‍👧 “lựu đạn” «
» … – — / \\ # $ % ^ * + = _ ~ ` | { } [ ] ( ) ʺ × ÷ ′
J\u030c BOS EOS bos True False xyzzy Qqq ɤ ƛx ΑΣ İ ǅ ß ﬁ Ⅳ ² ½ ðắk Ðắk e\u0301
a\u0302\u0301 \u0301 \u200b a\u200bb \ufeff
""".split()  # noqa: SIM905 - a page of quotes and commas is harder to read
SEPARATORS = [" ", " ", " ", "", ".", ", ", "\u00a0", "\u3000", "  ", "\t", "\x00", "\x1f", "\u2028", "\n"]
PIECES = st.lists(st.tuples(st.sampled_from(ODD), st.sampled_from(SEPARATORS)), max_size=40)
ODD_TEXT = PIECES.map(lambda pieces: "".join(token + separator for token, separator in pieces))
TEXTS = st.lists(ODD_TEXT | ANY_TEXT, min_size=1, max_size=6)


def check(paragraphs: Sequence[str]) -> None:
    """The words and the joins of all paragraphs at once are those of underthesea, one by one."""
    pieces = [piece for paragraph in paragraphs for piece in words.texts(paragraph)]
    expected = [underthesea_words(plain(piece)) for piece in pieces]
    assert cutter().words(pieces) == expected
    walked = [align_joins(plain(piece), cut) for piece, cut in zip(pieces, expected, strict=True)]
    assert list(chain.from_iterable(joins_of(paragraphs))) == list(chain.from_iterable(walked))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_texts_are_cut_as_underthesea_cuts_them(texts: list[str]) -> None:
    check(texts)
    check([unicodedata.normalize("NFD", text) for text in texts])


@pytest.mark.parametrize("token", ODD)
def test_a_token_alone_repeated_and_at_the_end_is_cut_as_underthesea_cuts_it(token: str) -> None:
    check(
        [token, f"{token} ", f" {token}\n", f"học {token} sinh {token}.", " ".join([token] * 70), token * 3]
    )


def test_the_sample_corpus_is_cut_as_underthesea_cuts_it() -> None:
    files = sorted(path for path in SAMPLE.rglob("*") if path.is_file())
    check([line for path in files for line in path.read_text(encoding="utf-8").splitlines()])


@pytest.mark.parametrize("name", CORPORA)
def test_real_articles_are_cut_as_underthesea_cuts_them(name: str) -> None:
    for record in real_records(name, 100):  # make words cuts them all
        check(list(paragraphs(record)))


def paragraphs(value: object) -> Iterator[str]:
    """Every paragraph in a record's fields."""
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from paragraphs(part)


def test_level_ways_to_cut_are_decided_as_underthesea_rounds() -> None:
    """Unknown tokens repeat one score: two cuts are worth the same, and arrays alone would guess."""
    texts = [" ".join(["sinh"] * count) for count in range(1, 200)]
    scores = "SGLyon 2-0 RennesMarseille 0-0 ReimsToulouse 2-0 MontpellierValenciennes 2-1 TroyesĐỘI"
    check([*texts, scores, f"Paris {scores}."])


@pytest.mark.parametrize("close", [0.0, np.inf])
def test_the_guard_is_needed_and_the_exact_way_alone_agrees(
    close: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_viterbi, "TOO_CLOSE", close)
    texts = [" ".join(["sinh"] * count) for count in range(1, 200)]
    texts.append(unicodedata.normalize("NFC", " ".join(ODD)))
    same = cutter().words(texts) == [underthesea_words(plain(text)) for text in texts]
    assert same == (close > 0)


def test_what_is_forgotten_is_learnt_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.text.word_cutter.REMEMBERED", 10)
    for _ in range(3):
        check(["Ủy ban nhân dân tỉnh Lào Cai họp bàn về sức khỏe học sinh sáng 13/9."])


def test_texts_without_words_have_no_joins() -> None:
    assert joins_of([]) == []
    assert joins_of(["", " ", "\n", "…", "\x00"]) == [[], [], [], [], []]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.integers(-4, 4), min_size=1, max_size=9), min_size=1, max_size=5))
def test_labels_are_the_best_of_all_labels(texts: list[list[int]]) -> None:
    """The arrays' Viterbi against every way to label, where one is best."""
    transitions = np.array([[-0.4364, 0.4001], [0.4014, -0.6062]])
    links = transitions_of(transitions)
    scores = np.array([score for text in texts for score in text], float)
    starts = np.cumsum([0, *map(len, texts)])
    first, last = np.zeros((2, len(scores)), bool)
    first[starts[:-1]] = last[starts[1:] - 1] = True
    found, close = backtrack(forward(scores, first, links), first, last, links)
    for text, start, end in zip(texts, starts, starts[1:], strict=False):
        assert close[start:end].any() or found[start:end].tolist() == best_labels(text, transitions)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.floats(-1, 1) | st.just(0.2), min_size=1, max_size=90), min_size=1, max_size=4),
    st.integers(0, 60),
)
def test_sweeps_and_the_walk_behind_them_settle_on_the_same(texts: list[list[float]], sweeps: int) -> None:
    links = transitions_of(np.array([[-0.4364, 0.4001], [0.4014, -0.6062]]))
    scores = np.array([score for text in texts for score in text])
    first = np.zeros(len(scores), bool)
    first[np.cumsum([0, *map(len, texts)])[:-1]] = True
    expected = scores.copy()
    for token in np.flatnonzero(~first):
        said = np.clip(links.turn - expected[token - 1], links.low, links.high)
        expected[token] = scores[token] + said
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(word_viterbi, "SWEEPS", sweeps)
        assert forward(scores, first, links).tolist() == expected.tolist()


def best_labels(scores: list[int], transitions: np.ndarray) -> list[bool]:
    """The best labels by trying all; True: a word begins."""

    def value(number: int) -> Any:
        labels = [number >> place & 1 for place in range(len(scores))]
        said = sum(score for score, label in zip(scores, labels, strict=True) if label == 0)
        return said + sum(transitions[pair] for pair in pairwise(labels))

    best = max(range(2 ** len(scores)), key=value)
    return [best >> place & 1 == 0 for place in range(len(scores))]


def test_labels_that_would_rather_stay_are_refused() -> None:
    with pytest.raises(ValueError, match="rather stay"):
        transitions_of(np.array([[0.4, -0.4], [-0.4, 0.4]]))


def test_every_character_is_a_title_or_not_as_underthesea_sees_it() -> None:
    """Also where underthesea_core knows a newer Unicode than Python."""
    characters = [chr(code) for code in range(33, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    asked = CRFFeaturizer(["T[0].istitle"], set()).process([[[character] for character in characters]])
    expected = [answer == "T[0].istitle=True" for (answer,) in asked[0]]
    assert [is_title(character) for character in characters] == expected


def test_digits_are_those_underthesea_reads() -> None:
    numbers = "0 00 007 2147483647 2147483648 -2147483648 +5 + - 1.5 ٣ ² 1_0 a1 99999999999"
    tokens = [*numbers.split(), "0" * 5000 + "1"]
    asked = CRFFeaturizer(["T[0].isdigit"], set()).process([[[token] for token in tokens]])
    assert [f"T[0].isdigit={is_digit(token)}" for token in tokens] == [answer for (answer,) in asked[0]]


def test_the_model_file_is_read_as_crfsuite_reads_it() -> None:
    model = read_model(word_source.model())
    assert (model.labels, len(model.attributes)) == (["B-W", "I-W"], 50_671)
    printed = [[-0.436427, 0.400129], [0.401409, -0.606206]]  # by python-crfsuite
    assert model.transitions == pytest.approx(np.array(printed), abs=5e-7)
    with pytest.raises(ValueError, match="not a CRFsuite model"):
        read_model(b"x" * 48)


def test_the_kept_pattern_of_tokens_is_that_of_the_installed_underthesea() -> None:
    from underthesea.pipeline.word_tokenize import regex_tokenize  # noqa: PLC0415 - 0.9 s and 90 MB

    assert word_source.TOKEN_PATTERN.read_text("utf-8") == token_data()
    kept = word_source.underthesea_pattern()
    assert (kept.pattern, kept.flags) == (regex_tokenize.patterns.pattern, regex_tokenize.patterns.flags)


def test_a_pickle_that_names_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_source, "_root", lambda: tmp_path)
    path = tmp_path / word_source.MODEL / "dictionary.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(pickle.dumps({"học sinh"}))
    assert word_source.dictionary() == frozenset({"học sinh"})
    path.write_bytes(pickle.dumps(print))
    with pytest.raises(pickle.UnpicklingError, match=re.escape("builtins.print is asked for")):
        word_source.dictionary()


def test_the_installed_underthesea_is_the_proven_one() -> None:
    assert word_source.is_proven()
    assert words.notice() is None
    assert words.segmenter() == f"underthesea {version('underthesea')}, new style, 1"


@pytest.fixture
def another_underthesea(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    caches = [word_source.name, word_source.is_proven, words.segmenter]
    with monkeypatch.context() as patch:
        patch.setattr(word_source, "digests", lambda: {"model": "0" * 64})
        for cached in caches:
            cached.cache_clear()
        yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("another_underthesea")
def test_another_underthesea_is_asked_itself_and_its_cuts_have_another_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(words, "cutter")
    monkeypatch.setattr(words, "_tokenizer", lambda: lambda text, **_options: [text])
    assert joins_of(["Lào Cai họp"]) == [[True, True, False]]
    assert words.segmenter() != f"underthesea {version('underthesea')}, new style, 1"
    assert str(words.notice()).endswith("whose cuts are proven")
