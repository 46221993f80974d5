"""Layouts of the last ten years: marked texts, metadata in the head, boxes of other articles in the text."""

import json
from collections.abc import Iterable

from tests.corpus.html_pages.story import PROMISED, Story, menu, teaser_list


def head(story: Story, url: str, *, site: str, linked: object = None, extra: str = "") -> str:
    """A head as content management systems write it."""
    data = (
        f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>'
        if linked
        else ""
    )
    return (
        f'<head><meta charset="utf-8"><title>{story.title} - {site}</title>'
        f'<meta name="description" content="{story.lede}"><meta property="og:site_name" content="{site}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{story.title}">'
        f'<meta property="og:url" content="{url}"><link rel="canonical" href="{url}">'
        f'<meta property="article:tag" content="{", ".join(story.tags)}">{extra}{data}</head>'
    )


def news_article(story: Story, url: str, published: str, *, author: str | None = None) -> dict[str, object]:
    """JSON-LD of an article."""
    return {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title,
        "description": story.lede, "datePublished": published, "mainEntityOfPage": {"@id": url},
        "author": {"@type": "Person", "name": story.author if author is None else author},
        "publisher": {"@type": "Organization", "name": "Tòa soạn"},
    }  # fmt: skip


def between(paragraphs: Iterable[str], inserts: Iterable[str]) -> str:
    """Paragraphs with the inserts after the first, the second, …; what is left over comes last."""
    found: list[str] = []
    rest = list(inserts)
    for paragraph in paragraphs:
        found.append(paragraph)
        if rest:
            found.append(rest.pop(0))
    return "\n".join([*found, *rest])


def wide_columns(story: Story, url: str) -> str:
    """Marked paragraphs, captions in figures, the signature as the last paragraph, a class "sidebar" around all."""
    pictures = [
        f'<figure class="tplCaption"><meta content="a.jpg"><div class="fig-picture"><picture><img src="a.jpg" alt="{text}">'
        f'</picture></div><figcaption itemprop="description"><p class="Image">{text}</p></figcaption></figure>'
        for text in story.captions
    ]
    text = between((f'<p class="Normal">{line}</p>' for line in story.paragraphs), pictures)
    linked = news_article(story, url, "2025-10-05T07:30:00+07:00", author="")
    return f"""<!DOCTYPE html><html lang="vi">{head(story, url, site="Báo Sông Hồng", linked=linked)}<body>
<header><div class="time-now">Chủ nhật, 8/3/2026</div><nav>{menu()}</nav></header>
<section class="section page-detail"><div class="container"><div class="sidebar-1">
<div class="header-content"><ul class="breadcrumb"><li><a href="/thoi-su">{story.section}</a></li></ul>
<span class="date">Chủ nhật, 5/10/2025, 07:30 (GMT+7)</span></div>
<h1 class="title-detail">{story.title}</h1><p class="description">{story.lede}</p>
<article class="fck_detail">{text}<p class="Normal" style="text-align:right;"><strong>{story.author}</strong></p></article>
<div class="footer-content"><a href="/thoi-su">Trở lại Thời sự</a><div class="social"><a href="javascript:;">Copy link thành công</a></div></div>
</div><div class="sidebar-2"><h2>Xem nhiều</h2>{teaser_list(5)}</div></div></section>
<section><h2>Cùng chuyên mục</h2>{teaser_list(8, summary=True, item="article")}</section>
<footer><p class="copyright">{PROMISED}</p></footer></body></html>"""


def boxes(story: Story, url: str) -> str:
    """Text in a role, boxes of one and of many related articles in its midst, comments and tags below."""
    pictures = [
        f'<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="a.jpg" alt="{text}"></div>'
        f'<figcaption class="PhotoCMS_Caption"><p>{text}</p></figcaption></figure>'
        for text in story.captions
    ]
    related = (
        '<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/x.htm"><img src="x.jpg"></a><a href="/x.htm"'
        ' class="OneNewsTitle">Khánh thành cầu dây văng Bãi Sậy trước Tết</a><p class="VCObjectBoxRelatedNewsItemSapo">Ngày'
        " 3/2/2026, cầu Bãi Sậy thông xe, rút ngắn 18 km đường vòng.</p></div>"
    )
    text = between((f"<p>{line}</p>" for line in story.paragraphs), [*pictures, related])
    linked = [news_article(story, url, "2025-10-05T07:30:00"), {
        "@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": {"@id": "/", "name": "Trang chủ"}},
            {"@type": "ListItem", "position": 2, "item": {"@id": "/a", "name": story.section}}]}]  # fmt: skip
    return f"""<!DOCTYPE html><html lang="vi">{head(story, url, site="Nhật báo Phương Nam", linked=linked)}<body>
<div class="header">{menu()}</div><div class="main"><div class="detail__main">
<div class="detail-top"><div class="detail-cate"><a data-role="cate-name" href="/a">{story.section}</a></div>
<div class="detail-time"><div data-role="publishdate">05/10/2025 07:30 GMT+7</div></div></div>
<h1 class="detail-title" data-role="title">{story.title}</h1>
<div class="detail-author"><img src="avatar.jpg"><a class="name" href="/tac-gia/1">{story.author}</a></div>
<h2 class="detail-sapo" data-role="sapo">(NBPN) - {story.lede}</h2>
<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content">{text}</div></div>
<div class="box-author"><a class="name" href="/tac-gia/1">{story.author}</a></div>
<div class="detail__related"><h2>Tin liên quan</h2>{teaser_list(3, summary=True, item="div")}</div>
<div class="detail-tab">{" ".join(f'<a href="/t">{tag}</a>' for tag in story.tags)}</div>
<div class="detail-comment"><span>Bình luận (0)</span><div class="item"><b>Minh</b><p>Bài viết rất hay, mong xã làm thêm nhà chờ đò sớm cho bà con đỡ khổ.</p></div></div>
</div></div><div class="footer">{PROMISED}</div></body></html>"""


