"""Stories from the command to the terminal: folded on request, seen by a server as they change, verified."""

import json
from pathlib import Path

from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.bootstrap import open_service
from search_app.settings import Settings
from tests.journey.command import khobao
from tests.shared import SAMPLE

BODY = (
    "Sáng nay nước sông Thao vượt báo động hai, ba xã ven sông phải đưa dân lên trường. Trạm bơm chạy hết"
    " công suất, thuyền cứu hộ đã về bến. Chủ tịch huyện nói đê còn giữ được nếu đêm nay không mưa thêm."
)


def write(path: Path, name: str, source: str, published: str) -> Path:
    record = {"id": name, "title": f"Lũ sông Thao, {source}", "body": BODY, "source": source}
    path.write_text(json.dumps(record | {"published": published}, ensure_ascii=False), "utf-8")
    return path


def test_a_reprint_that_is_added_joins_the_story(tmp_path: Path) -> None:
    """The service that was open before sees it, and the earlier print becomes the first."""
    data = tmp_path / "kho"
    assert khobao(data, "add", write(tmp_path / "a.jsonl", "a", "Báo A", "2013-05-02")).code == 0
    service = open_service(Settings(data))
    request = SearchRequest(Selection("lũ sông", collapse_stories=True))
    page = service.searching.page(request)
    assert (page.total, page.stories, page.hits[0].first) == (1, 1, None)
    assert khobao(data, "add", write(tmp_path / "b.jsonl", "b", "Báo B", "2013-05-01")).code == 0
    page = service.searching.page(request)
    assert (page.total, page.stories, page.pages) == (2, 1, 1)
    (hit,) = page.hits
    assert (hit.collapsed, hit.first and hit.first.id, hit.first_dated) == (1, "b", True)
    said = khobao(data, "search", "lũ sông", "--stories", language="vi").out
    assert "2 bài · 1 tin" in said
    assert "và 1 bài khác cùng tin này" in said
    assert khobao(data, "search", "lũ sông", "--json").json["stories"] == 1


def test_stories_that_are_damaged_take_no_page_from_a_service_that_is_open(tmp_path: Path) -> None:
    """It knows the stories that it opened the index with; only the line on the first print is missing."""
    data = tmp_path / "kho"
    for name, day in (("a", "2013-05-02"), ("b", "2013-05-01")):
        assert khobao(data, "add", write(tmp_path / f"{name}.jsonl", name, f"Báo {name}", day)).code == 0
    service = open_service(Settings(data))
    request = SearchRequest(Selection("lũ sông", collapse_stories=True))
    (hit,) = service.searching.page(request).hits
    assert hit.first is not None
    path = Settings(data).stories
    damaged = path.read_bytes()
    path.unlink()
    path.write_bytes(damaged[: len(damaged) // 2])
    (again,) = service.searching.page(request).hits
    assert (again.id, again.collapsed, again.first) == (hit.id, 1, None)


DAM = (
    "Đập Khe Rùa xả lũ từ chiều qua. Dân ba thôn dưới đập Khe Rùa đã lên trường ở tạm, trâu bò được dắt lên"
    " đồi. Kỹ sư trực ở đập Khe Rùa nói nước còn lên đến sáng, nhưng thân đập vẫn vững, chẳng phải lo."
)
YEARS = (
    "Mười năm sau ngày khánh thành, đập Khe Rùa tưới được bốn nghìn mẫu ruộng. Cá nuôi ở hồ Khe Rùa bán xuống"
    " tận đồng bằng. Người trông đập Khe Rùa kể mùa cạn vừa rồi là mùa đầu tiên không nhà nào phải bỏ vụ."
)


def test_similar_articles_are_of_other_stories_and_each_stands_once(tmp_path: Path) -> None:
    """Prints of the article's own text, under whatever headline, stand where its story is told."""
    data, path = tmp_path / "kho", tmp_path / "all.jsonl"
    records = [
        {"id": f"{name}{number}", "title": f"{headline} đập Khe Rùa", "body": text}
        for name, text in (("a", DAM), ("b", YEARS))
        for number, headline in enumerate(("Tin về", "Chuyện của", "Những"), 1)
    ]
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
    assert khobao(data, "add", SAMPLE, path).code == 0  # in a few articles no word is telling
    service = open_service(Settings(data))
    archived = service.browse.versions("a2")[-1]
    found = [similar.article.id[0] for similar in service.browse.similar(archived)]
    assert (found.count("a"), found.count("b")) == (0, 1), found


def test_verify_looks_at_the_stories_and_rebuild_mends_them(tmp_path: Path) -> None:
    data = tmp_path / "kho"
    assert khobao(data, "add", write(tmp_path / "a.jsonl", "a", "Báo A", "2013")).code == 0
    assert khobao(data, "verify").code == 0
    Settings(data).stories.unlink()
    ran = khobao(data, "verify")
    assert ran.code == 3
    assert "stories" in ran.out
    assert khobao(data, "search", "lũ sông").code == 0, "articles are found without them, each its own story"
    assert khobao(data, "rebuild").code == 0
    assert khobao(data, "verify").code == 0
