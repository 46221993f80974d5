"""Do names keep to docs/glossary.md: no retired word, and no public name of two meanings in one package?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from corpus.readers.registry import CONTAINERS, READERS
from tests.shared import ROOT
from tests.structure.public_names import modules, names, repeated

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
HEADER = "| term | what it means here | where it stands | retired words |"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and line != HEADER and not line.startswith("| ---")
]

DATED = {
    "glossary.md",
    "0001-postings-as-arrays.md",
    "0002-stories.md",
    "performance-search.md",
    "relevance-sets.md",
}
"""The glossary itself, and documents that say what was measured or decided on one day."""
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

_CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
_RETIRED = re.compile(r"`([a-z_]+)`(?: in `([a-z_.]+)`)?")
_PATH = re.compile(r"`([a-z_]+(?:/[a-z_]+)*\.[a-z]+)`")
_CLASS = re.compile(r"`([A-Z]\w+)`")


@dataclass(frozen=True, slots=True)
class Retired:
    """A retired word, as the words that a name is split into; ``package`` where it is retired there alone."""

    words: tuple[str, ...]
    package: str = ""

    def stands_in(self, qualified: str, name: str) -> bool:
        """Whether a name has the word in it, whole."""
        if self.package and not f"{qualified}.".startswith(f"{self.package}."):
            return False
        split, length = words(name), len(self.words)
        return any(split[at : at + length] == self.words for at in range(len(split) - length + 1))


RETIRED = [
    Retired(tuple(word.split("_")), package)
    for *_, retired in ROWS
    for word, package in _RETIRED.findall(retired)
]

CONTRACTS = {
    "search_app.answer.archive.reprint_changes.ChangeKind.LEFT_OUT": 'the value "left out" of a JSON key',
    "search_app.api.parameter_schemas.QueryParameter.widen": "a parameter of the address",
    "search_app.api.parameters.WIDEN": "the name of a parameter of the address",
    "search_app.formats.answers.search.FacetValueAnswer.left_out": "a JSON key",
    "search_app.formats.answers.article.ReasonAnswer.rarity": "a JSON key",
    "search_app.formats.answers.search.RepairAnswer": "the name of a component of the API's description",
    "search_app.formats.answers.search.WideningAnswer": "the name of a component of the API's description",
    "search_app.formats.answers.search.SearchAnswer.repaired": "a JSON key",
    "search_app.formats.answers.search.SearchAnswer.repairs": "a JSON key",
    "search_app.formats.answers.search.SearchAnswer.widenings": "a JSON key",
    "search_app.formats.answers.search.SearchAnswer.widens": "a JSON key",
}
"""Names with a retired word that others rely on, or that another's rule gives: why each keeps it."""

_READERS = {reader.__name__ for reader in READERS}  # type: ignore[attr-defined]  # each is a module
_CONTAINERS = {container.__name__ for container in CONTAINERS}  # type: ignore[attr-defined]  # the same
_API, _PAGES, _TWINS = "search_app.api.views", "search_app.web.views", "search_app.web.twins"
_COMMANDS = "search_app.cli.commands"
_ITEMS = {"search_app.api.item_views", "search_app.web.item_pages", "search_app.cli.item_commands"}
_VIEW = "the views of one page: as a page, by the API, as JSON and CSV"

