"""An export of WordPress gives its published posts, as the site showed them; the rest is counted by kind."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.cleaning.shortcodes import without_shortcodes
from corpus.errors import ImpossibleValueError
from corpus.readers.feeds import feed
from corpus.readers.input.source_file import Tally
from corpus.readers.markup.fragment import NewLines, fragment_of
from corpus.records import Reading
from tests.corpus.records import articles, outline, read, read_bytes, refusals

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a file of a site. -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Báo Vàm Sông</title>
<link>https://vamsong.example</link><wp:wxr_version>1.2</wp:wxr_version>
{lists}
"""
_AUTHOR = (
    "<wp:author><wp:author_login>{0}</wp:author_login><wp:author_display_name><![CDATA[{1}]]>"
    "</wp:author_display_name><wp:author_first_name>{2}</wp:author_first_name>"
    "<wp:author_last_name>{3}</wp:author_last_name></wp:author>\n"
)
_NEVER = "Mon, 30 Nov -0001 00:00:00 +0000"
_TEXT = "Sáng 4/3, chuyến đò đầu tiên đã sang sông.\n\nKhách đi đò không mất tiền."


def item(number: int = 1, content: str = _TEXT, **values: str) -> str:
    """An item of an export; the values stand in its elements."""
    given = {
        "title": f"Bến đò {number} mở lại", "pubDate": "Mon, 04 Mar 2024 01:10:00 +0000", "creator": "thu.ha",
        "excerpt": "", "post_type": "post", "status": "publish", "post_password": "", "more": "",
        "post_date": "2024-03-04 08:10:00", "post_date_gmt": "2024-03-04 01:10:00",
    } | values  # fmt: skip
    own = "".join(
        f"<wp:{name}><![CDATA[{given[name]}]]></wp:{name}>"
        for name in ("post_date", "post_date_gmt", "status", "post_type", "post_password")
    )
    return (
        f"<item><title>{given['title']}</title><link>https://vamsong.example/?p={number}</link>"
        f"<pubDate>{given['pubDate']}</pubDate><dc:creator><![CDATA[{given['creator']}]]></dc:creator>"
        f"<description></description><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{given['excerpt']}]]></excerpt:encoded>{own}{given['more']}</item>\n"
    )


def export(*items: str, lists: str = "") -> bytes:
    return (_HEAD.replace("{lists}", lists) + "".join(items) + "</channel></rss>").encode()


def only(folder: Path, raw: bytes) -> Article:
    (found,) = articles(read_bytes(folder, raw, "kho.xml"))
    return found


def test_published_posts_are_articles_and_all_else_is_counted_by_kind(tmp_path: Path) -> None:
    others = ("draft", "pending", "private", "future", "trash", "auto-draft")
    kinds = ("page", "attachment", "revision", "nav_menu_item", "product")
    raw = export(
        item(1),
        *(item(9 + n, status=status) for n, status in enumerate(others)),
        *(item(20 + n, post_type=kind, status="publish") for n, kind in enumerate(kinds)),
        item(30, post_password="chim sẻ"),  # noqa: S106 - a post's, in a test
        item(31, more="<wp:comment><wp:comment_content>Hay quá</wp:comment_content></wp:comment>"),
        item(32, "Người dùng gõ <wp:status>draft</wp:status> ở đây.\n\nRồi thôi."),
    )
    path, tally = tmp_path / "kho.xml", Tally()
    path.write_bytes(raw)
    found = read(path, tally=tally)
    assert [one.title for one in articles(found)] == [f"Bến đò {number} mở lại" for number in (1, 31, 32)]
    assert not refusals(found)
    assert not any("Hay quá" in line for one in articles(found) for line in (*one.paragraphs, *one.related))
    assert dict(tally.passed_over) == {
        **{f"wordpress post: {status}": 1 for status in (*others, "password")},
        **{f"wordpress {kind}": 1 for kind in kinds},
    }


def test_an_item_of_another_plug_in_that_names_no_kind_is_a_post(tmp_path: Path) -> None:
    bare = item().partition("<wp:post_date>")[0] + "</item>"
    assert only(tmp_path, export(bare)).lede == "Sáng 4/3, chuyến đò đầu tiên đã sang sông."


