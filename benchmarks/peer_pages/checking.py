"""Do all hold the same articles, and find words in as many of them? That is checked before any figure.

Single words are asked unquoted. They have a tone, for Kho Báo leaves free what is typed without (thương finds
thường too). It also finds other spellings (hòa, hoà) and other names, so its totals may be a little higher.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from benchmarks.peer_pages.sides import Server

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORDS = 40
_DIFFERENT = 0.1  # of the words' totals together: more means that other texts are searched


def checked(servers: Sequence[Server], articles: int, titles: Sequence[str], drawn: random.Random) -> str:
    """Ends the program where a side holds other articles; else how far the sides agree on words."""
    for server in servers:
        held = server.total("") if server.side.held is None else server.side.held
        if held != articles:
            sys.exit(f"{server.side.name} holds {held:,} articles in place of {articles:,}")
    words = _words(titles, drawn)
    totals = {server.side.name: [server.total(word) for word in words] for server in servers}
    _check_sums(totals)
    lines = [f"- {name}: {_agreement(words, totals, name)}" for name in totals]
    return f"Each holds {articles:,} articles. Totals of {_WORDS} words:\n\n" + "\n".join(lines)


def _words(titles: Sequence[str], drawn: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        word = drawn.choice(drawn.choice(titles).split()).lower()
        if word.isalpha() and _TONES.intersection(normalize("NFD", word)):
            words[word] = None
    return list(words)


def _check_sums(totals: Mapping[str, Sequence[int]]) -> None:
    sums = {name: sum(found) for name, found in totals.items()}
    if max(sums.values()) > (1 + _DIFFERENT) * min(sums.values()):
        sys.exit(f"the sides do not search the same texts; articles with {_WORDS} words, summed: {sums}")


def _agreement(words: Sequence[str], totals: Mapping[str, Sequence[int]], name: str) -> str:
    """How many totals are those that most sides say, and where the others are furthest."""
    usual = [sorted(found)[len(found) // 2] for found in zip(*totals.values(), strict=True)]
    other = [
        (abs(own - middle), f"{word} {own:,} (median {middle:,})")
        for word, own, middle in zip(words, totals[name], usual, strict=True)
        if own != middle
    ]
    furthest = "; ".join(text for _, text in sorted(other, reverse=True)[:2])
    return f"{_WORDS - len(other)} are the median of all sides{'; furthest: ' if other else ''}{furthest}"
