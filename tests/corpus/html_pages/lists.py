"""Pages that are no article: sections, home pages, searches, videos, pages that are not there any more."""

from tests.corpus.html_pages.story import PROMISED, TEASERS, menu, teaser_list

_PROMISE = (
    "Từ ngày 1-1-2024, tòa soạn giới thiệu phiên bản dành cho thành viên với nhiều tiện ích hơn trước đây.",
    "Thành viên không thấy quảng cáo, được gửi bình luận không giới hạn và tặng bài cho người thân.",
)


def section() -> str:
    """A section of today: teasers with summaries, an invitation to subscribe, og:type website."""
    promise = "".join(f"<p>{line}</p>" for line in _PROMISE)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Kinh tế - Báo Sông Hồng</title><meta property="og:type" content="website">
<meta property="og:title" content="Kinh tế"><link rel="canonical" href="https://bao.example/kinh-te"></head><body><nav>{menu()}</nav>
<h1>Kinh tế</h1><main>{teaser_list(10, summary=True, date=True, item="article")}</main><div class="modal-content">{promise}</div><footer>{PROMISED}</footer></body></html>"""


def old_home() -> str:
    """A home page of 2005: bold links and summaries in one cell, nothing in the head."""
    rows = "".join(
        f'<TR><TD><IMG src="{n}.jpg"></TD><TD><A href="/tin/{n}/"><B>{title}</B></A><BR>{text}</TD></TR>'
        for n, (title, text) in enumerate(TEASERS)
    )
    return f"<HTML><HEAD><TITLE>Báo Điện tử Vàm Sông</TITLE></HEAD><BODY>{menu()}<TABLE>{rows}</TABLE><P>{PROMISED}</P></BODY></HTML>"


def search() -> str:
    """Results of a search, said to be an article by a template that says so of every page."""
    rows = "".join(
        f'<div class="result"><h4><a href="/b{n}">{title}</a></h4><p>{text}</p></div>'
        for n, (title, text) in enumerate(TEASERS)
    )
    return f'<html><head><title>Kết quả tìm kiếm</title><meta property="og:type" content="article"></head><body>{menu()}<h2>Tìm thấy 10 kết quả</h2>{rows}</body></html>'


def gone() -> str:
    """A page that says, with status 200, that it is not there."""
    return f"<html><head><title>Không tìm thấy trang</title></head><body>{menu()}<h1>Không tìm thấy trang</h1><p>Bài bạn tìm không còn.</p><h3>Tin mới</h3>{teaser_list(10, summary=True)}</body></html>"


def video() -> str:
    """A video and no word about it."""
    return f'<html><head><title>Toàn cảnh chợ nổi</title><meta property="og:type" content="video.other"></head><body>{menu()}<h1>Toàn cảnh chợ nổi</h1><video src="a.mp4"></video></body></html>'


LISTS = (section, old_home, search, gone)