def dashed_list(story: Story, url: str) -> str:
    """A lede in h2 with the paper's name, related articles as a list right below it, time without a zone."""
    pictures = [
        f'<figure class="image align-center"><img data-src="a.jpg" alt="x"/><figcaption><p>{text}</p></figcaption></figure>'
        for text in story.captions
    ]
    text = between((f"<p>{line}</p>" for line in story.paragraphs), pictures)
    extra = (
        '<meta property="article:published_time" content="2025-10-05T07:30:00+07:00"><meta property="article:section" content="%s">'
        % story.section
    )
    return f"""<!DOCTYPE html><html lang="vi">{head(story, url, site="Tin Miền Núi", extra=extra)}<body>
<header class="header">{menu()}</header><main class="body container"><div class="grid-container"><article class="singular-container">
<h1 class="title-page detail">{story.title}</h1><div class="author-wrap"><div class="author-meta"><div class="author-name"><a href="/tg"><b>{story.author}</b></a></div>
<time class="author-time" datetime="2025-10-05 07:30">Chủ nhật, 05/10/2025 - 07:30</time></div></div>
<h2 class="singular-sapo">(Tin Miền Núi) - {story.lede}</h2>
<ul class="article-related"><li><a href="/r1.htm">Giá lúa vụ đông xuân nhích lên từng ngày</a></li><li><a href="/r2.htm">Mưa lớn kéo dài, hồ Suối Đá xả tràn trong đêm</a></li></ul>
<div class="singular-content">{text}</div>
<ul class="tags-wrap"><li>Từ khóa:</li><li><a href="/t1">chợ phiên</a></li></ul></article>
<aside><h3>Đọc nhiều</h3>{teaser_list(6, date=True)}</aside></div></main><footer>{PROMISED}</footer></body></html>"""


def picture_tables(story: Story, url: str) -> str:
    """Captions in cells of picture tables, an inner article box, meta in lists, a credit below."""
    pictures = [
        f'<table class="picture" align="center"><tbody><tr><td class="pic"><img data-src="a.jpg" alt="{text}"></td></tr>'
        f'<tr><td class="pCaption caption">{text}</td></tr></tbody></table>'
        for text in story.captions
    ]
    inner = (
        '<div class="inner-article"><a href="/trong.html"><img src="i.jpg"><h2 class="title">Lão ngư kể chuyện ba lần'
        ' thoát bão</h2><p class="summary">Mỗi lần thoát nạn, ông lại thêm một chiếc phao cho bạn thuyền.</p></a></div>'
    )
    text = between((f"<p>{line}</p>" for line in story.paragraphs), [*pictures, inner])
    graph = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "WebPage", "name": "x"}, news_article(story, url, "2025-10-05T00:30:00Z")],
    }
    return f"""<!DOCTYPE html><html>{head(story, url, site="Báo Sông Hồng", linked=graph)}<body><header id="site-header">{menu()}</header>
<div class="page-wrapper"><article class="the-article type-text"><header class="the-article-header"><p class="the-article-category"><a class="parent_cate" href="/a">{story.section}</a></p>
<h1 class="the-article-title">{story.title}</h1><ul class="the-article-meta"><li class="the-article-author"><a href="/tg">{story.author}</a></li>
<li class="the-article-publish">Chủ nhật, 5/10/2025 07:30 (GMT+7)</li></ul></header>
<section class="main"><p class="the-article-summary">{story.lede}</p><div class="the-article-body">{text}</div>
<div class="the-article-credit"><p class="author">{story.author}</p></div>
<p class="the-article-tags"><a class="tag-item" href="/t">chợ phiên</a></p></section>
<section class="recommendation"><h2>Có thể bạn quan tâm</h2><div class="article-list">{teaser_list(6, summary=True, item="article")}</div></section></article></div>
<footer>{PROMISED}</footer></body></html>"""