SAME_MEANING = {
    ("corpus", "article"): (_READERS, "of the protocol Reader"),
    ("corpus", "knows"): (_READERS | _CONTAINERS, "of the protocols Reader and Container"),
    ("corpus", "members"): (_CONTAINERS, "of the protocol Container"),
    ("corpus", "read"): (_READERS, "of the protocol Reader"),
    ("search_app", "add"): ({"search_app.cli.adding", "search_app.cli.writing"}, "a command, and its work"),
    ("search_app", "article"): ({_API, "search_app.web.reading", _TWINS}, _VIEW),
    ("search_app", "basket"): ({"search_app.web.reading", _TWINS}, _VIEW),
    ("search_app", "counts"): (
        {"search_app.cli.counting", "search_app.formats.answers.shape"},
        "a command; how many there are of each",
    ),
    ("search_app", "timeline"): (
        {_API, "search_app.cli.counting", "search_app.web.timeline"},
        "views of one page, and its command",
    ),
    ("search_app", "collocations"): (_ITEMS, _VIEW),
    ("search_app", "compare"): (_ITEMS, _VIEW),
    ("search_app", "keywords"): (_ITEMS, _VIEW),
    ("search_app", "ngrams"): (_ITEMS, _VIEW),
    ("search_app", "changes"): ({_API, _PAGES, _TWINS}, _VIEW),
    ("search_app", "citation"): (
        {
            "search_app.formats.citations.apa",
            "search_app.formats.citations.chicago",
            "search_app.formats.citations.vietnamese",
        },
        "an article in one style of citation",
    ),
    ("search_app", "concordance"): (
        {_API, "search_app.web.concordance", "search_app.cli.concordance"},
        "the lines of a selection's hits, by every interface",
    ),
    ("search_app", "coverage"): ({_API, "search_app.web.coverage", _TWINS}, _VIEW),
    ("search_app", "explain"): ({_API, _COMMANDS}, "one answer, by the API and the command line"),
    ("search_app", "fault_answer"): ({_API, _PAGES}, "an error, by the API and as a page"),
    ("search_app", "find_other_forms"): (
        {f"search_app.query.expansion.by_{rule}" for rule in ("date", "name", "number", "space")},
        "the same forms of words, found by one rule of query expansion",
    ),
    ("search_app", "main"): (
        {"search_app.cli", "search_app.query.names.from_address_data"},
        "what runs when the module is a program",
    ),
    ("search_app", "missing"): ({"search_app.web.coverage", _TWINS}, _VIEW),
    ("search_app", "rebuild"): ({_COMMANDS, "search_app.cli.writing"}, "a command, and its work"),
    ("search_app", "refused"): ({"search_app.web.coverage", _TWINS}, _VIEW),
    ("search_app", "search"): ({_API, _COMMANDS, _PAGES}, "one search, by every interface"),
    ("search_app", "versions"): ({"search_app.web.reading", _TWINS}, _VIEW),
    ("search_app", "withdrawals"): (
        {"search_app.web.coverage", _TWINS, "search_app.cli.withdrawing"},
        "the list of withdrawals: view, twin, command",
    ),
    ("search_app", "why"): ({_PAGES, _TWINS}, _VIEW),
}
"""Names that several modules define in one meaning: these modules, and why the name is the same."""


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters.

    >>> words("HTMLReader_leftOut")
    ('html', 'reader', 'left', 'out')
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return tuple(word for word in split.casefold().split("_") if word)


def with_retired_words(module: str, source: str) -> set[str]:
    """The names of a module that have a retired word, qualified."""
    return {
        qualified
        for qualified, name in names(module, source)
        if any(word.stands_in(qualified, name) for word in RETIRED)
    }


def with_two_meanings(defined: Mapping[tuple[str, str], set[str]]) -> set[str]:
    """The public names, of those that several modules define, that have no row in SAME_MEANING; qualified."""
    return {
        f"{module}.{name}"
        for (package, name), found in defined.items()
        for module in found - SAME_MEANING.get((package, name), (set(), ""))[0]
    }


@cache
def sources() -> Mapping[str, str]:
    """Every module and its source; read by the tests and not when they are collected, as what follows."""
    return dict(modules(ROOT))


@cache
def found_with_retired_words() -> set[str]:
    return {name for module, source in sources().items() for name in with_retired_words(module, source)}


@cache
def defined_more_than_once() -> Mapping[tuple[str, str], set[str]]:
    return repeated(sources())


def test_no_name_has_a_retired_word() -> None:
    """But those of CONTRACTS."""
    assert found_with_retired_words() - CONTRACTS.keys() == set()


def test_every_contract_is_one_still() -> None:
    assert CONTRACTS.keys() <= found_with_retired_words()


def test_no_public_name_has_two_meanings_in_one_package() -> None:
    assert with_two_meanings(defined_more_than_once()) == set()


@pytest.mark.parametrize("key", SAME_MEANING, ids="-".join)
def test_a_name_of_one_meaning_is_defined_more_than_once(key: tuple[str, str]) -> None:
    """Else its row above allows what nobody needs."""
    assert len(defined_more_than_once().get(key, set()) & SAME_MEANING[key][0]) > 1


