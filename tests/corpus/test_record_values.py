"""What programs put into the values of records: each is read as what it stands for."""

import json
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.derived_id import slug
from corpus.readers.input.source_file import Tally
from corpus.readers.records.written_values import written_value
from tests.corpus.records import articles, read, read_bytes

BODY = ["Nước sông lên nhanh trong đêm.", "Bà con đã về nhà an toàn."]


def one(folder: Path, **fields: object) -> Article:
    """The article of a record of JSON lines."""
    record = {"id": "7", "title": "Chợ mở lại", "body": BODY} | fields
    (made,) = articles(read_bytes(folder, json.dumps(record, ensure_ascii=False).encode(), "kho.jsonl"))
    return made


@pytest.mark.parametrize(
    "text",
    [
        "['lũ', 'mưa lớn', \"O'Neil\"]",
        '["lũ", "mưa lớn", "O\'Neil"]',
        '["l\\u0169", "mưa lớn", "O\'Neil"]',
        "['lũ' 'mưa lớn'\n \"O'Neil\"]",
        "('lũ', 'mưa lớn', 'O\\'Neil')",
        "{'lũ', 'mưa lớn', 'O\\'Neil'}",
        '{lũ,"mưa lớn",O\'Neil}',
        "[lũ, mưa lớn, O'Neil]",
        "['lũ', None, nan, 'mưa lớn', '', \"O'Neil\"]",
        "[{'id': 1, 'name': 'lũ'}, {'name': 'mưa lớn'}, {'name': \"O'Neil\"}]",
    ],
)
def test_a_list_that_a_text_writes_out_gives_its_members(tmp_path: Path, text: str) -> None:
    found = one(tmp_path, tags=text, authors=text)
    assert found.tags == found.authors == ("lũ", "mưa lớn", "O'Neil")


def test_lists_and_objects_in_cells_of_every_field_are_read(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        body=str(BODY),
        source="{'id': None, 'name': 'Báo Bến'}",
        section='["Thời sự"]',
        captions="['Bến đò', 'Chợ']",
        caption_places="[0, 2]",
        date="['2024-03-12']",
        tags="[]",
    )
    assert list(found.paragraphs) == BODY
    assert (found.source, found.section, found.published.text) == ("Báo Bến", "Thời sự", "2024-03-12")
    assert (found.captions, found.caption_places, found.tags) == (("Bến đò", "Chợ"), (0, 2), ())


@pytest.mark.parametrize(
    "text", ["[1, 2]", '("Đủ rồi!")', "[Video] Chợ", "[sic]", "{a: b}", "[", "['a", "[[1]]"]
)
def test_a_text_in_brackets_stays(text: str) -> None:
    assert [written_value(ours, text) for ours in ("paragraphs", "lede", "title")] == [text] * 3


@pytest.mark.parametrize(
    "text", ["[" * 50_000 + "]", "{'a':" + "[" * 9_000 + "}", "{'a':" + "-" * 9_000 + "1}"]
)
def test_what_is_nested_without_end_stays(text: str) -> None:
    assert written_value("tags", text) == text


@pytest.mark.parametrize(
    "name",
    [
        "Báo Sông Hồng", "SÔNG HỒNG", "Song Hong", "songhong.example", "SHO", "Báo điện tử Sông Hồng",
        "Theo TTXVN", "Nguồn: VnExpress", "tuoitre.vn", "Tạp chí Bến", "Ban biên tập Sông Hồng",
    ],
)  # fmt: skip
def test_no_paper_is_an_author(tmp_path: Path, name: str) -> None:
    said = {"source": "Báo Sông Hồng", "url": "https://www.songhong.example/a.htm"}
    assert one(tmp_path, author=[name, "Thu Hà"], **said).authors == ("Thu Hà",)
    assert one(tmp_path, author=name, **said).authors == ()


@pytest.mark.parametrize("name", ["Hồng Sông", "Hồng", "Nguyễn Thị Sông Hồng", "Trang Đài", "Bảo Anh", "T.H"])
def test_a_person_whose_name_is_like_a_papers_stays(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, author=name, source="Sông Hồng", url="https://sh.example/a").authors == (name,)


@pytest.mark.parametrize(
    "moment",
    [
        1710205800.25, 1710205800250.5, 1710205800250000.5, 1.71020580025e18, "1710205800.25", "1.7102058E9",
        "1.71020580025e+12", [1710205800.25], {"$date": 1710205800000.5},
        {"$date": {"$numberLong": "1710205800000"}}, {"$date": {"$numberDouble": "1710205800000.25"}},
        {"$numberDouble": "1710205800.25"},
    ],
)  # fmt: skip
def test_a_number_with_a_fraction_is_a_moment(tmp_path: Path, moment: object) -> None:
    assert one(tmp_path, date=moment).published.text == "2024-03-12T01:10+00:00"


