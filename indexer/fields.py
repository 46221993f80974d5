"""In which fields can a query look, and what does the index read of an article for each?

The names that people type for them stand in search_app/query/grammar/fields.tsv. A new field takes another
``INDEX_FORMAT`` (indexer.engine): earlier indexes lack its terms.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from corpus.article import Article


class Field(StrEnum):
    """The field of a match. TEXT is title, lede, body and captions together."""

    TEXT = "text"
    TITLE = "title"
    CAPTION = "caption"
    SOURCE = "source"
    SECTION = "section"
    AUTHOR = "author"
    TAG = "tag"


TEXT_FIELDS = frozenset({Field.TEXT, Field.TITLE, Field.CAPTION})
"""Fields that are searched in the article's text and count towards the score."""

VALUES: Mapping[Field, Callable[[Article], Sequence[str]]] = {
    Field.SOURCE: lambda article: (article.source,),
    Field.SECTION: lambda article: (article.section,),
    Field.AUTHOR: lambda article: article.authors,
    Field.TAG: lambda article: article.tags,
}
"""The other fields, whose values are names: what an article has in each. Their order is that of the index."""
