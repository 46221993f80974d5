"""Mutants are drawn by seed, over packages that are there, and reported by package; coverage likewise."""

from pathlib import Path

import pytest

from benchmarks.covered import by_package
from benchmarks.mutants import PACKAGES, Mutant, Package, Tried, draw, mutations, report
from tests.shared import ROOT

pytestmark = pytest.mark.slow  # makes mutants of the whole code


@pytest.mark.parametrize("package", PACKAGES.values(), ids=PACKAGES)
def test_the_modules_and_tests_of_a_package_are_there(package: Package) -> None:
    for name in (*package.modules, *package.tests):
        assert (ROOT / name).exists(), name


def test_the_same_seed_draws_the_same_mutants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    drawn = draw(["freshness"], 5, 1)
    assert drawn == draw(["freshness"], 5, 1)
    assert drawn != draw(["freshness"], 5, 2)
    assert len({(one.spec.operator_name, one.spec.module_path, one.spec.start_pos) for one in drawn}) > 1


def test_numbers_outside_of_functions_are_mutated_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text("LITTLE = 3\n\n\ndef f(x: int | None) -> bool:\n    return x == LITTLE\n")
    monkeypatch.chdir(tmp_path)
    found = mutations(Package(("a.py",), ()))
    assert {spec.start_pos[0] for spec in found if spec.operator_name == "core/NumberReplacer"} == {1}
    assert not [spec for spec in found if "BitOr" in spec.operator_name]


def test_a_report_gives_the_share_by_package_and_what_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (first, second) = (mutant.spec for mutant in draw(["freshness"], 2, 1))
    tried = [
        Tried(Mutant("query", first), "killed", "-a"),
        Tried(Mutant("query", second), "survived", "-b"),
        Tried(Mutant("ranking", first), "killed", "-c"),
    ]
    said = report(tried, 1, 60)
    for line in ("| query | 2 | 1 | 0.50 |", "| ranking | 1 | 1 | 1.00 |", "| all | 3 | 2 | 0.67 |", "-b"):
        assert line in said
    assert "-a" not in said


def test_coverage_is_summed_by_package() -> None:
    counts = {"num_statements": 8, "covered_lines": 6, "num_branches": 2, "covered_branches": 1}
    files = {"corpus/readers/a.py": {"summary": counts}, "corpus/readers/b.py": {"summary": counts}}
    said = by_package(files | {"corpus/c.py": {"summary": counts | {"covered_lines": 8}}})
    for line in (
        "| corpus | 8 | 2 | 0.900 |",
        "| corpus.readers | 16 | 4 | 0.700 |",
        "| all | 24 | 6 | 0.767 |",
    ):
        assert line in said
