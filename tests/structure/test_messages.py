"""Every message is given what it names, and nothing else."""

import ast
from collections.abc import Iterator
from string import Formatter

import pytest

from tests.shared import ROOT
from tests.structure.public_names import PACKAGES, syntax_tree


def wrong_values(source: str) -> Iterator[tuple[int, set[str]]]:
    """Calls of ``say`` with values, by line: names that the message lacks, or that lack a value."""
    for node in ast.walk(syntax_tree(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"):
            continue
        template, given = node.args[0], {keyword.arg for keyword in node.keywords}
        if (
            isinstance(template, ast.Constant) and given and None not in given
        ):  # ** gives what nobody can read here
            named = {name for _, name, _, _ in Formatter().parse(str(template.value)) if name}
            if wrong := named.symmetric_difference(name for name in given if name):
                yield node.lineno, wrong


@pytest.mark.parametrize("package", PACKAGES)
def test_every_message_is_given_the_values_that_it_names(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert [(path.name, *one) for path in files for one in wrong_values(path.read_text("utf-8"))] == []


def test_a_value_of_another_name_is_found() -> None:
    assert list(wrong_values('say("{path}: no such file", file=path)')) == [(1, {"path", "file"})]
