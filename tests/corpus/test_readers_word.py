import gzip
import io
from pathlib import Path

import docx
import pytest

from corpus.readers import word_document
from corpus.records import Reading
from tests.corpus.records import read_bytes, refusals


def document() -> bytes:
    made, held = docx.Document(), io.BytesIO()
    made.core_properties.author = "Hà Thu"
    made.add_heading("Lũ lên trong đêm", 0)
    made.add_paragraph("Nước sông lên nhanh.")
    made.add_paragraph("Bến đò sáng nay.", style="Caption")
    made.add_paragraph("Dân đã dời đi.")
    made.save(held)
    return held.getvalue()


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
