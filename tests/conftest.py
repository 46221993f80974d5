"""Which tests are slow? Those that need a browser, other processes or real corpora, and those that say so.

``make quick`` runs all others. Nobody lists them: what a test and its fixtures call is followed to the
functions that start a browser or a process, or read what lies beside the project. A test that is slow by its
own work, as a property of two engines is, carries ``pytest.mark.slow``.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from shutil import disk_usage, rmtree
from tempfile import mkdtemp
from types import FunctionType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.shared import SHARED, shared
from tests.web.browser import chromium

_COSTLY = (subprocess, SHARED, shared, chromium)


settings.register_profile("khobao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("khobao"), max_examples=25)
settings.load_profile("khobao")
"""A busy machine makes no example fail: nothing here asserts a time."""


_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_MEMORY_NEEDED = 6 << 30  # bytes; all tests together leave less than a third of it at any time


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: not in make quick")
    _keep_compiled_modules()
    if "TMPDIR" not in os.environ and _MEMORY.is_dir() and disk_usage(_MEMORY).free > _MEMORY_NEEDED:
        _write_into_memory(config)


def _keep_compiled_modules() -> None:
    """Lets Python keep what it compiles: hundreds of processes start, and each would compile all anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def _write_into_memory(config: pytest.Config) -> None:
    """Puts temporary files into memory: every commit waits for the disk, and thousands are made.

    The processes that tests start inherit it. TMPDIR=/tmp keeps what tests leave.
    """
    folder = mkdtemp(prefix="khobao-tests-", dir=_MEMORY)
    Path(folder).chmod(0o755)  # as /tmp is: tests of rights reach their folders as another user
    os.environ["TMPDIR"] = tempfile.tempdir = folder

    def remove() -> None:
        del os.environ["TMPDIR"]
        tempfile.tempdir = None
        rmtree(folder, ignore_errors=True)

    config.add_cleanup(remove)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and any(map(is_costly, _functions(item))):
            item.add_marker(pytest.mark.slow)


def _functions(item: pytest.Function) -> Iterator[Callable[..., object]]:
    """A test and all its fixtures."""
    yield getattr(getattr(item.obj, "hypothesis", None), "inner_test", item.obj)
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        yield from (definition.func for definition in definitions)


def is_costly(function: Callable[..., object]) -> bool:
    """Whether a function calls what is costly, itself or by other functions of the tests."""
    met, todo = {function}, [function]
    for one in todo:
        called = _called(one)
        if any(value is costly for value in called for costly in _COSTLY):
            return True
        ours = {
            value
            for value in called
            if callable(value) and getattr(value, "__module__", "").startswith("tests.")
        }
        todo += ours - met
        met |= ours
    return False


@cache
def _called(function: Callable[..., object]) -> tuple[Any, ...]:
    """What a function and those within it name, as its module knows it."""
    inner = getattr(function, "__wrapped__", function)
    if not isinstance(inner, FunctionType):
        return ()
    return tuple(inner.__globals__.get(name) for name in _names(inner))


def _names(function: FunctionType) -> set[str]:
    """The names that a function uses, and the functions within it."""
    codes = [function.__code__]
    names: set[str] = set()
    for code in codes:
        names.update(code.co_names)
        codes += [constant for constant in code.co_consts if isinstance(constant, type(code))]
    return names
