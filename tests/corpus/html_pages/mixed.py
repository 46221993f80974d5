"""Layouts of 2008 to 2020 between tables and marks: boxes right below the lede, credits apart, glued spans."""

from tests.corpus.html_pages.modern import between, head, news_article
from tests.corpus.html_pages.story import PROMISED, TEASERS, Story, menu, teaser_list

PUBLISHED = "2025-10-05T07:30:00+07:00"


def short_intro(story: Story, url: str) -> str:
    """The lede in a box of its own, related headlines between it and the text, the signature as a mail line."""
    pictures = [
        f'<table align="center" border="0" cellpadding="3" class="tplCaption"><tbody><tr><td><img src="a.jpg"></td></tr><tr><td class="Image">{text}</td></tr></tbody></table>'
        for text in story.captions
    ]
    text = between((f'<p class="Normal">{line}</p>' for line in story.paragraphs), pictures)
    return f"""<!DOCTYPE html><html>{head(story, url, site="Báo Sông Hồng", extra=f'<meta name="pubdate" content="{PUBLISHED}">')}<body>
<div id="wrapper_header">{menu()}</div><div id="container"><div id="col_660" class="left"><div class="block_timer_share"><div class="block_timer left txt_666">Chủ nhật, 5/10/2025 | 07:30 GMT+7</div>
<div class="block_share right"><a href="#">Facebook</a><a href="#">Twitter</a></div></div>
<div class="title_news"><h1>{story.title}</h1></div><div class="short_intro txt_666">{story.lede}</div>
<div class="relative_new"><ul class="list_news_dot_3x3"><li><a href="/a1.html">{TEASERS[0][0]}</a></li><li><a href="/a2.html">{TEASERS[1][0]}</a> / <a href="/a3.html">{TEASERS[2][0]}</a></li></ul></div>
<div class="fck_detail width_common">{text}<p class="author_mail" style="text-align:right"><strong>{story.author}</strong></p></div>
<div id="box_tin_khac"><h4>Tin cũ hơn</h4><ul>{"".join(f'<li><a href="/o{n}">{title}</a> <span>(1{n}/2)</span></li>' for n, (title, _) in enumerate(TEASERS))}</ul></div></div></div>
<div class="footer">{PROMISED}</div></body></html>"""


def arrows(story: Story, url: str) -> str:
    """The lede as a bold first paragraph, captions in named cells, ">>" before links to other articles in the text."""
    pictures = [
        f'<table class="image center" width="500"><tbody><tr><td><img src="a.jpg" alt=""></td></tr><tr><td class="image_desc">{text}</td></tr></tbody></table>'
        for text in story.captions
    ]
    links = [
        f'<p><strong>&gt;&gt; <a href="/x.html">{TEASERS[3][0]}</a></strong></p>',
        f'<p>Xem thêm: <a href="/y.html">{TEASERS[4][0]}</a></p>',
    ]
    text = between(
        (f'<p style="text-align: justify;"><span>{line}</span></p>' for line in story.paragraphs),
        [*links, *pictures],
    )
    extra = f'<meta property="article:published_time" content="{PUBLISHED}"><meta property="article:section" content="{story.section}">'
    return f"""<!DOCTYPE html><html>{head(story, url, site="Nhật báo Phương Nam", extra=extra)}<body><div class="HeaderTop">{menu()}</div>
<div class="ArticleDetail"><h1 class="title">{story.title}</h1><div class="ArticleDateTime"><span class="ArticleDate">05/10/2025 07:30 GMT+7</span></div>
<div id="ArticleContent" class="ArticleContent"><p class="bold">{story.lede}</p>{text}<p><strong>{story.author}</strong></p></div>
<div class="article-relate"><ul>{teaser_list(4)}</ul></div><div id="BoxTag"><ul><li>Tag:</li><li><a href="/t">chợ phiên</a></li></ul></div></div><div>{PROMISED}</div></body></html>"""


