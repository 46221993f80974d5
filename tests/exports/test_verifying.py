"""A receipt says for ever whether the archive gives the same, and names what it does not give any more."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import OperatorError, UserError
from corpus.withdrawals import WithdrawalState
from search_app.answer.exporting.facts import ids_digest
from search_app.answer.exporting.findings import CheckedReceipt, FileVerdict, ResultVerdict
from search_app.answer.exporting.receipt import Receipt
from search_app.api.receipts import read_receipt, write_receipt
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.formats.exports.forms import ExportForm
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.exported import asked_for, check, store, withdraw, write

LEDE = "Lũ quét về bản, {} nhà bị cuốn trôi."


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    """Six articles that match, of which one has two versions, and one that does not."""
    settings = Settings(tmp_path / "kho")
    settings.data.mkdir()
    store(
        settings,
        *(reading(f"lu-{number}", f"Lũ quét {number}", lede=LEDE.format(number)) for number in range(6)),
    )
    store(settings, reading("lu-0", "Lũ quét", lede=LEDE.format("hai")), reading("vang", "Giá vàng đứng yên"))
    return settings


def exported(settings: Settings, folder: Path, query: str = "lũ quét", **parts: object) -> Path:
    """The receipt of an export."""
    return write(settings, asked_for(query, **parts), folder / "x.csv").target.receipt  # type: ignore[arg-type]


def changed(path: Path, **parts: object) -> Receipt:
    """Writes a receipt anew with other results; its own digest fits."""
    told = read_receipt(path.read_text("utf-8"), "x")
    other = replace(told, result=replace(told.result, **parts))  # type: ignore[arg-type]
    path.write_text(write_receipt(other), "utf-8")
    return other


def named(checked: CheckedReceipt) -> list[tuple[str, str]]:
    """What is missing, and by which state."""
    return [(one.id, str(one.withdrawal.state) if one.withdrawal else "") for one in checked.result.missing]


def test_what_was_imported_since_changes_nothing(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    for number in range(10):
        store(made, reading(f"moi-{number}", "Lũ quét nữa", lede="Lũ quét lũ quét."))
    store(made, reading("lu-1", "Hết lũ", lede="Nước đã rút."))
    checked = check(made, receipt)
    assert checked.is_well
    assert (checked.file.verdict, checked.result.verdict) == (FileVerdict.WHOLE, ResultVerdict.EQUAL)
    assert exported(made, tmp_path / "kho", "lũ quét").exists()
    assert check(made, tmp_path / "kho" / "x.csv.receipt.json").result.rows == 15


STATES = list(WithdrawalState)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("known", ["receipt", "file", "nothing"])
def test_what_was_withdrawn_since_is_named(
    made: Settings, tmp_path: Path, state: WithdrawalState, known: str
) -> None:
    receipt = exported(made, tmp_path)
    withdraw(made, state, "lu-2", "lu-4", "vang")
    if known != "receipt":
        changed(receipt, ids=None)
    if known == "nothing":
        (tmp_path / "x.csv").unlink()
    checked = check(made, receipt)
    assert checked.result.verdict is ResultVerdict.WITHDRAWN
    assert sorted(named(checked)) == [("lu-2", state), ("lu-4", state)]
    assert checked.result.in_order is (None if known == "nothing" else True)
    assert (checked.result.came, checked.result.unnamed, checked.result.rows) == ((), 0, 4)
    withdrawal = checked.result.missing[0].withdrawal
    assert withdrawal is not None
    assert (withdrawal.actor, withdrawal.reason) == ("An", "vì thử")
    assert not checked.is_well
    if state is not WithdrawalState.ERASED:
        withdraw(made, None, "lu-2", "lu-4", "vang")
        assert check(made, receipt).result.verdict is ResultVerdict.EQUAL


def test_one_version_that_was_withdrawn_is_named_by_it(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    changed(receipt, ids=None)
    (tmp_path / "x.csv").unlink()
    withdraw(made, WithdrawalState.HIDDEN, "lu-0", version=2)
    checked = check(made, receipt)
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.WITHDRAWN, [("lu-0", "hidden")])
    withdrawal = checked.result.missing[0].withdrawal
    assert withdrawal is not None
    assert withdrawal.version == 2


def test_what_was_withdrawn_before_it_is_nothing_of_it(made: Settings, tmp_path: Path) -> None:
    withdraw(made, WithdrawalState.HIDDEN, "lu-1")
    receipt = exported(made, tmp_path)
    changed(receipt, ids=None)
    (tmp_path / "x.csv").unlink()
    withdraw(made, WithdrawalState.TOMBSTONE, "lu-3")
    checked = check(made, receipt)
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.WITHDRAWN, [("lu-3", "tombstone")])


def test_a_cut_file_tells_what_of_it_was_erased_where_no_digest_does(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    ids = read_receipt(receipt.read_text("utf-8"), "x").result.ids or ()
    changed(receipt, ids=None, sorted_sha256="0" * 64, ids_sha256="0" * 64)
    file = tmp_path / "x.csv"
    file.write_bytes(file.read_bytes()[:-20])
    withdraw(made, WithdrawalState.ERASED, ids[0], ids[5])
    checked = check(made, receipt)
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.DIFFERS, [(ids[0], "erased")])
    assert checked.result.unnamed == 1
    assert (checked.file.verdict, checked.file.rows, checked.file.is_proven) == (
        FileVerdict.CUT_OFF,
        5,
        False,
    )


def test_the_same_articles_in_another_order_are_so_called(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    ids = read_receipt(receipt.read_text("utf-8"), "x").result.ids or ()
    told = changed(receipt, ids=ids[::-1], ids_sha256=ids_digest(ids[::-1]))
    checked = check(made, receipt)
    assert (checked.result.verdict, checked.result.programs) == (ResultVerdict.OTHER_ORDER, ())
    other = replace(told, programs=replace(told.programs, ranking="khác", release="0"))
    receipt.write_text(write_receipt(other), "utf-8")
    (only,) = check(made, receipt).result.programs
    assert (only.name, only.then) == ("ranking", "khác")


def test_what_differs_without_a_withdrawal_is_named(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    ids = (*(read_receipt(receipt.read_text("utf-8"), "x").result.ids or ())[1:], "ma")
    digests = {"ids_sha256": ids_digest(ids), "sorted_sha256": ids_digest(sorted(ids))}
    changed(receipt, ids=ids, **digests)
    checked = check(made, receipt)
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.DIFFERS, [("ma", "")])
    assert len(checked.result.came) == 1
    changed(receipt, ids=None)
    assert check(made, receipt).result.verdict is ResultVerdict.DIFFERS


def test_counts_that_differ_are_said(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    changed(receipt, hits=99)
    checked = check(made, receipt)
    assert checked.result.verdict is ResultVerdict.DIFFERS
    assert [(one.name, one.then) for one in checked.result.counts] == [("hits", 99)]


def test_of_a_story_another_print_stands_for_one_that_was_withdrawn(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "kho")
    settings.data.mkdir()
    long = "Nước sông dâng cao trong đêm, nhiều bản ở vùng thấp phải sơ tán khẩn cấp lên đồi. " * 6
    store(settings, reading("in-1", "Nước dâng", lede=long), reading("in-2", "Nước dâng lại", lede=long))
    receipt = exported(settings, tmp_path, "nước", parameters=[("stories", "1")])
    ids = read_receipt(receipt.read_text("utf-8"), "x").result.ids or ()
    assert len(ids) == 1
    withdraw(settings, WithdrawalState.TOMBSTONE, *ids)
    checked = check(settings, receipt)
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.WITHDRAWN, [(ids[0], "tombstone")])
    assert {*ids, *checked.result.came} == {"in-1", "in-2"}


def test_expansions_that_no_table_gives_any_more_are_named(made: Settings, tmp_path: Path) -> None:
    made.names.mkdir()
    table = made.names / "ten.tsv"
    head = "name\tshort\tways\tcategory\tsource\n"
    table.write_text(f"{head}nước dữ\tlũ quét\tboth\tthử\tthử\n", "utf-8")
    receipt = exported(made, tmp_path, "nước dữ")
    assert read_receipt(receipt.read_text("utf-8"), "x").expansions == ("lũ quét",)
    assert check(made, receipt).result.lost_expansions == ()
    table.write_text(head, "utf-8")
    checked = check(made, receipt)
    assert checked.result.lost_expansions == ("lũ quét",)
    assert (checked.result.verdict, len(checked.result.missing)) == (ResultVerdict.DIFFERS, 6)


def test_an_expansion_that_none_but_a_withdrawn_article_holds_is_not_lost(
    made: Settings, tmp_path: Path
) -> None:
    made.names.mkdir()
    (made.names / "ten.tsv").write_text(
        "name\tshort\tways\tcategory\tsource\nlũ quét\tTLQ\tboth\tthử\tthử\n", "utf-8"
    )
    store(made, reading("tat", "TLQ lại về"))
    receipt = exported(made, tmp_path)
    assert read_receipt(receipt.read_text("utf-8"), "x").expansions == ("TLQ",)
    withdraw(made, WithdrawalState.HIDDEN, "tat")
    changed(receipt, ids=None)
    (tmp_path / "x.csv").unlink()
    checked = check(made, receipt)
    assert checked.result.lost_expansions == ()
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.WITHDRAWN, [("tat", "hidden")])


def test_another_archive_is_refused_with_both_named(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    other = Settings(tmp_path / "khac")
    other.data.mkdir()
    store(other, reading("a"))
    with pytest.raises(UserError, match=r"of the archive [0-9a-f-]{36}, and this one is [0-9a-f-]{36}"):
        check(other, receipt)


def test_a_copy_that_grew_otherwise_is_refused(made: Settings, tmp_path: Path) -> None:
    copy = Settings(tmp_path / "ban-sao")
    shutil.copytree(made.data, copy.data)
    store(made, reading("x-1", "Lũ quét"))
    receipt = exported(made, tmp_path)
    with pytest.raises(UserError, match="which this archive has not"):
        check(copy, receipt)


def test_an_index_that_is_behind_is_said(made: Settings, tmp_path: Path) -> None:
    before = tmp_path / "truoc"
    shutil.copytree(made.index, before)
    store(made, reading("x-1", "Lũ quét"))
    receipt = exported(made, tmp_path)
    shutil.rmtree(made.index)
    shutil.copytree(before, made.index)
    with pytest.raises(OperatorError, match="the index goes up to 8"):
        check(made, receipt)


@pytest.mark.parametrize("form", list(ExportForm))
def test_the_file_of_every_form_is_verified_and_one_that_was_cut_off_recognised(
    made: Settings, tmp_path: Path, form: ExportForm
) -> None:
    path = tmp_path / f"x.{form}"
    done = write(made, asked_for("lũ quét", form), path)
    assert check(made, done.target.receipt).is_well
    path.write_bytes(path.read_bytes()[:-30])
    checked = check(made, done.target.receipt)
    assert (checked.file.verdict, checked.file.is_proven) == (FileVerdict.CUT_OFF, True)
    assert (checked.result.verdict, checked.is_well) == (ResultVerdict.EQUAL, False)


def test_a_file_elsewhere_can_be_named(made: Settings, tmp_path: Path) -> None:
    receipt = exported(made, tmp_path)
    moved = (tmp_path / "x.csv").rename(tmp_path / "y.csv")
    assert check(made, receipt).file.verdict is FileVerdict.MISSING
    assert check(made, receipt, moved).is_well


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "txt.zip"])
def test_what_a_server_gave_is_verified(made: Settings, tmp_path: Path, form: str) -> None:
    client = create_app(open_service(made), made).test_client()
    fields = "&fields=id,hits,permalink,story" if form in {"csv", "jsonl"} else ""
    path = tmp_path / f"x.{form}"
    path.write_bytes(client.get(f"/search.{form}?q=lũ quét{fields}").data)
    receipt = tmp_path / "x.receipt.json"
    receipt.write_bytes(client.get(f"/search.receipt.json?q=lũ quét&form={form}{fields}").data)
    assert check(made, receipt, path).is_well
    path.write_bytes(path.read_bytes()[:-40])
    cut = check(made, receipt, path).file
    assert (cut.verdict, cut.is_proven) == (FileVerdict.CUT_OFF, True)


@pytest.mark.parametrize("address", ["timeline", "concordance", "ngrams", "facet/source"])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_rows_of_a_view_that_a_server_gave_are_verified(
    made: Settings, tmp_path: Path, address: str, form: str
) -> None:
    client = create_app(open_service(made), made).test_client()
    asked = "?q=lũ quét&least=1" if address == "ngrams" else "?q=lũ quét"
    path, receipt = tmp_path / f"x.{form}", tmp_path / "x.receipt.json"
    path.write_bytes(client.get(f"/{address}.{form}{asked}").data)
    receipt.write_bytes(client.get(f"/{address}.receipt.json{asked}&form={form}").data)
    store(made, reading("moi", "Lũ quét"))
    assert check(made, receipt, path).is_well


VIEWS = [
    ("timeline", [("unit", "year")]),
    ("concordance", [("sort", "left")]),
    ("collocations", [("least", "1")]),
    ("keywords", [("least", "1")]),
    ("ngrams", [("least", "1"), ("length", "2")]),
    ("compare", [("other_q", "vàng"), ("least", "1")]),
    ("facet-source", []),
]


@pytest.mark.parametrize(("view", "own"), VIEWS)
@pytest.mark.parametrize("form", [ExportForm.CSV, ExportForm.JSONL])
def test_the_rows_of_views_are_verified(
    made: Settings, tmp_path: Path, view: str, own: list[tuple[str, str]], form: ExportForm
) -> None:
    path = tmp_path / f"x.{form}"
    receipt = write(made, asked_for("lũ quét", form, view, parameters=own), path).target.receipt
    assert read_receipt(receipt.read_text("utf-8"), "x").result.rows > 0
    store(made, reading("x-1", "Lũ quét"), reading("x-2", "Vàng lên giá"))
    assert check(made, receipt).is_well
    path.write_bytes(path.read_bytes()[:-3])
    assert check(made, receipt).file.verdict is FileVerdict.CUT_OFF
    withdraw(made, WithdrawalState.HIDDEN, "lu-2")
    checked = check(made, receipt)
    assert (checked.result.verdict, named(checked)) == (ResultVerdict.DIFFERS, [("lu-2", "hidden")])
