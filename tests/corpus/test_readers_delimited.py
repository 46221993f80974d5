import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.records.field_map import FieldMap
from corpus.readers.tables import delimited
from corpus.readers.tables import rows as table_rows
from corpus.records import Reading
from tests.corpus.records import articles, outline, read, read_bytes, refusals

_ROWS = [
    ["title", "body", "nguồn", "lượt xem"],
    ["Mưa lớn, lũ lên", 'Dòng một.\nAnh nói: "Đi!"', "BSH", "7"],
    ["Chợ Tết; đông", "Khách đến.", "", ""],
]


def table(delimiter: str = ",", rows: list[list[str]] = _ROWS, end: str = "\r\n") -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator=end).writerows(rows)
    return held.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a"])
def test_a_row_is_an_article_under_any_delimiter_and_name(
    tmp_path: Path, delimiter: str, mark: bytes, name: str
) -> None:
    found = read_bytes(tmp_path, mark + table(delimiter), name)
    assert [(one.title, one.source) for one in articles(found)] == [(row[0], row[2]) for row in _ROWS[1:]]
    assert articles(found)[0].paragraphs == ("Dòng một.", 'Anh nói: "Đi!"')
    assert [place for place, _ in outline(found)] == ["line 2", "line 4"]


def test_excel_s_own_first_line_says_the_delimiter(tmp_path: Path) -> None:
    assert len(articles(read_bytes(tmp_path, b"sep=;\r\n" + table(";"), "a.csv"))) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quotes_that_are_no_quoting_stay_in_the_text(tmp_path: Path, end: str) -> None:
    lines = ["title\tbody", '"Mưa" lớn\tb', '"Không đóng\tb', "Tin ba\tb", '"Tin\tbốn"\tb']
    found = read_bytes(tmp_path, end.join(lines).encode(), "a.tsv")
    assert [one.title for one in articles(found)] == ['"Mưa" lớn', '"Không đóng', "Tin ba", "Tin\tbốn"]


def test_a_row_with_too_many_values_is_refused_and_one_with_too_few_is_read(tmp_path: Path) -> None:
    raw = b"title,body,url\nA,b,c,d\nB,b\nC,b,https://a.example/1,,\n"
    found = read_bytes(tmp_path, raw, "a.csv")
    assert outline(found)[0] == ("line 2", "bad-row")
    assert [one.title for one in articles(found)] == ["B", "C"]


def test_a_first_row_without_a_title_says_its_names_and_map_mends_it(tmp_path: Path) -> None:
    raw = "tên sách,lời\nMưa,Lũ lên.\n".encode()
    (refused,) = refusals(read_bytes(tmp_path, raw, "a.csv"))
    assert (refused.reason, "tên sách" in str(refused.message)) == ("no-title-column", True)
    (found,) = read(tmp_path / "a.csv", FieldMap.parse(["title=tên sách", "paragraphs=lời"]))
    assert isinstance(found, Reading)
    assert found.article.title == "Mưa"
    assert delimited.article(found.raw, found.context) == found.article


def test_columns_that_nothing_takes_and_named_twice_do_no_harm(tmp_path: Path) -> None:
    assert articles(read_bytes(tmp_path, b"title,title,body,\nA,B,b,x\n", "a.csv"))[0].title == "A"


def test_a_stray_quote_costs_no_other_row_also_where_nothing_is_looked_at_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [b'"Tin %d\tb' % number for number in range(301)]
    raw = b"title\tbody\n" + b"\n".join(rows)
    assert len(articles(read_bytes(tmp_path, raw, "a.tsv"))) == 301
    monkeypatch.setattr(table_rows, "_LOOKED_TWICE_BYTES", 0)
    assert len(articles(read_bytes(tmp_path, raw, "a.tsv"))) == 301


_CELL = st.text(alphabet='a,;"\n\t đ\u2028', max_size=8)


@settings(deadline=None)  # it writes files
@given(st.lists(st.tuples(_CELL, _CELL), max_size=6), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_read_back_and_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], delimiter: str
) -> None:
    rows = [["title", "body"], *([f"T{number}{a}", f"x{b}"] for number, (a, b) in enumerate(cells))]
    found = read_bytes(tmp_path_factory.getbasetemp(), table(delimiter, rows), "a.csv")
    assert [one.title for one in articles(found)] == [row[0].strip() for row in rows[1:]]


@settings(deadline=None)  # it writes files
@given(st.one_of(st.binary(), st.text(alphabet='title,body;\n"\t\r').map(str.encode)))
def test_arbitrary_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = b"title,body\n" + raw
    assert outline(read_bytes(folder, content, "a.csv")) == outline(read_bytes(folder, content, "a.csv"))


def test_lines_may_end_in_cr_alone_as_old_macs_end_them(tmp_path: Path) -> None:
    raw = 'id,title,body\r1,Chợ,"Một câu.\rHai câu."\r2,Chợ,Ba câu.\r'
    for written in (raw.encode(), raw.encode("utf-16")):
        for name in ("mac.csv", "mac.txt"):
            found = read_bytes(tmp_path, written, name)
            assert outline(found) == [("line 2", "1"), ("line 4", "2")]
            assert [one.paragraphs for one in articles(found)] == [("Một câu.", "Hai câu."), ("Ba câu.",)]
            for one in found:
                assert isinstance(one, Reading)
                assert delimited.article(one.raw, one.context) == one.article


@pytest.mark.parametrize("raw", ["", "\n \n", "sep=;\n", "id,title,body\n", "id,title,body\n\n"])
def test_a_table_without_a_row_is_refused_so_that_it_is_counted(raw: str, tmp_path: Path) -> None:
    assert outline(read_bytes(tmp_path, raw.encode(), "rong.csv")) == [("whole file", "no-records")]