def spans(story: Story, url: str) -> str:
    """Text pasted from a word processor: spans cut words, MsoNormal, no-break spaces, captions in their own class."""

    def cut(line: str) -> str:
        middle = len(line) // 2
        return f'<span style="font-size:14px">{line[:middle]}</span><span lang="VI">{line[middle:]}</span>'

    pictures = [
        f'<p class="MsoNormal"><img src="a.jpg"/></p><p class="img_chu_thich_0407">{text}</p>'
        for text in story.captions
    ]
    text = between(
        (
            f'<p class="MsoNormal" style="text-align:justify">{cut(line)}</p>\n<p>&nbsp;</p>'
            for line in story.paragraphs
        ),
        pictures,
    )
    return f"""<!DOCTYPE html><html>{head(story, url, site="Báo Vàm Sông", extra=f'<meta itemprop="datePublished" content="{PUBLISHED}">')}<body><div>{menu()}</div>
<div class="post"><div class="breadcrumbs"><a href="/">Trang chủ</a> / <a href="/a">{story.section}</a></div><h1 class="post-title">{story.title}</h1><div class="post-subinfo">Chủ nhật, 05/10/2025 - 07:30</div>
<div class="post-summary"><h2>{story.lede}</h2></div><div class="post-content" id="entry-body">{text}<p style="text-align: right;"><b>{story.author.upper()}</b></p><p class="news-info">Theo báo in</p></div>
<div class="like-share">Thích Chia sẻ</div><div class="bv-lq">Bài liên quan<ul>{teaser_list(3)}</ul></div></div>
<div id="bottom">{PROMISED}</div></body></html>"""


def caption_parts(story: Story, url: str) -> str:
    """Block-element names: media with its caption, an audio player, a quote box, related articles in a slider."""
    pictures = [
        f'<div class="article-media"><div class="media-box"><img src="a.jpg"></div><div class="article-media__caption">{text}</div></div>'
        for text in story.captions
    ]
    slider = f'<div class="swiper"><div class="swiper-slide"><a href="/s1">{TEASERS[5][0]}</a></div><div class="swiper-slide"><a href="/s2">{TEASERS[6][0]}</a></div></div>'
    text = between((f"<p>{line}</p>" for line in story.paragraphs), [*pictures, slider])
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            news_article(story, url, PUBLISHED),
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": story.section, "item": "/a"}
                ],
            },
        ],
    }
    return f"""<!DOCTYPE html><html>{head(story, url, site="Đài Phát thanh Sông Cái", linked=linked)}<body><header>{menu()}</header><main>
<article class="article-detail"><div class="article-info"><a href="/a" class="vovvn-cat">{story.section}</a><time datetime="{PUBLISHED}">Chủ Nhật, 07:30, 05/10/2025</time></div>
<h1 class="article-title">{story.title}</h1><div class="audio-player"><button>Nghe bài viết</button><audio src="a.mp3"></audio></div><div class="article-summary">{story.lede}</div>
<div class="row article-body"><div class="text-long">{text}</div></div><div class="article-author"><a href="/tg">{story.author}</a></div></article>
<section class="view-more"><h3>Mời nghe</h3>{teaser_list(6, summary=True, item="div")}</section></main><footer>{PROMISED}</footer></body></html>"""


def bare(story: Story, url: str) -> str:
    """A page saved by a reader's tool: nothing but headings and paragraphs under the body."""
    text = between(
        (f"<p>{line}</p>" for line in story.paragraphs),
        (f"<figure><img src='a.jpg'><figcaption>{text}</figcaption></figure>" for text in story.captions),
    )
    return f'<html><head><meta charset="utf-8"><title>{story.title}</title><meta name="author" content="{story.author}"><meta name="date" content="2025-10-05T07:30:00+07:00"><link rel="canonical" href="{url}"></head><body><h1>{story.title}</h1><p>{story.lede}</p>{text}</body></html>'


def only_in_json(story: Story, url: str) -> str:
    """A page that a script fills: the text is in JSON-LD alone."""
    linked = {
        **news_article(story, url, PUBLISHED),
        "articleBody": "\n".join([story.lede, *story.paragraphs]),
        "articleSection": story.section,
    }
    return f"""<!DOCTYPE html><html>{head(story, url, site="Kinh tế Cửu Long", linked=linked)}<body><div id="__next"><div class="loading">Đang tải…</div></div><footer>{PROMISED}</footer></body></html>"""


LAYOUTS = (short_intro, arrows, spans, caption_parts, bare, only_in_json)
