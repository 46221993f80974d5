"""An export that broke off after any byte goes on to the file that an unbroken one writes."""

from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import UserError
from corpus.published import Published
from corpus.rights import Rights
from corpus.sources import source_named
from corpus.withdrawals import WithdrawalState
from search_app.answer.exporting.findings import FileVerdict
from search_app.answer.exporting.receipt import ARTICLES
from search_app.bootstrap import open_service
from search_app.cli.export_files import PART, PLAN, RECEIPT, UNSURE
from search_app.cli.export_job import ExportAsked
from search_app.formats.exports.forms import ExportForm
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.conftest import index
from tests.exports.exported import asked_for, check, store, withdraw, write

COLUMNS = ("rank", "id", "title", "score", "hits", "lede")


class _BrokenOffError(Exception):
    pass


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "kho")
    settings.data.mkdir()
    for number in range(5):
        lede = f'Lũ "quét" về bản\n{number}, ' + "lũ " * number
        store(
            settings,
            reading(
                f"lu-{number}",
                f"=Lũ quét {number}",
                lede=lede,
                source="Báo Suối",
                published=Published(f"2026-10-0{number + 1}"),
            ),
        )
    return settings


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def broken_off(settings: Settings, asked: ExportAsked, path: Path, rows: int) -> None:
    """Leaves what an export leaves that is stopped after some rows."""

    def stop(done: int, _rows: int) -> None:
        if done >= rows:
            raise _BrokenOffError

    with pytest.raises(_BrokenOffError):
        write(settings, asked, path, on_progress=stop)


CASES = [
    *((ARTICLES, form, (), 1) for form in ExportForm),
    (ARTICLES, ExportForm.CSV, (), 0),
    (ARTICLES, ExportForm.CSV, (), 300),
    (ARTICLES, ExportForm.CSL, (), UNSURE),
    ("concordance", ExportForm.CSV, (), 1),
    ("timeline", ExportForm.JSONL, (("unit", "year"),), 1),
]


@pytest.mark.parametrize(("view", "form", "own", "compared"), CASES)
def test_it_goes_on_after_any_byte(
    made: Settings,
    tmp_path: Path,
    view: str,
    form: ExportForm,
    own: tuple[tuple[str, str], ...],
    compared: int,
) -> None:
    asked = asked_for("lũ", form, view, COLUMNS, (*own, ("from", "2026-10-03")))
    service = open_service(made)
    whole = write(made, asked, tmp_path / f"whole.{form}", service=service)
    assert whole.receipt.result.rows
    data, file = whole.target.path.read_bytes(), whole.receipt.file
    path = tmp_path / f"x.{form}"
    broken_off(made, asked, path, 0)
    plan = beside(path, PLAN).read_bytes()
    for size in range(0, len(data) + 1, 1 if view == ARTICLES else 9):
        beside(path, PLAN).write_bytes(plan)
        beside(path, PART).write_bytes(data[:size])
        done = write(made, asked, path, resume=True, compared=compared, service=service)
        assert path.read_bytes() == data, size
        assert (done.receipt.file.size, done.receipt.file.sha256) == (file.size, file.sha256)
        assert done.receipt.result == whole.receipt.result
        assert not beside(path, PART).exists()
        assert not beside(path, PLAN).exists()
        path.unlink()
        beside(path, RECEIPT).unlink()


@pytest.mark.parametrize("form", list(ExportForm))
def test_it_goes_on_at_its_change_whatever_was_imported_since(
    made: Settings, tmp_path: Path, form: ExportForm
) -> None:
    asked = asked_for("lũ quét", form, columns=(*COLUMNS, "rights", "change"))
    whole = write(made, asked, tmp_path / f"whole.{form}").target.path.read_bytes()
    path = tmp_path / f"x.{form}"
    broken_off(made, asked, path, 2)
    store(made, reading("lu-1", "Lũ quét lũ quét"), reading("moi", "Lũ quét", source="Báo Suối"))
    with Archive(made.archive) as archive:
        archive.set_rights(source_named(archive, "Báo Suối"), Rights("© Báo Suối"), "An")
        index(made, archive)
    done = write(made, asked, path, resume=True, compared=1)
    assert path.read_bytes() == whole
    assert check(made, done.target.receipt).is_well


