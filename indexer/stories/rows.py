"""What is stored of each article, so that stories are found without reading it again? A row of numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from corpus.published import Precision
from indexer.stories.shingles import LEAST_SHINGLES, Digests, digest_text, shingle
from indexer.stories.sketch import BANDS, Sketch, make_sketch

UNDATED_MINUTE = 1 << 40
"""Where no year is known: a minute after all others."""

Int64Array = npt.NDArray[np.int64]
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """The row of an article; ``bands`` is None where its text is too short to be compared."""

    id: str
    change: int
    minute: int
    length: int
    text: int
    title: int
    series: int
    days: int
    bands: Sketch | None


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """The rows of A articles, sorted by id.

    Attributes:
        ids: ascending.
        changes: (A,); the archive's change that brought the version.
        minutes: (A,); the latest minute at which it may have been published; UNDATED_MINUTE where unknown.
        lengths: (A,); in shingles; a text of fewer than LEAST_SHINGLES is a reprint only of an equal one.
        texts, titles, series, days: (A,); see shingles.TextDigests.
        bands: (A, BANDS); see sketch; 0 for a text that is not compared.
    """

    ids: list[str] = field(default_factory=list)
    changes: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    minutes: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    lengths: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    texts: Digests = field(default_factory=lambda: np.zeros(0, np.uint64))
    titles: Digests = field(default_factory=lambda: np.zeros(0, np.uint64))
    series: Digests = field(default_factory=lambda: np.zeros(0, np.uint64))
    days: Digests = field(default_factory=lambda: np.zeros(0, np.uint64))
    bands: Sketch = field(default_factory=lambda: np.zeros((0, BANDS), np.uint32))

    @property
    def compared(self) -> npt.NDArray[np.bool_]:
        """Which texts are long enough to be compared: (A,)."""
        return self.lengths >= LEAST_SHINGLES

    def order(self) -> Int64Array:
        """The rows from the first published to the last: (A,).

        Where the latest possible minutes are equal or unknown, the longer text comes first, then the lower
        id.
        """
        return np.lexsort((np.arange(len(self.ids)), -self.lengths, self.minutes))

    def take(self, places: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> "ArticleRows":
        """Some of the rows, in the order given."""
        chosen = np.arange(len(self.ids))[places]
        columns = {one.name: getattr(self, one.name)[chosen] for one in fields(self) if one.name != "ids"}
        return replace(self, ids=[self.ids[place] for place in chosen.tolist()], **columns)


def make_row(article: Article, change: int) -> ArticleRow:
    """The row of an article."""
    text = shingle(article)
    known = digest_text(article, text)
    compared = len(text.shingles) >= LEAST_SHINGLES
    return ArticleRow(
        article.id,
        change,
        _latest_minute(article),
        len(text.shingles),
        known.text,
        known.title,
        known.series,
        known.days,
        make_sketch(text.distinct) if compared else None,
    )


def update_rows(old: ArticleRows, gone: Iterable[str], new: Sequence[ArticleRow]) -> ArticleRows:
    """The rows without the articles of ``gone`` and with the ``new`` ones."""
    dropped = frozenset(gone)
    kept = old.take(np.array([name not in dropped for name in old.ids], np.bool_))
    nothing = np.zeros(BANDS, np.uint32)
    added = ArticleRows(
        [row.id for row in new],
        np.array([row.change for row in new], np.int64),
        np.array([row.minute for row in new], np.int64),
        np.array([row.length for row in new], np.int64),
        np.array([row.text for row in new], np.uint64),
        np.array([row.title for row in new], np.uint64),
        np.array([row.series for row in new], np.uint64),
        np.array([row.days for row in new], np.uint64),
        np.array([nothing if row.bands is None else row.bands for row in new], np.uint32).reshape(-1, BANDS),
    )
    columns = {
        one.name: np.concatenate([getattr(kept, one.name), getattr(added, one.name)])
        for one in fields(ArticleRows)
        if one.name != "ids"
    }
    ids = kept.ids + added.ids
    return ArticleRows(ids, **columns).take(np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64))


def _latest_minute(article: Article) -> int:
    """The last minute of the span of publication: a coarse date never comes before a finer one inside it."""
    span = article.published.span
    if span is None:
        return UNDATED_MINUTE
    if article.published.precision is Precision.MINUTE:
        return article.published.minute or UNDATED_MINUTE
    last: date = span[1]
    return (last.toordinal() + 1) * _MINUTES_A_DAY - 1
