"""Small archives in memory, and what is counted of them, in plain Python over lists of syllables."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from corpus.article import Article
from corpus.published import Published
from indexer.counting import TokenUnit
from indexer.engine import IndexReader
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.holder import ReaderHolder
from indexer.places import Zone
from indexer.story_numbers import StoryNumbers
from indexer.text.analyse import analyse
from indexer.text.words import pack_joins
from search_app.answer.evaluation import Evaluator
from search_app.query.expansion.expander import QueryExpander

SOURCES = ("Báo Sông", "Báo Núi")
SYLLABLES = ("giá", "vàng", "lúa", "mưa", "gió", "chợ", "đê")
_text = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=9)
_texts = st.lists(_text, min_size=1, max_size=3)


@dataclass(frozen=True)
class Paragraph:
    """A text of an article: its zone, its syllables, and after which of them a word goes on."""

    zone: Zone
    syllables: tuple[str, ...]
    joins: tuple[bool, ...]

    def units(self, unit: TokenUnit) -> list[tuple[int, int]]:
        """Where each unit begins, and where it ends."""
        if unit is TokenUnit.SYLLABLE:
            return [(place, place + 1) for place in range(len(self.syllables))]
        begins = [place for place in range(len(self.syllables)) if not place or not self.joins[place - 1]]
        return list(zip(begins, [*begins[1:], len(self.syllables)], strict=True))

    def text(self, first: int, last: int) -> str:
        return " ".join(self.syllables[first:last])


@dataclass(frozen=True)
class PlainArticle:
    """An article; its change is its number among the articles, from 1."""

    change: int
    source: str
    day: str
    paragraphs: tuple[Paragraph, ...]
    story: int | None = None

    def counted(self, zones: Iterable[Zone], *, once: bool) -> list[tuple[Paragraph, list[bool]]]:
        """Its paragraphs, and which of their syllables are of the text that is counted."""
        repeated = self._repeated() if once else 0
        shown = []
        for paragraph in self.paragraphs:
            flags = [paragraph.zone in zones] * len(paragraph.syllables)
            if paragraph.zone is Zone.BODY:
                here = min(repeated, len(flags))
                flags[:here] = [False] * here
                repeated -= here
            shown.append((paragraph, flags))
        return shown

    def _repeated(self) -> int:
        """How many syllables at the beginning of the body repeat the lede."""
        lede, body = (
            [one for part in self.paragraphs if part.zone is zone for one in part.syllables]
            for zone in (Zone.LEDE, Zone.BODY)
        )
        return len(lede) if body[: len(lede)] == lede else 0


def spans(paragraph: Paragraph, phrases: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where phrases stand in a paragraph; equal spans once."""
    return sorted(
        {
            (place, place + len(phrase))
            for phrase in phrases
            for place in range(len(paragraph.syllables) - len(phrase) + 1)
            if paragraph.syllables[place : place + len(phrase)] == phrase
        }
    )


def hits_of(
    article: PlainArticle, phrases: Sequence[tuple[str, ...]], *, once: bool
) -> list[tuple[int, int, int]]:
    """The hits with a syllable in the text that is counted: number of the paragraph, and span."""
    return [
        (number, first, last)
        for number, (paragraph, flags) in enumerate(article.counted(Zone, once=once))
        for first, last in spans(paragraph, phrases)
        if any(flags[first:last])
    ]


def items_of(
    articles: Iterable[PlainArticle], unit: TokenUnit, *, once: bool, length: int = 1
) -> Counter[str]:
    """How often each run of units stands."""
    found: Counter[str] = Counter()
    for article in articles:
        for paragraph, flags in article.counted(Zone, once=once):
            units = paragraph.units(unit)
            for place in range(len(units) - length + 1):
                first, last = units[place][0], units[place + length - 1][1]
                if all(flags[first:last]):
                    found[paragraph.text(first, last)] += 1
    return found


