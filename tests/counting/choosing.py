"""How do generated selections choose, filter and fold? Shared by the tests of all that is counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from indexer.facets import FacetName
from search_app.answer.selection import Selection
from tests.counting.plain import SOURCES, SYLLABLES, PlainArticle, folded, held_around

phrases_drawn = st.lists(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=2).map(tuple),
    min_size=1,
    max_size=2,
    unique=True,
)


@dataclass(frozen=True)
class Choice:
    """How a selection filters and counts."""

    source: str = ""
    stories: bool = False
    once: bool = False

    def selection(self, phrases: Sequence[tuple[str, ...]] = ()) -> Selection:
        query = " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
        chosen = {FacetName.SOURCE: (self.source,)} if self.source else {}
        return Selection(
            query, chosen=chosen, collapse_stories=self.stories, once=self.once, units=False, expand=False
        )

    def passing(self, archive: Sequence[PlainArticle]) -> list[PlainArticle]:
        return [one for one in archive if not self.source or one.source == self.source]

    def folded(self, articles: Sequence[PlainArticle]) -> list[PlainArticle]:
        return folded(articles) if self.stories else list(articles)

    def held(self, held: Sequence[PlainArticle], counted: Sequence[PlainArticle]) -> list[PlainArticle]:
        return held_around(held, counted) if self.stories else list(held)


choices = st.builds(Choice, st.sampled_from(["", SOURCES[0]]), st.booleans(), st.booleans())
