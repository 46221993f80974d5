"""What may import what is held for every module, also for one that nobody has listed.

A forbidden import is planted in a copy of the packages: in every module, and in a new one of every package.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.shared import ROOT

PACKAGES = ("corpus", "indexer", "search_app")
LINTER = Path(sys.executable).with_name("lint-imports")
NEW = "planted"

PROTECTED = [  # contract, the module that is imported, those that may import it
    ("whoosh", "whoosh", ["indexer.engines.whoosh"]),
    ("flask", "flask", ["search_app.app", "search_app.api", "search_app.web", "search_app.replaced_data"]),
    ("flask", "werkzeug", ["search_app.app", "search_app.api", "search_app.web", "search_app.replaced_data"]),
    ("underthesea", "underthesea", ["indexer.text.words", "indexer.text.from_underthesea"]),
    ("engines", "indexer.engines.memory.reader", ["search_app.bootstrap", "indexer.engines"]),
]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The packages and their contracts, in a folder of their own."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()]


def lint(folder: Path, *arguments: str) -> str:
    """What the linter says, without its breaks of lines."""
    command = [str(LINTER), "--no-cache", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return re.sub(r"\s+", " ", done.stdout + done.stderr)


def modules(folder: Path) -> Iterable[tuple[str, Path]]:
    """Each module's name and its file."""
    for package in PACKAGES:
        for path in sorted((folder / package).rglob("*.py")):
            yield ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"), path


def packages(folder: Path) -> Iterable[tuple[str, Path]]:
    """Each package's name and its folder."""
    return [(name, path.parent) for name, path in modules(folder) if path.name == "__init__.py"]


def belongs(module: str, names: Iterable[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


@pytest.mark.parametrize(("contract", "imported", "allowed"), PROTECTED)
def test_an_import_in_any_other_module_is_refused(
    copied: Path, contract: str, imported: str, allowed: list[str]
) -> None:
    for _, folder in packages(copied):
        (folder / f"{NEW}.py").touch()
    for name, path in modules(copied):
        if name != imported:
            path.write_text(f"{path.read_text('utf-8')}\nimport {imported}\n", "utf-8")
    said = lint(copied, "--contract", contract)
    refused = set(re.findall(rf"([\w.]+) -> {imported} ", said))
    expected = {name for name, _ in modules(copied) if not belongs(name, allowed)}
    assert {f"{package}.{NEW}" for package in PACKAGES} <= expected
    assert refused == expected


def test_the_planted_contracts_are_all_that_protect() -> None:
    """A contract that protects and has no row above would not be tried."""
    config = (ROOT / "pyproject.toml").read_text("utf-8")
    protecting = re.findall(r'id = "(\w+)"\nname = .*\ntype = "protected"', config)
    assert len(protecting) == config.count('type = "protected"')
    assert set(protecting) == {contract for contract, *_ in PROTECTED}


def test_a_module_without_a_place_among_the_layers_is_refused(copied: Path) -> None:
    containers = re.findall(
        r'containers = \["([\w.]+)"\]\nexhaustive = true', (ROOT / "pyproject.toml").read_text()
    )
    assert {*PACKAGES, "indexer.text", "indexer.engines.whoosh"} <= set(containers)
    for container in containers:
        copied.joinpath(*container.split("."), f"{NEW}.py").touch()
    said = lint(copied)
    unlisted = said.partition("not listed as layers")[2]
    assert {f"{container}.{NEW}" for container in containers} <= set(re.findall(r"[\w.]+", said)), unlisted


def test_the_packages_as_they_are_keep_every_contract() -> None:
    assert " 0 broken" in lint(ROOT)