@pytest.mark.parametrize("state", list(WithdrawalState))
@pytest.mark.parametrize("form", [ExportForm.CSV, ExportForm.TEXTS])
@pytest.mark.parametrize("gone", ["lu-0", "lu-4"])
def test_what_was_withdrawn_meanwhile_is_said_and_nothing_is_named(
    made: Settings, tmp_path: Path, state: WithdrawalState, form: ExportForm, gone: str
) -> None:
    asked, path = asked_for("lũ quét", form), tmp_path / f"x.{form}"
    broken_off(made, asked, path, 2)
    withdraw(made, state, gone)
    with pytest.raises(UserError, match=r"withdrawn from the archive since this export began.*--overwrite"):
        write(made, asked, path, resume=True)
    assert not path.exists()
    done = write(made, asked, path, overwrite=True)
    assert (done.receipt.result.rows, beside(path, PART).exists()) == (4, False)


def test_scores_that_are_others_since_are_not_put_behind_those_before(made: Settings, tmp_path: Path) -> None:
    """What was withdrawn matches not, but the frequencies of words are counted without it now."""
    store(made, *(reading(f"lu-x{number}", "Lũ", lede="Lũ") for number in range(3)))
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    broken_off(made, asked, path, 2)
    withdraw(made, WithdrawalState.HIDDEN, "lu-x1", "lu-x2")
    with pytest.raises(UserError, match="not what would be written now"):
        write(made, asked, path, resume=True)


