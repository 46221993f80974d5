"""Which articles that are withdrawn now would a pinned selection find? For the archive's staff alone.

The index does not hold what was withdrawn, so the versions that stood at the change are analysed anew, and
the selection is asked of them alone. Of what is erased nothing is there to be asked. No page and no address
may come here: how many match would tell the words of what is out of sight.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.archive_reader import ArchiveReader
from corpus.archived import ArchivedArticle
from corpus.pins import steps_of, version_at
from corpus.withdrawals import current_moment
from indexer.engine import AnalysedArticle
from indexer.request_cache import request_cache
from indexer.text.analyse import Version, analyse_all, word_joins
from indexer.text.words import pack_joins, segmenter
from search_app.answer.evaluation import Evaluator
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection

_BATCH = 32  # versions that are analysed together


def analyse_withheld(archive: ArchiveReader, number: int) -> Iterator[AnalysedArticle]:
    """Every article that stood at a change and is withdrawn now, as it stood then.

    Raises:
        OperatorError: the archive cannot be read.
    """
    changes = _withheld(archive, number)
    for start in range(0, len(changes), _BATCH):
        batch = changes[start : start + _BATCH]
        yield from _analysed(archive, list(archive.versions_of(batch).values()))


def find_matching(withheld: Evaluator, pinned: Selection) -> list[str]:
    """The ids of the articles that match a pinned selection, each print of a story for itself.

    Args:
        withheld: asks the articles that are withdrawn, and no others.

    Raises:
        UserError: the query is past a stated limit.
    """
    asked = replace(pinned, as_of=None, collapse_stories=False)
    request = SearchRequest(asked, size=0, facets=(), first_tier_only=True)
    with withheld.lend(asked) as reader, request_cache():
        total = withheld.answer(reader, request, shown=False).total
        hits = withheld.answer(reader, replace(request, size=total), shown=False).results.hits
        return [hit.id for hit in hits] if total else []


def _withheld(archive: ArchiveReader, number: int) -> list[int]:
    """The changes that brought the versions which stood at a change and are withdrawn now."""
    withdrawn = archive.withdrawals().at(current_moment())
    ids = sorted({article_id for article_id, _ in withdrawn.parts})
    steps = steps_of(archive, "SELECT value FROM json_each(?)", [json.dumps(ids)], archive.number)
    changes = []
    for article_id, (versions, taken) in steps.items():
        version = version_at(taken, number)
        if version is not None and withdrawn.covers(article_id, version):
            changes.append(versions[version])
    return sorted(changes)


def _analysed(archive: ArchiveReader, versions: Sequence[ArchivedArticle]) -> list[AnalysedArticle]:
    boundaries = archive.words([one.change for one in versions], segmenter())
    others = [one for one in versions if one.change not in boundaries]
    for one, joins in zip(others, word_joins(one.article for one in others), strict=True):
        boundaries[one.change] = pack_joins(joins)
    return analyse_all(
        [Version(one.article, one.change, boundaries[one.change], one.provenance) for one in versions]
    )
