"""Which evidence has the ranking, and how is each kind left out? By other values of the names that hold it.

The code imports constants and functions by name, so a value is replaced in every module of the program that
holds it, and what was kept of earlier queries is forgotten. The loops in C get every constant from Python.
Two facts are in the index itself and are not left out here: how much a word in the headline and in the lede
counts towards its frequency (indexer.places.ZONE_WEIGHTS), and that of equal scores the newer article comes
first, which is all that dates do.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from indexer.places import Zone
from indexer.proximity import HEAD_BOOSTS, ProximityTerms
from indexer.query import Query
from indexer.tiers import FEW_UNITS, required_units, tiers
from search_app.query.grammar import cut_nothing

PROGRAM = ("indexer", "search_app")
"""The packages in which values are replaced."""

_HARDLY = 1e-6  # k1 of 0 would divide by 0 where an article lacks a word
_EQUAL_IDF = 5.0  # about the mean: what proximity adds to an idf keeps its proportion


@dataclass(frozen=True, slots=True)
class Setting:
    """A name of a module, and its value while evidence is left out."""

    module: str
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the ranking takes into account, and the settings that leave it out."""

    label: str
    settings: tuple[Setting, ...]


def _one(label: str, module: str, name: str, value: object) -> Evidence:
    return Evidence(label, (Setting(module, name, value),))


def _tiered_with_any_words(query: Query) -> bool:
    """Whether the tiers come in order: indexer.tiers.is_tiered, without its rule for words without marks."""
    words, _ = tiers(query, expanded=False)
    return words is None or len(required_units(words)) <= FEW_UNITS


_SATURATION = "indexer.engines.whoosh.ranking_loops"

EVIDENCE = (
    _one("idf", "indexer.scoring", "inverse_document_frequency", lambda *_: _EQUAL_IDF),
    Evidence(
        "frequency of a word in an article",
        (Setting("indexer.scoring", "K1", _HARDLY), Setting(_SATURATION, "SATURATION", 1 + _HARDLY)),
    ),
    _one("length of an article", "indexer.scoring", "B", 0.0),
    Evidence(
        "half weight of other readings",
        (Setting("indexer.boosts", "MATCH_BOOST", 1.0), Setting("indexer.boosts", "READINGS_BOOST", 0.0)),
    ),
    _one("other readings at all", "indexer.other_readings", "with_all_readings", lambda _: None),
    _one("lower weight of question words and dates", "indexer.boosts", "ASIDE_BOOST", 1.0),
    _one("question words at all", "indexer.question_words", "asking_places", lambda _: frozenset()),
    _one("neighbours", "indexer.proximity", "PAIR_BOOST", 0.0),
    _one("higher idf of words in a row", "indexer.held_forms", "PHRASE_IDF", 0.0),
    _one("exact neighbours of few words", "indexer.proximity", "EXACT_PAIR_BOOST", 0.0),
    _one("window", "indexer.proximity", "WINDOW_BOOST", 0.0),
    _one("headline and lede", "indexer.proximity", "HEAD_BOOSTS", dict.fromkeys(HEAD_BOOSTS, 0.0)),
    _one("headline above lede", "indexer.proximity", "HEAD_BOOSTS", dict.fromkeys(HEAD_BOOSTS, 0.7)),
    _one("lede", "indexer.proximity", "HEAD_BOOSTS", {**HEAD_BOOSTS, Zone.LEDE: 0.0}),
    _one("exact forms", "indexer.held_forms", "_exact_forms", lambda _: ()),
    _one("names typed with capitals", "indexer.held_forms", "NAME_BOOST", 0.0),
    _one("all that is reranked by", "indexer.proximity", "proximity_terms", lambda *_: ProximityTerms()),
    _one("order of tiers", "indexer.tiers", "FEW_UNITS", 0),
    _one("best score first where no mark is typed", "indexer.tiers", "is_tiered", _tiered_with_any_words),
    _one("units", "search_app.query.cutting", "cut_without", lambda *_: cut_nothing),
    _one("query expansion", "search_app.query.expansion", "_add_expansions", lambda leaf, _: leaf),
    _one("corrections", "search_app.query.correction.deciding", "_ask_corrections", lambda *_: None),
)
"""All of it, in the order in which docs/architecture.md tells of it."""


@contextmanager
def without(evidence: Evidence) -> Iterator[None]:
    """Leaves evidence out while the block lasts.

    A service that was opened outside the block must not be used in it, nor the other way round. Every module
    that the block needs must be imported before: one that is imported in it keeps the values of the block.

    Raises:
        LookupError: a name is not there any more.
    """
    replaced = [
        (module, setting, vars(module)[setting.name])
        for setting in evidence.settings
        for module in _holders(setting)
    ]
    try:
        for module, setting, _ in replaced:
            setattr(module, setting.name, setting.value)
        _forget()
        yield
    finally:
        for module, setting, value in replaced:
            setattr(module, setting.name, value)
        _forget()


def _holders(setting: Setting) -> list[ModuleType]:
    """The modules of the program that hold the value of a name: the one that defines it, and importers."""
    home = importlib.import_module(setting.module)
    if setting.name not in vars(home):
        message = f"{setting.module} has no {setting.name}: benchmarks.relevance.evidence names it"
        raise LookupError(message)
    value = vars(home)[setting.name]
    return [module for module in _modules() if vars(module).get(setting.name) is value]


def _forget() -> None:
    """Empties what functions of the program remember of earlier queries."""
    for module in _modules():
        if module.__name__.rpartition(".")[0] == "indexer":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _modules() -> list[ModuleType]:
    return [
        module
        for name, module in list(sys.modules.items())
        if module is not None and name.partition(".")[0] in PROGRAM
    ]
