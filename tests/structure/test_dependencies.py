"""docs/dependencies.md names every library, with the licence that the installed one says."""

from importlib.metadata import Distribution

import pytest

from benchmarks.licences import PAGE, licence, named, required, rows, with_licences


def test_every_library_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert required() <= {name for cells in rows(page) for name in named(cells[1])}


def test_the_licences_are_those_of_the_installed_libraries() -> None:
    page = PAGE.read_text("utf-8")
    assert with_licences(page) == page, "rewrite the column with: make licences"


class Said(Distribution):
    """A library that says its licence by these lines."""

    def __init__(self, lines: str) -> None:
        self._lines = lines

    def read_text(self, filename: str) -> str | None:
        return f"Metadata-Version: 2.4\nName: x\n{self._lines}" if filename == "METADATA" else None

    def locate_file(self, path: object) -> object:  # type: ignore[override]  # no file is ever asked for
        raise NotImplementedError(path)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("License-Expression: MIT\nLicense: other\n", "MIT"),
        ("License: Two-clause\nClassifier: License :: OSI Approved :: BSD License\n", "Two-clause"),
        (f"License: {'long ' * 20}\nClassifier: License :: OSI Approved :: BSD License\n", "BSD License"),
    ],
)
def test_a_licence_is_read_where_the_library_says_it(lines: str, found: str) -> None:
    assert licence(Said(lines)) == found


def test_a_library_without_a_licence_is_not_passed_over() -> None:
    with pytest.raises(LookupError, match="x says nothing of its licence"):
        licence(Said(""))
