"""The tool that holds two checkouts against each other: it asks every route, and names what differs."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from benchmarks.same_answers.addresses import Known, addresses
from benchmarks.same_answers.commands import HELPS, STEPS
from benchmarks.same_answers.drawing import draw
from benchmarks.same_answers.neutral import neutral_answer, neutral_output, steady_headers
from benchmarks.same_answers.record import Header, compare, recording
from benchmarks.same_answers.sample import Sampled
from search_app.cli.commands import khobao
from search_app.web.static_files import static_files

TODAY = date(2026, 11, 29)
HEADER = Header("abc", "2026-11-29", {"articles": 1})
KNOWN = Known(["a", "b"], "Báo")
PATHS = [urlsplit(address).path for address in addresses(KNOWN)]


def test_every_route_is_asked(app: Flask) -> None:
    asked = set()
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for path in PATHS:
            try:
                rule, values = adapter.match(path, return_rule=True)
            except HTTPException:
                continue
            asked.add((rule.rule, values.get("form", "")))
    forms = {
        (rule.rule, form)
        for rule in app.url_map.iter_rules()
        for form in (("json", "csv") if "form" in rule.arguments else ("",))
    }
    assert forms <= asked


def test_every_file_of_the_pages_is_asked() -> None:
    assert {f"/static/{name}" for name in static_files()} <= set(PATHS)


def test_every_command_is_run() -> None:
    assert set(khobao.commands) <= {step[0] for step in STEPS}
    assert set(khobao.commands) <= {step[0] for step in HELPS}


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ('{"took_ms": 12.345,"total": 3}', '{"took_ms": 0,"total": 3}'),
        ('{"took_ms":1.5}', '{"took_ms":0}'),
        ("<span>mất 1.234 ms</span>", "<span>mất 0 ms</span>"),
        ("đọc ngày 29/11/2026, 129/11/2026", "đọc ngày TODAY, 129/11/2026"),
        ('"read": "2026-11-29", "score": 2.0000000000001', '"read": "TODAY", "score": 2.0000000000001'),
        ('"version": "0.1.0", "openapi": "3.1.0"', '"version": RELEASE, "openapi": "3.1.0"'),
        ('"version": 2', '"version": 2'),
        ("<responseDate>2026-11-29T01:02:03Z</responseDate>", "<responseDate></responseDate>"),
        ('<resumptionToken a="0">Wy_-1</resumptionToken>', '<resumptionToken a="0"></resumptionToken>'),
    ],
)  # fmt: skip
def test_only_time_and_release_are_passed_over(body: str, left: str) -> None:
    assert neutral_answer(body.encode(), TODAY).decode() == left


def test_a_command_is_compared_without_moments_and_paths() -> None:
    output = b"/x/y/corpus 2026-11-29T01:02:03+00:00 2014-09-22T05:45+07:00"
    assert neutral_output(output, Path("/x/y"), TODAY) == b"CHECKOUT/corpus MOMENT 2014-09-22T05:45+07:00"


def test_progress_that_a_slow_machine_shows_is_passed_over() -> None:
    """It stands there only where a command takes long."""
    output = (
        "Indexed 64 articles.\nVerifying: 64 articles / 64 articles  (12 articles/s, 0 s)\nWhole: 64 / 64\n"
    )
    vietnamese = "Đang lập chỉ mục: 1.032 bài / 1.063 bài  (5 bài/s, 0 s)\nxong\n"
    kept = [neutral_output(text.encode(), Path("/x/y"), TODAY) for text in (output, vietnamese)]
    assert kept == [b"Indexed 64 articles.\nWhole: 64 / 64\n", b"xong\n"]


def test_headers_that_say_when_are_passed_over() -> None:
    headers = {"Date": "now", "ETag": "x", "Content-Type": "a/b", "Set-Cookie": "lang=vi; Expires=later"}
    assert steady_headers(headers) == b"Content-Type: a/b\nSet-Cookie: lang=vi"


def test_what_differs_is_named_with_a_diff(tmp_path: Path) -> None:
    answers = {"before": {"same": "1", "other": '{"total": 1, "hits": []}', "gone": "x"}}
    answers["after"] = {"same": "1", "other": '{"total": 2, "hits": []}', "come": "x"}
    for name, taken in answers.items():
        with recording(tmp_path / f"{name}.jsonl", HEADER) as recorder:
            for item, answer in taken.items():
                recorder.take(item, answer.encode())
    differing, report = compare(tmp_path / "before.jsonl", tmp_path / "after.jsonl")
    assert differing == 3
    for line in ("4 items, 3 differ", "* other", '-{"total": 1,', '+{"total": 2,', "* gone", "* come"):
        assert line in report
    assert "* same" not in report


def test_what_is_the_same_is_said_so(tmp_path: Path) -> None:
    for name in ("before.jsonl", "after.jsonl"):
        with recording(tmp_path / name, HEADER) as recorder:
            recorder.take("one", b"1")
    assert compare(tmp_path / "before.jsonl", tmp_path / "after.jsonl")[0] == 0


def test_the_same_sample_draws_the_same_queries_of_every_kind() -> None:
    text = "giá vàng trong nước hôm nay tăng mạnh theo đà của thế giới và còn có thể cao hơn nữa"
    words = text.split()
    facts = {"nguồn": "Báo Mẫu", "chuyên_mục": "Kinh tế", "tác_giả": "", "thẻ": ""}
    sampled = [
        Sampled(str(shift), text, (words[shift:], words), 734_000 + shift, "2010-08-15", facts)
        for shift in range(4)
    ]  # fmt: skip
    drawn = draw(sampled, 123)
    assert drawn == draw(sampled, 123)
    assert len({one.kind for one in drawn}) == 41
    assert len({one.encoded for one in drawn}) > 90
