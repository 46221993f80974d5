"""Layouts of 2000 to 2015: tables, upper-case tags, lines ended by <br>, nothing or little in the head."""

from tests.corpus.html_pages.modern import between
from tests.corpus.html_pages.story import PROMISED, TEASERS, Story, menu

SITE = "Báo Điện tử Vàm Sông"


def _links(count: int) -> str:
    return "".join(
        f'<LI><A href="/Tin/{n}/" class=Lead>{title}</A> (0{n + 1}/02)</LI>'
        for n, (title, _) in enumerate(TEASERS[:count])
    )


def classes_on_paragraphs(story: Story, _url: str) -> str:
    """Title, Lead, Normal and Image as classes of paragraphs and cells; the page's clock at the top; no metadata."""
    pictures = [
        f'<TABLE cellSpacing=0 cellPadding=3 width=1 align=center border=0><TBODY><TR><TD><IMG src="a.jpg" border=1></TD></TR>'
        f"<TR><TD class=Image>{text}</TD></TR></TBODY></TABLE>"
        for text in story.captions
    ]
    text = between((f"<P class=Normal>{line}</P>" for line in story.paragraphs), pictures)
    return f"""<HTML><HEAD><TITLE>{SITE}</TITLE><META http-equiv=Content-Type content="text/html; charset=utf-8"></HEAD><BODY leftMargin=0>
<TABLE width=770 align=center><TR><TD class=date>Thứ hai, 9/3/2026</TD><TD><A href="/">Trang chủ</A> | <A href="/lienhe">Liên hệ</A></TD></TR></TABLE>
<TABLE width=770 align=center><TR><TD width=130 vAlign=top>{menu()}</TD>
<TD width=460 vAlign=top><TABLE width="100%"><TR><TD class=path><A href="/ThoiSu">{story.section}</A></TD><TD class=Date align=right>Chủ nhật, 2/10/2005, 07:30 GMT+7</TD></TR></TABLE>
<P class=Title>{story.title}</P><P class=Lead>{story.lede}</P>{text}
<P class=Normal align=right><STRONG>{story.author}</STRONG></P>
<TABLE width="100%"><TR><TD class=Other><B>Các tin khác</B><UL>{_links(6)}</UL></TD></TR></TABLE></TD>
<TD width=180 vAlign=top><B>Tin mới</B><UL>{_links(8)}</UL></TD></TR></TABLE>
<P align=center><FONT size=1>{PROMISED}</FONT></P></BODY></HTML>"""


def prefixed_classes(story: Story, _url: str) -> str:
    """pTitle, pHead, pBody, pCaption, pAuthor: the classes of a newsroom's own editor."""
    pictures = [
        f'<TABLE class=tLegend cellspacing=0 align=right width=200><TR><TD><IMG src="a.jpg"></TD></TR><TR><TD class=pCaption>{text}</TD></TR></TABLE>'
        for text in story.captions
    ]
    text = between((f'<P class="pBody">{line}</P>' for line in story.paragraphs), pictures)
    return f"""<html><head><title>{SITE} - {story.title}</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>
<table><tr><td colspan=3><img src="logo.gif" alt="{SITE}"></td></tr><tr><td>{menu()}</td><td>
<div class="cDate">Chủ nhật, 02/10/2005, 07:30 (GMT+7)</div>
<P class="pTitle">{story.title}</P><P class="pHead">VSO - {story.lede}</P>{text}<P class="pAuthor">{story.author.upper()}</P>
<table><tr><td><a href="javascript:print()">In bài</a> <a href="mailto:">Gửi email</a></td></tr></table>
<P class="pOther">Tin bài liên quan:</P><ul>{_links(4)}</ul></td></tr></table><div class="footer">{PROMISED}</div></body></html>"""


def line_breaks(story: Story, _url: str) -> str:
    """One cell, lines ended by <br><br>, the headline in a large font, nothing named at all."""
    pictures = [f'<center><img src="a.jpg"><br><i>{text}</i></center>' for text in story.captions]
    text = between((f"{line}<br><br>" for line in story.paragraphs), pictures)
    return f"""<html><head><title>{SITE}</title></head><body bgcolor="#ffffff">
<table width="760"><tr><td width="150"><a href="/">Trang nhất</a><br><a href="/2">Kinh tế</a><br><a href="/3">Văn hóa</a><br><a href="/4">Thể thao</a></td>
<td><font face="Times New Roman" size="4" color="#003399"><b>{story.title}</b></font><br><font size="1">(02/10/2005 07:30)</font><br><br>
<b>{story.lede}</b><br><br>{text}<br><b>{story.author}</b><br><br>
<hr><b>Các tin đã đưa</b><br>{"<br>".join(f'- <a href="?id={n}">{title}</a> (0{n + 1}/10/2005)' for n, (title, _) in enumerate(TEASERS[:6]))}
</td></tr></table><font size="1">{PROMISED}</font></body></html>"""


