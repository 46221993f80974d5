"""Are citations right? Names whole, dates no finer than known, and files that their own readers read."""

import json
import re
from datetime import date

import pytest

from corpus.article import Article
from corpus.published import Published
from search_app.formats.citations import Cited, Style, cite
from search_app.web.structured import dublin_core, news_article

READ = date(2026, 3, 9)
NAMES = ("Nguyễn Thị Minh Khai", "Y Phôn Ksor", "Lê Hoàng Phúc")


HERE = "http://kho.example/article/bsh-1"
ARCHIVE = "7d444840-9dc0-11d1-b245-5ffdce74fad2"


def cited(published: str = "2013-05-26T07:10+07:00", permalink: str = HERE, **changed: object) -> Cited:
    values: dict[str, object] = {
        "id": "bsh-1",
        "title": "Lũ quét\nở Sa Pa",
        "lede": "Có lũ.",
        "source": "Báo Sông Hồng",
        "section": "Xã hội",
        "authors": NAMES[:1],
        "url": "https://bao.example/lu",
        "published": Published(published),
    }
    return Cited(Article(**values | changed), permalink, READ, ARCHIVE)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_name_stays_whole_in_every_style(style: Style, count: int) -> None:
    text = cite(style, [cited(authors=NAMES[:count])])
    assert all(name in text for name in NAMES[:count])


