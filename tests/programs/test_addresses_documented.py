"""docs/programs.md lists every address that answers, and no other."""

import re

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.shared import ROOT

DOC = (ROOT / "docs" / "programs.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(/[^`?]*)", DOC)))
SAMPLES = {
    "ID": "a",
    "NAME": "source",
    "NUMBER": "1",
    "STYLE": "vi",
    "WHAT": "undated",
    "IDENTIFIER": "article/a",
}
"""What stands for a name in capitals where an address is asked for."""


def _rules(app: Flask, path: str) -> set[str]:
    """The rules that answer a path as it is named, or with a suffix."""
    found = set()
    for suffix in ("", ".json", ".csv", ".jsonl", ".receipt.json"):
        asked = re.sub(r"[A-Z]{2,}", lambda name: SAMPLES[name[0]], path) + suffix
        try:
            rule, _ = app.url_map.bind("localhost").match(asked, return_rule=True)
        except HTTPException:
            continue
        found.add(rule.rule)
    return found


def test_every_address_is_documented(app: Flask) -> None:
    documented = {rule for path in NAMED for rule in _rules(app, path)}
    assert {rule.rule for rule in app.url_map.iter_rules()} - documented == set()


@pytest.mark.parametrize("path", NAMED)
def test_every_documented_address_answers(app: Flask, path: str) -> None:
    assert _rules(app, path)
