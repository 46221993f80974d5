"""How does a chart over time say what it counts, and out of what? Before it is read, and at each point."""

from collections.abc import Iterator

from corpus.message import Message, say
from search_app.answer.counting.dated import RowKind
from search_app.answer.counting.series import Measure, Point, Scale, Series, Trend
from search_app.answer.counting.source_coverage import SourceNote
from search_app.answer.periods import TimeUnit
from search_app.facets import FACETS
from search_app.formats.answers.timeline import NOTES
from search_app.language import number_text, translator
from search_app.web.periods import period_text
from search_app.web.trend_chart import ChartWords, axis_text

_FEW_DATED = 0.5
"""Where less of what is held stands in the periods and beside them, few dates are known."""

KINDS: dict[RowKind, Message] = {
    RowKind.COARSE: say("Dated less exactly than a period"),
    RowKind.UNDATED: say("Undated"),
    RowKind.GUESSED: say("Date guessed"),
    RowKind.OUTSIDE: say("Held before and after the periods"),
}

UNITS: dict[TimeUnit, Message] = {
    TimeUnit.DAY: say("by day"),
    TimeUnit.WEEK: say("by week"),
    TimeUnit.MONTH: say("by month"),
    TimeUnit.QUARTER: say("by quarter"),
    TimeUnit.YEAR: say("by year"),
    TimeUnit.DECADE: say("by decade"),
}

_FIGURES: dict[tuple[Measure, Scale], Message] = {
    (Measure.ARTICLES, Scale.ABSOLUTE): say("Articles"),
    (Measure.HITS, Scale.ABSOLUTE): say("Hits"),
    (Measure.STORIES, Scale.ABSOLUTE): say("Stories"),
    (Measure.ARTICLES, Scale.RELATIVE): say("Articles in a thousand"),
    (Measure.HITS, Scale.RELATIVE): say("Hits in a million"),
    (Measure.STORIES, Scale.RELATIVE): say("Stories in a thousand"),
}

_WHAT: dict[tuple[Measure, Scale], Message] = {
    (Measure.ARTICLES, Scale.ABSOLUTE): say("Articles, {unit}"),
    (Measure.HITS, Scale.ABSOLUTE): say("Hits, {unit}"),
    (Measure.STORIES, Scale.ABSOLUTE): say("Stories, {unit}"),
    (Measure.ARTICLES, Scale.RELATIVE): say("Articles in a thousand held, {unit}"),
    (Measure.HITS, Scale.RELATIVE): say("Hits in a million syllables held, {unit}"),
    (Measure.STORIES, Scale.RELATIVE): say("Stories in a thousand held, {unit}"),
}

_BESIDES: dict[RowKind, Message] = {
    RowKind.UNDATED: say("undated: {count}"),
    RowKind.COARSE: say("dated less exactly: {count}"),
    RowKind.GUESSED: say("date guessed: {count}"),
}