@pytest.mark.parametrize("moment", [1.5, -1710205800.25, 1e300, 1e40, float("inf"), float("nan"), "1.7e99"])
def test_a_number_that_is_no_moment_leaves_the_article_undated(tmp_path: Path, moment: object) -> None:
    assert one(tmp_path, date=moment).published.text == ""


def test_a_value_within_a_section_of_cdata_is_what_it_encloses(tmp_path: Path) -> None:
    wrapped = {
        "title": "<![CDATA[ Chợ & bến ]]>",
        "body": "<![CDATA[<p>" + "</p><p>".join(BODY) + "</p>]]>",
        "author": ["<![CDATA[Thu Hà]]>", "Minh An"],
        "tags": "<![CDATA[['lũ', 'mưa']]]>",
        "source": {"name": "<![CDATA[Báo Bến]]>"},
        "date": "<![CDATA[2024-03-12]]>",
        "url": "<![CDATA[https://ben.example/7]]>",
        "captions": "\n<![CDATA[Bến đò]]>\n",
    }
    found = one(tmp_path, **wrapped)
    assert (found.title, list(found.paragraphs), found.captions) == ("Chợ & bến", BODY, ("Bến đò",))
    assert (found.authors, found.tags) == (("Thu Hà", "Minh An"), ("lũ", "mưa"))
    said = (found.source, found.published.text, found.url)
    assert said == ("Báo Bến", "2024-03-12", "https://ben.example/7")


PAGE = (
    "{head}<head><title>Chợ - Báo Bến</title><script>var a = '<p>x</p>';</script></head><body>"
    "<header><a href='/'>Báo Bến</a></header><nav><ul><li>Thời sự</li></ul></nav><form>Tìm kiếm</form>"
    "<article><header><p>{lede}</p></header><p>{first}</p><p>{second}</p><footer>Chia sẻ</footer></article>"
    "<aside><p>Đọc nhiều</p></aside><footer><p>© Báo Bến</p></footer><script>track()</script></body></html>"
)


@pytest.mark.parametrize(
    "head", ["<html>", "<!DOCTYPE html>\n<html lang='vi'>", "<!-- a --> <body>", "<![CDATA[<html>"]
)
def test_a_whole_page_as_a_body_loses_what_stands_around_the_article(tmp_path: Path, head: str) -> None:
    page = PAGE.format(head=head, lede="Sáng nay chợ đông.", first=BODY[0], second=BODY[1])
    found = one(tmp_path, body=page + "]]>" * head.startswith("<![CDATA"))
    assert list(found.paragraphs) == ["Sáng nay chợ đông.", *BODY]


def test_a_page_whose_header_never_ends_keeps_its_text(tmp_path: Path) -> None:
    page = f"<html><body><header><p>{BODY[0]}</p><p>{BODY[1]}</p></body></html>"
    assert list(one(tmp_path, body=page).paragraphs) == BODY
    assert list(one(tmp_path, body=f"<header><p>{BODY[0]}</p></header><p>{BODY[1]}</p>").paragraphs) == BODY


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("section", "\ud800"), ("source", "a\0b"), ("url", "https://ben.example/" + "x" * 3000),
        ("url", "a\0"),
        ("tags", ["\udc00"]), ("author", "a\0"), ("related", "a\0b"), ("section", "e" + "\u0301" * 300),
        ("tags", ["x" * 3000]), ("caption_places", [9]), ("caption_places", "bảy"),
    ],
)  # fmt: skip
def test_no_bad_field_refuses_an_article(tmp_path: Path, name: str, bad: object) -> None:
    path = tmp_path / "kho.jsonl"
    path.write_text(json.dumps({"id": "7", "title": "Chợ", "body": BODY, "captions": ["Bến"], name: bad}))
    tally = Tally()
    (found,) = articles(read(path, tally=tally))
    assert (found.id, list(found.paragraphs), found.caption_places) == ("7", BODY, ())
    assert (found.section, found.source, found.url, found.tags, found.authors) == ("", "", "", (), ())
    assert [value.partition(":")[0] for value in tally.unreadable] == [name]


@pytest.mark.parametrize("bad", ["a b", "a\u00a0b", "x" * 201, "a\tb", "a\u0007"])
def test_an_id_that_cannot_be_is_replaced_by_one_made_of_it(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "Kho Báo.jsonl"
    tally = Tally()
    ids = []
    for title in ("Chợ mở lại", "Chợ mở lại, bản sửa"):
        path.write_text(json.dumps({"id": bad, "title": title, "body": BODY}))
        ids += [found.id for found in articles(read(path, tally=tally))]
    assert ids[0] == ids[1]
    assert ids[0].startswith(slug("Kho Báo"))
    assert [name.partition(":")[0] for name in tally.unreadable] == ["id"]
    other = articles(
        read_bytes(tmp_path, json.dumps({"id": bad + " c", "title": "Chợ", "body": BODY}).encode())
    )
    assert other[0].id.rpartition("-")[2] != ids[0].rpartition("-")[2]
