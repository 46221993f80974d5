import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.feeds import feed
from corpus.records import Reading
from tests.corpus.records import articles, outline, read_bytes, refusals

_LONG = "Nước sông lên nhanh suốt đêm, dân hai xã ven bờ phải dời lên đồi. " * 12
_RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Thời sự - VnExpress RSS</title><link>https://bao.example/</link>
{items}
</channel></rss>"""
_FULL = """<item><title>Lũ lên &amp; rút</title><link>https://bao.example/1?utm_source=rss</link>
<media:content url="a.jpg"><media:description>Bến đò sáng nay</media:description></media:content>
<dc:creator>Hà Thu</dc:creator><category>Xã hội</category><category>lũ</category>
<pubDate>Mon, 27 May 2013 07:10:00 +0700</pubDate>
<description><![CDATA[<img src="a.jpg"/>Hai xã bị cô lập.]]></description>
<content:encoded><![CDATA[<p>BSH - Sáng nay nước lên.</p><p>Dân đã dời đi.</p>
<figure><img src="b.jpg"/><figcaption>Chợ ngập</figcaption></figure><script>x()</script>
<p>Tin liên quan</p><p>Giá lúa</p>]]></content:encoded></item>"""
_TEASER = """<item><title>Tin ngắn</title><link>https://bao.example/2</link>
<description>Chỉ là lời rao.</description></item>"""
_LONG_DESCRIPTION = f"<item><title>Dài</title><guid>x 1</guid><description>{_LONG}</description></item>"
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Sông Hồng</title>
<entry><title type="html">Lũ &lt;b&gt;lên&lt;/b&gt;</title><id>tag:x,1</id>
<updated>2013-05-27T07:10:00+07:00</updated><author><name>An</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Một.</p><p>Hai.</p></div></content></entry>
<entry><title>Dài</title><link href="https://bao.example/3"/><summary>{_LONG}</summary></entry></feed>"""


def rss(*items: str) -> bytes:
    return _RSS.format(items="\n".join(items)).encode()


def test_an_entry_that_holds_its_text_is_an_article_with_all_it_says(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, rss(_FULL), "a.xml")
    (one,) = articles(found)
    assert (one.title, one.lede) == ("Lũ lên & rút", "Hai xã bị cô lập.")
    assert one.paragraphs == ("Sáng nay nước lên.", "Dân đã dời đi.")
    assert one.captions == ("Chợ ngập", "Bến đò sáng nay")
    assert one.caption_places == (2,), "the media element's has no place in the text"
    assert (one.source, one.section, one.tags) == ("VnExpress", "Xã hội", ("lũ",))
    assert (one.published.text, one.authors) == ("2013-05-27T07:10+07:00", ("Hà Thu",))
    assert one.related == ("BSH -", "Tin liên quan", "Giá lúa")


def test_a_teaser_is_refused_and_a_long_description_taken(tmp_path: Path) -> None:
    broken = _LONG_DESCRIPTION.replace("</description>", " […]</description>")
    found = read_bytes(tmp_path, rss(_TEASER, _LONG_DESCRIPTION, broken), "a.rss")
    assert [place for place, _ in outline(found)] == ["item 1", "item 2", "item 3"]
    assert [one.title for one in articles(found)] == ["Dài"]
    assert [one.reason for one in refusals(found)] == ["feed-teaser", "feed-teaser"]


def test_atom_is_read(tmp_path: Path) -> None:
    first, second = articles(read_bytes(tmp_path, _ATOM.encode(), "a"))
    assert (first.title, first.lede, first.paragraphs) == ("Lũ lên", "Một.", ("Hai.",))
    assert (first.source, first.published.text) == ("Báo Sông Hồng", "2013-05-27~")
    assert second.url == "https://bao.example/3"


def test_an_empty_date_is_none(tmp_path: Path) -> None:
    text = "<p>Bà con xuống chợ từ sáng sớm.</p>" * 30
    item = f"<item><title>Lũ</title><pubDate></pubDate><description><![CDATA[{text}]]></description></item>"
    (found,) = articles(read_bytes(tmp_path, rss(item), "a.rss"))
    assert found.published.text == ""


def test_the_same_page_has_one_id_in_every_feed(tmp_path: Path) -> None:
    other = _FULL.replace("?utm_source=rss", "").replace("Dân đã", "Dân đều đã")
    ids = {
        articles(read_bytes(tmp_path, rss(item), name))[0].id for item, name in ((_FULL, "a"), (other, "b"))
    }
    assert len(ids) == 1


def test_an_entry_can_be_read_again_from_its_bytes_and_context(tmp_path: Path) -> None:
    for found in read_bytes(tmp_path, rss(_LONG_DESCRIPTION, _FULL), "a.rss"):
        assert isinstance(found, Reading)
        assert feed.article(found.raw, found.context) == found.article


def test_a_feed_cut_short_gives_its_whole_entries_and_a_refusal(tmp_path: Path) -> None:
    raw = rss(_FULL, _LONG_DESCRIPTION)
    found = outline(read_bytes(tmp_path, raw[: raw.rindex(b"</desc")], "a.rss"))
    assert [place for place, _ in found] == ["item 1", "after item 1"]
    assert found[1][1] == "cut-short"


