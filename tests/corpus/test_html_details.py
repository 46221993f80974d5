"""What a page prints around its text: its section, its authors, its tags, notices of the site."""

from datetime import date

import pytest

from corpus.article import Article
from corpus.errors import ImpossibleValueError
from corpus.readers.html.article import PageContext, article_of_html

TITLE = "Chợ phiên vùng cao họp lại sau hai năm"
TEXT = (
    "Sáng nay, chợ phiên họp lại với hơn nghìn người từ các xã về mua bán nông sản và vải lanh.",
    "Bà con đã chờ ngày này từ lâu, vì chợ không chỉ là nơi buôn bán mà còn là nơi gặp gỡ.",
    "Huyện cho biết sẽ thêm người giữ trật tự và vệ sinh trong các phiên chợ tới đây.",
)
JSON_LD = '<script type="application/ld+json">'
PUB = "2024-03-11"
LONG = "Xây dựng nông thôn mới và giảm nghèo"  # a section's name
CONSENT = (
    "Chúng tôi dùng cookie để trang chạy tốt hơn và để đếm lượt đọc, như chính sách bảo mật đã nói rõ.",
    "Khi tiếp tục đọc, bạn đồng ý với việc cookie được lưu trên máy của mình trong mười hai tháng.",
)


def _lines(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _article(body: str, head: str = "") -> Article:
    page = (
        f'<html><head><meta charset="utf-8"><title>{TITLE} - Báo Bến Sông</title>{head}</head>'
        f"<body>{body}</body></html>"
    )
    return article_of_html(page.encode(), PageContext("trang"))


@pytest.mark.parametrize("tag", ["aside", "form", "section", "main", "td", "blockquote", "center"])
@pytest.mark.parametrize("box", ["<div class='cookie-consent'>{}</div>", "<div>{}</div>", "{}"])
def test_the_text_is_read_in_any_element_without_the_consent_above_it(tag: str, box: str) -> None:
    article = _article(f"{box.format(_lines(CONSENT))}<{tag}><h1>{TITLE}</h1>{_lines(TEXT)}</{tag}>")
    assert (article.title, (article.lede, *article.paragraphs)) == (TITLE, TEXT)


def test_an_article_about_cookies_keeps_its_lines() -> None:
    """What is said in the text around it is text."""
    text = (*TEXT, CONSENT[0], *TEXT[:0])
    article = _article(f"<div><h1>{TITLE}</h1>{_lines(text)}</div>")
    assert (article.lede, *article.paragraphs) == text


@pytest.mark.parametrize("again", ["<p>{}</p>", "<p><b>{}</b></p>", "<h2>{}</h2>", "<div>{} </div>"])
def test_the_headline_is_no_paragraph(again: str) -> None:
    first, second, third = TEXT
    article = _article(
        f"<h1>{TITLE}</h1><div><p>{first}</p>{again.format(TITLE)}<p>{second}</p><p>{third}</p></div>"
    )
    assert (article.lede, *article.paragraphs) == TEXT


@pytest.mark.parametrize(
    ("above", "section"),
    [
        ("<div class='cate'><a href='/a.html'>Khi tiết kiệm trở thành thói quen</a></div>", ""),
        ("<div class='cate'><a href='/dau-tu.html'>Đầu tư</a></div>", "Đầu tư"),
        ("<div><a href='/dau-tu-d6/'>Đầu tư</a></div>", "Đầu tư"),
        ("<div><a href='/kinh-te/'>Kinh tế</a> <a href='/kinh-te/gia-ca.html'>Giá cả</a></div>", "Kinh tế"),
        (f"<div class='cate'><a href='/xay-dung-nong-thon-moi-va-giam-ngheo'>{LONG}</a></div>", LONG),
        (
            "".join(f"<a href='/{n}/'>{t}</a> " for n, t in [("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]),
            "",
        ),
    ],
)
def test_a_section_is_what_its_address_says_and_no_headline(above: str, section: str) -> None:
    assert _article(f"{above}<h1>{TITLE}</h1><div>{_lines(TEXT)}</div>").section == section


@pytest.mark.parametrize(
    "line",
    [
        "<div><a class='author' href=''>Lê Hà </a><span class='post-time'> - 07/03/2026 08:47</span></div>",
        "<p><span class='tac-gia'>Lê Hà</span> | 07/03/2026</p>",
        "<div>07/03/2026 - <b class='byline'>Lê Hà</b></div>",
    ],
)
def test_an_author_is_read_by_class_within_a_line(line: str) -> None:
    article = _article(f"<h1>{TITLE}</h1>{line}<div>{_lines(TEXT)}</div>")
    assert article.authors == ("Lê Hà",)
    assert article.published.text.startswith("2026-03-07")


@pytest.mark.parametrize("name", ["Theo TTXVN", "(Nguồn: Báo Bến)", "vnexpress.net", "TTXVN"])
def test_an_agency_is_no_author_of_a_page(name: str) -> None:
    byline = f"<div class='author'>{name}</div>"
    for head, line in ((f'<meta name="author" content="{name}">', ""), ("", byline)):
        assert _article(f"<h1>{TITLE}</h1>{line}<div>{_lines(TEXT)}</div>", head).authors == ()


def test_a_button_of_the_authors_class_is_no_author() -> None:
    line = "<div><a class='author-follow' href='/x'>Theo dõi tác giả này</a> 07/03/2026</div>"
    assert _article(f"<h1>{TITLE}</h1>{line}<div>{_lines(TEXT)}</div>").authors == ()


def test_tags_are_those_of_all_meta_tags_once() -> None:
    head = (
        '<meta property="article:tag" content="Chợ phiên"><meta property="article:tag" content="Hà Giang">'
        '<meta name="keywords" content="chợ phiên, vùng cao">'
    )
    assert _article(f"<h1>{TITLE}</h1>{_lines(TEXT)}", head).tags == ("Chợ phiên", "Hà Giang", "vùng cao")


@pytest.mark.parametrize("tag", ["footer", "div", "td"])
def test_an_imprint_is_no_article_and_a_licences_day_no_date(tag: str) -> None:
    lines = (
        "Giấy phép số 7/GP-BTTTT do Bộ Thông tin cấp ngày 8/1/2023. Cơ quan chủ quản: Sở Văn hóa.",
        "Tổng biên tập: Phạm Văn Bến. Tòa soạn: 5 phố Chợ, phường Bến, thành phố Sông.",
        "Điện thoại: 024.111.222. Email: toasoan@bensong.example. Cấm sao chép khi chưa được đồng ý.",
    )
    with pytest.raises(ImpossibleValueError) as refused:
        _article(f"<{tag}>{_lines(lines)}</{tag}>")
    assert refused.value.reason in {"no-text", "not-an-article"}
    article = _article(f"<h1>{TITLE}</h1><div>{_lines(TEXT)}</div><{tag}>{_lines(lines)}</{tag}>")
    assert (article.published.text, (article.lede, *article.paragraphs)) == ("", TEXT)


@pytest.mark.parametrize(
    ("head", "printed", "day"),
    [
        ('<meta property="article:modified_time" content="2024-03-12T08:10:00+07:00">', "", "2024-03-12~"),
        (f'{JSON_LD}{{"@type":"NewsArticle","dateModified":"2024-03-12"}}</script>', "", "2024-03-12~"),
        ('<meta property="og:updated_time" content="2024-03-12T08:10:00+07:00">', "10/3/2024", "2024-03-10"),
        ('<meta name="pubdate" content="2024-03-11"><meta name="lastmod" content="2024-03-12">', "", PUB),
    ],
)  # fmt: skip
def test_the_day_of_the_last_change_stands_where_no_other_is_known(head: str, printed: str, day: str) -> None:
    article = _article(f"<h1>{TITLE}</h1><div>{printed}</div><div>{_lines(TEXT)}</div>", head)
    assert article.published.text == day


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("12/3/2024", "2024-03-12"),
        ("3/12/2024", "2024-03-12"),
        ("ngày 5 tháng 6 năm 2024", ""),
        ("20/3/2024", ""),
    ],
)
def test_a_page_was_published_before_it_was_captured(printed: str, day: str) -> None:
    page = (
        f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>'
        f"<div>{printed}</div><div>{_lines(TEXT)}</div></body></html>"
    )
    found = article_of_html(page.encode(), PageContext("trang", not_after=date(2024, 3, 15)))
    assert found.published.text == day


@pytest.mark.parametrize("default", ["Untitled Document", "New Page 1", "index.html"])
def test_an_editors_default_is_no_title(default: str) -> None:
    page = f"<html><head><title>{default}</title></head><body><b>{TITLE}</b>{_lines(TEXT)}</body></html>"
    assert article_of_html(page.encode(), PageContext("trang")).title == TITLE
