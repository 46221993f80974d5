"""What does a reprint change? Prints of an article as newspapers and archives make them: tests and figures.

Each way takes an article and another one (whose words are borrowed) and gives the text as another paper
would have it: under an id and a headline of its own.
"""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from corpus.article import Article
from corpus.tones import new_style
from search_app.answer.sentences import sentences

Way = Callable[[Article, Article, random.Random], Article]


def changed_lede(article: Article, other: Article, _: random.Random) -> Article:
    """With another lede; where it has none, another first sentence."""
    lede = other.lede or other.title
    if article.lede:
        return replace(article, lede=lede)
    first, *rest = article.paragraphs
    spans = sentences(first)
    return replace(article, paragraphs=(f"{lede} {first[spans[0][1] :]}" if spans else lede, *rest))


def cut_third(article: Article, _: Article, draws: random.Random) -> Article:
    """Without a third of its sentences, in one piece: mostly the end, sometimes the middle."""
    pieces = [
        (place, paragraph[start:end])
        for place, paragraph in enumerate(article.paragraphs)
        for start, end in sentences(paragraph)
    ]
    gone = len(pieces) // 3
    start = len(pieces) - gone if draws.random() < 0.7 else draws.randint(1, max(len(pieces) - gone, 1))
    kept = pieces[:start] + pieces[start + gone :]
    paragraphs: dict[int, list[str]] = {}
    for place, sentence in kept:
        paragraphs.setdefault(place, []).append(sentence)
    return replace(article, paragraphs=tuple(map(" ".join, paragraphs.values())) or article.paragraphs)


def glued(article: Article, _: Article, __: random.Random) -> Article:
    """Its paragraphs, or the sentences of the only one, run together without a space."""
    pieces = list(article.paragraphs)
    if len(pieces) == 1:
        pieces = [pieces[0][start:end] for start, end in sentences(pieces[0])]
    return replace(article, paragraphs=("".join(pieces),))


def other_style(article: Article, _: Article, __: random.Random) -> Article:
    """With tones in the new place, decomposed, as another editor and another computer write them."""
    return replace(
        article,
        lede=_restyled(article.lede),
        paragraphs=tuple(map(_restyled, article.paragraphs)),
    )


def _restyled(text: str) -> str:
    return unicodedata.normalize("NFD", new_style(unicodedata.normalize("NFC", text)))


WAYS: dict[str, tuple[Way, ...]] = {
    "a changed lede": (changed_lede,),
    "a cut third": (cut_third,),
    "glued paragraphs": (glued,),
    "another tone style": (other_style,),
}
WAYS |= {f"{one} and {other}": (*WAYS[one], *WAYS[other]) for one, other in combinations(list(WAYS), 2)}


def reprint(article: Article, other: Article, ways: tuple[Way, ...], name: str, seed: int = 1) -> Article:
    """The article in another paper."""
    draws = random.Random(f"{seed} {article.id}")  # noqa: S311 - the same prints in every run
    for way in ways:
        article = way(article, other, draws)
    return replace(article, id=name, title=other.title, url="", tags=())