@pytest.mark.parametrize(
    ("element", "edtf"),
    [
        ("<pubDate>Mon, May 27 2013 07:10:00 +0700</pubDate>", "2013-05-27T07:10+07:00"),
        ("<pubDate>Mon, 27 May 13 07:10:00 +0700</pubDate>", "2013-05-27T07:10+07:00"),
        ("<pubDate>27/5/2013 07:10</pubDate>", "2013-05-27T07:10"),
        ("<pubDate>hom qua</pubDate>", ""),
        ("<dc:date>2013-05-27T07:10:00+07:00</dc:date>", "2013-05-27T07:10+07:00"),
        ("<atom:updated>2013-05-27T07:10:00+07:00</atom:updated>", "2013-05-27~"),
        (
            "<atom:updated>2013-05-28T07:10:00+07:00</atom:updated><pubDate>27 May 2013</pubDate>",
            "2013-05-27",
        ),
    ],
)
def test_the_date_of_an_entry_is_read_as_in_a_record(tmp_path: Path, element: str, edtf: str) -> None:
    raw = rss(re.sub("<pubDate>.*?</pubDate>", element, _FULL)).replace(
        b"<rss ",
        b'<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" ',
    )
    (one,) = articles(read_bytes(tmp_path, raw, "a.rss"))
    assert one.published.text == edtf


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (rss(), "no-entries"),
        (rss("<item><title>A</title></item>"), "feed-teaser"),
    ],
)
def test_what_is_no_article_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    assert [one.reason for one in refusals(read_bytes(tmp_path, raw, "a.rss"))] == [reason]


@pytest.mark.parametrize("title", ["", "<title></title>", "<title>(no title)</title>"])
def test_an_entry_without_a_title_gets_its_first_words(tmp_path: Path, title: str) -> None:
    item = _FULL.replace("<title>Lũ lên &amp; rút</title>", title).replace("Hà Thu", "admin")
    (one,) = articles(read_bytes(tmp_path, rss(item), "a.rss"))
    assert (one.title, one.authors) == ("[BSH - Sáng nay nước lên…]", ())
    assert one.paragraphs == ("Sáng nay nước lên.", "Dân đã dời đi.")


_WHOLE = rss(_FULL, _TEASER, _LONG_DESCRIPTION)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)  # it writes files
@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), max_size=10))
def test_a_mutated_feed_never_raises(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    raw = bytearray(_WHOLE)
    for place, value in changes:
        raw[place] = value
    folder = tmp_path_factory.getbasetemp()
    assert outline(read_bytes(folder, bytes(raw), "a.rss")) == outline(
        read_bytes(folder, bytes(raw), "a.rss")
    )


def test_a_dateline_taken_off_the_first_paragraph_leaves_it_its_place(tmp_path: Path) -> None:
    content = "<p>(VSO) - Nước lên.</p><figure><figcaption>Bến đò</figcaption></figure><p>Dân đã dời đi.</p>"
    item = f"<item><title>Lũ</title>{{}}<content:encoded><![CDATA[{content}]]></content:encoded></item>"
    described = item.format("<description>Hai xã bị cô lập.</description>")
    for one, first, place in ((described, "Nước lên.", 1), (item.format(""), "Dân đã dời đi.", 0)):
        (found,) = articles(read_bytes(tmp_path, rss(one), "a.xml"))
        assert (found.paragraphs[0], found.caption_places) == (first, (place,))


def test_a_picture_within_a_paragraph_of_an_entry_stands_after_it(tmp_path: Path) -> None:
    content = (
        "<p>Nước lên.</p><p>Dân <span class='caption'>Bến đò</span> đã dời đi.</p><p>Trời tạnh.</p>"
        "<figure><figcaption>Chợ ngập</figcaption></figure><p>Chợ họp.</p>"
    )
    item = f"<item><title>Lũ</title><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    (one,) = articles(read_bytes(tmp_path, rss(item), "a.xml"))
    assert one.paragraphs == ("Dân đã dời đi.", "Trời tạnh.", "Chợ họp.")
    assert one.caption_places == (1, 2)


@pytest.mark.parametrize(("sign", "related"), [("(TTXVN) - ", ("(TTXVN) -",)), ("(VnExpress) - ", ())])
def test_a_dateline_of_another_than_the_channel_is_kept(
    tmp_path: Path, sign: str, related: tuple[str, ...]
) -> None:
    content = f"<content:encoded><![CDATA[<p>{sign}Nước lên.</p><p>Dân đã dời đi.</p>]]></content:encoded>"
    (one,) = articles(read_bytes(tmp_path, rss(f"<item><title>Lũ</title>{content}</item>"), "a.xml"))
    assert (one.source, one.lede, one.related) == ("VnExpress", "Nước lên.", related)


_SIDE = "<p>Xem ảnh ở trang trong.</p><p>Dân đã dời đi.</p><figure><figcaption>Chợ ngập</figcaption></figure>"


def test_what_only_the_other_text_of_an_entry_holds_is_kept(tmp_path: Path) -> None:
    main = (
        f"<p>Nước lên.</p><p>Dân đã dời đi.</p><p>{_LONG}</p><figure><figcaption>Bến đò</figcaption></figure>"
    )
    item = "<item><title>Lũ</title><description><![CDATA[{}]]></description><content:encoded><![CDATA[{}]]>"
    item += "</content:encoded></item>"
    (found,) = articles(read_bytes(tmp_path, rss(item.format(main, _SIDE)), "a.xml"))
    assert (found.lede, found.paragraphs) == ("Nước lên.", ("Dân đã dời đi.", _LONG.strip()))
    assert (found.captions, found.caption_places) == (("Bến đò", "Chợ ngập"), (2,))
    assert found.related == ("Xem ảnh ở trang trong.",)
    (turned,) = articles(read_bytes(tmp_path, rss(item.format(_SIDE, main)), "b.xml"))
    assert turned.lede == "Xem ảnh ở trang trong.\nDân đã dời đi."
    assert (turned.captions, turned.caption_places) == (("Bến đò", "Chợ ngập"), (3,))
