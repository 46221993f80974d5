"""Which articles are prints of one text, and which of them was first? The stories that pages show."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from corpus.article import Article
from corpus.errors import OperatorError
from corpus.shown_archive import ArticleSource, ShownArchive
from indexer.budget import Stage, charge
from indexer.stories.story import Story, StoryLookup
from search_app.answer.archive.reprint_changes import reprint_changes
from search_app.answer.pages import ChangesPage, PageHit, PageStory, Printed

_LOG = logging.getLogger(__name__)


class Prints:
    """Reads the prints of stories from the archive; safe for threads."""

    def __init__(self, archive: ShownArchive, stories: StoryLookup) -> None:
        self._archive = archive
        self._stories = stories

    def story(self, article_id: str) -> PageStory | None:
        """The prints of an article's text; None if there is no other."""
        story = self._shown(self._stories.story(article_id))
        return PageStory(self._printed(story.ids), story.dated) if story else None

    def with_firsts(self, hits: Sequence[PageHit], source: ArticleSource) -> tuple[PageHit, ...]:
        """The hits of a page, each with the first print of its story, if it belongs to one.

        In a pinned state a first print that was not there yet is not shown.

        Where the stories cannot be read, the hits as they are: the index knows what it collapsed.
        """
        try:
            found = self._stories.stories(hit.id for hit in hits)
        except OperatorError as error:
            _LOG.error("shows no first prints: %s", error)
            return tuple(hits)
        stories = {article_id: kept for article_id, one in found.items() if (kept := self._shown(one))}
        shown = {hit.id: _as_print(hit) for hit in hits if hit.id in stories}
        others = {story.first for story in stories.values()} - shown.keys()
        texts = source.texts(sorted(others)) if others else {}
        firsts = shown | {first: _printed(text.article) for first, text in texts.items()}
        return tuple(
            replace(hit, first=firsts[story.first], first_dated=story.dated)
            if (story := stories.get(hit.id)) and story.first in firsts
            else hit
            for hit in hits
        )

    def first_ids(self, ids: Sequence[str]) -> dict[str, str]:
        """For each article the id of the first print of its story; its own where it is in none.

        Raises:
            OperatorError: the stories cannot be read.
        """
        found = self._stories.stories(ids)
        stories = {each: kept for each, one in found.items() if (kept := self._shown(one))}
        return {each: stories[each].first if each in stories else each for each in ids}

    def changes(self, article_id: str, against: str = "") -> ChangesPage | None:
        """What an article changed of another print.

        None if the archive does not have one of them, or if ``against`` is empty and the article has no
        story.

        Args:
            against: id of the other article; if empty, the first print of the article's story.

        Raises:
            OperatorError: the archive or the stories cannot be read.
        """
        story = None if against else self._shown(self._stories.story(article_id))
        first_id = against or (story.first if story else "")
        archived = self._archive.articles([first_id, article_id])
        if first_id not in archived or article_id not in archived:
            return None
        first, other = archived[first_id].article, archived[article_id].article
        charge(Stage.ARTICLES)
        return ChangesPage(_printed(first), _printed(other), reprint_changes(first, other))

    def _shown(self, story: Story | None) -> Story | None:
        """A story without the prints that are withdrawn; None where fewer than two are left.

        Where the first is, nobody knows whether another was printed before all others.
        """
        withdrawn = self._archive.withdrawn().articles
        if story is None or withdrawn.isdisjoint(story.ids):
            return story
        ids = tuple(each for each in story.ids if each not in withdrawn)
        return Story(ids, story.dated and story.first == ids[0]) if len(ids) > 1 else None

    def _printed(self, ids: Sequence[str]) -> tuple[Printed, ...]:
        archived = self._archive.articles(ids)
        return tuple(_printed(archived[each].article) for each in ids if each in archived)


def _as_print(hit: PageHit) -> Printed:
    """A hit as a print."""
    return Printed(hit.id, "".join(part.text for part in hit.title), hit.source, hit.published)


def _printed(article: Article) -> Printed:
    return Printed(article.id, article.title, article.source, article.published)
