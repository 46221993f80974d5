"""Articles that look a little like lists or services: news of fraud, chronologies, poems, odd addresses."""

from pathlib import Path

import pytest

from corpus.readers.html.article import PageContext, article_of_html

_LINES = (Path(__file__).parent / "articles_like_lists.tsv").read_text("utf-8").splitlines()[1:]
_ROWS = [line.split("\t") for line in _LINES]
_SAYS_SO = (
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2024-09-08T08:00:00+07:00">'
)
_OTHERS = "".join(
    f'<li><a href="https://baothu.example/tin-{number}.html">Tin khác trong ngày số {number} ở huyện</a></li>'
    for number in range(12)
)


def _page(row: list[str]) -> bytes:
    _, title, url, above, says_so, *texts = row
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f'<html><head><title>{title} - Báo Thử</title><meta property="og:title" content="{title}">'
        f'<link rel="canonical" href="{url}">{_SAYS_SO if says_so == "yes" else ""}</head>'
        f'<body><h1>{title}</h1>{above}<div class="content">{body}</div><ul>{_OTHERS}</ul></body></html>'
    ).encode()


@pytest.mark.parametrize("row", _ROWS, ids=[row[0] for row in _ROWS])
def test_an_article_that_looks_a_little_like_a_list_is_taken_whole(row: list[str]) -> None:
    article = article_of_html(_page(row), PageContext("trang"))
    assert article.title == row[1]
    assert [article.lede, *article.paragraphs] == row[5:]


def test_lines_that_lead_elsewhere_between_paragraphs_cut_nothing_off() -> None:
    start, *texts = _ROWS[0][4:]
    mixed = [
        part
        for number in range(3)
        for part in (
            f'&gt;&gt; <a href="/tin-{number}.html">Bài khác về cơn lũ ở huyện số {number}</a>',
            f"{number} {texts[0]}",
            f"{texts[1]} {number}",
        )
    ]
    article = article_of_html(_page([*_ROWS[0][:4], start, *texts, *mixed]), PageContext("trang"))
    assert len(article.paragraphs) + 1 == len(texts) + 6
