"""Under which licence is each library? The column of docs/dependencies.md, from what the libraries say.

    python -m benchmarks.licences

rewrites the column; a test holds that it is what is installed. A library says its licence as PEP 639's
expression, else as the older ``License`` field, else by classifiers, else by a file alone. pip-licenses reads
the same fields, but not of whoosh3, which lies in a folder of its own.
"""

import email
import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
_WHOOSH3 = ROOT / ".venv" / "whoosh3"
_HEAD = "| library |"
_LICENCE = 2
"""The column, counted as ``split("|")`` does: 0 stands before the first bar."""
_LONGEST = 60
"""A longer ``License`` field holds the whole licence, not its name."""


def main() -> None:
    """Rewrites the page."""
    PAGE.write_text(with_licences(PAGE.read_text("utf-8")), "utf-8")


def required() -> set[str]:
    """The names of all libraries that run and tests ask for, as :func:`named` writes names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["test"], "whoosh3"]
    return {_plain(re.split(r"[^\w-]", one, maxsplit=1)[0]) for one in asked}


def named(cell: str) -> list[str]:
    """The libraries that a row's first cell names.

    >>> named("python-frontmatter, PyYAML")
    ['python-frontmatter', 'pyyaml']
    """
    known = required()
    return [name for word in re.findall(r"[A-Za-z][\w-]*", cell) if (name := _plain(word)) in known]


def rows(page: str) -> list[list[str]]:
    """The cells of each row that names a library, as ``split("|")`` gives them."""
    return [cells for line in page.splitlines() if named((cells := _cells(line))[1])]


def with_licences(page: str) -> str:
    """The page with its column of licences anew."""
    licences = {_plain(one.name): licence(one) for one in _installed()}
    return "\n".join(_with_licence(line, licences) for line in page.split("\n"))


def licence(library: Distribution) -> str:
    """What a library says of its licence.

    Raises:
        LookupError: it says nothing.
    """
    # An older pip installs what has no wheel with its metadata in PKG-INFO.
    said = email.message_from_string(library.read_text("METADATA") or library.read_text("PKG-INFO") or "")
    whole = said.get("License") or ""
    classifiers = [
        one.split(" :: ")[-1] for one in said.get_all("Classifier", []) if one.startswith("License")
    ]
    files = [path for path in library.files or () if path.name.upper().startswith("LICEN")]
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    if whole and len(whole) <= _LONGEST:
        return whole
    if classifiers:
        return ", ".join(classifiers)
    if files:
        return files[0].read_text().strip().partition("\n")[0].strip()
    raise LookupError(f"{library.name} says nothing of its licence; look it up and leave it out of the table")


def _with_licence(line: str, licences: dict[str, str]) -> str:
    cells = _cells(line)
    names = named(cells[1])
    if not names:
        return line
    cells[_LICENCE] = f" {'; '.join(dict.fromkeys(licences[name] for name in names))} "
    return "|".join(cells)


def _cells(line: str) -> list[str]:
    """The cells of a line of a table; a line of text has empty ones."""
    return line.split("|") if line.startswith("| ") and not line.startswith(_HEAD) else ["", ""]


def _installed() -> list[Distribution]:
    return [*distributions(), *distributions(path=[str(_WHOOSH3)])]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