def nearby_of(
    articles: Iterable[PlainArticle],
    phrases: Sequence[tuple[str, ...]],
    unit: TokenUnit,
    before: int,
    after: int,
    *,
    once: bool,
) -> Counter[str]:
    """How often each unit stands in the windows of hits: each place once, what is in a hit not at all."""
    found: Counter[str] = Counter()
    for article in articles:
        hits = hits_of(article, phrases, once=once)
        for number, (paragraph, flags) in enumerate(article.counted(Zone, once=once)):
            units = paragraph.units(unit)
            in_hit: set[int] = set()
            near: set[int] = set()
            for _, first, last in (hit for hit in hits if hit[0] == number):
                own = [place for place, (start, end) in enumerate(units) if start < last and end > first]
                in_hit.update(own)
                near.update(range(max(0, own[0] - before), own[0]))
                near.update(range(own[-1] + 1, min(len(units), own[-1] + 1 + after)))
            for place in near - in_hit:
                first, last = units[place]
                if all(flags[first:last]):
                    found[paragraph.text(first, last)] += 1
    return found


def matching(articles: Iterable[PlainArticle], phrases: Sequence[tuple[str, ...]]) -> list[PlainArticle]:
    return [one for one in articles if any(spans(part, phrases) for part in one.paragraphs)]


def folded(articles: Iterable[PlainArticle]) -> list[PlainArticle]:
    """The first of each story; the prints of a story are in the order of their changes."""
    seen: set[int] = set()
    kept = []
    for one in articles:
        if one.story is None or one.story not in seen:
            kept.append(one)
        if one.story is not None:
            seen.add(one.story)
    return kept


def held_around(held: Iterable[PlainArticle], counted: Sequence[PlainArticle]) -> list[PlainArticle]:
    """One print of each story: the one that is counted, where there is one."""
    others = [one for one in held if one not in counted]
    return sorted(folded([*counted, *others]), key=lambda one: one.change)


@st.composite
def archives(draw: st.DrawFn) -> tuple[PlainArticle, ...]:
    """A few articles of few syllables, some of them prints of one story."""
    return tuple(draw(_articles(change)) for change in range(1, draw(st.integers(1, 6)) + 1))


@st.composite
def _articles(draw: st.DrawFn, change: int) -> PlainArticle:
    lede = draw(st.just([]) | _text)
    body = draw(_texts)
    repeats = draw(st.sampled_from(["no", "alone", "and goes on"])) if lede else "no"
    if repeats == "alone":
        body = [lede, *body]
    elif repeats == "and goes on":
        body = [lede + body[0], *body[1:]]
    parts = [
        (Zone.TITLE, draw(_text)),
        *([(Zone.LEDE, lede)] if lede else []),
        *((Zone.BODY, text) for text in body),
        *((Zone.CAPTIONS, text) for text in draw(st.lists(_text, max_size=1))),
    ]
    paragraphs = tuple(Paragraph(zone, tuple(text), draw(_joins(len(text)))) for zone, text in parts)
    story = draw(st.none() | st.integers(0, 1))
    return PlainArticle(
        change,
        draw(st.sampled_from(SOURCES)),
        draw(st.sampled_from(["2013-05-26", "2013-06-02"])),
        paragraphs,
        story,
    )


def _joins(count: int) -> st.SearchStrategy[tuple[bool, ...]]:
    flags = st.lists(st.booleans(), min_size=count - 1, max_size=count - 1)
    return flags.map(lambda drawn: (*drawn, False))


def written(one: PlainArticle) -> Article:
    """The article as the archive would keep it."""
    texts: Mapping[Zone, list[str]] = {
        zone: [" ".join(part.syllables) for part in one.paragraphs if part.zone is zone] for zone in Zone
    }
    return Article(
        id=f"bài-{one.change}",
        title=texts[Zone.TITLE][0],
        lede="".join(texts[Zone.LEDE]),
        paragraphs=tuple(texts[Zone.BODY]),
        captions=tuple(texts[Zone.CAPTIONS]),
        source=one.source,
        published=Published.parse(one.day),
    )


def evaluator_of(archive: Sequence[PlainArticle]) -> Evaluator:
    """What evaluates selections over an archive in memory."""
    index = MemoryIndex()
    writer = MemoryWriter(index)
    for one in archive:
        flags = [joined for part in one.paragraphs for joined in part.joins]  # in the order of zones
        writer.add(analyse(written(one), one.change, pack_joins(flags)))
    writer.commit(len(archive))
    stories = StoryNumbers.of({one.change: one.story for one in archive if one.story is not None})
    holder: ReaderHolder[IndexReader] = ReaderHolder(lambda _old: MemoryReader(index, stories), lambda: (1,))
    return Evaluator(holder, QueryExpander(holder, on=False))