def test_what_is_withdrawn_while_it_is_written_leaves_no_file(made: Settings, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"

    def progress(done: int, _rows: int) -> None:
        if done == 0 and not (tmp_path / "done").exists():
            (tmp_path / "done").touch()
            withdraw(made, WithdrawalState.HIDDEN, "lu-0")

    with pytest.raises(UserError, match="withdrawn"):
        write(made, asked_for("lũ quét"), path, on_progress=progress)
    assert not path.exists()
    assert not beside(path, RECEIPT).exists()


@pytest.mark.parametrize("damage", ["byte", "more", "other"])
def test_a_part_that_was_changed_is_refused(made: Settings, tmp_path: Path, damage: str) -> None:
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    broken_off(made, asked, path, 3)
    part = beside(path, PART)
    data = part.read_bytes()
    other = {"byte": data.replace(b"lu-", b"lo-", 1), "more": data * 4, "other": b"a,b\r\n1,2\r\n"}
    part.write_bytes(other[damage])
    with pytest.raises(UserError, match="--overwrite"):
        write(made, asked, path, resume=True)
    assert write(made, asked, path, overwrite=True).receipt.result.rows == 5


def test_a_plan_that_was_changed_or_is_of_another_command_is_refused(made: Settings, tmp_path: Path) -> None:
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    broken_off(made, asked, path, 3)
    for others in (
        asked_for("giá"),
        asked_for("lũ quét", columns=("id",)),
        asked_for("lũ quét", spreadsheet=True),
    ):
        with pytest.raises(UserError, match="another export was begun here"):
            write(made, others, path, resume=True)
    plan = beside(path, PLAN)
    plan.write_bytes(plan.read_bytes().replace(b'"change": 5', b'"change": 4'))
    with pytest.raises(UserError):
        write(made, asked, path, resume=True)
    plan.write_bytes(b"{}")
    with pytest.raises(UserError, match="this was changed"):
        write(made, asked, path, resume=True)


def test_nothing_is_written_over_without_being_asked_for(made: Settings, tmp_path: Path) -> None:
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    path.write_text("của người khác", "utf-8")
    for resume in (False, True):
        with pytest.raises(UserError, match="there is such a file"):
            write(made, asked, path, resume=resume)
    assert path.read_text("utf-8") == "của người khác"
    assert write(made, asked, path, overwrite=True).receipt.result.rows == 5
    path.unlink()
    with pytest.raises(UserError, match=r"receipt\.json: there is such a file"):
        write(made, asked, path)
    broken_off_path = tmp_path / "y.csv"
    broken_off(made, asked, broken_off_path, 2)
    with pytest.raises(UserError, match="is not finished"):
        write(made, asked, broken_off_path)


def test_one_that_was_to_write_over_a_file_goes_on_to_do_so(made: Settings, tmp_path: Path) -> None:
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    old = write(made, asked_for("giá"), path).target

    def stop(done: int, _rows: int) -> None:
        if done == 2:
            raise _BrokenOffError

    with pytest.raises(_BrokenOffError):
        write(made, asked, path, overwrite=True, on_progress=stop)
    assert check(made, old.receipt).is_well
    assert write(made, asked, path, resume=True).receipt.result.rows == 5
    assert check(made, old.receipt).is_well


def test_in_a_folder_the_one_that_broke_off_is_found(made: Settings, tmp_path: Path) -> None:
    asked, folder = asked_for("lũ quét"), tmp_path / "noi"
    folder.mkdir()
    broken_off(made, asked_for("lũ quét", parameters=[("sort", "oldest")]), folder / "a.csv", 2)
    broken_off(made, asked, folder, 2)
    store(made, reading("moi", "Lũ quét"))
    done = write(made, asked, folder, resume=True)
    assert done.target.path.name == "khobao_lu-quet_any_any_n5_c5.csv"
    assert done.receipt.change == 5
    assert sorted(path.name for path in folder.iterdir()) == [
        "a.csv.part", "a.csv.part.json",
        "khobao_lu-quet_any_any_n5_c5.csv", "khobao_lu-quet_any_any_n5_c5.csv.receipt.json",
    ]  # fmt: skip


def test_where_none_broke_off_it_begins(made: Settings, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert write(made, asked_for("lũ quét"), path, resume=True).receipt.result.rows == 5


def test_a_part_is_private_until_it_is_whole(made: Settings, tmp_path: Path) -> None:
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    broken_off(made, asked, path, 2)
    assert beside(path, PART).stat().st_mode & 0o777 == 0o600
    write(made, asked, path, resume=True)
    (tmp_path / "usual").touch()
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_two_do_not_write_one_file(made: Settings, tmp_path: Path) -> None:
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"

    def second(_done: int, _rows: int) -> None:
        for resume in (True, False):
            with pytest.raises(UserError, match="another khobao is writing here"):
                write(made, asked, path, resume=resume, overwrite=not resume)

    assert write(made, asked, path, on_progress=second).receipt.result.rows == 5
    assert check(made, beside(path, RECEIPT)).is_well


def test_a_whole_part_whose_receipt_is_there_is_found(made: Settings, tmp_path: Path) -> None:
    """As it is where the process was killed before the last renaming."""
    asked, path = asked_for("lũ quét"), tmp_path / "x.csv"
    broken_off(made, asked, path, 0)
    plan = beside(path, PLAN).read_bytes()
    done = write(made, asked, path, resume=True)
    path.rename(beside(path, PART))
    beside(path, PLAN).write_bytes(plan)
    checked = check(made, done.target.receipt)
    assert (checked.file.verdict, checked.waiting) == (FileVerdict.MISSING, str(beside(path, PART)))
    again = write(made, asked, path, resume=True)
    assert (again.receipt.file, check(made, again.target.receipt).is_well) == (done.receipt.file, True)
    beside(path, PLAN).write_bytes(plan)
    assert write(made, asked, path, resume=True).receipt == again.receipt
    assert not beside(path, PLAN).exists()
