"""Do the rows of every period add up, over a whole archive, and is nothing held null everywhere?

For queries of all kinds, in every unit, as articles and as stories: the rows of a series must add up to what
a search counts, a period must hold what the archive's own table of facts says (read here in SQL, apart from
the index), and its figures must be null exactly where that is nothing.

    python -m benchmarks.trend_rows --data FOLDER
"""

import argparse
import sqlite3
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from search_app.answer.counting.dated import RowKind
from search_app.answer.counting.series import Series, TrendRequest
from search_app.answer.periods import TimeUnit
from search_app.answer.selection import Selection
from search_app.bootstrap import open_service
from search_app.settings import Settings

QUERIES = (
    "",
    "vàng",
    '"đấu thầu vàng"',
    "học sinh",
    "tiêu_đề:giá",
    '"cháy rừng" OR "lũ quét"',
    "không_có_cụm_này",
)
_DAY = len("2013-05-27")


def days_held(data: Path) -> Counter[date]:
    """How many current articles have each whole, known day, by the archive's facts."""
    with sqlite3.connect(f"file:{data / 'archive.sqlite'}?mode=ro", uri=True) as archive:
        rows = archive.execute(
            "SELECT f.day FROM facts f JOIN heads h ON h.article_id = f.article_id WHERE h.withdrawn = 0"
        )
        texts = [day for (day,) in rows]
    return Counter(date.fromisoformat(day) for day in texts if len(day) == _DAY and day[0] != "X")


def faults(
    series: Series, held: Counter[date], counted: tuple[int, int, int | None], *, folded: bool
) -> list[str]:
    """What is wrong with a series."""
    found = []
    if (series.articles, series.stories, series.hits) != counted:
        found.append(
            f"its rows add up to {series.articles, series.stories, series.hits}, a count to {counted}"
        )
    for point in series.points:
        if point.kind is not RowKind.PERIOD or point.first is None or point.last is None:
            continue
        known = sum(count for day, count in held.items() if point.first <= day <= point.last)
        if not folded and point.held_articles != known:
            found.append(f"{point.first}: it holds {point.held_articles}, the archive {known}")
        if (known == 0) != (point.per_thousand is None):
            found.append(f"{point.first}: {known} held, and {point.per_thousand} per thousand")
    return found


def main() -> None:
    """Reads the command line, and ends with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    service, held = open_service(Settings(data)), days_held(data)
    wrong, periods, series_count = 0, 0, 0
    for query in QUERIES:
        for unit in TimeUnit:
            for folded in (False, True):
                selection = Selection(query, collapse_stories=folded, exact=True)
                (series,) = service.trends.trend(TrendRequest(selection, unit=unit)).series
                counts = service.counting.count(selection)
                some = faults(series, held, (counts.articles, counts.stories, counts.hits), folded=folded)
                for one in some:
                    print(f"{query!r} by {unit}, stories {folded}: {one}")
                wrong, periods, series_count = (
                    wrong + len(some),
                    periods + len(series.periods),
                    series_count + 1,
                )
    print(f"{series_count} series, {periods} periods: {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
