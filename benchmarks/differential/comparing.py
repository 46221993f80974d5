"""Does a page show what scanning finds? Totals, facets, the date histogram, ids, their order, and marks."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.differential.drawing import Drawing, Vocabulary
from benchmarks.differential.scanning import (
    Scanner,
    Text,
    is_mixed,
    is_within,
    read_text,
    required_units,
    required_words,
    value_key,
)
from benchmarks.differential.syllables import syllables_of
from benchmarks.differential.trees import AUTHOR, SECTION, SOURCE, TAG, Drawn, joined
from corpus.archive_reader import ArchiveReader
from indexer.facets import FacetName
from indexer.query import Match, Sort
from indexer.text.words import segmenter
from search_app.answer.pages import PageHit, SearchPage, SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.query.grammar import Cut
from search_app.query.grammar.dates_in_words import cut_around_dates

_RUNS = 4_000
_LONGEST_RUN = 6
_MARKED = 2
_BATCH = 500


@dataclass(frozen=True)
class Asked:
    """A drawn query with all that a page asks for.

    Attributes:
        found: how many articles matched, as the page says.
    """

    drawn: Drawn
    request: SearchRequest
    found: int = 0


def cut_nothing_of(texts: Sequence[str]) -> Sequence[int]:
    """Each word by itself."""
    return (1,) * len(texts)


class Comparison:
    """Asks drawn queries of a service, and compares its answers with a scan of the archive.

    Args:
        cut: the cut of the service, which a scan is told: it is proven elsewhere (``make units``).
    """

    def __init__(self, service: Service, archive: ArchiveReader, cut: Cut) -> None:
        self._service = service
        self._cut = cut_around_dates(cut)
        self._scanner = Scanner(list(_texts(archive)))
        self._by_id = {text.article.id: text for text in self._scanner.texts}
        self._vocabulary = _vocabulary(self._scanner.texts)

    @property
    def articles(self) -> int:
        """How many articles are scanned."""
        return len(self._scanner.texts)

    def asked(self, seed: str) -> Asked:
        """A query of the archive's own words, and a page of it; the same for the same seed."""
        choose = random.Random(f"page {seed}")  # noqa: S311 - made to be made again
        units = choose.random() < 0.7
        drawn = Drawing(self._vocabulary, seed, self._cut_texts if units else cut_nothing_of).query()
        request = self._request(drawn, choose)
        return Asked(drawn, replace(request, selection=replace(request.selection, units=units)))

    def _cut_texts(self, texts: Sequence[str]) -> Sequence[int]:
        """The units of words as typed, each of which is one word of the grammar."""
        return self._cut([Match(text, tuple(one.term for one in syllables_of(text))) for text in texts])

    def faults(self, seed: str) -> tuple[Asked, list[str]]:
        """One query by its seed, and in what its answer differs from that of the scan."""
        asked = self.asked(seed)
        page = self._service.searching.page(asked.request)
        if any(one.used for one in page.expansions):  # which depend on tables of names
            names = tuple(one.also for one in page.expansions)
            selection = replace(asked.request.selection, not_also=names)
            asked = replace(asked, request=replace(asked.request, selection=selection))
            page = self._service.searching.page(asked.request)
        return replace(asked, found=page.total), list(self._compare(asked, page))

    def _request(self, drawn: Drawn, choose: random.Random) -> SearchRequest:
        """A page of the query, filtered or not."""
        chosen: dict[FacetName, tuple[str, ...]] = {}
        excluded: dict[FacetName, tuple[str, ...]] = {}
        if choose.random() < 0.4:
            for name in choose.sample(list(FacetName), choose.choice((1, 1, 2))):
                text = choose.choice(self._scanner.texts)
                dated = text.article.published.plain if text.span else ""
                value = {
                    FacetName.SOURCE: text.article.source,
                    FacetName.SECTION: text.article.section,
                    FacetName.YEAR: dated[:4],
                    FacetName.MONTH: dated[:7] if len(dated) >= len("2013-05") else "",
                    FacetName.AUTHOR: next(iter(text.article.authors), ""),
                    FacetName.TAG: next(iter(text.article.tags), ""),
                }[name]
                values = (value,) if choose.random() < 0.7 else (value, "")
                (excluded if choose.random() < 0.3 else chosen)[name] = values
        spans = [choose.choice(self._scanner.texts).span for _ in range(2)]
        is_limited = choose.random() < 0.2
        days = sorted(day for span in spans if span and is_limited for day in span)
        selection = Selection(
            drawn.text,
            sort=choose.choice(list(Sort)),
            chosen=chosen,
            excluded=excluded,
            first=days[0] if days and choose.random() < 0.8 else None,
            last=days[-1] if days and choose.random() < 0.8 else None,
            expand=choose.random() < 0.5,
            exact=True,
        )
        size = choose.choice((1, 3, 10, 100))
        number = choose.choice((1, 1, 2, 3))
        return SearchRequest(selection, number, size, date_histogram=True, most_values=None)

    def _compare(self, asked: Asked, page: SearchPage) -> Iterator[str]:
        request, drawn = asked.request, asked.drawn
        if page.problems:
            yield f"problems: {[str(problem.message) for problem in page.problems]}"
        every = self._scanner.matching(drawn)
        filters = _Filters(request.selection)
        matching = filters.passing(every)
        some = self._scanner.lacking_some(drawn, freely=bool(request.selection.expand))
        partial = None if some is None else filters.passing(some)
        scattered = filters.passing(self._scanner.scattered(drawn))
        yield from _differences("total", page.total, len(matching))
        yield from _differences("total of the scattered", page.scattered_total, len(scattered))
        if partial is not None:
            yield from _differences("total of the second tier", page.partial_total, len(partial))
        for name in FacetName:
            own = filters.passing(every, but=name)
            shown = {value_key(one.value): one.count for one in page.facets[name] if one.count}
            counted = Counter(key for one in own for key in one.values[name])
            yield from _differences(f"facet {name}", shown, dict(counted))
        yield from _compare_timeline(page, matching)
        yield from self._compare_order(asked, page, matching, scattered, partial)
        for hit in page.hits[:_MARKED]:
            yield from self._compare_marks(asked, hit.id)
        for hit in page.hits:
            yield from self._compare_lacking(drawn, hit)

    def _compare_lacking(self, drawn: Drawn, hit: PageHit) -> Iterator[str]:
        """The words that a hit lacks, and the units of which it has every word, but not together."""
        if sum(map(len, drawn.loose)) < 2:
            return
        text, holds = self._by_id[hit.id], self._scanner.holds
        lacking = [word for word in required_words(drawn.loose) if not holds(text, word)]
        yield from _differences(f"what {hit.id} lacks", len(hit.lacks), len(lacking))
        scattered = [
            unit
            for unit in required_units(drawn.loose)
            if all(holds(text, word) for word in unit) and not holds(text, joined(unit))
        ]
        yield from _differences(f"what {hit.id} has scattered", len(hit.scattered), len(scattered))

    def _compare_order(
        self,
        asked: Asked,
        page: SearchPage,
        matching: Sequence[Text],
        scattered: Sequence[Text],
        partial: Sequence[Text] | None,
    ) -> Iterator[str]:
        request = asked.request
        start = (request.page - 1) * request.size
        shown = [hit.id for hit in page.hits]
        if partial is None:  # only what matches can be told
            shown, partial = shown[: max(len(matching) - start, 0)], []
        tiers = [matching, scattered, partial]
        if page.sort is Sort.RELEVANCE:
            if is_mixed(asked.drawn.loose):
                tiers = [[*matching, *scattered, *partial]]
            yield from _compare_ranks(page, start, shown, tiers)
            yield from self._compare_paging(request, page)
        else:
            ordered = [text.article.id for tier in tiers for text in _by_date(tier, page.sort)]
            yield from _differences("order", shown, ordered[start : start + request.size])

    def _compare_paging(self, request: SearchRequest, page: SearchPage) -> Iterator[str]:
        """A page of twice the size is two pages."""
        if request.size > 10 or request.page % 2 == 0:
            return
        ids = [hit.id for hit in page.hits]
        after = self._service.searching.page(replace(request, page=request.page + 1))
        twice = self._service.searching.page(
            replace(request, page=(request.page + 1) // 2, size=2 * request.size)
        )
        yield from _differences("pages", ids + [hit.id for hit in after.hits], [hit.id for hit in twice.hits])

    def _compare_marks(self, asked: Asked, article_id: str) -> Iterator[str]:
        text = self._by_id[article_id]
        page = self._service.reading.article(article_id, asked.request.selection)
        assert page is not None
        marked = {
            (number, place)
            for number, one in enumerate(page.texts)
            for mark in one.marks
            for place in range(mark.start, mark.end)
        }
        expected = self._scanner.marked(text, asked.drawn)
        if marked != expected:
            yield (
                f"marks in {article_id}: too many {sorted(marked - expected)[:9]},"
                f" too few {sorted(expected - marked)[:9]}"
            )


def _differences(what: str, shown: object, expected: object) -> Iterator[str]:
    if shown != expected:
        yield f"{what}: shown {str(shown)[:300]}, scanned {str(expected)[:300]}"


def _compare_ranks(
    page: SearchPage, start: int, shown: Sequence[str], tiers: Sequence[Sequence[Text]]
) -> Iterator[str]:
    """Each article is in its tier, once, and scores descend in each."""
    ranks, scores = {hit.id: hit.rank - 1 for hit in page.hits}, {hit.id: hit.score for hit in page.hits}
    begin = 0
    if len(set(shown)) != len(shown):
        yield "an article is shown twice"
    for tier in tiers:
        ids = {text.article.id for text in tier}
        here = [one for one in shown if begin <= ranks[one] < begin + len(ids)]
        yield from _differences("ids of a tier", [one for one in here if one not in ids], [])
        falling = [scores[one] for one in here]
        yield from _differences("scores", falling, sorted(falling, reverse=True))
        wanted = len(range(max(start, begin), min(start + page.request.size, begin + len(ids))))
        yield from _differences("length of a page", len(here), wanted)
        begin += len(ids)


def _compare_timeline(page: SearchPage, matching: Sequence[Text]) -> Iterator[str]:
    """Each bar counts the articles whose whole span lies in it; the others are in none."""
    if page.timeline is None:
        yield "no date histogram"
        return
    spans = Counter(text.span for text in matching)
    bars = [
        (
            bar.first,
            sum(
                count
                for span, count in spans.items()
                if span and bar.first <= span[0] and span[1] <= bar.last
            ),
        )
        for bar in page.timeline.bars
    ]
    yield from _differences("bars", [(bar.first, bar.count) for bar in page.timeline.bars], bars)
    elsewhere = len(matching) - sum(count for _, count in bars)
    yield from _differences("in no bar", page.timeline.elsewhere, elsewhere)


class _Filters:
    """The filters of a selection."""

    def __init__(self, selection: Selection) -> None:
        self._values = [
            (name, frozenset(map(value_key, some)), wanted)
            for values, wanted in ((selection.chosen, True), (selection.excluded, False))
            for name, some in values.items()
        ]
        self._first, self._last = selection.first, selection.last

    def passing(self, texts: Sequence[Text], but: FacetName | None = None) -> list[Text]:
        """The articles that pass all filters, or all but those of one facet."""
        values = [each for each in self._values if each[0] is not but]
        dated = self._first is not None or self._last is not None
        return [
            text
            for text in texts
            if all(bool(text.values[name] & keys) is wanted for name, keys, wanted in values)
            and (not dated or is_within(text, self._first, self._last))
        ]


def _by_date(texts: Sequence[Text], sort: Sort) -> list[Text]:
    """Newest or oldest first, the undated last, then by id."""

    def key(text: Text) -> tuple[bool, int, str]:
        minute = text.minute
        return not minute, -minute if sort is Sort.NEWEST else minute, text.article.id

    return sorted(texts, key=key)


def _texts(archive: ArchiveReader) -> Iterator[Text]:
    heads = [head for head in archive.heads_since(0) if not head.withdrawn]
    for start in range(0, len(heads), _BATCH):
        batch = heads[start : start + _BATCH]
        archived = archive.articles([head.article_id for head in batch])
        boundaries = archive.words([head.change for head in batch], segmenter())
        for head in batch:
            packed = boundaries.get(head.change, b"")
            joined = bytes(byte >> bit & 1 for byte in packed for bit in range(8))
            yield read_text(archived[head.article_id].article, joined)


def _vocabulary(texts: Sequence[Text]) -> Vocabulary:
    choose = random.Random("vocabulary")  # noqa: S311 - made to be made again
    passages = [
        passage for text in texts for passage in text.passages if passage.number >= 0 and passage.terms
    ]
    runs = []
    for _ in range(_RUNS):
        terms = choose.choice(passages).terms
        start = choose.randrange(len(terms))
        runs.append(terms[start : start + _LONGEST_RUN])
    values = {
        name: [
            passage.terms
            for text in texts
            for passage in text.passages
            if passage.field == name and passage.terms
        ]
        for name in (SOURCE, SECTION, AUTHOR, TAG)
    }
    days = [day for text in texts for day in text.span or ()]
    return Vocabulary(runs, values, min(days, default=date(2013, 1, 1)), max(days, default=date(2014, 1, 1)))
