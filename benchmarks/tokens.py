"""What is every engine given of an article? The same tokens and the same facts, as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.article import Article
from indexer.text.analyse import searched_texts
from indexer.text.fold import fold
from indexer.text.syllables import terms

BREAK = "|"
"""A token of no text, put between texts for engines without a gap: no phrase runs across it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """An article for an engine.

    Attributes:
        texts: the normalised syllables of title, lede, paragraphs and captions, each by itself.
        day, minute: of publication, as the index counts them; 0 where it is not known.
    """

    number: int
    article: Article
    texts: tuple[list[str], ...]
    day: int
    minute: int

    @property
    def facets(self) -> dict[str, str]:
        """Values by which results are counted."""
        published = self.article.published
        year = published.text[:4] if published.span else ""
        return {"source": self.article.source, "section": self.article.section, "year": year}

    def joined(self, *, folded: bool) -> list[str]:
        """The texts as strings of tokens with a space between; without marks when folded."""
        return [" ".join(map(fold, text) if folded else text) for text in self.texts]

    def one_string(self, *, folded: bool) -> str:
        """The texts as one string, BREAK between them."""
        return f" {BREAK} ".join(self.joined(folded=folded))


FACETS = ("source", "section", "year")


def tokens_of(articles: Iterable[Article], first: int = 0) -> Iterator[Tokens]:
    """Articles as engines take them, numbered from ``first``."""
    for number, article in enumerate(articles, first):
        span = article.published.span
        yield Tokens(
            number,
            article,
            tuple(found for _, text in searched_texts(article) if (found := terms(text))),
            span[0].toordinal() if span else 0,
            article.published.minute or 0,
        )