def cms_body(story: Story, url: str) -> str:
    """A group of papers' system: figures in tables with the credit apart, related articles in the text by class."""
    pictures = [
        f'<table class="picture" align="center"><tbody><tr><td><div class="pic"><img class="cms-photo" src="a.jpg"></div></td></tr>'
        f'<tr><td class="caption"><p>{text}</p></td></tr></tbody></table>'
        for text in story.captions
    ]
    related = '<div class="article-relate"><div class="box-title">Tin liên quan</div><article class="story"><h3 class="story__heading"><a href="/q">Người trồng cam xoay xở với mùa hạn thứ hai</a></h3></article></div>'
    text = between((f"<p>{line}</p>" for line in story.paragraphs), [related, *pictures])
    extra = (
        '<meta property="article:published_time" content="2025-10-05T07:30:00+0700"><meta name="author" content="%s">'
        % story.author
    )
    return f"""<!DOCTYPE html><html>{head(story, url, site="Văn hóa Kinh kỳ", extra=extra)}<body><header class="site-header">{menu()}</header>
<div class="site-content"><div class="breadcrumb"><h2 class="main"><a href="/a">{story.section}</a></h2></div>
<div class="article"><h1 class="article__title cms-title">{story.title}</h1>
<div class="article__meta"><a class="name cms-author" href="/tg"><span>{story.author}</span></a><time class="time" datetime="2025-10-05T07:30:00+0700">05/10/2025 07:30</time></div>
<div class="article__sapo cms-desc">VHKKO - {story.lede}</div>
<div class="article__body cms-body" itemprop="articleBody">{text}</div>
<div class="article__source"><div class="source"><span class="name">Văn hóa Kinh kỳ</span></div></div>
<div class="article__tag"><ul><li><a href="/t">#chợ phiên</a></li></ul></div>
<div class="rating-share"><a href="#">Chia sẻ</a><a href="#">Lưu bài</a></div></div>
<div class="box-related"><h3>Đọc thêm</h3>{teaser_list(8, date=True, item="article")}</div></div><footer>{PROMISED}</footer></body></html>"""


def amp(story: Story, url: str) -> str:
    """A page for phones, whose canonical address is the paper's own page."""
    pictures = [
        f'<figure><amp-img src="a.jpg" width="6" height="4" layout="responsive" alt="x"></amp-img><figcaption>{text}</figcaption></figure>'
        for text in story.captions
    ]
    text = between(
        (f"<p>{line}</p>" for line in story.paragraphs),
        [
            *pictures,
            '<amp-ad type="doubleclick"><p>Quảng cáo vay tiêu dùng lãi suất thấp nhất thị trường hiện nay.</p></amp-ad>',
        ],
    )
    linked = {
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": "2025-10-05T07:30:00+07:00",
        "author": [{"@type": "Person", "name": story.author}],
        "articleSection": story.section,
    }
    return f"""<!doctype html><html ⚡ lang="vi">{head(story, url, site="Kinh tế Cửu Long", linked=linked)}<body>
<amp-sidebar id="menu">{menu()}</amp-sidebar><article class="detail"><h1>{story.title}</h1><p class="meta">05/10/2025 07:30</p>
<h2 class="sapo">{story.lede}</h2><amp-social-share type="facebook"></amp-social-share><div class="content">{text}</div></article>
<section class="news"><h3>Tin cùng chuyên mục</h3>{teaser_list(6)}</section><footer>{PROMISED}</footer></body></html>"""


def blog_system(story: Story, url: str) -> str:
    """A local paper on a blog system: the lede is the first paragraph in bold, captions by its own class."""
    pictures = [
        f'<div class="wp-caption aligncenter"><img src="a.jpg"><p class="wp-caption-text">{text}</p></div>'
        for text in story.captions
    ]
    text = between((f"<p>{line}</p>" for line in story.paragraphs), pictures)
    extra = (
        '<meta property="article:published_time" content="2025-10-05T07:30:00+07:00"><meta property="article:section" content="%s">'
        % story.section
    )
    return f"""<!DOCTYPE html><html>{head(story, url, site="Báo Vàm Sông", extra=extra)}<body class="post-template single single-post">
<div id="page" class="site"><nav>{menu()}</nav><div id="primary" class="content-area"><main><article class="post type-post">
<header class="entry-header"><h1 class="entry-title">{story.title}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="2025-10-05T07:30:00+07:00">05/10/2025</time></span>
<span class="byline">bởi <a href="/author/1">{story.author}</a></span></div></header>
<div class="entry-content"><p><strong>{story.lede}</strong></p>{text}
<div class="sharedaddy"><h3>Chia sẻ:</h3><ul><li><a href="?fb">Facebook</a></li></ul></div>
<div id="related-posts"><h3>Bài liên quan</h3>{teaser_list(3)}</div></div>
<footer class="entry-footer"><span class="tags-links">Thẻ: <a href="/t">chợ phiên</a></span></footer></article></main></div>
<div class="widget-area">{teaser_list(5, date=True)}</div></div><footer>{PROMISED}</footer></body></html>"""


LAYOUTS = (wide_columns, boxes, dashed_list, picture_tables, cms_body, amp, blog_system)