def test_a_draft_that_was_imported_earlier_is_refused_when_it_is_cleaned_again(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, export(item()), "kho.xml")
    assert isinstance(found, Reading)
    assert feed.article(found.raw, found.context) == found.article
    with pytest.raises(ImpossibleValueError, match="no published post"):
        feed.article(found.raw.replace(b"[publish]", b"[draft]"), found.context)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Một.\n\nHai.\nBa.", ("Một.", "Hai.", "Ba.")),
        ("Một.\r\n\r\nHai\r\n\r\n&nbsp;\r\nBa.", ("Một.", "Hai", "Ba.")),
        ("<p>Một\nvà.</p>\nHai.\n\nBa.", ("Một và.", "Hai.", "Ba.")),
        ("<strong>Đề mục</strong>\nMột <em>hai</em> ba.\n\nBốn.", ("Đề mục", "Một hai ba.", "Bốn.")),
        ("Một.\n<blockquote>Hai.\n\nBa.</blockquote>\nBốn.", ("Một.", "Hai.", "Ba.", "Bốn.")),
        ("Một.\n<ul>\n <li>Hai\n ba.</li>\n <li>Bốn.</li>\n</ul>\nNăm.", ("Một.", "Hai ba.", "Bốn.", "Năm.")),
        ("<p>Một.\n\nHai.</p>", ("Một.", "Hai.")),
        (
            "<!-- wp:paragraph -->\n<p>Một.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list {} --><li>Hai.</li>",
            ("Một.", "Hai."),
        ),
        ("Một.<!--more-->\n\nHai.", ("Một.", "Hai.")),
    ],
)
def test_new_lines_are_what_wordpress_shows(typed: str, lines: tuple[str, ...]) -> None:
    assert fragment_of(typed, NewLines.TYPED).text == lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("Một\nhai.\n\nBa <b>bốn</b>.", ("Một hai.", "Ba bốn.")),
        ("<p>Một\n\nhai.</p>", ("Một hai.",)),
        ("Một<br>\n\n hai", ("Một", "hai")),
    ],
)
def test_elsewhere_a_blank_line_ends_a_paragraph_only_where_no_element_does(
    html: str, lines: tuple[str, ...]
) -> None:
    assert fragment_of(html).text == lines


@pytest.mark.parametrize(
    ("html", "text", "captions"),
    [
        ('[caption id="a" width="3"]<img src="a.jpg"/> Bến đò.[/caption]Lũ.', ("Lũ.",), ("Bến đò.",)),
        ("[caption id=&#8221;a&#8221;]<a><img></a>Bến <i>đò</i>[/caption]", (), ("Bến đò",)),
        ('Lũ.[wp_caption caption="Bến đò"]<img>[/wp_caption]', ("Lũ.",), ("Bến đò",)),
        ("Lũ.[gallery ids='1,2']Rút.[gallery]", ("Lũ.", "Rút."), ()),
        ("Lũ.[embed width=3]https://v.example/1[/embed]\n\n[video][audio mp3='a.mp3'][/audio]", ("Lũ.",), ()),
        ("[vc_row a='b'][vc_column_text]Một.[/vc_column_text][vc_column_text]Hai.", ("Một.", "Hai."), ()),
        ('[et_pb_section][et_pb_text a="b"]Một.[/et_pb_text][/et_pb_section]', ("Một.",), ()),
        ("Ông [su_highlight background='#ff9']Vàng[/su_highlight] kể.", ("Ông Vàng kể.",), ()),
        ("[su_note]Một.[/su_note] [su_divider]Hai.", ("Một.", "Hai."), ()),
        ('Liên hệ: [contact-form-7 id="12" title="Thư"]', ("Liên hệ:",), ()),
        ("Ông [lạ_1] nói, [riengta a='b']Vàng[/riengta] kể.", ("Ông [lạ_1] nói, Vàng kể.",), ()),
        ("[vc_custom_heading text='Chợ']Một.", ("Chợ", "Một."), ()),
        ("[dropcap]T[/dropcap]ừ sáng [b]sớm[/b].", ("Từ sáng sớm.",), ()),
        ("[vc_raw_html]JTNDc2NyaXB0[/vc_raw_html]Một.", ("Một.",), ()),
    ],
)  # fmt: skip
def test_shortcodes_leave_the_text(html: str, text: tuple[str, ...], captions: tuple[str, ...]) -> None:
    found = fragment_of(html, NewLines.TYPED)
    assert (found.text, found.captions) == (text, captions)


@pytest.mark.parametrize(
    "text",
    [
        "[Video] Lũ lên", "[VIDEO] Toàn cảnh", "[Ảnh]", "[1]", "[sic]", "[Infographic]", "[...]", "[…]",
        "[update]", "[Video 1]", "[Video: Bến đò]", "[Ảnh: A=B]", "[xem trang 3]", "[i]", "[facebook]",
        "[2024]", "[Emagazine] Đò", "[[gallery]]", "[trích]", "[a, b]", "[Trực tiếp] Lũ", "a[0] = b[1]",
        "[Longform 2/3]", "[Podcast - kỳ 2]", "[PHOTO]", "[R]",
    ],
)  # fmt: skip
def test_the_brackets_of_news_stay(text: str) -> None:
    assert without_shortcodes(f"<p>{text} về.</p>") == f"<p>{text} về.</p>"


