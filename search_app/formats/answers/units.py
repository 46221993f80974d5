"""What does the JSON of ``khobao units`` hold?"""

from indexer.units.table import UnitKind
from indexer.units.unit_cut import UnitReason
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema
from search_app.query.units.explaining import ExplainedUnit


def _read_as(explained: ExplainedUnit) -> str:
    entry = explained.unit.entry
    return " ".join(entry.syllables) if entry else ""


class CorpusUnitAnswer(AnswerSchema):
    """What the corpus has of a unit."""

    kind = shape.one_of("what it is", UnitKind)
    count = shape.count("times it is cut as one word; of a phrase, heads with its words side by side")
    places = shape.count(
        "times its syllables stand side by side, or the syllable anywhere; of a phrase, heads with both words"
    )


class ExplainedUnitAnswer(AnswerSchema):
    """A unit of a query, and why it is one."""

    text = shape.text("as typed")
    reason = shape.one_of("why its words are one unit", UnitReason, "unit.reason")
    read_as = shape.text("as the corpus writes it; null: it has no such unit", _read_as, none=True)
    corpus = shape.nested(CorpusUnitAnswer, "null: it has no such unit", "unit.entry", none=True)


class UnitRunAnswer(AnswerSchema):
    """Words of a query that stand side by side, cut into units."""

    units = shape.many(ExplainedUnitAnswer, "in typed order")
    other = shape.texts("units of the next best cut into words and names; empty: there is none")
    odds = shape.number("how many times as likely the cut is as that one; 0: there is none")


class UnitsAnswer(AnswerSchema):
    """The units of a query (``khobao units``)."""

    query = shape.text("as typed")
    runs = shape.many(UnitRunAnswer, "its loose words, run by run")