class TrendWords:
    """The sentences of a trend in a language."""

    def __init__(self, trend: Trend, language: str) -> None:
        self._trend = trend
        self._language = language
        self._translate = translator(language)

    def of_chart(self) -> ChartWords:
        """What the chart says."""
        return ChartWords(
            self.title,
            [*self.warnings, *self.counted, *self.besides],
            self.names,
            self._say(say("Nothing is held of then: a gap, and no zero")),
            self.point,
            self.note,
            self._language,
        )

    @property
    def title(self) -> str:
        """What the chart shows."""
        asked = self._trend.request
        unit = UNITS[self._trend.unit].render(self._translate)
        return self._say(_WHAT[asked.measure, asked.scale], unit=unit)

    @property
    def measure(self) -> str:
        """What the figures of several series are."""
        return self._say(_FIGURES[self._trend.request.measure, self._trend.request.scale])

    @property
    def held(self) -> str:
        """What the figures of several series are measured against."""
        is_hits = self._trend.request.measure is Measure.HITS
        return self._say(say("Syllables held") if is_hits else say("Articles held"))

    @property
    def names(self) -> list[str]:
        """The names of the series."""
        return [self._name(series) for series in self._trend.series]

    def _name(self, series: Series) -> str:
        split = self._trend.request.split
        if split is not None:
            if series.rest:
                return self._say(say("the others"))
            return series.value or FACETS[split].none.render(self._translate)
        return series.query.strip() or self._say(say("The whole archive"))

    @property
    def warnings(self) -> list[str]:
        """What has to be known before the chart is read."""
        found = []
        held, dated = self._trend.held, self._trend.dated
        if dated < _FEW_DATED * held:
            found.append(
                self._say(
                    say(
                        "Few dates are known: of {held} articles held, {dated} have one that a period can"
                        " hold. The chart tells nothing of the other {others}."
                    ),
                    held=self.figure(held),
                    dated=self.figure(dated),
                    others=self.figure(held - dated),
                )
            )
        periods = list(zip(*(series.periods for series in self._trend.series), strict=True))
        gaps = sum(not any(point.is_held for point in points) for points in periods)
        thin = sum(any(point.is_thin for point in points) for points in periods)
        if gaps:
            found.append(
                self._say(
                    say("Of {gaps} of {count} periods nothing is held: they are hatched, gaps and no zeros."),
                    gaps=self.figure(gaps),
                    count=self.figure(len(periods)),
                )
            )
        if thin:
            found.append(
                self._say(
                    say(
                        "In {thin} periods little is held, and their figures say little: they are pale, as"
                        " bars on a pale ground, and relative ones beyond the scale stand at its edge."
                    ),
                    thin=self.figure(thin),
                )
            )
        return found

    @property
    def counted(self) -> list[str]:
        """What is counted, and out of what: a sentence for each series."""
        return [self._counted(series) for series in self._trend.series]

    def _counted(self, series: Series) -> str:
        values = {
            "name": self._name(series),
            "articles": self.figure(series.articles),
            "hits": self.figure(series.hits),
            "stories": self.figure(series.stories),
            "held": self.figure(series.held_articles),
            "syllables": self.figure(series.held_syllables),
        }
        if series.stories is None:
            return self._say(say("{name}: {articles} articles, out of {held} held."), **values)
        if series.hits is None:
            return self._say(
                say("{name}: {articles} articles, {stories} stories, out of {held} articles held."), **values
            )
        return self._say(
            say(
                "{name}: {hits} hits in {articles} articles, {stories} stories, out of {held} articles and"
                " {syllables} syllables held."
            ),
            **values,
        )

    @property
    def besides(self) -> list[str]:
        """What the chart does not show: matching articles in no period, or left out for their dates."""
        return [sentence for series in self._trend.series for sentence in self._besides(series)]

    def _besides(self, series: Series) -> Iterator[str]:
        name = self._name(series)
        counts = {kind: series.row(kind).articles for kind in _BESIDES}
        if any(counts.values()):
            parts = [
                self._say(_BESIDES[kind], count=self.figure(count)) for kind, count in counts.items() if count
            ]
            yield self._say(
                say("{name}: {count} articles are in no period ({parts})."),
                name=name,
                count=self.figure(sum(counts.values())),
                parts="; ".join(parts),
            )
        if series.excluded_undated and self._trend.request.split is None:
            yield self._say(
                say(
                    "{name}: {count} more match, but the dates asked for leave them out: theirs are not"
                    " known, or not exactly enough."
                ),
                name=name,
                count=self.figure(series.excluded_undated),
            )

    @property
    def of_stories(self) -> str:
        """Why the search behind a figure can find more, where stories are counted; else empty."""
        asked = self._trend.request
        if not asked.selection.collapse_stories and asked.measure is not Measure.STORIES:
            return ""
        return self._say(
            say(
                "A story counts in the period of its first print that matches. The search of a period finds"
                " each story that has a matching print there, and so can find more."
            )
        )

    @property
    def corrections(self) -> Iterator[tuple[str, str]]:
        """Typed queries that found nothing, each with the correction that was counted."""
        return (
            (series.corrected_from, series.query) for series in self._trend.series if series.corrected_from
        )

    def point(self, series: Series, point: Point) -> str:
        """What is said of a point."""
        asked = self._trend.request
        when = period_text(self._trend.unit, point.first, self._language) if point.first else ""
        said = self._say(
            _POINTS[asked.measure],
            name=self._name(series),
            when=when,
            count=self.figure(point.value(asked.measure, Scale.ABSOLUTE)),
            held=self.figure(point.held_articles),
            syllables=self.figure(point.held_syllables),
        )
        if asked.scale is Scale.RELATIVE:
            share = self.figure(point.value(asked.measure, Scale.RELATIVE))
            said = self._say(_SHARES[asked.measure], said=said, share=share)
        return self._say(say("{said} (little is held)"), said=said) if point.is_thin else said

    def note(self, note: SourceNote) -> str:
        """What is said of a source's coverage."""
        unit = self._trend.unit
        return self._say(
            NOTES[note.event],
            source=note.source or self._say(say("no source given")),
            when=period_text(unit, note.first, self._language),
            first=period_text(TimeUnit.DAY, note.first, self._language),
            last=period_text(TimeUnit.DAY, note.last, self._language),
        )

    def figure(self, value: float | None) -> str:
        """A figure; a dash where there is none."""
        if value is None:
            return "–"
        return (
            axis_text(value, self._language)
            if isinstance(value, float)
            else number_text(value, self._language)
        )

    def _say(self, message: Message, **values: str) -> str:
        return Message(message.template, values).render(self._translate)


_POINTS: dict[Measure, Message] = {
    Measure.ARTICLES: say("{name}, {when}: {count} articles out of {held} held"),
    Measure.HITS: say("{name}, {when}: {count} hits out of {syllables} syllables held"),
    Measure.STORIES: say("{name}, {when}: {count} stories out of {held} articles held"),
}

_SHARES: dict[Measure, Message] = {
    Measure.ARTICLES: say("{said}: {share} in a thousand"),
    Measure.HITS: say("{said}: {share} in a million"),
    Measure.STORIES: say("{said}: {share} in a thousand"),
}