@given(st.text(alphabet='[]/= "ab_<>\n', max_size=60))
def test_what_stands_in_no_bracket_stays(text: str) -> None:
    kept = without_shortcodes(text)
    assert kept == text if "[" not in text else len(kept) <= len(text) + 40 * text.count("[")


@pytest.mark.parametrize(
    ("creator", "lists", "authors"),
    [
        ("thu.ha", _AUTHOR.format("thu.ha", "Thu Hà", "", ""), ("Thu Hà",)),
        ("thu.ha", _AUTHOR.format("thu.ha", "thu.ha", "Hà", "Lê Thu"), ("Lê Thu Hà",)),
        ("thu.ha", _AUTHOR.format("khac", "Người Khác", "", ""), ()),
        ("thu.ha", "", ()),
        ("admin", _AUTHOR.format("admin", "admin", "", ""), ()),
        ("admin", _AUTHOR.format("admin", "Quản trị viên", "", ""), ()),
        ("Lê Thu Hà", "", ("Lê Thu Hà",)),
    ],
)
def test_an_author_is_a_person_and_no_login(
    tmp_path: Path, creator: str, lists: str, authors: tuple[str, ...]
) -> None:
    lists += _AUTHOR.format("sau", "Người Sau", "", "")
    assert only(tmp_path, export(item(creator=creator), lists=lists)).authors == authors


@pytest.mark.parametrize(
    ("said", "local", "utc", "published"),
    [
        ("Mon, 04 Mar 2024 01:10:00 +0000", "", "", "2024-03-04T01:10+00:00"),
        ("", "2024-03-04 08:10:00", "2024-03-04 01:10:00", "2024-03-04T08:10+07:00"),
        (_NEVER, "2024-03-04 08:10:00", "0000-00-00 00:00:00", "2024-03-04T08:10"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "", "2024-03-04 01:10:00", "2024-03-04T01:10+00:00"),
        ("hôm qua", "2024-03-04 08:10:00", "", "2024-03-04T08:10"),
        (_NEVER, "0000-00-00 00:00:00", "", ""),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_post_where_the_feed_has_none(
    tmp_path: Path, said: str, local: str, utc: str, published: str
) -> None:
    one = only(tmp_path, export(item(content="Bến đò mở.", pubDate=said, post_date=local, post_date_gmt=utc)))
    assert one.published.text == published


def test_section_tags_excerpt_and_title(tmp_path: Path) -> None:
    more = (
        '<category domain="category" nicename="a"><![CDATA[Uncategorized]]></category>'
        '<category domain="post_tag" nicename="b"><![CDATA[đò]]></category>'
        '<category domain="category" nicename="c"><![CDATA[Đời sống]]></category>'
        '<category domain="post_format" nicename="d"><![CDATA[post-format-video]]></category>'
    )
    one = only(tmp_path, export(item(more=more, excerpt="Đò chạy <b>lại</b>.", title="")))
    assert (one.section, one.tags, one.lede) == ("Đời sống", ("đò",), "Đò chạy lại.")
    assert one.title == "[Sáng 4/3, chuyến đò đầu tiên đã sang sông…]"
    assert one.source == "Báo Vàm Sông"
    assert one.url == "https://vamsong.example/?p=1"


def test_a_short_post_that_ends_in_dots_is_whole(tmp_path: Path) -> None:
    content = "Đò sang sông…\nhttps://video.example/watch?v=1"
    assert only(tmp_path, export(item(content=content))).lede == "Đò sang sông…"


def test_the_lists_of_a_long_head_are_not_stored_with_every_post(tmp_path: Path) -> None:
    lists = "".join(_AUTHOR.format(f"a{number}", f"Người Số {number}", "", "") for number in range(2000))
    lists += "<wp:tag><wp:tag_name>x</wp:tag_name></wp:tag>" * 2000
    raw = export(*(item(number, creator=f"a{number}") for number in range(1, 1001)), lists=lists)
    found = read_bytes(tmp_path, raw, "kho.xml")
    assert len(outline(found)) == 1000
    assert [one.authors for one in articles(found)] == [(f"Người Số {number}",) for number in range(1, 1001)]
    assert max(len(one.raw) for one in found) < 3000
