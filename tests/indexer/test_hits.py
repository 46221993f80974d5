"""What is a hit? A table of cases, which both engines and all their ways of computing pass."""

from collections import Counter as Counts
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from indexer.counting import CountedText, CountReader, HitSpan, TokenUnit, Window
from indexer.engine import AnalysedArticle
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.fields import Field
from indexer.kernels import compiling, library
from indexer.places import Zone
from indexer.query import And, Match, Not, Or, Query, Question, Words
from indexer.text.analyse import searched_texts
from indexer.window_hits import window_spans
from tests.indexer.articles import analysed, article

Counter = Callable[[Sequence[AnalysedArticle]], CountReader]


@pytest.fixture(params=["memory", "loops", "numpy"])
def counter(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counter]:
    """Makes what counts in some articles: the reference engine, and the other with C and without."""

    def count(articles: Sequence[AnalysedArticle]) -> CountReader:
        index = MemoryIndex()
        path = tmp_path / f"{len(list(tmp_path.iterdir())):04}"
        writer = MemoryWriter(index) if request.param == "memory" else WhooshWriter(path)
        for one in articles:
            writer.add(one)
        writer.commit(1)
        reader = MemoryReader(index) if request.param == "memory" else WhooshReader(path)
        counts = reader.counts()
        assert counts is not None
        return counts

    if request.param == "numpy":
        monkeypatch.setenv(library.SWITCH, "numpy")
    elif request.param == "loops" and compiled():
        pytest.skip("no C compiler here: numpy alone is tested")
    library.library.cache_clear()
    yield count
    monkeypatch.undo()
    library.library.cache_clear()


@cache
def compiled() -> str:
    """Why there is no library; else nothing."""
    return compiling.compile_library()


def phrase(text: str, field: Field = Field.TEXT, *, as_word: bool = False, prefix: bool = False) -> Match:
    syllables = tuple(text.split())
    return Match(text, syllables, field, complete=True, as_word=as_word, prefix=prefix)


def window(text: str, slop: int) -> Match:
    return Match(text, tuple(text.split()), complete=True, slop=slop)


def words(text: str, *units: int) -> Words:
    return Words(tuple(Match(word, (word,)) for word in text.split()), units)


def text_of(one: Article, hit: HitSpan) -> str:
    """The characters of a hit."""
    return "\n".join(text for _, text in searched_texts(one))[
        hit.spans[hit.start, 0] : hit.spans[hit.stop - 1, 1]
    ]


ONE = article(
    "a",
    "Lào Cai mưa",
    "Mưa ở Lào Cai, học sinh Lào Cai.\nCai Lào mưa",
    lede="Lào Cai",
    captions=("Học sinh Lào cai",),
)
JOINED = "lào cai, học sinh"
EVERYWHERE = ["lào cai"] * 5

CASES: dict[str, tuple[Query, list[str]]] = {
    "a phrase, each time in headline, lede, body and caption": (phrase("lào cai"), EVERYWHERE),
    "not across a zone or a paragraph": (phrase("cai cai"), []),
    "a syllable": (phrase("mưa"), ["mưa"] * 3),
    "a unit": (words("lao cai", 2), EVERYWHERE),
    "units, each where it stands": (words("mưa lao cai", 1, 2), [*EVERYWHERE, *["mưa"] * 3]),
    "a unit that stands scattered is none": (words("mưa cai", 2), []),
    "of AND each part": (And((phrase("ở"), phrase("học sinh"))), ["ở", "học sinh", "học sinh"]),
    "of OR equal spans are one": (Or((phrase("lào cai"), words("lao cai", 2))), EVERYWHERE),
    "of OR spans that overlap are two": (
        Or((phrase("sinh lào"), phrase("học sinh"))),
        ["học sinh", "sinh lào", "học sinh", "sinh lào"],
    ),
    "of OR spans that begin alike are two": (
        Or((phrase("học sinh"), phrase("học"))),
        ["học sinh", "học"] * 2,
    ),
    "none below NOT": (And((phrase("ở"), Not(phrase("nắng")))), ["ở"]),
    "none of NOT alone": (Not(phrase("nắng")), []),
    "none of all articles": (And(()), []),
    "an expansion, where it stands": (
        Match("x", ("không",), expansions=(Match("mưa", ("mưa",), complete=True),)),
        ["mưa"] * 3,
    ),
    "in the headline alone": (phrase("lào cai", Field.TITLE), ["lào cai"]),
    "in captions alone": (phrase("lào cai", Field.CAPTION), ["lào cai"]),
    "a word": (phrase("lào cai", as_word=True), EVERYWHERE),
    "no word": (phrase("sinh lào", as_word=True), []),
    "a prefix": (phrase("học s", prefix=True), ["học sinh", "học sinh"]),
    "a window, in any order": (window("cai lào", 1), [*EVERYWHERE, "cai lào"]),
    "a window, to where all have a place": (
        window("mưa cai", 3),
        ["cai mưa", "mưa ở lào cai", "cai lào mưa"],
    ),
    "a window in a paragraph": (window("mưa sinh", 4), ["mưa ở lào cai, học sinh"]),
}  # fmt: skip


def test_a_hit_is(counter: Counter) -> None:
    counts = counter([analysed(ONE, joined=JOINED)])
    found = {}
    for name, (query, expected) in CASES.items():
        hits = counts.hits(Question(query), CountedText())
        found[name] = query, sorted(text_of(ONE, hit).lower() for hit in counts.spans(hits))
        articles = counts.articles(Question(query), CountedText())
        assert articles.hits.tolist() == [len(expected)] * len(hits.articles), name
    assert found == {name: (query, sorted(expected)) for name, (query, expected) in CASES.items()}