def divisions(story: Story, url: str) -> str:
    """Paragraphs that are divisions, the lede inside the text's box, teasers as articles among them."""
    pictures = [
        f'<table class="imagefull" align="center"><tr><td><img src="a.jpg"></td></tr><tr><td><div class="imgcaption">{text}</div></td></tr></table>'
        for text in story.captions
    ]
    teaser = '<article class="story"><a href="/s"><img src="s.jpg"></a><h2><a href="/s">Hội sách bên sông mở cửa đến hết tuần</a></h2><p>Hơn 200 gian sách cũ và mới, vào cửa tự do.</p></article><article class="story"><h2><a href="/s2">Đội bóng Biển Đông thua trận thứ ba liên tiếp</a></h2></article>'
    text = between((f"<div>{line}</div><div>&nbsp;</div>" for line in story.paragraphs), [*pictures, teaser])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title} | Thời sự | Báo Rạch Mương</title>
<meta name="keywords" content="{", ".join(story.tags)}"><meta property="og:site_name" content="Báo Rạch Mương"><link rel="canonical" href="{url}"></head><body>
<div id="header">{menu()}</div><div class="main-article"><div class="breadcrumbs"><a href="/">Trang chủ</a><a href="/a">{story.section}</a></div>
<h1 class="main-title">{story.title}</h1><div class="meta"><time>07:30 - 05/10/2025</time><div class="fb-like"></div></div>
<div class="article-body"><div class="content"><div class="sapo"><div>{story.lede}</div></div><div id="abody">{text}</div>
<div class="author"><a href="/tg">{story.author}</a></div></div></div>
<div class="morenews"><h3>Tin khác</h3>{"".join(f'<div class="cell"><a href="/m{n}">{title}</a></div>' for n, (title, _) in enumerate(TEASERS[:5]))}</div></div>
<div class="footer">{PROMISED}</div></body></html>"""


def small_print(story: Story, url: str) -> str:
    """A local paper: captions as centred italics below pictures, "Có thể bạn quan tâm" with dated teasers, a bar."""
    pictures = [
        f'<p style="text-align:center"><img src="a.jpg" alt=""></p><p style="text-align: center"><em>{text}</em></p>'
        for text in story.captions
    ]
    text = between((f'<p style="text-align: justify">{line}</p>' for line in story.paragraphs), pictures)
    cards = "".join(
        f'<div class="card"><a href="/c{n}"><img src="c.jpg"></a><div class="card-title"><a href="/c{n}">{title}</a></div><div class="card-desc">{lede}</div><div>0{n + 1}/03/2026</div></div>'
        for n, (title, lede) in enumerate(TEASERS[:6])
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title}</title>
<meta name="description" content="{story.lede}"><meta property="og:title" content="{story.title}"><meta property="og:url" content="{url}"></head><body>
<div class="top">Thứ hai, 09/03/2026 <a href="/rss">RSS</a></div><div class="menu">{menu()}</div>
<div class="container"><div class="left"><div class="path"><a href="/">Trang chủ</a> » <a href="/a">{story.section}</a></div>
<h1>{story.title}</h1><div class="info"><span>Chủ nhật, 05/10/2025, 07:30 [GMT+7]</span> <a href="#">Chia sẻ</a></div>
<div class="news-detail"><p><strong>BVSĐT - {story.lede}</strong></p>{text}<p style="text-align: right"><strong>Bài, ảnh: {story.author}</strong></p></div>
<div class="bar"><a>fb</a> <a>zl</a> <a>tw</a></div>
<div class="others"><h3>Có thể bạn quan tâm</h3>{cards}</div></div></div><div class="bottom">{PROMISED}</div></body></html>"""


LAYOUTS = (classes_on_paragraphs, prefixed_classes, line_breaks, divisions, small_print)
