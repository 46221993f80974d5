"""Are the tables sound, and is what is wrong with one said by its line?"""

from pathlib import Path

import pytest

from corpus.errors import OperatorError
from search_app.query.names import Names, check_table, from_address_data, read_names
from search_app.query.names.rows import Abbreviation, Spelling
from search_app.query.names.tables import check_text, read_table, shipped_tables
from tests.journey.command import khobao

TABLES = {path.name: path for path in shipped_tables()}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_house_is_sound(name: str) -> None:
    checked = check_table(TABLES[name])
    assert checked.faults == ()
    assert checked.rows


def test_the_house_knows_enough_and_every_line_has_a_source() -> None:
    counts = {name: len(check_table(path).rows) for name, path in TABLES.items()}
    assert counts["provinces.tsv"] == 63 - 34
    assert 150 <= counts["abbreviations.tsv"] <= 300
    assert counts["places.tsv"] > 600


@pytest.mark.parametrize("name", from_address_data.tables())
def test_the_tables_of_places_are_as_they_are_made(name: str) -> None:
    """They are not edited by hand: what makes them is."""
    assert TABLES[name].read_text("utf-8") == from_address_data.tables()[name]


def test_no_abbreviation_stands_for_more_than_two_names() -> None:
    rows = [row for row in read_table(TABLES["abbreviations.tsv"]) if isinstance(row, Abbreviation)]
    shorts = [short for row in rows for short in row.short]
    assert [short for short in shorts if shorts.count(short) > 2] == []


SPELLINGS = "spellings\tcategory\tsource\n"
SHORT = "name\tshort\tways\tcategory\tsource\n"
BIND = "bind\tsource\n"
NEVER_BIND = "never_bind\tsource\n"
CHANGED = "name\tnow\tuntil\thow\tordinary\tsource\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", []),
        ("# nothing\n", []),
        (SPELLINGS, []),
        (SPELLINGS + "Sa Pa; Sapa\tx\ty\n", []),
        ("\ufeff".strip("\ufeff") + "name\tshort\n", [(1, "the columns are “name short”")]),
        (SPELLINGS + "Sa Pa; Sapa\tx\n", [(2, "there are 2 cells, not 3")]),
        (SPELLINGS + "Sa Pa; Sapa\tx\t\n", [(2, "there is no source")]),
        (SPELLINGS + "Sa Pa\tx\ty\n", [(2, "“Sa Pa” has no other spelling")]),
        (SPELLINGS + "Sa Pa; Sa Pa\tx\ty\n", [(2, "“Sa Pa” stands twice")]),
        (SPELLINGS + "Sa Pa; ...\tx\ty\n", [(2, "“...” has 0 syllables")]),
        (SPELLINGS + "A; B\tx\ty\n# so\n\nA; B\tx\ty\n", [(5, "the same stands in line 2")]),
        (SHORT + "công an\tCA\tboth\tx\ty\n", [(2, "“CA” is also an ordinary syllable")]),
        (SHORT + "công an\tCA\tone\tx\ty\n", []),
        (SHORT + "công an\tCA\tno\tx\ty\n", [(2, "ways is “no”; write one of: both, one")]),
        (CHANGED + "A\tB\t2025-06-31\tmerged\t\ty\n", [(2, "until is “2025-06-31”, which is no day")]),
        (CHANGED + "A\tB\t2025-06\tjoined\t\ty\n", [(2, "how is “joined”; write one of")]),
        (CHANGED + "A\tB; C\t2025-06\tsplit\tyes\ty\n", []),
        ("never\tsource\nDarlac\ttòa soạn\n", []),
        (BIND + "giá vàng\ttòa soạn\nCông Vinh\ttòa soạn\n", []),
        (NEVER_BIND + "nhà đất\ttòa soạn\n", []),
        (
            BIND + "vàng\tx\n",
            [(2, "“vàng” has 1 syllables; a unit that is bound, or never bound, has 2 to 6")],
        ),
        (NEVER_BIND + "a b c d e g h\tx\n", [(2, "“a b c d e g h” has 7 syllables")]),
        (BIND + "giá vàng; giá xăng\tx\n", [(2, "“giá vàng; giá xăng” is several; write each in a line")]),
        (BIND + "Giá vàng\tx\n\ngiá  VÀNG\tx\n", [(4, "the same stands in line 2")]),
        (BIND + "giá vàng\n", [(2, "there are 1 cells, not 2 (bind source)")]),
        (BIND + "giá vàng\t\n", [(2, "there is no source")]),
    ],
)
def test_what_is_wrong_is_said_by_its_line(text: str, faults: list[tuple[int, str]]) -> None:
    found = check_text(text).faults
    assert [fault.line for fault in found] == [line for line, _ in faults]
    for fault, (_, beginning) in zip(found, faults, strict=True):
        assert str(fault.message).startswith(beginning)


def test_the_staff_adds_names_and_takes_one_away(tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / "ours.tsv").write_text(SPELLINGS + "Bản Mù; Banmu\tbản\ttòa soạn\n", "utf-8")
    (folder / "never.tsv").write_text("never\tsource\nDarlac\ttòa soạn\n", "utf-8")
    names = read_names(folder)
    assert [form.text for known in names.look_up(("banmu",)) for form in known.others] == ["Bản Mù"]
    assert names.is_never_searched("DARLAC")
    assert not names.is_never_searched("Daklak")


def test_the_staff_says_what_is_one_unit_and_what_never_is(tmp_path: Path) -> None:
    """Marks are kept as written; a run that stands in both kinds of table is not bound."""
    (tmp_path / "bind.tsv").write_text(BIND + "Giá vàng\tx\nHòa Bình\tx\nhoà  bình\tx\nnhà đất\tx\n", "utf-8")
    (tmp_path / "loose.tsv").write_text(NEVER_BIND + "Nhà đất\tx\nhọc sinh học\tx\n", "utf-8")
    names = read_names(tmp_path)
    assert [" ".join(run) for run in names.bound()] == ["giá vàng", "hoà bình"]
    assert [" ".join(run) for run in names.never_bound()] == ["nhà đất", "học sinh học"]
    assert read_names().bound() == read_names().never_bound() == ()


def test_a_faulty_table_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ours.tsv"
    path.write_text(SPELLINGS + "Sa Pa\tx\ty\n", "utf-8")
    with pytest.raises(OperatorError, match=r"ours\.tsv, line 2: “Sa Pa” has no other spelling"):
        read_names(tmp_path)


def test_names_are_found_without_the_marks_that_were_left_out() -> None:
    names = Names([Spelling(("Đắk Lắk", "Daklak"))])
    assert names.look_up(("dak", "lak"))
    assert names.look_up(("đak", "lak"))
    assert not names.look_up(("đàk", "lak"))
    assert not names.look_up(("dak",))


def test_khobao_checks_a_table(tmp_path: Path) -> None:
    sound = khobao(tmp_path, "names", "check", TABLES["spellings.tsv"])
    assert sound.code == 0
    assert "lines are sound, 0 are faulty." in sound.out
    path = tmp_path / "ours.tsv"
    path.write_text(SPELLINGS + "Sa Pa\tx\ty\nSa Pa; Sapa\tx\ty\n", "utf-8")
    faulty = khobao(tmp_path, "names", "check", path)
    assert faulty.code == 2
    assert f"{path}, line 2: “Sa Pa” has no other spelling" in faulty.out
    assert "1 lines are sound, 1 are faulty." in faulty.out
    missing = khobao(tmp_path, "names", "check", tmp_path / "none.tsv")
    assert missing.code == 2
    assert "none.tsv: the names cannot be read" in missing.err
