"""How is coverage written for programs? As JSON, and as the rows of a CSV file."""

from collections.abc import Iterator

from corpus.coverage import SHORT_CHARACTERS, Coverage, SourceCoverage
from search_app.answer.archive.accounts import whole
from search_app.formats.table import Table

Json = dict[str, object]

UNDATED, COARSE = "undated", "month or year only"


def coverage_json(coverage: Coverage) -> Json:
    """Every source with its days, and every reason of refusal."""
    return {
        "archive_number": coverage.archive_number,
        "short_characters": SHORT_CHARACTERS,
        "all": _source_json(whole(coverage)),
        "sources": [{"source": one.source, **_source_json(one)} for one in coverage.sources],
        "refused": [
            {"reason": one.reason, "refusals": one.refusals, "taken": one.taken} for one in coverage.refused
        ],
    }


def coverage_table(coverage: Coverage) -> Table:
    """A row a source and day that has articles; then its articles without a day."""
    rows = ((one.source, *row) for one in coverage.sources for row in _rows(one))
    return Table(("source", "day", "articles"), rows)


def _rows(source: SourceCoverage) -> Iterator[tuple[str, int]]:
    yield from ((day.isoformat(), count) for day, count in source.days)
    yield from (
        (name, count) for name, count in ((COARSE, source.coarse), (UNDATED, source.undated)) if count
    )


def _source_json(source: SourceCoverage) -> Json:
    return {
        "articles": source.articles,
        "first": source.first.isoformat() if source.first else None,
        "last": source.last.isoformat() if source.last else None,
        "days": {day.isoformat(): count for day, count in source.days},
        "gaps": [[first.isoformat(), last.isoformat()] for first, last in source.gaps()],
        "coarse": source.coarse,
        "undated": source.undated,
        "short": source.short,
    }
