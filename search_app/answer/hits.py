"""What does a page show of a matching article? Its title and a snippet, with the hits highlighted."""

from collections.abc import Container, Sequence

from corpus.archived import ArchivedArticle, CurrentArticle
from corpus.article import Article
from corpus.errors import OperatorError
from corpus.message import say
from corpus.shown_archive import ArticleSource, ShownArchive
from indexer.budget import Stage, charge
from indexer.engine import Hit
from indexer.places import Zone
from indexer.query import Match, Query
from indexer.text.syllables import TOKEN
from indexer.text.words import segmenter
from search_app.answer.highlight import HighlightedText
from search_app.answer.lit_matches import LitMatches, lit_matches
from search_app.answer.pages import PageHit
from search_app.answer.pins import Pins
from search_app.answer.selection import Selection
from search_app.answer.snippets import snippet


class HitReader:
    """Reads the articles of hits from the archive and highlights the matches of a query; safe for threads."""

    def __init__(self, archive: ShownArchive, pins: Pins | None = None) -> None:
        self._archive = archive
        self._pins = pins or Pins(archive)

    def source(self, selection: Selection) -> ArticleSource:
        """The articles of the state that a selection asks for.

        Raises:
            UserError: the archive has no such change.
        """
        return self._archive if selection.as_of is None else self._pins.articles(selection.as_of)

    def page_hits(
        self, hits: Sequence[Hit], query: Query, first_rank: int, source: ArticleSource
    ) -> tuple[PageHit, ...]:
        """The hits of a page; the first has the rank ``first_rank``."""
        lit = lit_matches(query)
        archived = source.texts([hit.id for hit in hits])
        check_held(self._archive, hits, archived)
        return tuple(
            _page_hit(rank, hit, archived[hit.id].article, self._highlighted(hit, archived[hit.id], lit))
            for rank, hit in enumerate(hits, first_rank)
        )

    def highlight(self, archived: ArchivedArticle, query: Query) -> tuple[HighlightedText, ...]:
        """Every searched text of one article, in order, with the marks of the query."""
        lit = lit_matches(query)
        boundaries = self._boundaries(lit.matches, archived.change)
        texts = lit.read(archived.article, boundaries)
        charge(Stage.HIGHLIGHTING)
        return tuple(texts)

    def _highlighted(self, hit: Hit, version: CurrentArticle, lit: LitMatches) -> list[HighlightedText]:
        """The texts of a hit with their marks.

        They are found from the places that the index gave, without reading the text. If the archive has a
        newer version than the index, the text is read.
        """
        occurrences = hit.occurrences
        if occurrences is not None and occurrences.change == version.change:
            return lit.locate(version.article, occurrences)
        return lit.read(version.article, self._boundaries(lit.matches, version.change))

    def _boundaries(self, matches: Sequence[Match], change: int) -> bytes:
        """The packed word joins of a version; empty if no match asks for a word of the segmentation."""
        if not any(match.as_word for match in matches):
            return b""
        return self._archive.words([change], segmenter()).get(change, b"")


class WithdrawnMeanwhileError(OperatorError):
    """An article was withdrawn after the index had found it; asked again, the index finds it no more."""

    def __init__(self) -> None:
        super().__init__(say("Something was withdrawn from the archive while this was answered; ask again"))


def check_held(archive: ShownArchive, hits: Sequence[Hit], held: Container[str]) -> None:
    """Refuses an index that finds what the archive does not hold: it was made of another archive.

    Raises:
        WithdrawnMeanwhileError: one of the hits was not to be shown any more when it was read.
        OperatorError: one of the hits is not held.
    """
    lost = next((hit.id for hit in hits if hit.id not in held), None)
    if lost is None:
        return
    if archive.withdrawn().touches(lost) or archive.changes([lost]):  # the latter: it has come back since
        raise WithdrawnMeanwhileError
    raise OperatorError(
        say(
            "{id}: the index holds it, the archive does not; make the index again with: khobao rebuild",
            id=lost,
        )
    )


def _page_hit(rank: int, hit: Hit, article: Article, texts: list[HighlightedText]) -> PageHit:
    charge(Stage.HIGHLIGHTING)
    title = next(text for text in texts if text.zone is Zone.TITLE)
    return PageHit(
        rank=rank,
        id=hit.id,
        url=article.url,
        title=title.fragments(),
        source=article.source,
        section=article.section,
        published=article.published,
        score=hit.score,
        snippet=snippet(texts),
        lacks=hit.lacks,
        instead=hit.other_readings,
        scattered=hit.scattered,
        syllables=_count_syllables(hit, texts),
        collapsed=hit.collapsed,
    )


def _count_syllables(hit: Hit, texts: list[HighlightedText]) -> int:
    """The number of syllables of an article: from the index, or counted if the index gave no spans."""
    if hit.occurrences is not None:
        return len(hit.occurrences.spans)
    return sum(len(TOKEN.findall(text.text)) for text in texts)
