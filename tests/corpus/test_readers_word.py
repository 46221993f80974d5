import gzip
import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers.documents import word as word_document
from corpus.records import Reading
from tests.corpus.records import articles, read_bytes, refusals


def document() -> bytes:
    made = docx.Document()
    made.core_properties.author = "Hà Thu"
    made.add_heading("Lũ lên trong đêm", 0)
    made.add_paragraph("Nước sông lên nhanh.")
    made.add_paragraph("Bến đò sáng nay.", style="Caption")
    made.add_paragraph("Dân đã dời đi.")
    return saved(made)


def saved(made: Document) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def with_xml(*blocks: str) -> bytes:
    """A document with a headline and these blocks of WordprocessingML."""
    made = docx.Document()
    made.add_heading("Lũ lên", 0)
    for block in blocks:
        held = parse_xml(f"<w:body {nsdecls('w')}>{block}</w:body>")
        made.element.body.insert(-1, held[0])
    return saved(made)


def test_headline_text_captions_and_author_are_told_by_style_and_property(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, document(), "a.docx")
    assert isinstance(found, Reading)
    one = found.article
    assert (one.title, one.paragraphs) == ("Lũ lên trong đêm", ("Nước sông lên nhanh.", "Dân đã dời đi."))
    assert (one.captions, one.authors) == (("Bến đò sáng nay.",), ("Hà Thu",))
    assert one.caption_places == (1,)
    assert word_document.article(found.raw, found.context) == one


@pytest.mark.parametrize("cut", [100, 5000, 20_000])
def test_a_document_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    (refused,) = refusals(read_bytes(tmp_path, document()[:cut], "a.docx"))
    assert refused.reason == "bad-document"


def test_what_a_broken_compression_left_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    (refused,) = refusals(read_bytes(tmp_path, gzip.compress(document())[:-4], "a.docx.gz"))
    assert refused.reason == "cut-short"


def test_places_count_the_lines_that_soft_breaks_make(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Lũ lên\ntrong đêm", 0)
    made.add_paragraph("Nước lên.\nDân dời đi.")
    made.add_paragraph("Bến đò.\nẢnh: Thu Hà", style="Caption")
    made.add_paragraph("Trời tạnh.")
    made.add_paragraph("Chợ sớm.", style="Caption")
    (found,) = articles(read_bytes(tmp_path, saved(made), "a.docx"))
    assert found.title == "Lũ lên trong đêm"
    assert found.paragraphs == ("Nước lên.", "Dân dời đi.", "Trời tạnh.")
    assert (found.captions, found.caption_places) == (("Bến đò.", "Ảnh: Thu Hà", "Chợ sớm."), (2, 2, 3))


def test_text_in_controls_insertions_tags_and_fields_is_read_and_deleted_text_is_not(tmp_path: Path) -> None:
    run = '<w:r><w:t xml:space="preserve">{} </w:t></w:r>'
    inner = (
        f'{run.format("một")}<w:ins w:id="1" w:author="a">{run.format("hai")}</w:ins>'
        f'<w:smartTag w:element="x">{run.format("ba")}</w:smartTag>'
        f'<w:fldSimple w:instr="DATE">{run.format("bốn")}</w:fldSimple>'
        f"<w:sdt><w:sdtContent>{run.format('năm')}</w:sdtContent></w:sdt>"
        '<w:del w:id="2" w:author="a"><w:r><w:delText>bỏ</w:delText><w:br/></w:r></w:del>'
        f'<w:moveFrom w:id="3" w:author="a">{run.format("dời")}</w:moveFrom>'
        "<w:r><w:tab/><w:t>sáu</w:t></w:r>"
    )
    control = f"<w:sdt><w:sdtContent><w:p>{run.format('Khung.')}</w:p></w:sdtContent></w:sdt>"
    raw = with_xml(
        f'<w:p><w:pPr><w:tabs><w:tab w:pos="9" w:val="left"/></w:tabs></w:pPr>{inner}</w:p>', control
    )
    (found,) = articles(read_bytes(tmp_path, raw, "a.docx"))
    assert [" ".join(line.split()) for line in found.paragraphs] == ["một hai ba bốn năm sáu", "Khung."]


def test_a_merged_cell_is_read_once_and_a_table_within_a_table_too(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Giá lúa", 0)
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Giá lúa hôm nay."
    table.cell(1, 0).text = "Lúa thơm"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "7.200"
    (found,) = articles(read_bytes(tmp_path, saved(made), "a.docx"))
    assert found.paragraphs == ("Giá lúa hôm nay.", "Lúa thơm", "7.200")


def test_only_the_headline_itself_leaves_the_text(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Lũ lên")
    made.add_heading("Lũ lên", 0)
    made.add_paragraph("Nước lên.")
    made.add_paragraph("Lũ lên")
    (found,) = articles(read_bytes(tmp_path, saved(made), "a.docx"))
    assert found.paragraphs == ("Lũ lên", "Nước lên.", "Lũ lên")
