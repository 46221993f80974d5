"""No line of an article's page is lost: what leaves the text is a caption, an author or related text."""

import json

import pytest

from corpus.article import Article
from corpus.readers.html.article import PageContext, article_of_html

_SENTENCE = "Nước sông lên nhanh suốt đêm qua, dân hai xã ven bờ phải dời lên đồi, phần {} của câu chuyện."
_S0, _S1, _S2 = map(_SENTENCE.format, ("đầu", "giữa", "cuối"))


def _article(body: str, head: str = '<meta property="og:site_name" content="Báo Vàm Sông">') -> Article:
    page = (
        f"<html><head>{head}</head><body><h1>Lũ trên sông Thao</h1><div class='x'>{body}</div></body></html>"
    )
    return article_of_html(page.encode(), PageContext("trang"))


def _paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    ("signed", "authors"),
    [
        (("Bài, ảnh: Thu Hà",), ("Thu Hà",)),
        (("NGUYỄN VĂN AN", "(Theo TTXVN)"), ("NGUYỄN VĂN AN",)),
        (("Theo Reuters",), ()),
    ],
)
def test_lines_that_sign_leave_the_text_and_are_kept(
    signed: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    found = _article(_paragraphs(_S0, _S1, *signed))
    assert (found.paragraphs, found.authors, found.related) == ((_S1,), authors, signed)


def test_a_line_that_the_page_names_the_authors_is_kept() -> None:
    found = _article(f"<p class='author'>Bài: Thu Hà</p>{_paragraphs(_S0, _S1)}")
    assert (found.authors, found.related) == (("Thu Hà",), ("Bài: Thu Hà",))


def test_a_name_below_a_line_that_has_not_ended_is_text() -> None:
    found = _article(_paragraphs(_S0, _S1, "Điểm đến tiếp theo:", "Long Xuyên"))
    assert found.paragraphs == (_S1, "Điểm đến tiếp theo:", "Long Xuyên")
    assert not found.authors


@pytest.mark.parametrize(
    ("sign", "related"),
    [
        ("(TTXVN) - ", ("(TTXVN) -",)),
        ("(Đời sống) - ", ("(Đời sống) -",)),
        ("Hà Nội (TTXVN) - ", ("Hà Nội (TTXVN) -",)),
        ("VSO - ", ()),
        ("(Báo Vàm Sông) - ", ()),
    ],
)
def test_a_dateline_is_kept_unless_it_names_the_paper_alone(sign: str, related: tuple[str, ...]) -> None:
    found = _article(_paragraphs(sign + _S0, _S1))
    assert (found.lede, found.source, found.related) == (_S0, "Báo Vàm Sông", related)


def test_a_dateline_that_gives_the_source_is_not_said_again() -> None:
    found = _article(_paragraphs(f"(TTXVN) - {_S0}", _S1), head="")
    assert (found.source, found.related) == ("TTXVN", ())


def test_a_page_that_a_script_fills_keeps_the_captions_and_the_lines_that_it_prints() -> None:
    linked = {
        "@type": "NewsArticle",
        "headline": "Lũ trên sông Thao",
        "articleBody": f"{_S0}\n{_S1}\n{_S2}",
    }
    head = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    printed = "<figure><img src='a.jpg'><figcaption>Bến đò sáng nay</figcaption></figure>"
    found = _article(f"{printed}<p>Bài viết đang được tải, xin đợi.</p><p>{_S1}</p>", head)
    assert (found.lede, found.paragraphs) == (_S0, (_S1, _S2))
    assert (found.captions, found.caption_places) == (("Bến đò sáng nay",), ())
    assert found.related == ("Bài viết đang được tải, xin đợi.",)