@pytest.mark.parametrize(
    ("published", "vietnamese", "apa"),
    [
        (
            "2013-05-26T07:10+07:00",
            "(2013), “Lũ quét ở Sa Pa”, Báo Sông Hồng, ngày 26/5/2013,",
            "(2013, May 26).",
        ),
        ("2013-05", "(2013), “Lũ quét ở Sa Pa”, Báo Sông Hồng, tháng 5/2013,", "(2013, May)."),
        ("2013", "(2013), “Lũ quét ở Sa Pa”, Báo Sông Hồng, <", "(2013)."),
        ("XXXX-05-26", "(không rõ năm), “Lũ quét ở Sa Pa”, Báo Sông Hồng, <", "(n.d.)."),
        ("", "(không rõ năm), “Lũ quét ở Sa Pa”, Báo Sông Hồng, <", "(n.d.)."),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(published: str, vietnamese: str, apa: str) -> None:
    assert vietnamese in cite(Style.VIETNAMESE, [cited(published)])
    assert f"Nguyễn Thị Minh Khai. {apa} Lũ quét ở Sa Pa. Báo Sông Hồng. https" in cite(
        Style.APA, [cited(published)]
    )


def test_a_citation_is_a_sentence_with_the_day_it_was_read() -> None:
    assert cite(Style.VIETNAMESE, [cited()]) == (
        "Nguyễn Thị Minh Khai (2013), “Lũ quét ở Sa Pa”, Báo Sông Hồng, ngày 26/5/2013,"
        " <https://bao.example/lu>, truy cập ngày 9/3/2026."
    )


def test_where_nobody_signed_the_paper_or_the_title_begins() -> None:
    unsigned = cited(authors=())
    assert cite(Style.VIETNAMESE, [unsigned]).startswith("Báo Sông Hồng (2013), “Lũ quét ở Sa Pa”, ngày")
    assert cite(Style.APA, [unsigned]).startswith("Lũ quét ở Sa Pa. (2013, May 26). Báo Sông Hồng.")


def test_an_address_of_no_web_gives_way_to_the_archives_own() -> None:
    for style in Style:
        assert "http://kho.example/article/bsh-1" in cite(style, [cited(url="javascript:alert(1)")])


@pytest.mark.parametrize("style", Style)
def test_without_any_address_the_archive_and_the_id_are_named(style: Style) -> None:
    """And no field of an address is left empty."""
    text = cite(style, [cited(permalink="", url="")])
    assert ARCHIVE in text
    assert "bsh-1" in text
    assert not re.search(r"http|<>|url =|URL|UR  -", text)
    assert ARCHIVE not in cite(style, [cited(url="")])


def test_where_archive_and_id_stand_in_each_style() -> None:
    said = {style: cite(style, [cited(permalink="", url="")]) for style in Style}
    assert said[Style.VIETNAMESE].endswith(
        f"ngày 26/5/2013, Kho Báo {ARCHIVE}, mã bài bsh-1, truy cập ngày 9/3/2026."
    )
    assert said[Style.APA].endswith(f"Báo Sông Hồng. Kho Báo {ARCHIVE} (Article bsh-1).")
    assert f"  note = {{Kho Báo {ARCHIVE}, bsh-1}}," in said[Style.BIBTEX]
    assert f"DB  - Kho Báo {ARCHIVE}\r\nAN  - bsh-1\r\n" in said[Style.RIS]
    (item,) = json.loads(said[Style.CSL])
    assert (item["archive"], item["archive_location"]) == (f"Kho Báo {ARCHIVE}", "bsh-1")


def test_csl_says_names_as_literal_and_dates_in_parts() -> None:
    one, other = json.loads(cite(Style.CSL, [cited(), cited("2013-05", id="b", authors=())]))
    assert one["author"] == [{"literal": "Nguyễn Thị Minh Khai"}]
    assert (one["issued"], other["issued"]) == ({"date-parts": [[2013, 5, 26]]}, {"date-parts": [[2013, 5]]})
    assert "author" not in other
    assert one["type"] == "article-newspaper"


def test_ris_has_its_tags_in_order_and_no_comma_cuts_a_name() -> None:
    lines = cite(Style.RIS, [cited(authors=("Lê, Hoàng Phúc",)), cited()]).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines.count("ER  - ") == 2
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line.strip())
    assert "AU  - Lê  Hoàng Phúc" in lines
    assert "DA  - 2013/05/26/" in lines


def test_bibtex_escapes_what_tex_would_read_and_its_keys_differ() -> None:
    text = cite(Style.BIBTEX, [cited(title="Giá 5% & $1 {a}_b", id="ma"), cited(id="mã"), cited(id="má")])
    assert r"title = {{Giá 5\% \& \$1 \{a\}\_b}}" in text
    assert "author = {{Nguyễn Thị Minh Khai}}" in text
    keys = re.findall(r"@article\{([a-z0-9-]+),", text)
    assert keys[0] == "ma"
    assert len(set(keys)) == 3


def test_several_authors_are_joined_as_each_style_joins_them() -> None:
    three = [cited(authors=NAMES)]
    assert "Nguyễn Thị Minh Khai, Y Phôn Ksor, & Lê Hoàng Phúc." in cite(Style.APA, three)
    assert "Nguyễn Thị Minh Khai & Y Phôn Ksor." in cite(Style.APA, [cited(authors=NAMES[:2])])
    assert "{Nguyễn Thị Minh Khai} and {Y Phôn Ksor} and" in cite(Style.BIBTEX, three)


def test_the_day_of_a_last_change_is_cited_as_such() -> None:
    changed, known = cited("2024-03-12~"), cited("2024-03-12")
    said = {style: cite(style, [changed]) for style in Style}
    assert "Khai (sửa lần cuối 2024), “" in said[Style.VIETNAMESE]
    assert ", sửa lần cuối ngày 12/3/2024, " in said[Style.VIETNAMESE]
    assert "(2024, March 12, last changed)." in said[Style.APA]
    assert "date = {2024-03-12~}" in said[Style.BIBTEX]
    assert "\r\nDA  - 2024/03/12/ngày sửa lần cuối" in said[Style.RIS]
    (item,) = json.loads(said[Style.CSL])
    assert item["issued"] == {"date-parts": [[2024, 3, 12]], "circa": True}
    assert "date of last change" in item["note"]
    assert all("not of publication" in said[style] for style in (Style.BIBTEX, Style.RIS, Style.CSL))
    assert not any("last change" in cite(style, [known]) or "sửa" in cite(style, [known]) for style in Style)


def test_programs_read_the_day_of_a_last_change_as_such() -> None:
    for published, linked, meta in (
        ("2024-03-12~", '"dateModified": "2024-03-12"', ("DCTERMS.modified", "2024-03-12")),
        ("2024-03-12", '"datePublished": "2024-03-12"', ("DC.date", "2024-03-12")),
    ):
        article = cited(published).article
        assert linked in news_article(article, HERE, HERE)
        assert meta in dublin_core(article, HERE)
