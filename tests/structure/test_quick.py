"""``make quick`` leaves out what is slow by what a test calls, not by a list."""

import subprocess

import pytest

from tests.conftest import is_costly
from tests.journey.command import khobao
from tests.shared import SHARED, real_records, shared
from tests.web.browser import chromium


def _starts_a_process() -> None:
    subprocess.run(["/bin/true"], check=True)


def _runs_a_command() -> None:
    khobao(SHARED, "status")


def _reads_a_corpus() -> None:
    shared("corpora")


def _reads_records() -> None:
    assert [one for one in real_records("x", 1) if one]


def _within_another() -> None:
    def inner() -> None:
        _runs_a_command()

    inner()


def _opens_a_browser() -> None:
    with chromium():
        pass


def _does_none_of_these() -> None:
    assert str(1) == "1"


COSTLY = [
    _starts_a_process, _runs_a_command, _reads_a_corpus, _reads_records, _within_another, _opens_a_browser
]  # fmt: skip


@pytest.mark.parametrize("test", COSTLY)
def test_what_starts_something_or_reads_a_corpus_is_slow(test: object) -> None:
    assert callable(test)
    assert is_costly(test)


def test_another_test_is_not() -> None:
    assert not is_costly(_does_none_of_these)
