"""A text file is an article only where it looks like one; a false article is worse than a refusal."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.ingest import ingest_files
from corpus.readers.folder import files_of
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from tests.corpus.records import AT, articles, quiet, read_bytes, refusals

_ARTICLE = "Bến đò Vân Sa mở lại\n\nSáng 4/3, chuyến đò đầu tiên đã sang sông.\n\nKhách đi không mất tiền.\n"
_SHORT = "Tin vắn\n\nMưa to suốt đêm."
_PARTS = "Chợ phiên vùng cao\n\nNgười bán\n\nBà con đến chợ từ bốn giờ sáng.\n\nNgười mua\n\nKhách ở xa lên."
_QUOTES = "Thầy giáo già và lớp học đêm\n\n“Tôi dạy đến khi nào còn sức.”\n\nLớp học có mười hai người."


@pytest.mark.parametrize("text", [_ARTICLE, _SHORT, _PARTS, _QUOTES])
def test_a_headline_with_sentences_below_it_is_an_article(tmp_path: Path, text: str) -> None:
    assert len(articles(read_bytes(tmp_path, text.encode(), "a.txt"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "vks#viện kiểm sát\nhtx#hợp tác xã\nbch#ban chấp hành.\n",
        "cau-1 0 bai-7 1\ncau-1 0 bai-9 0\ncau-2 0 bai-3 1\n",
        "Hà Nội\nHải Phòng\nĐà Nẵng\nCần Thơ\n",
        "Việc phải làm\n\n- mua giấy\n- gọi thợ mộc\n- hỏi lịch in\n- trả sách\n",
        "từ\nnghĩa\nvần\nđiệu\nthơ.\nca.\n",
        "2013-05-01;12\n2013-05-02;14\n2013-05-03;9\n",
        "mạng = nội bộ\ncổng = 5000\n",
    ],
)
def test_a_list_is_refused_and_can_be_forced(tmp_path: Path, text: str) -> None:
    (refused,) = refusals(read_bytes(tmp_path, text.encode(), "a.txt"))
    assert refused.reason == "not-an-article"
    file = SourceFile.on_disk(tmp_path / "a.txt", AT)
    (taken,) = records_of(file, ImportOptions(format="plain"), Tally())
    assert articles([taken])


def test_a_text_that_begins_without_a_headline_gets_its_first_words(tmp_path: Path) -> None:
    opening = "Đêm qua mưa to trên cả ba xã ven sông, nước lên nhanh và tràn qua đoạn đê cũ. " * 4
    (found,) = articles(read_bytes(tmp_path, f"{opening}\n\nDân đã dời lên đồi.\n".encode(), "a.txt"))
    assert found.title == "[Đêm qua mưa to trên cả ba xã ven sông, nước lên nhanh và tràn qua đoạn…]"
    assert (found.lede, found.paragraphs) == (opening.strip(), ("Dân đã dời lên đồi.",))


@pytest.mark.parametrize("length", [40, 249])
def test_a_short_first_line_is_the_headline_as_before(tmp_path: Path, length: int) -> None:
    first = ("Mưa to. " * 40)[:length].strip()
    (found,) = articles(read_bytes(tmp_path, f"{first}\n\nNước lên nhanh.\n".encode(), "a.txt"))
    assert (found.title, found.lede) == (first, "Nước lên nhanh.")


@pytest.mark.slow
def test_of_all_that_lies_beside_the_project_only_articles_are_taken(shared: Path, archive: Archive) -> None:
    """All but the two corpora: the receipt adds up, each refusal has its reason."""
    parts = ("pages", "warc", "seed", "spelling", "abbreviations", "relevance")
    paths = [path for part in parts if (path := shared / part).exists()]
    found = [
        *files_of(paths, ImportOptions(), AT),
        *files_of(sorted(shared.glob("*.md")), ImportOptions(), AT),
    ]
    receipt = ingest_files(found, archive, options=ImportOptions(), on_progress=quiet)
    assert receipt.adds_up
    refused = list(archive.refusals())
    assert len(refused) == receipt.refused
    assert all(one.reason and str(one.message) for one in refused)
    kept = archive.articles([head.article_id for head in archive.heads_since(0)]).values()
    names = {Path(one.provenance.file).name for one in kept}
    assert {name for name in names if name.endswith((".txt", ".md", ".tsv"))} == {"lao-cai-son-la.txt"}