def test_forms_of_one_two_and_five_bytes_are_read(counter: Counter) -> None:
    """A segment with more forms than two bytes tell, each as often as its number says."""
    names = ["".join(letters) for letters in islice(product(ascii_lowercase, repeat=4), 13_000)]
    few = [name for number, name in enumerate(names[:300]) for _ in range(number % 7)]
    articles = [analysed(article(name, body=" ".join(texts))) for name, texts in (("a", names), ("b", few))]
    counts = counter(articles)
    every = counts.articles(Question(And(())), CountedText())
    for number, own in enumerate((names, few)):
        one = every.only(every.syllables == len(own) + 1)
        for unit in TokenUnit:
            items = counts.items(one, CountedText(), unit)
            assert Counts(dict(zip(items.texts_of(items.keys), items.counts.tolist(), strict=True))) == (
                Counts([*own, "tin"])
            ), number


REPEATS = article("a", "Mưa", "Mưa to ở Lào Cai\nMưa to ở Lào Cai", lede="Mưa to")


@pytest.mark.parametrize(
    ("text", "query", "hits", "syllables"),
    [
        (CountedText(), "mưa to", 3, 13),
        (CountedText(once=True), "mưa to", 2, 11),
        (CountedText(once=True), "to ở", 2, 11),  # of which a syllable is no repeat
        (CountedText(frozenset({Zone.TITLE})), "mưa", 1, 1),
        (CountedText(frozenset({Zone.BODY}), once=True), "mưa", 1, 8),
        (CountedText(frozenset({Zone.LEDE}), once=True), "mưa", 1, 2),
        (CountedText(frozenset({Zone.LEDE, Zone.CAPTIONS})), "cai", 0, 2),
    ],
)
def test_text_that_counts(counter: Counter, text: CountedText, query: str, hits: int, syllables: int) -> None:
    """A body that begins with its lede counts twice, and once where that is asked for."""
    counts = counter([analysed(REPEATS)])
    found = counts.articles(Question(phrase(query)), text)
    assert (found.hits.tolist(), found.syllables.tolist()) == ([hits], [syllables])
    assert len(counts.hits(Question(phrase(query)), text)) == hits
    assert counts.items(found, text, TokenUnit.SYLLABLE).total == syllables


@pytest.mark.parametrize(
    ("unit", "window", "expected"),
    [
        (TokenUnit.SYLLABLE, (1, 1), {"ở": 1, "học": 1, "sinh": 2}),
        (TokenUnit.WORD, (1, 1), {"ở": 1, "học sinh": 2}),
        (TokenUnit.SYLLABLE, (2, 0), {"mưa": 1, "ở": 1, "học": 2, "sinh": 2}),
        (TokenUnit.WORD, (0, 9), {"học sinh": 1}),
        (TokenUnit.WORD, (9, 0), {"mưa": 1, "ở": 1, "học sinh": 2}),
    ],
)
def test_what_stands_near_counts_once_and_never_in_a_hit(
    counter: Counter, unit: TokenUnit, window: tuple[int, int], expected: dict[str, int]
) -> None:
    counts = counter([analysed(ONE, joined=JOINED)])
    query = And((phrase("lào cai", Field.TITLE), phrase("lào cai")))
    hits = counts.hits(Question(query), CountedText(frozenset({Zone.BODY, Zone.CAPTIONS})))
    near = counts.nearby(hits, Window(*window, unit), CountedText())
    assert dict(zip(near.texts_of(near.keys), near.counts.tolist(), strict=True)) == expected


def test_the_word_that_a_hit_is_in_is_a_part_of_it(counter: Counter) -> None:
    counts = counter([analysed(ONE, joined=JOINED)])
    hits = counts.hits(Question(phrase("sinh lào")), CountedText())
    beside = counts.neighbours(hits, [-1, 1], TokenUnit.WORD)
    assert beside.keys[:, 1].tolist() == [-1, -1]
    assert (beside.keys[1, 0], beside.texts_of(beside.keys[:1, 0])) == (-1, ["lào cai"])


def test_a_word_of_many_syllables_is_one_item(counter: Counter) -> None:
    """In both engines, whatever its length: what an index stores as words are runs of up to six."""
    longest = " ".join("abcdefghij")
    counts = counter([analysed(article("a", "Tin", longest), joined=longest)])
    items = counts.items(counts.articles(Question(And(())), CountedText()), CountedText(), TokenUnit.WORD)
    assert sorted(items.texts_of(items.keys)) == sorted([longest, "tin"])


def right_spans(places: Sequence[Sequence[int]], width: int) -> list[tuple[int, int]]:
    """The spans of a window, by every way to give each typed syllable a place of its own."""
    chosen = [ways for ways in product(*places) if len({*ways}) == len(ways)]
    spans: list[tuple[int, int]] = []
    for begin in sorted({place for own in places for place in own}):
        ends = [max(ways) + 1 for ways in chosen if min(ways) >= begin and max(ways) - begin < width]
        if ends and (not spans or begin >= spans[-1][1]):
            spans.append((begin, min(ends)))
    return spans


@given(
    st.lists(st.lists(st.integers(0, 14), unique=True).map(sorted), min_size=1, max_size=4),
    st.integers(1, 9),
)
def test_the_spans_of_windows_are_those_of_every_way(places: list[list[int]], width: int) -> None:
    width = max(width, len(places))
    assert window_spans(places, width) == right_spans(places, width)
