"""Does the archive still give what a receipt proves? The same, the same in another order, or what differs.

Plain values are compared: what the receipt says, and what its selection finds at its change now. An article
that was withdrawn since is withheld from every pin (search_app.answer.pins), so that it is missing here; it
is named, for this is for the archive's staff alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from corpus.withdrawals import Withdrawal, Withdrawn
from search_app.answer.exporting.facts import ResultFacts, ids_digest
from search_app.answer.exporting.findings import ChangedFact, MissingArticle, ResultFinding, ResultVerdict
from search_app.answer.exporting.receipt import Programs, Receipt

_MOST_TRIED = 200
"""Sets of erased articles that are tried: each takes some 50 ms where there are 100,000 ids."""

_ORDERING = ("index_format", "analyser", "segmenter", "ranking")
_COUNTS = ("articles", "stories", "hits", "excluded_undated")
_OF_ARTICLES = frozenset({"articles", "hits"})


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What the archive gives now for a receipt.

    Attributes:
        facts, ids: of the result at the receipt's change.
        programs: that made it.
        withdrawn: what is out of sight now.
        known: the ids of the rows that the receipt proves, in their order; None where nothing tells them.
        held: ids in the file, where that is not whole.
        withheld: finds the ids of articles that are withdrawn now and match; asked only where ``known`` is
            None.
        lost_expansions: see ResultFinding.
    """

    facts: ResultFacts
    ids: Sequence[str]
    programs: Programs
    withdrawn: Withdrawn
    known: Sequence[str] | None
    held: Sequence[str]
    withheld: Callable[[], Iterable[str]]
    lost_expansions: tuple[str, ...] = ()


def compare_result(receipt: Receipt, again: AskedAgain) -> ResultFinding:
    """What differs between a receipt and what the archive gives now."""
    finding = ResultFinding(
        ResultVerdict.DIFFERS,
        again.facts.rows,
        programs=tuple(_changed(_ORDERING, receipt.programs, again.programs)),
        lost_expansions=again.lost_expansions,
    )
    if again.facts.sorted_sha256 == receipt.result.sorted_sha256:
        return _same_articles(receipt, again, finding)
    if again.known is not None:
        now = set(again.ids)
        in_order = [one for one in again.known if one in now] == list(again.ids)
        return _named(receipt, again, again.known, replace(finding, in_order=in_order))
    withheld = set(again.withheld())
    known = _told_by_digest(receipt, again, withheld)
    if known is not None:
        return _named(receipt, again, known, replace(finding, in_order=None))
    ids = dict.fromkeys((*sorted(withheld), *again.held))
    missing = _missing(receipt, again, ids)
    unnamed = max(0, receipt.result.rows - again.facts.rows - len(missing))
    return replace(finding, missing=missing, unnamed=unnamed, in_order=None)


def compare_rows(
    receipt: Receipt,
    again: Receipt,
    withdrawn: Withdrawn,
    withheld: Callable[[], Iterable[str]],
    lost_expansions: tuple[str, ...],
) -> ResultFinding:
    """What differs between the receipt of a view, whose rows are no articles, and one that is made now.

    Args:
        withdrawn, withheld, lost_expansions: see AskedAgain; ``withheld`` is asked only where rows differ.
    """
    finding = ResultFinding(
        ResultVerdict.EQUAL,
        again.result.rows,
        programs=tuple(_changed(_ORDERING, receipt.programs, again.programs)),
        lost_expansions=lost_expansions,
    )
    if again.result.rows_sha256 == receipt.result.rows_sha256:
        return finding
    since = _withdrawn_since(receipt.change, withdrawn)
    missing = (MissingArticle(one, since.get(one)) for one in sorted(withheld()))
    counts = _changed(("rows", *_COUNTS, "stories_number"), receipt.result, again.result)
    return replace(
        finding,
        verdict=ResultVerdict.DIFFERS,
        missing=tuple(one for one in missing if one.withdrawal),
        in_order=None,
        counts=tuple(counts),
    )


def _same_articles(receipt: Receipt, again: AskedAgain, finding: ResultFinding) -> ResultFinding:
    """Where stories are rows, and of what is left out, other counts may differ by a withdrawal."""
    counts = tuple(_changed(_COUNTS, receipt.result, again.facts))
    in_order = again.facts.ids_sha256 == receipt.result.ids_sha256
    verdict = ResultVerdict.EQUAL if in_order else ResultVerdict.OTHER_ORDER
    if not again.facts.asked.collapse_stories and not _OF_ARTICLES.isdisjoint(one.name for one in counts):
        verdict = ResultVerdict.DIFFERS
    return replace(finding, verdict=verdict, in_order=in_order, counts=counts)


def _named(
    receipt: Receipt, again: AskedAgain, known: Sequence[str], finding: ResultFinding
) -> ResultFinding:
    """Where the ids of the receipt's rows are known.

    Of a story whose row was withdrawn another print stands in its place.
    """
    missing, before = _missing(receipt, again, known), set(known)
    came = tuple(one for one in again.ids if one not in before)
    stand_in = len(missing) if again.facts.asked.collapse_stories else 0
    if missing and all(one.withdrawal for one in missing) and len(came) <= stand_in:
        finding = replace(finding, verdict=ResultVerdict.WITHDRAWN)
    return replace(finding, missing=missing, came=came)


def _missing(receipt: Receipt, again: AskedAgain, ids: Iterable[str]) -> tuple[MissingArticle, ...]:
    """Those of some articles that are not found any more."""
    now, since = set(again.ids), _withdrawn_since(receipt.change, again.withdrawn)
    return tuple(MissingArticle(one, since.get(one)) for one in ids if one not in now)


def _withdrawn_since(change: int, withdrawn: Withdrawn) -> dict[str, Withdrawal]:
    """By article, of which one version may be withdrawn alone."""
    parts = sorted(withdrawn.parts.values(), key=lambda one: one.version is None)
    return {one.article_id: one for one in parts if one.change > change}


def _told_by_digest(receipt: Receipt, again: AskedAgain, withheld: set[str]) -> list[str] | None:
    """The ids of the receipt's rows, where those found with some of those withdrawn have its digest.

    Nothing tells whether an erased article matched but the digest.
    """
    found = withheld.union(again.ids)
    lacking = receipt.result.rows - len(found)
    since = _withdrawn_since(receipt.change, again.withdrawn).values()
    erased = sorted({one.article_id for one in since if one.is_erased} - found)
    if not 0 <= lacking <= len(erased) or comb(len(erased), lacking) > _MOST_TRIED:
        return None
    sets = (sorted(found.union(some)) for some in combinations(erased, lacking))
    return next((ids for ids in sets if ids_digest(ids) == receipt.result.sorted_sha256), None)


def _changed(names: Iterable[str], then: object, now: object) -> Iterator[ChangedFact]:
    for name in names:
        before, after = getattr(then, name), getattr(now, name)
        if before != after:
            yield ChangedFact(name, before, after)
