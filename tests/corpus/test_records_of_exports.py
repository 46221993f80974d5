"""Records as programs export them: HTML in values, names and nested objects of any form, bad fields."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers.records.markup_values import fragment_in, line_in, text_in
from tests.corpus.records import articles, outline, read_bytes

LINES = ("Sáng nay, chợ phiên họp lại với hơn nghìn người.", "Bà con đã chờ ngày này từ lâu.")


def _article(tmp_path: Path, **fields: object) -> Article:
    record = {"title": "Chợ phiên", "published": "2024-03-12", **fields}
    (found,) = articles(read_bytes(tmp_path, json.dumps(record, ensure_ascii=False).encode(), "kho.jsonl"))
    return found


@pytest.mark.parametrize(
    "html",
    [
        "<p>{}</p><p>{}</p>",
        "<div>{}</div>\n<div>{}</div><script>x('<p>không</p>')</script>",
        "{}<br>{}",
        "{}<br/><br />{}",
        "<!-- wp:paragraph --><p>{}</p><!-- /wp:paragraph --><p>{}</p>",
        "<ul><li>{}</li><li>{}</li></ul><style>p {{}}</style>",
        "&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;{}&lt;/p&gt;",
        "<b>{}</b>\n\n<i>{}</i>",
        "<strong>{}</strong>\n{}",
        "{}\n{}<em></em>",
        "<html><head><title>Trang</title></head><body><p>{}</p><p>{}</p></body></html>",
    ],
)
def test_a_value_that_is_html_gives_its_lines(tmp_path: Path, html: str) -> None:
    assert _article(tmp_path, content=html.format(*LINES)).paragraphs == LINES
    assert _article(tmp_path, body=[html.format(*LINES)]).paragraphs == LINES


def test_html_is_read_in_tables_too(tmp_path: Path) -> None:
    rows = f'title,content\n"Chợ &quot;mở&quot; l&#7841;i","<p>{LINES[0]}</p><p>{LINES[1]}</p>"\n'
    (found,) = articles(read_bytes(tmp_path, rows.encode(), "kho.csv"))
    assert (found.title, found.paragraphs) == ('Chợ "mở" lại', LINES)


def test_captions_within_html_keep_their_places(tmp_path: Path) -> None:
    html = (
        f"<p>{LINES[0]}</p><figure><img src='a'><figcaption>Góc chợ.</figcaption></figure><p>{LINES[1]}</p>"
    )
    found = _article(tmp_path, content=html)
    assert [part.text for part in found.body()] == [LINES[0], "Góc chợ.", LINES[1]]


@pytest.mark.parametrize(
    "text",
    [
        "a < b và c > d",
        "R&D, AT&T; x&y",
        "5 <6",
        "tôi <3 bạn",
        "https://bao.example/?a=1&b=2&copy=3",
        "& < >",
        "<Tên>",
        "Thẻ <b> làm chữ đậm, còn <b>Hà Nội</b> & <i>Huế</i> là ví dụ.",
    ],
)
def test_plain_text_stays_to_the_byte(text: str) -> None:
    assert (text_in(text), line_in(text), fragment_in(text)) == (text, text, None)


@given(st.text(alphabet="abc <>&;/#x27\n", max_size=60))
def test_any_text_is_read_and_plain_text_read_again_stays(text: str) -> None:
    once = text_in(text)
    assert fragment_in(text) is not None or "&" in text or once == text


@pytest.mark.parametrize(
    ("fields", "source", "day"),
    [
        ({"publisher": {"@type": "Organization", "name": "Báo Bến"}}, "Báo Bến", "2024-03-12"),
        ({"source": {"id": None, "name": "Báo Bến"}}, "Báo Bến", "2024-03-12"),
        ({"source.name": "Báo Bến"}, "Báo Bến", "2024-03-12"),
        ({"source": "https://www.ben-song.example/rss"}, "ben-song.example", "2024-03-12"),
        ({"source": "https://tuoitre.vn/"}, "Tuổi Trẻ", "2024-03-12"),
        ({"published": None, "publishedAt": "2024-03-12T01:10:00Z"}, "", "2024-03-12T01:10+00:00"),
        ({"published": "", "PublishedDate": "2024-03-12"}, "", "2024-03-12"),
        ({"published": "", "timeCreated": "2024-03-12"}, "", "2024-03-12"),
        ({"published": {"$date": {"$numberLong": "1710205800000"}}}, "", "2024-03-12T01:10+00:00"),
        ({"published": 1710205800}, "", "2024-03-12T01:10+00:00"),
        ({"published": "Unknown", "updated_at": "2024-03-12 08:00:00"}, "", "2024-03-12~"),
        ({"published": "0000-00-00"}, "", ""),
        ({"published": ["x", {"y": 1}]}, "", ""),
    ],
)
def test_names_and_nested_values_of_any_form_are_read(
    tmp_path: Path, fields: dict[str, object], source: str, day: str
) -> None:
    found = _article(tmp_path, articleBody=LINES[0], **fields)
    assert (found.paragraphs, found.source, found.published.text) == (LINES[:1], source, day)


@pytest.mark.parametrize(
    "document",
    [
        {"hits": {"total": 1, "hits": [{"_id": "7", "_source": {"title": "Chợ", "content": LINES[0]}}]}},
        {"response": {"numFound": 1, "docs": [{"id": "7", "title_s": ["Chợ"], "content_txt_vi": LINES[0]}]}},
        [{"id": 7, "title": {"rendered": "Chợ"}, "content": {"rendered": f"<p>{LINES[0]}</p>", "x": False}}],
        {"status": "ok", "errors": [], "articles": [{"id": "7", "title": "Chợ", "content": LINES[0]}]},
        {"data": {"article": {"id": "7", "headline": "Chợ", "content.text": LINES[0]}}},
        [{"_id": {"$oid": "7"}, "title": "Chợ", "content": {"text": LINES[0]}}],
        {"hit": [{"id": "7", "title": "Chợ", "content": LINES[0]}]},
        {"hits": {"found": 1, "hit": [{"id": "7", "fields": {"title": "Chợ", "content": LINES[0]}}]}},
        {"text": "chợ", "results": [{"id": "7", "title": "Chợ", "content": LINES[0]}]},
        {"facets": [{"title": "Bến"}], "errors": [], "bài": [{"id": "7", "title": "Chợ", "body": LINES[0]}]},
        {
            "version": "https://jsonfeed.org/version/1.1", "title": "Báo Bến", "description": "Báo của sông",
            "authors": [{"name": "Bến"}], "items": [{"id": "7", "title": "Chợ", "content_text": LINES[0]}],
        },
    ],
)  # fmt: skip
def test_answers_of_search_engines_and_sites_are_read(tmp_path: Path, document: object) -> None:
    raw = json.dumps(document, ensure_ascii=False, indent=1).encode()
    (found,) = articles(read_bytes(tmp_path, raw, "kho.json"))
    assert (found.id, found.title, found.paragraphs) == ("7", "Chợ", LINES[:1])


def test_all_arrays_of_articles_in_an_object_are_read(tmp_path: Path) -> None:
    """A title beside them is the file's own."""
    first, *others = ({"id": str(n), "title": f"Chợ {n}", "content": LINES[0]} for n in range(3))
    for outer in ({}, {"title": "Báo Bến"}):
        document = outer | {"first": [first], "tags": ["a"], "others": others, "none": []}
        records = read_bytes(tmp_path, json.dumps(document).encode(), "kho.json")
        assert outline(records) == [("item 1", "0"), ("item 2", "1"), ("item 3", "2")]