@pytest.mark.parametrize(
    "page", [page for page in PROSE if page.name not in DATED], ids=lambda page: page.name
)
def test_no_document_uses_a_retired_word(page: Path) -> None:
    """But for the names of code, commands and addresses, which are tried above or published."""
    said = set(re.findall(r"\w+", _CODE.sub(" ", page.read_text("utf-8")).casefold()))
    assert said & {one.words[0] for one in RETIRED if len(one.words) == 1 and not one.package} == set()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("class WidenedQuery: ...", "WidenedQuery"),
        ("def _mended(): ...", "_mended"),
        ("async def loosening(): ...", "loosening"),
        ("def f(*, rarity): ...", "f(rarity)"),
        ("class A:\n    left_out: bool = False", "A.left_out"),
        ("class A:\n    def f(self, *holdings): ...", "A.f(holdings)"),
        ("DOOR_COUNT: int = 1", "DOOR_COUNT"),
        ("try:\n    ORACLE, B = 1, 2\nexcept ValueError:\n    pass", "ORACLE"),
        ("def f():\n    def spread(): ...", "f.spread"),
        ("f = lambda likeness: 1", "(likeness)"),
    ],
)
def test_a_planted_name_is_found(planted: str, found: str) -> None:
    qualified = f"indexer.planted{found}" if found.startswith("(") else f"indexer.planted.{found}"
    assert with_retired_words("indexer.planted", planted) == {qualified}


def test_a_planted_module_is_found() -> None:
    assert with_retired_words("search_app.web.mended", "") == {"search_app.web.mended"}


def test_a_word_within_a_word_is_not_found() -> None:
    kept = "def widest(mushroom, notwithstanding, left, out, outleft): ...\nspreading = left = None"
    assert with_retired_words("indexer.planted", kept) == set()


def test_a_word_is_retired_in_its_package_alone() -> None:
    assert with_retired_words("search_app.planted", "def repair(standing): ...") == {
        "search_app.planted.repair"
    }
    assert with_retired_words("indexer.planted", "def repair(standing): ...") == {
        "indexer.planted.repair(standing)"
    }


def test_a_planted_name_of_two_meanings_is_found() -> None:
    sources = {
        "indexer.a": "class Planted: ...\ndef grow(): ...\ndef _own(): ...\nLIMIT = 1",
        "indexer.b": "Planted = int\nasync def grow(): ...\ndef _own(): ...\nLIMIT = 2",
        "corpus.c": "class Planted: ...\ndef grow(): ...",
    }
    assert with_two_meanings(repeated(sources)) == {
        f"indexer.{module}.{name}" for module in "ab" for name in ("Planted", "grow")
    }


def test_a_name_of_one_meaning_is_found_in_any_other_module() -> None:
    planted = {**sources(), "corpus.planted": "def knows(): ..."}
    found = with_two_meanings(repeated(planted)) - with_two_meanings(defined_more_than_once())
    assert found == {"corpus.planted.knows"}


def test_every_row_of_the_glossary_can_be_read() -> None:
    """A word that is written otherwise would not be refused."""
    assert len(ROWS) > 50
    for row in ROWS:
        assert len(row) == 4, row
        term, meaning, _, retired = row
        assert term, row
        assert meaning.endswith("."), row
        assert all(_RETIRED.fullmatch(word) for word in retired.split(", ") if retired), row


def test_a_term_stands_in_the_glossary_once() -> None:
    terms = [term for row in ROWS for term in row[0].split(", ")]
    assert sorted(terms) == sorted(set(terms))
    retired = [(one.words, one.package) for one in RETIRED]
    assert sorted(retired) == sorted(set(retired))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_term_stands_where_the_glossary_says(row: list[str]) -> None:
    where = row[2]
    paths = [ROOT / path for path in _PATH.findall(where)]
    assert paths or where == "not in the code yet"
    assert [path for path in paths if not path.is_file()] == []
    for name in _CLASS.findall(where):
        assert any(
            re.search(rf"^(?:class )?{name}\b", path.read_text("utf-8"), re.MULTILINE) for path in paths
        ), name
