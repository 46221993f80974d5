"""Why is a query cut into these units? For ``khobao units``, each run of its loose words by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.query import Match
from indexer.units.unit_cut import CutUnit, UnitCut
from search_app.query.grammar import cut_nothing, understand
from search_app.query.units.cutter import CorpusCutter


@dataclass(frozen=True, slots=True)
class ExplainedUnit:
    """A unit with its words as typed."""

    text: str
    unit: CutUnit


@dataclass(frozen=True, slots=True)
class ExplainedRun:
    """Loose words that stand side by side, cut into units.

    Attributes:
        other: the next best cut into words and names, as the texts of its units; empty where there is none.
        odds: how many times as likely the cut is as that one.
    """

    units: tuple[ExplainedUnit, ...]
    other: tuple[str, ...]
    odds: float


@dataclass(frozen=True, slots=True)
class ExplainedUnits:
    """A query as typed, and the runs of its loose words."""

    query: str
    runs: tuple[ExplainedRun, ...]


def explain_units(query: str, cutter: CorpusCutter) -> ExplainedUnits:
    """The units of a typed query, each with why it is one.

    Raises:
        UserError: the query is past a stated limit.
        OperatorError: the table of units cannot be read.
    """
    return ExplainedUnits(
        query, tuple(_explain(words, cutter.explain(words)) for words in _loose_runs(query))
    )


def _loose_runs(query: str) -> list[Sequence[Match]]:
    """The words typed side by side, run by run, as the parser has them cut."""
    runs: list[Sequence[Match]] = []

    def keep(words: Sequence[Match]) -> Sequence[int]:
        runs.append(words)
        return cut_nothing(words)

    understand(query, keep)
    return runs


def _explain(words: Sequence[Match], cut: UnitCut) -> ExplainedRun:
    texts = _texts(words, cut.lengths)
    units = tuple(ExplainedUnit(text, unit) for text, unit in zip(texts, cut.units, strict=True))
    other = _texts(words, cut.other)
    return ExplainedRun(units, tuple(other) if other != texts else (), cut.odds)


def _texts(words: Sequence[Match], lengths: Sequence[int]) -> list[str]:
    """The words of each unit as typed."""
    labels = iter([word.label for word in words])
    return [" ".join(next(labels) for _ in range(length)) for length in lengths]
