"""What can be looked at beside a search? Neighbours, what is alike, and what is held of the sample corpus."""

from collections import Counter
from datetime import date
from unicodedata import normalize

import pytest

from corpus.archived import ArchivedArticle
from corpus.article import Article
from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from indexer.build import build
from search_app.answer.pages import SearchRequest
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.shared import SAMPLE


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    made = Settings(tmp_path_factory.mktemp("browse"))
    with writing(made) as archive, index_writer(made) as writer:
        paths = sorted(SAMPLE.glob("*.jsonl"))
        ingest(paths, archive, options=ImportOptions(), on_progress=lambda _: None)
        build(archive, writer, lambda _done, _total: None, workers=0)
    return open_service(made)


def _place(article: Article) -> tuple[str, str]:
    """Where it was printed, whatever the form of its letters."""
    return normalize("NFC", article.source), normalize("NFC", article.section)


def of(service: Service, article_id: str) -> ArchivedArticle:
    (found,) = service.browse.kept([article_id])
    return found


def test_kept_articles_come_in_their_order_and_unknown_ones_do_not(service: Service) -> None:
    found = service.browse.kept(["khdm-2013-001", "nobody", "bsh-2014-002", "khdm-2013-001"])
    assert [one.article.id for one in found] == ["khdm-2013-001", "bsh-2014-002"]


def test_earlier_and_later_lead_through_a_section_and_back(service: Service) -> None:
    ids = [hit.id for hit in service.searching.page(SearchRequest(size=100)).hits]
    known = {one.article.id: one for one in service.browse.kept(ids)}
    days = [one for one in known.values() if (span := one.article.published.span) and span[0] == span[1]]
    steps = {one.article.id: service.browse.neighbours(one) for one in days}
    assert any(step.earlier and step.later for step in steps.values())
    for article_id, step in steps.items():
        here = known[article_id].article
        for other in (step.earlier, step.later):
            if other is not None:
                assert _place(other.article) == _place(here)
        if step.earlier and step.earlier.article.id in steps:
            back = steps[step.earlier.article.id].later
            assert back is not None
            assert back.article.id == article_id


def test_an_article_without_its_day_has_no_neighbours(service: Service) -> None:
    found = service.browse.neighbours(of(service, "bsh-2009-001"))
    assert (found.earlier, found.later) == (None, None)


@pytest.mark.parametrize(
    ("article_id", "alike"),
    [("ktcl-2013-001", "Giá vàng vượt 130 triệu đồng"), ("bsh-2014-002", "Chuyến tàu đêm ngược sông Hồng")],
)
def test_what_is_alike_shares_telling_words(service: Service, article_id: str, alike: str) -> None:
    here = of(service, article_id)
    found = service.browse.similar(here)
    assert alike in found[0].article.title
    titles = Counter(one.article.title for one in (here, *found))
    assert set(titles.values()) == {1}


def test_what_is_held_adds_up(service: Service) -> None:
    held = service.browse.held()
    assert held.articles == service.searching.page(SearchRequest()).total
    assert sum(bar.count for bar in held.line.bars) + held.line.elsewhere == held.articles
    assert held.first == (date(2009, 1, 1), date(2009, 12, 31))
    assert held.sources[0]
    assert held is service.browse.held()


def test_a_day_is_remembered_in_other_years_only(service: Service) -> None:
    found = service.browse.on_this_day(date(2013, 9, 13), 50)
    assert found.total == len(found.articles) > 0
    assert {one.article.published.text[4:10] for one in found.articles} == {"-09-13"}
    assert "2013" not in {one.article.published.text[:4] for one in found.articles}
    assert service.browse.on_this_day(date(2024, 2, 29), 5).articles == ()
