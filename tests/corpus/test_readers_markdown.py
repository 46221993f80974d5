from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.documents import markdown as markdown_file
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading
from tests.corpus.records import AT, articles, outline, read_bytes, refusals

_FRONT = """---
title: Lũ lên
date: 2013-05-27 07:10:00 +07:00
nguồn: BSH
tags: [lũ, Lào Cai]
---
# Lũ lên

Nước **lên** nhanh
suốt đêm.

![Bến đò sáng nay](a.jpg)

> Dân đã [dời đi](https://bao.example).
"""


def test_front_matter_gives_the_fields_and_the_rest_the_text(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, _FRONT.encode(), "a.md")
    assert isinstance(found, Reading)
    one = found.article
    assert (one.title, one.source, one.tags) == ("Lũ lên", "BSH", ("lũ", "Lào Cai"))
    assert one.paragraphs == ("Nước lên nhanh suốt đêm.", "Dân đã dời đi.")
    assert (one.captions, one.published.text) == (("Bến đò sáng nay",), "2013-05-27T07:10+07:00")
    assert one.caption_places == (1,)
    assert markdown_file.article(found.raw, found.context) == one


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a"])
def test_front_matter_is_known_under_any_name(tmp_path: Path, name: str) -> None:
    assert len(articles(read_bytes(tmp_path, b"\xef\xbb\xbf" + _FRONT.encode(), name))) == 1


def test_markdown_without_front_matter_is_refused_unless_it_is_said_to_be_an_article(tmp_path: Path) -> None:
    (refused,) = refusals(read_bytes(tmp_path, "# Ghi chú\n\nViệc cần làm.".encode(), "a.md"))
    assert refused.reason == "no-front-matter"
    options = ImportOptions(format="markdown")
    (found,) = articles(list(records_of(SourceFile.on_disk(tmp_path / "a.md", AT), options, Tally())))
    assert (found.title, found.paragraphs) == ("Ghi chú", ("Việc cần làm.",))


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: [", "bad-front-matter"),
        ("title: a\ndate: 2013-02-30", "bad-front-matter"),
        ("title: !!python/object/apply:os.system [ls]", "bad-front-matter"),
    ],
)
def test_front_matter_that_says_no_article_is_refused(tmp_path: Path, front: str, reason: str) -> None:
    raw = f"---\n{front}\n---\nVăn bản.".encode()
    assert [one.reason for one in refusals(read_bytes(tmp_path, raw, "a.md"))] == [reason]


@pytest.mark.parametrize(
    ("front", "body", "title", "text"),
    [
        ("title: a\ntags: {b: 1}", "Văn bản.", "a", ("Văn bản.",)),
        ("title: {a: 1}", "Văn bản.", "[Văn bản…]", ("Văn bản.",)),
        (
            "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: [*c,*c]",
            "Văn bản.",
            "[Văn bản…]",
            ("Văn bản.",),
        ),
        ("nothing: a", "Văn bản.", "[Văn bản…]", ("Văn bản.",)),
        ("title: Untitled", "# Chợ đêm\n\nKhách đông.", "Chợ đêm", ("Khách đông.",)),
        ("title: ''\nauthor: admin", "Khách đông.", "[Khách đông…]", ("Khách đông.",)),
        ("tieu_de: New Post 2", "Khách đông.\n\n## Giá", "[Khách đông…]", ("Khách đông.", "Giá")),
    ],
)
def test_a_text_without_a_title_of_its_own_gets_its_heading_or_first_words(
    tmp_path: Path, front: str, body: str, title: str, text: tuple[str, ...]
) -> None:
    (one,) = articles(read_bytes(tmp_path, f"---\n{front}\n---\n{body}".encode(), "a.md"))
    assert (one.title, one.paragraphs, one.authors) == (title, text, ())


@settings(deadline=None, max_examples=150)  # it writes files
@given(st.text(alphabet="-: \n\t[]{}&*!|>#'\"aĐ1`"))
def test_any_front_matter_never_raises(tmp_path_factory: pytest.TempPathFactory, front: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    raw = f"---\ntitle: a\n{front}\n---\n{front}".encode()
    assert len(outline(read_bytes(folder, raw, "a.md"))) == 1


def test_a_picture_within_a_paragraph_stands_after_it_and_says_its_text_without_marks(tmp_path: Path) -> None:
    parts = ("S1", "S2 ![Ghe *bán* \\*khóm](a.jpg) và tiếp tục.", "S3", "![Bến](b.jpg)", "S4")
    text = "\n\n".join(("---\ntitle: Chợ nổi\n---", *parts))
    (one,) = articles(read_bytes(tmp_path, text.encode(), "a.md"))
    assert one.captions == ("Ghe bán *khóm", "Bến")
    assert one.paragraphs == ("S1", "S2 và tiếp tục.", "S3", "S4")
    assert one.caption_places == (2, 3)


def test_captions_of_the_front_matter_and_of_the_pictures_are_kept_each_once(tmp_path: Path) -> None:
    front = "---\ntitle: Chợ nổi\ncaptions: [Chợ sớm, Bến]\n---\n"
    for text, captions, places in (
        ("S1\n\n![Bến](b.jpg)", ("Bến", "Chợ sớm"), (1,)),
        ("S1", ("Chợ sớm", "Bến"), ()),
    ):
        (one,) = articles(read_bytes(tmp_path, (front + text).encode(), "a.md"))
        assert (one.paragraphs, one.captions, one.caption_places) == (("S1",), captions, places)
