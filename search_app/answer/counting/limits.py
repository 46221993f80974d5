"""How much is counted at most? What would take gigabytes is refused before arrays are made for it.

How many hits there are is known from a count of articles, which keeps no hits.
"""

from corpus.errors import UserError
from corpus.message import say
from indexer.counting import ArticleCounts

MOST_HITS = 20_000_000
"""Hits that are located: each is three numbers."""

MOST_BESIDE = 3_000_000
"""Hits beside which is read what stands there."""

MOST_SYLLABLES = 10_000_000
"""Syllables in which every run of three units or more is counted, also one that stands there once."""

SHORT = 2
"""Units of runs of which there are few different ones, in whatever text."""

LEAST_OF_MANY = 5
"""In more syllables: how often a run has to stand there."""

MOST_READ = 1_000_000
"""Items that are sorted as a dictionary sorts them."""


def check_hits(matching: ArticleCounts, most: int = MOST_HITS) -> None:
    """Refuses articles with too many hits.

    Raises:
        UserError: there are more than ``most``.
    """
    hits = int(matching.hits.sum())
    if hits > MOST_HITS:
        raise UserError(
            say(
                "the query has {hits} hits, more than {limit}; ask for longer words, or narrow it by dates or"
                " sources",
                hits=hits,
                limit=MOST_HITS,
            )
        )
    if hits > most:
        raise UserError(
            say(
                "the query has {hits} hits; what stands beside hits is read of {limit} at most: narrow the"
                " query by dates or sources, or in a concordance sort by date or draw a sample",
                hits=hits,
                limit=most,
            )
        )


def keeps_all_runs(syllables: int, length: int, least: int) -> bool:
    """Whether runs are counted that stand more seldom than ``least``, so that all can be told apart.

    Raises:
        UserError: in so many syllables runs cannot be counted that stand so seldom.
    """
    if length <= SHORT or syllables <= MOST_SYLLABLES:
        return True
    if least >= LEAST_OF_MANY:
        return False
    raise UserError(
        say(
            "least is {least}; in {syllables} syllables, more than {limit}, runs of {length} are counted from"
            " least={floor} on: give that, or narrow the query by dates or sources",
            least=least,
            syllables=syllables,
            limit=MOST_SYLLABLES,
            length=length,
            floor=LEAST_OF_MANY,
        )
    )


def check_read(items: int) -> None:
    """Refuses a list for which too many items have to be sorted by their texts.

    Raises:
        UserError: there are more than MOST_READ.
    """
    if items > MOST_READ:
        raise UserError(
            say(
                "{count} items would have to be sorted for this list, more than {limit}; raise least, or"
                " narrow the query by dates or sources",
                count=items,
                limit=MOST_READ,
            )
        )
