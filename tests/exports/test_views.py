"""Every view that has rows besides articles is asked for so that it answers the same for ever."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from corpus.archive import Archive
from corpus.errors import UserError
from corpus.published import Published
from search_app.answer.exporting.cursor import Cursor, OtherResultError
from search_app.answer.service import Service
from search_app.api.parameters import Values
from search_app.api.view_tables import VIEWS, ViewAsked, ViewTable, view_table
from search_app.bootstrap import open_service
from search_app.formats.exports.rows_digest import RowsDigest
from search_app.formats.table import Table
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.conftest import index

ASKED = {
    "timeline": ("q=lũ quét&unit=month", "q=ubnd&with=nước dâng&with=lũ&count=hits", "q=lũ&split=source", ""),
    "concordance": ("q=lũ quét&sort=left&left=3", "q=lũ&sample=5&seed=2", "q=lũ&group=right&unit=syllable",
                    "q=lũ&group=left&beside=gây&context=sentence", "q=UBND OR lũ&stories=1"),
    "collocations": ("q=lũ quét&least=1&left=2", "q=ubnd OR nước&least=1&by=frequency&direction=asc"),
    "keywords": ("q=lũ quét&least=1&unit=syllable", "q=giá vàng&least=1"),
    "ngrams": ("q=lũ quét&least=2&length=3", ""),
    "compare": ("q=lũ quét&other_q=nước dâng&least=1&size=7", "q=lũ&from=2026-10-03&other_to=2026-10-02"),
    "facet-source": ("q=lũ quét", "by=name&find=suoi"),
    "facet-month": ("by=name&q=lũ quét OR ubnd&lang=en",),
}  # fmt: skip
CASES = [(view, asked) for view, several in ASKED.items() for asked in several]


def values(asked: str) -> Values:
    return Values(parse_qsl(asked, keep_blank_values=True))


def had(service: Service, view: str, asked: Values, cursor: Cursor | None = None) -> ViewTable:
    return view_table(view, ViewAsked(asked, service, "vi"), cursor)


def proven(table: Table) -> str:
    digest = RowsDigest(table)
    assert list(digest.rows())
    return digest.sha256


def test_every_view_is_tried() -> None:
    assert {view for view in VIEWS if not view.startswith("facet-")} < set(ASKED) <= set(VIEWS)


@pytest.mark.parametrize(("view", "asked"), CASES)
def test_all_rows_are_counted_and_told_apart(service: Service, view: str, asked: str) -> None:
    found = had(service, view, values(asked))
    rows = list(found.table.rows)
    assert len(rows) == found.result.rows == len(found.keys) == len(list(found.keys)) > 0
    assert {len(row) for row in rows} == {len(found.table.columns)}
    if view == "concordance":
        assert len(set(found.keys)) == len(rows)


@pytest.mark.parametrize(("view", "asked"), CASES)
def test_what_is_pinned_answers_the_same_and_is_pinned_the_same(
    service: Service, view: str, asked: str
) -> None:
    found = had(service, view, values(asked))
    again = had(service, view, Values(found.pinned.parameters))
    assert (proven(again.table), again.result) == (proven(found.table), found.result)
    assert again.pinned.parameters == found.pinned.parameters


@pytest.mark.parametrize(("view", "asked"), CASES)
def test_a_cursor_goes_on_after_its_rows(service: Service, view: str, asked: str) -> None:
    whole = had(service, view, values(asked))
    rows = list(whole.table.rows)
    for after in {0, 1, len(rows)}:
        cursor = Cursor.after(whole.change, whole.keys, after)
        assert list(had(service, view, values(asked), cursor).table.rows) == rows[after:]


@pytest.mark.parametrize(("view", "asked"), CASES)
@pytest.mark.parametrize("cursor", [Cursor(15, 100_000), Cursor(15, 1, "0123456789abcdef")])
def test_a_cursor_of_another_result_is_refused(
    service: Service, view: str, asked: str, cursor: Cursor
) -> None:
    with pytest.raises(UserError, match=str(cursor)):
        had(service, view, values(asked), cursor)


@pytest.mark.parametrize(("view", "asked"), CASES)
def test_a_cursor_of_another_change_is_refused(service: Service, view: str, asked: str) -> None:
    for cursor, pin in ((Cursor(14, 1), "15"), (Cursor(14, 1), "2099-01-01")):
        with pytest.raises(OtherResultError, match="as_of"):
            had(service, view, values(f"{asked}&as_of={pin}"), cursor)


@pytest.mark.parametrize(("view", "asked"), CASES)
def test_what_is_pinned_answers_the_same_after_imports(tmp_path: Path, view: str, asked: str) -> None:
    made = Settings(tmp_path)
    text = "Mưa lớn gây lũ quét ở bản {number}, UBND xã cho biết nước dâng rồi lũ rút; giá vàng đứng yên. "
    with Archive(made.archive) as archive:
        for number in range(6):
            lede, day = text.format(number=number) * (1 + number % 3), f"2026-10-{number + 1:02}"
            date, source = Published(day), "Báo Suối"
            archive.store([reading(f"a-{number}", "Lũ quét", lede=lede, published=date, source=source)])
        archive.store([reading("c-1", "Chợ quê", lede="Phiên chợ sáng họp bên bờ suối từ sớm.")])
        index(made, archive)
        found = had(open_service(made), view, values(asked))
        digest = RowsDigest(found.table)
        rows = list(digest.rows())
        more = "Uỷ ban nhân dân xã: lũ quét lũ về, nước dâng, giá vàng tăng, Báo Suối đưa tin. " * 3
        later = Published("2025-01-11")
        archive.store(
            [reading(f"b-{number}", "Nước dâng", lede=more, published=later) for number in range(9)]
        )
        archive.store([reading("a-1", "Không còn gì", lede="Đã khác hẳn.", source="Báo Đồi")])
        index(made, archive)
        service = open_service(made)
        again = had(service, view, Values(found.pinned.parameters))
        assert proven(again.table) == digest.sha256
        assert replace(again.result, stories_number=None) == replace(found.result, stories_number=None)
        rest = had(service, view, values(asked), Cursor.after(found.change, found.keys, 1))
        assert [rows[0], *rest.table.rows] == rows
