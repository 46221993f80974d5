"""From the data folder to the terminal: what is searched besides is found, marked, said and switched off."""

from pathlib import Path

import pytest

from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.settings import Settings
from tests.journey.command import khobao

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("widening")
    assert khobao(folder, "add", SAMPLE).code == 0
    return folder


@pytest.fixture(scope="module")
def service(data: Path) -> Service:
    return open_service(Settings(data))


def total(service: Service, query: str, *, expand: bool = True) -> int:
    return service.searching.page(SearchRequest(Selection(query, expand=expand))).total


def test_both_names_find_the_articles_of_both(service: Service) -> None:
    both = total(service, 'ubnd OR "ủy ban nhân dân"')
    assert total(service, "ubnd") == total(service, "ủy_ban_nhân_dân") == both
    assert total(service, "ubnd", expand=False) < both
    assert total(service, '"ubnd"') == total(service, "ubnd", expand=False)


def test_the_other_name_is_marked_in_the_list_and_in_the_article(service: Service) -> None:
    page = service.searching.page(SearchRequest(Selection("hội_đồng_nhân_dân"), size=50))
    parts = [part for hit in page.hits for part in (*hit.title, *hit.snippet) if part.hit]
    assert "HĐND" in [part.text for part in parts]
    hit = next(hit for hit in page.hits if any(part.hit and part.text == "HĐND" for part in hit.title))
    for expand, marked in ((None, True), (False, False)):
        article = service.reading.article(hit.id, Selection("hội_đồng_nhân_dân", expand=expand))
        assert article is not None
        assert any(part.hit and part.text == "HĐND" for part in article.texts[0].fragments()) is marked


def test_one_is_switched_off_and_all_are(service: Service) -> None:
    page = service.searching.page(SearchRequest(Selection("ubnd", not_also=("uỷ ban nhân dân",))))
    assert [(one.also, one.used) for one in page.expansions] == [("Ủy ban nhân dân", False)]
    assert page.total == total(service, "ubnd", expand=False)
    page = service.searching.page(SearchRequest(Selection("ubnd", expand=False)))
    assert (page.expands, [one.used for one in page.expansions]) == (False, [False])


def test_the_setting_is_what_holds_where_nobody_says(data: Path) -> None:
    quiet = open_service(Settings(data, expansion=False))
    assert quiet.searching.page(SearchRequest(Selection("ubnd"))).total == total(quiet, "ubnd", expand=False)
    assert total(quiet, "ubnd", expand=True) > total(quiet, "ubnd", expand=False)


def test_a_province_of_before_is_offered(service: Service) -> None:
    page = service.searching.page(SearchRequest(Selection("lũ Yên Bái")))
    assert [(one.also, one.query) for one in page.offers][:1] == [("Lào Cai", "lũ Lào_Cai")]
    assert page.total == total(service, "lũ Yên Bái", expand=False)


def test_a_run_is_expanded_as_a_search_is(service: Service) -> None:
    ranked = service.exporting.ranked
    ids = {hit.id for hit in ranked(Selection("ubnd"), 100)}
    assert len(ids) == total(service, "ubnd")
    assert len(ranked(Selection("ubnd", expand=False), 100)) == total(service, "ubnd", expand=False)


def test_the_terminal_says_it_and_switches_it_off(data: Path) -> None:
    said = khobao(data, "search", "ubnd").out
    assert "Also searched: Ủy ban nhân dân (only what was typed: --no-widening)" in said
    assert "Also searched" not in khobao(data, "search", "--no-widening", "ubnd").out
    offered = khobao(data, "search", "lũ Yên Bái").out
    assert "? Yên Bái (until 30/6/2025) now belongs to Lào Cai: khobao search 'lũ Lào_Cai'" in offered


def test_a_faulty_table_of_the_staff_is_the_operators_to_mend(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / "ours.tsv").write_text("spellings\tcategory\tsource\nSa Pa\tx\ty\n", "utf-8")
    (tmp_path / "archive.sqlite").write_bytes((data / "archive.sqlite").read_bytes())
    ran = khobao(tmp_path, "search", "ubnd")
    assert ran.code == 3
    assert "ours.tsv, line 2: “Sa Pa” has no other spelling" in ran.err
