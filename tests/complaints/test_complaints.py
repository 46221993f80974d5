"""What people with Vietnamese text complained of elsewhere, each as a test that it does not happen here.

A name is the repository and the number of its issue. What belongs to imports (TCVN3, VNI) is tested there.
"""

import unicodedata
from pathlib import Path

import pytest

from corpus.archive import ArchiveReader
from indexer.build import build
from search_app.answer.collation import collation_key
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, writing
from search_app.formats.citations import Style, cite
from search_app.settings import Settings
from search_app.web.citations import cited
from tests.corpus.records import reading

TEXTS = {
    "thuy": ("Chị Thuỵ về quê", "Chị Thụy kể chuyện làng."),
    "nang": ("Bình xịt chống nắng", "Loại xịt chống nắng mới được bán ở chợ."),
    "cho": ("Con chó trông nhà", "Con chó già nằm ngoài hiên."),
    "chò": ("Cây chò nâu", "Rừng có cây chò nghìn năm."),
    "dinh": ("Đình làng Đông", "Đình được dựng năm Đinh Dậu."),
    "viet": ("Việt Nam vào hè", "Khách đến Việt Nam đông."),
    "lu": ("Lũ ở Hòa Bắc", "Xã Hòa Bắc gọi thuyền cứu hộ."),
    "benh": ("Trạm y tế xã", "Bệnh cúm lan nhanh."),
    "duong1": ("Đường mới", "Con đường ven sông đã thông."),
    "duong2": ("Dương xỉ", "Lá dương xỉ xanh quanh năm."),
    "duong3": ("Chữ không dấu", "Biển đề chữ duong."),
    "an": ("Nguyễn Văn A mở xưởng", "Ông Nguyễn Văn A làm mộc."),
    "an2": ("Anh Nguyên học vẽ", "Văn của anh có chữ a đầu câu, nguyên bản."),
    "cham": ("Mưa tạnh.Nắng lên", "Trời sáng.Dân ra đồng."),
    "ky": ("Kĩ sư trẻ", "Người kĩ sư về bản."),
    "ha1": ("Hà Nội mưa", "Phố ở Hà Nội ngập."),
    "ha2": ("Hanoi Times", "Báo Hanoi Times nói về hà mã và nơi ở, có chữ nội."),
    "ha3": ("Con hà", "Hà bám mạn thuyền, ai nói gì đâu."),
    "hoa": ("Toà án xét xử", "Toà tuyên án lúc chín giờ."),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(tmp_path_factory.mktemp("complaints"))
    with writing(made) as archive, index_writer(made) as writer:
        archive.store(
            [
                reading(key, title, lede="", paragraphs=(text,), authors=("Nguyễn Thị Minh Khai",))
                for key, (title, text) in TEXTS.items()
            ]
        )
        build(archive, writer, lambda _done, _total: None, workers=0)
    return made


@pytest.fixture(scope="module")
def service(settings: Settings) -> Service:
    return open_service(settings)


def matches(service: Service, query: str) -> list[str]:
    """The articles that match, in their order."""
    return [
        hit.id
        for hit in service.searching.page(SearchRequest(Selection(query), size=50)).hits
        if not hit.lacks
    ]


def marked(service: Service, query: str, article_id: str) -> list[str]:
    """What is marked in an article that a query found."""
    found = service.reading.article(article_id, Selection(query))
    assert found is not None
    return [part.text for text in found.texts for part in text.fragments() if part.hit]


@pytest.mark.parametrize("typed", ["thuỵ", "thụy", "Thụy", "thuy"])
def test_typesense_501_both_places_of_the_tone_are_one_word(service: Service, typed: str) -> None:
    assert matches(service, typed) == ["thuy"]
    assert marked(service, typed, "thuy") == ["Thuỵ", "Thụy"]


def test_typesense_2081_words_without_marks_are_found(service: Service) -> None:
    assert matches(service, "xit chong nang") == ["nang"]


def test_typesense_950_a_dog_is_not_a_tree(service: Service) -> None:
    assert matches(service, "chó") == ["cho"]
    assert matches(service, "chò") == ["chò"]


def test_nukeviet_1727_d_with_its_bar_is_reached_without(service: Service) -> None:
    assert matches(service, "dinh lang dong") == ["dinh"]
    assert matches(service, "đinh") == ["dinh"]


def test_nukeviet_2826_what_is_found_without_marks_is_lit_up(service: Service) -> None:
    assert marked(service, "xit chong nang", "nang") == ["xịt chống nắng", "xịt chống nắng"]
    page = service.searching.page(SearchRequest(Selection("xit chong nang")))
    assert any(part.hit for part in page.hits[0].snippet)


@pytest.mark.parametrize("typed", ["Viet Nam", "viet nam", "VIET NAM", "việt nam", "Vietnam"])
def test_vuepress_1256_the_country_is_found_however_it_is_typed(service: Service, typed: str) -> None:
    assert matches(service, typed) == ["viet"]


@pytest.mark.parametrize("typed", ["Hòa Bắc", "Hoà Bắc", "hoa bac", "hòa bắc"])
def test_cuuhomientrung_125_a_place_needs_no_certain_place_of_its_tone(service: Service, typed: str) -> None:
    assert matches(service, typed)[0] == "lu"


def test_obsidian_omnisearch_158_the_exact_name_comes_first_and_whole(service: Service) -> None:
    assert matches(service, "Nguyễn Văn A")[0] == "an"
    assert marked(service, "Nguyễn Văn A", "an") == ["Nguyễn Văn A", "Nguyễn Văn A"]


def test_deja_vu_1872_decomposed_letters_are_the_same_letters(service: Service) -> None:
    assert matches(service, unicodedata.normalize("NFD", "bệnh")) == ["benh"]
    assert marked(service, unicodedata.normalize("NFD", "bệnh"), "benh") == ["Bệnh"]


def test_carmen_611_a_mark_that_is_typed_binds_and_what_lacks_it_comes_after(service: Service) -> None:
    assert matches(service, "đường") == ["duong1"]
    assert set(matches(service, "duong")) == {"duong1", "duong2", "duong3"}
    after = [
        hit for hit in service.searching.page(SearchRequest(Selection("đường"), size=50)).hits if hit.lacks
    ]
    assert {hit.id for hit in after} == {"duong2", "duong3"}
    assert all(hit.lacks == ("đường",) for hit in after)


def test_id_3236_folding_helps_who_wants_it_and_nobody_else(service: Service) -> None:
    """Marks are folded where none is typed; where one is, and in quotes, nothing is."""
    assert len(matches(service, "duong")) == 3
    assert matches(service, '"duong"') == ["duong3"]


def test_pgroonga_418_with_or_without_marks_is_chosen_a_search(service: Service) -> None:
    assert matches(service, "dương") == ["duong2", "duong1"]  # without its tone mark: đ and tone are free
    assert matches(service, '"dương"') == ["duong2"]
    (counts,) = service.searching.page(SearchRequest(Selection("duong"))).readings
    assert {one.text: one.count for one in counts.readings} == {"đường": 1, "dương": 1, "duong": 1}
    for one in counts.readings:
        assert len(matches(service, one.query)) == one.count


def test_counts_of_readings_are_what_their_links_find_also_beside_other_names(service: Service) -> None:
    """Hanoi is Hà Nội too: what is read is counted without it, and so the links ask."""
    page = service.searching.page(SearchRequest(Selection("ha noi"), size=50))
    for word in page.readings:
        for one in word.readings:
            assert (
                service.searching.page(SearchRequest(Selection(one.query, expand=False))).total == one.count
            )


def test_giapha_os_33_a_name_without_marks_finds_the_name(service: Service) -> None:
    assert matches(service, "nguyen van a")[0] == "an"


@pytest.mark.parametrize("text", [text for texts in TEXTS.values() for text in texts])
def test_duydo_12_25_29_52_offsets_are_those_of_the_text(service: Service, text: str) -> None:
    """Whatever is marked, the parts put together are the text: no offset lies elsewhere."""
    key = next(key for key, texts in TEXTS.items() if text in texts)
    for query in (text, text.lower(), unicodedata.normalize("NFD", text)):
        found = service.reading.article(key, Selection(query))
        assert found is not None
        assert text in ["".join(part.text for part in one.fragments()) for one in found.texts]


@pytest.mark.parametrize("odd", ["a" * 900, "😀 Hà Nội", "𝐇à", "ế" * 500, "\u200b", "%$#@!", "((((", '"""'])
def test_duydo_61_88_89_no_text_and_no_query_is_a_crash(tmp_path: Path, odd: str) -> None:
    settings = Settings(tmp_path)
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store([reading("la", "Tin lạ", paragraphs=(odd,))])
        build(archive, writer, lambda _done, _total: None, workers=0)
    service = open_service(settings)
    assert service.searching.page(SearchRequest(Selection("tin lạ"))).total == 1
    service.searching.page(SearchRequest(Selection(odd)))


def test_duydo_53_lower_case_does_not_split_the_country(service: Service) -> None:
    """Words are cut with the article's own capitals; a query has none to lose."""
    assert matches(service, 'từ:"việt nam"') == matches(service, 'từ:"Việt Nam"') == ["viet"]


def test_underthesea_221_291_536_a_full_stop_is_not_glued_to_the_next_word(service: Service) -> None:
    assert matches(service, "tạnh") == matches(service, "nắng lên") == ["cham"]
    assert matches(service, '"sáng dân"') == ["cham"]
    assert marked(service, "tạnh", "cham") == ["tạnh"]


def test_vncorenlp_39_what_came_in_with_its_tone_there_goes_out_so(service: Service) -> None:
    found = service.searching.page(SearchRequest(Selection("Tòa án"))).hits[0]
    assert "".join(part.text for part in found.title) == "Toà án xét xử"
    assert marked(service, "Tòa", "hoa") == ["Toà", "Toà"]


@pytest.mark.parametrize("style", list(Style))
def test_csl_styles_6781_nameparser_146_a_name_is_cited_whole(settings: Settings, style: Style) -> None:
    with ArchiveReader(settings.archive) as archive:
        kept = archive.article("viet")
    assert kept is not None
    app = create_app(open_service(settings), settings)
    with app.test_request_context("/"):
        assert "Nguyễn Thị Minh Khai" in cite(style, [cited(kept)])


def test_clickhouse_10032_letters_stand_in_the_order_of_the_alphabet() -> None:
    names = ["Đồng Nai", "Dak Lak", "Ăn", "An", "Ân", "Ế", "Em", "Ơn", "Ong", "Ông", "Yên"]
    assert sorted(names, key=collation_key) == [
        "An", "Ăn", "Ân", "Dak Lak", "Đồng Nai", "Em", "Ế", "Ong", "Ông", "Ơn", "Yên",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["kỹ sư", "kĩ sư", "ky su", "ki su"])
def test_d2l_vi_364_i_and_y_are_one_where_both_are_printed(service: Service, typed: str) -> None:
    assert matches(service, typed) == ["ky"]
