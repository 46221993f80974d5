"""Articles for tests of the indexer, and strategies that draw them."""

from dataclasses import replace

from hypothesis import strategies as st

from corpus.article import Article
from corpus.published import Published
from corpus.tones import bears_mark
from indexer.engine import AnalysedArticle
from indexer.fields import Field
from indexer.query import And, Dates, Match, Not, Or, Query, Words
from indexer.text.analyse import analyse, searched_texts
from indexer.text.syllables import terms
from indexer.text.words import pack_joins

SYLLABLES = [
    "đường",
    "dương",
    "duong",
    "hoà",
    "hòa",
    "hoa",
    "lào",
    "cai",
    "cái",
    "học",
    "sinh",
    "tuyên",
    "50",
]


def article(article_id: str = "a", title: str = "Tin", body: str = "Có tin.", **values: object) -> Article:
    """An article with what a test cares for."""
    parts: dict[str, object] = {"paragraphs": tuple(body.split("\n"))} | values
    if isinstance(parts.get("published"), str):
        parts["published"] = Published.parse(str(parts["published"]))
    return Article(article_id, title, **parts)  # type: ignore[arg-type]  # a test passes what Article takes


def analysed(one: Article, change: int = 1, joined: str = "") -> AnalysedArticle:
    """Analysed with the words that ``joined`` names ("học sinh, lào cai"), without underthesea."""
    wanted = [tuple(terms(word)) for word in joined.split(",") if word.strip()]
    flags: list[bool] = []
    for _, text in searched_texts(one):
        found = terms(text)
        here = [False] * len(found)
        for word in wanted:
            for place in range(len(found) - len(word) + 1):
                if tuple(found[place : place + len(word)]) == word:
                    here[place : place + len(word) - 1] = [True] * (len(word) - 1)
        flags += here
    return analyse(one, change, pack_joins(flags))


_text = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12).map(" ".join)
_published = st.sampled_from(["", "2013", "2013-05", "2013-05-26", "2013-05-26T07:10+07:00", "2014-01-02"])


@st.composite
def drawn_articles(draw: st.DrawFn, article_id: str) -> AnalysedArticle:
    """Any small article of few syllables, so that matches abound."""
    one = Article(
        id=article_id,
        title=draw(_text),
        lede=draw(st.just("") | _text),
        paragraphs=tuple(draw(st.lists(_text, min_size=1, max_size=3))),
        captions=tuple(draw(st.lists(_text, max_size=2))),
        source=draw(st.sampled_from(["", "Báo Sông Hồng", "BÁO SÔNG  HỒNG", "Tuổi Trẻ", "Tuổi tre\u0309"])),
        section=draw(st.sampled_from(["", "Xã hội", "Kinh tế"])),
        authors=tuple(
            draw(st.lists(st.sampled_from(["Nguyễn Văn A", "NGUYỄN VĂN  A", "Trần B"]), max_size=3))
        ),
        published=Published.parse(draw(_published)),
        tags=tuple(
            draw(st.lists(st.sampled_from(["lào cai", "Lào Cai", "học sinh", "hoà", "hòa"]), max_size=4))
        ),
    )
    count = sum(len(terms(text)) for _, text in searched_texts(one))
    return analyse(
        one,
        draw(st.integers(1, 99)),
        pack_joins(draw(st.lists(st.booleans(), min_size=count, max_size=count))),
    )


@st.composite
def drawn_matches(draw: st.DrawFn) -> Match:
    """Any match: word, phrase, window, prefix, as a word, in any field, spelled otherwise or not."""
    match = draw(_plain_matches())
    also = st.lists(_plain_matches(), max_size=2) if draw(st.integers(0, 3)) == 0 else st.just([])
    return replace(match, expansions=tuple(replace(one, field=match.field) for one in draw(also)))


@st.composite
def _plain_matches(draw: st.DrawFn) -> Match:
    syllables = draw(
        st.lists(st.sampled_from([*SYLLABLES, "tuy", "d", "bao", "tuoi", "nguyễn"]), min_size=1, max_size=3)
    )
    slop = draw(st.sampled_from([0, 0, 1, 4])) if len(syllables) > 1 else 0
    return Match(
        label=" ".join(syllables),
        syllables=tuple(syllables),
        field=draw(st.sampled_from([Field.TEXT, Field.TEXT, Field.TEXT, *Field])),
        complete=draw(st.booleans()),
        slop=slop,
        prefix=draw(st.booleans()),
        as_word=not slop and draw(st.booleans()),
    )


@st.composite
def drawn_words(draw: st.DrawFn) -> Words:
    """Words typed side by side, among them units of several words, with and without marks, and repeats."""
    parts: list[tuple[Match, ...]] = draw(
        st.lists(drawn_matches().map(lambda match: (match,)) | _units(), min_size=1, max_size=4)
    )
    if draw(st.integers(0, 3)) == 0:
        parts.append(draw(st.sampled_from(parts)))
    return Words(tuple(word for part in parts for word in part), tuple(map(len, parts)))


@st.composite
def _units(draw: st.DrawFn) -> tuple[Match, ...]:
    syllables = draw(st.lists(st.sampled_from([*SYLLABLES, "bao", "tuoi", "nguyễn"]), min_size=2, max_size=3))
    level = any(map(bears_mark, syllables))
    expansions = tuple(draw(st.lists(_plain_matches(), max_size=1)) if draw(st.integers(0, 3)) == 0 else ())
    forms = tuple(replace(form, field=Field.TEXT) for form in expansions)
    return tuple(Match(syllable, (syllable,), level=level, expansions=forms) for syllable in syllables)


_days = st.none() | st.dates(
    Published.parse("2013-01-01").span[0],  # type: ignore[index]  # a whole date has a span
    Published.parse("2014-06-01").span[0],  # type: ignore[index]
)
_dates = st.builds(Dates, _days, _days)


def drawn_queries() -> st.SearchStrategy[Query]:
    """Any query tree, Words at the root or in the root's And among them."""
    leaves: st.SearchStrategy[Query] = drawn_matches() | _dates
    trees = st.recursive(
        leaves,
        lambda inner: (
            st.builds(And, st.lists(inner, max_size=3).map(tuple))
            | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
            | st.builds(Not, inner)
        ),
        max_leaves=5,
    )
    words = drawn_words()
    return (
        trees | words | st.builds(lambda first, rest: And((first, *rest)), words, st.lists(trees, max_size=2))
    )
