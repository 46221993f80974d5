"""An operation of the disk that fails is said in one sentence, loses nothing, and is made up for later."""

import functools
from pathlib import Path

import pytest

from benchmarks.faults import every, try_all
from benchmarks.operations.interposer import has_compiler

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not has_compiler(), reason="there is no C compiler here: no operation can be made to fail"
    ),
]


@pytest.mark.parametrize(("case", "sample"), [("rebuild", 700), ("restore", 700), ("salvage", 400)])
def test_some_operations_of_a_command_fail(tmp_path: Path, case: str, sample: int) -> None:
    """``make faults`` lets every operation of every command fail, with each of three errors."""
    draw = functools.partial(every, sample=sample, part=0, parts=1)
    (found,) = try_all([case], [draw], tmp_path).values()
    assert found.wrong == []
    assert found.sentences
