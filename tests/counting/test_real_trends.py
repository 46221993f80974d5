"""Nulls and sums over every period of articles of both real corpora."""

import json
from pathlib import Path

import pytest

from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from indexer.build import build
from indexer.stories.update import update_stories
from search_app.answer.counting.dated import RowKind
from search_app.answer.counting.series import TrendRequest
from search_app.answer.periods import TimeUnit
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.shared import real_records

RECORDS = 300


@pytest.fixture(scope="module", params=["baomoi-2013.jsonl.xz", "vietnews-105k.jsonl.xz"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("real")
    lines = [json.dumps(record, ensure_ascii=False) for record in real_records(request.param, RECORDS)]
    path: Path = folder / "records.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    made = Settings(folder / "data")
    with writing(made) as archive, index_writer(made) as writer:
        ingest([path], archive, options=ImportOptions(), on_progress=lambda _: None)
        build(archive, writer, lambda _done, _total: None, workers=0)
        update_stories(archive, made.stories, lambda _done, _total: None)
    return open_service(made)


@pytest.mark.parametrize("stories", [False, True])
@pytest.mark.parametrize("unit", TimeUnit)
@pytest.mark.parametrize("query", ["", "năm", '"công ty"', "tiêu_đề:giá"])
def test_rows_of_every_period_add_up(service: Service, query: str, unit: TimeUnit, *, stories: bool) -> None:
    selection = Selection(query, collapse_stories=stories, exact=True)
    (series,) = service.trends.trend(TrendRequest(selection, unit=unit)).series
    counted = service.counting.count(selection)
    assert (series.articles, series.stories, series.hits) == (counted.articles, counted.stories, counted.hits)
    assert (series.held_articles, series.held_syllables) == (counted.held_articles, counted.held_syllables)
    for point in series.points:
        assert point.articles <= point.held_articles
        assert (point.stories or 0) <= (point.held_stories or 0)
        if point.kind is RowKind.PERIOD and not point.is_held:
            assert (point.per_thousand, point.per_million) == (None, None)
    for point in series.periods:
        assert point.first is not None
        assert point.last is not None
        within = Selection(query, collapse_stories=False, exact=True, first=point.first, last=point.last)
        if not stories and point.articles:
            assert service.searching.count(within) == point.articles + (point.guessed or 0)