@pytest.mark.parametrize(
    "beside",
    [
        {"related": [{"title": "Bến", "body": "Tin khác."}]},
        {"title": "Chợ", "lede": LINES[0], "related": [{"title": "Bến", "body": "Tin khác."}]},
        {"title": "Chợ", "items": [{"caption": "Bến đò"}]},
        {"title": "Chợ", "articles": [{"title": "Bến"}]},
    ],
)
def test_arrays_of_an_article_make_no_articles(tmp_path: Path, beside: dict[str, object]) -> None:
    article = {"id": "7", "body": LINES[0]} | beside
    assert outline(read_bytes(tmp_path, json.dumps(article).encode(), "kho.json")) == [("whole file", "7")]


def test_a_papers_object_gives_its_name_alone(tmp_path: Path) -> None:
    paper = {"name": "Báo Bến", "url": "https://ben.example", "description": "Báo của vùng sông"}
    inner = {"title": "Chợ", "content": LINES[0], "source": paper, "body": "  "}
    for record in (inner, {"_id": "7", "_source": inner}):
        raw = json.dumps(record, ensure_ascii=False).encode()
        (found,) = articles(read_bytes(tmp_path, raw, "kho.jsonl"))
        assert (found.title, found.source, found.url, found.lede) == ("Chợ", "Báo Bến", "", "")
        assert found.paragraphs == LINES[:1]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Theo TTXVN", ()),
        ("TTXVN", ()),
        ({"@type": "Person", "name": "Thu Hà"}, ("Thu Hà",)),
        ([{"name": "Thu Hà"}, "Minh An"], ("Thu Hà", "Minh An")),
        ("Thu Hà; admin", ("Thu Hà",)),
        ("<a href='/t'>Thu Hà</a>", ("Thu Hà",)),
    ],
)
def test_authors_are_persons(tmp_path: Path, author: object, names: tuple[str, ...]) -> None:
    assert _article(tmp_path, content=LINES[0], author=author).authors == names


@pytest.mark.parametrize("tags", ["lũ|Lào Cai|mưa", "lũ, Lào Cai; mưa", [{"name": "lũ"}, "Lào Cai", "mưa"]])
def test_tags_are_parted_by_any_sign(tmp_path: Path, tags: object) -> None:
    assert _article(tmp_path, content=LINES[0], tags=tags).tags == ("lũ", "Lào Cai", "mưa")


def test_an_id_that_was_derived_of_a_raw_title_stays(tmp_path: Path) -> None:
    """Ids that release 1.0 gave these records."""
    for record, article_id in (
        (
            {"title": "Chợ &quot;mở&quot;", "content": "<p>Một.</p>", "published": "2024-03-12"},
            "kho-0e0c03ae6083",
        ),
        (
            {"title": "<b>Chợ</b>", "content": "Một.", "source": "tuoitre.vn", "date": "27/5/2013"},
            "kho-a6be8ce6172d",
        ),
        (
            {"title": "Chợ", "content": "Một.", "publishedAt": "2024-03-12", "news_id": "9"},
            "kho-5d271dd74523",
        ),
    ):
        (found,) = articles(read_bytes(tmp_path, json.dumps(record).encode(), "kho.jsonl"))
        assert found.id == article_id
