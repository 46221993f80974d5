"""How does a hit become a line: left context, hit, right context, from the characters of its article?

A context is so many syllables, or the sentence; it is cut at whole syllables and never leaves the paragraph.
Where it reaches the paragraph's edge, it has what stands before the first syllable there, or after the last.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.archived import ArchivedArticle
from corpus.published import Published
from indexer.counting import HitSpan
from indexer.places import Zone
from search_app.answer.laid_out_texts import LaidOutTexts
from search_app.answer.sentences import sentences


@dataclass(frozen=True, slots=True)
class Context:
    """How much stands beside a hit.

    Attributes:
        left, right: syllables before it and after it.
        by_sentence: in place of these: the sentence in which the hit stands.
    """

    left: int = 8
    right: int = 8
    by_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A hit with what stands beside it, in the characters of its article.

    Attributes:
        change, version: of the version of the article in which it stands.
        zone, paragraph: the zone, and the number of the text in it, from 1.
        offset: of the first character of the hit in title, lede, paragraphs and captions, laid end to end
            with one character between two.
    """

    article_id: str
    change: int
    version: int
    title: str
    source: str
    published: Published
    url: str
    zone: Zone
    paragraph: int
    offset: int
    left: str
    hit: str
    right: str


class LineMaker:
    """Makes the lines of hits in some articles, each of which is laid out once.

    Args:
        archived: the articles by the change that brought their version; hits in others make no line.
    """

    def __init__(self, archived: Mapping[int, ArchivedArticle], context: Context) -> None:
        self._archived = archived
        self._context = context
        self._laid_out: dict[int, LaidOutTexts] = {}

    def lines(self, spans: Sequence[HitSpan]) -> Iterator[Line]:
        """The lines of hits, in their order."""
        for span in spans:
            archived = self._archived.get(span.change)
            if archived is not None:
                yield self._line(span, archived)

    def _line(self, span: HitSpan, archived: ArchivedArticle) -> Line:
        texts = self._laid_out.get(span.change)
        if texts is None:
            texts = self._laid_out[span.change] = LaidOutTexts(archived.article)
        start, stop = int(span.spans[span.start, 0]), int(span.spans[span.stop - 1, 1])
        number = texts.number_at(start)
        first, text = texts.starts[number], texts.texts[number]
        here = start - first, stop - first
        edges = (
            _sentence(text, here)
            if self._context.by_sentence
            else _syllables(span, self._context, first, text)
        )
        article = archived.article
        return Line(
            article.id,
            archived.change,
            archived.version,
            article.title,
            article.source,
            article.published,
            article.url,
            texts.zones[number],
            texts.paragraph(number),
            start,
            text[edges[0] : here[0]],
            text[here[0] : here[1]],
            text[here[1] : edges[1]],
        )


def _syllables(span: HitSpan, context: Context, first: int, text: str) -> tuple[int, int]:
    """Where the context begins and ends in the text, which begins at ``first``."""
    begin, end = span.start - context.left, span.stop + context.right
    left = int(span.spans[begin, 0]) - first if begin > span.first else 0
    right = int(span.spans[end - 1, 1]) - first if end < span.last else len(text)
    return left if context.left else int(span.spans[span.start, 0]) - first, (
        right if context.right else int(span.spans[span.stop - 1, 1]) - first
    )


def _sentence(text: str, hit: tuple[int, int]) -> tuple[int, int]:
    """Where the sentence of a hit begins and ends; of a hit in several, from the first to the last."""
    around = [(start, end) for start, end in sentences(text) if start < hit[1] and end > hit[0]]
    return min([hit[0], *(start for start, _ in around)]), max([hit[1], *(end for _, end in around)])
