"""What a user can name stands in the documents: every document, command, option, setting and make target."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from search_app.cli.commands import khobao
from tests.shared import ROOT

DOCS = ROOT / "docs"
INDEX = DOCS / "index.md"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
COMMANDS = (DOCS / "commands.md").read_text("utf-8")
CODE = ("corpus", "indexer", "search_app", "tests")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_PATH = re.compile(r"`((?:corpus|indexer|search_app|tests|benchmarks|docs)/[^`\s]*\.\w+)`")


def links(page: Path) -> list[str]:
    """The files that a page links to, as it names them."""
    return [link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link]


def test_every_document_stands_in_the_index_once() -> None:
    named = [(DOCS / link).resolve() for link in links(INDEX)]
    assert sorted(named) == sorted({*PAGES, ROOT / "CHANGELOG.md"} - {INDEX})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def commands(group: click.Group, above: str = "khobao") -> Iterator[tuple[str, click.Command]]:
    """Every command with its name as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def options(command: click.Command) -> set[str]:
    return {
        name
        for one in command.params
        if isinstance(one, click.Option)
        for name in (*one.opts, *one.secondary_opts)
    }


@pytest.mark.parametrize(("typed", "command"), list(commands(khobao)))
def test_every_command_and_option_is_documented(typed: str, command: click.Command) -> None:
    assert re.search(rf"^\| `{typed}[ `]", COMMANDS, re.MULTILINE)
    name = typed.rpartition(" ")[2]
    rows = "\n".join(row for row in COMMANDS.splitlines() if re.match(rf"\|.*`{name}`.*\| `--", row))
    of_all = "Every command but `names check` takes `--data DIR`"
    assert {one for one in options(command) if not re.search(rf"`{one}[ `]", rows + of_all)} == set()


def test_every_documented_option_is_one() -> None:
    known = {name for _, command in commands(khobao) for name in options(command)}
    assert set(re.findall(r"`(--[a-z-]+)", COMMANDS)) <= known | {"--help"}


def test_every_setting_is_documented_and_no_other() -> None:
    read = {
        name
        for top in ("indexer", "search_app")
        for path in (ROOT / top).rglob("*.py")
        for name in re.findall(r"\bKHOBAO_[A-Z_]+\b", path.read_text("utf-8"))
    }
    assert read
    assert set(re.findall(r"^\| `(KHOBAO_[A-Z_]+)`", COMMANDS, re.MULTILINE)) == read


def test_every_target_of_make_is_documented_and_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)
    assert set(re.findall(r"`make ([a-z-]+)", CONTRIBUTING)) == set(targets)


def test_every_file_that_contributing_names_is_there() -> None:
    """A walk whose files have moved leads nobody anywhere."""
    named = set(_PATH.findall(CONTRIBUTING))
    assert len(named) > 50
    assert {name for name in named if "NAME" not in name and not (ROOT / name).exists()} == set()


def test_every_file_that_the_architecture_names_is_there() -> None:
    """Rows of a package name files and folders by their own names, prose by their paths."""
    architecture = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert {name for name in _PATH.findall(architecture) if not (ROOT / name).exists()} == set()
    files = {path.name for top in ("corpus", "indexer", "search_app") for path in (ROOT / top).rglob("*")}
    named = {
        Path(name).name
        for row in re.findall(r"^\| (`.*?`) \|", architecture, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row)
    }
    assert len(named) > 50
    assert named <= files


def test_every_name_that_contributing_names_stands_in_the_code() -> None:
    """Of functions, classes and constants: what has an underscore or a capital."""
    code = "\n".join(path.read_text("utf-8") for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    known = {"NAME", "PATH", *re.findall(r"\w+", code)}
    named = {name for name in re.findall(r"`([A-Za-z]*[A-Z_]\w*)[`.]", CONTRIBUTING) if not name.isdigit()}
    assert len(named) > 30
    assert named - known == set()


def test_a_release_has_one_number() -> None:
    """In the package, as it is installed, and at the head of the changes."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    released = re.findall(
        r"^## (\S+) \(\d+ \w+ \d{4}\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert released[0] == written == version("khobao")
