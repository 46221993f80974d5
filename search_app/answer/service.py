"""What can be asked? The use cases that every interface calls, each in its own class.

Nothing here knows of the web, the terminal or Whoosh. Texts come from the archive, ids from the index;
both are read-only.
"""

from corpus.archive import ArchiveReader
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.stories.story import NoStories, StoryLookup
from indexer.suggest.suggestion import NoSuggestions, Suggester
from search_app.answer.archive.accounts import Accounts
from search_app.answer.archive.browse import Browse
from search_app.answer.archive.status import Monitoring
from search_app.answer.evaluation import Evaluator
from search_app.answer.exporting import Exporting
from search_app.answer.hits import HitReader
from search_app.answer.home import Home
from search_app.answer.prints import Prints
from search_app.answer.reading import ArticleReader
from search_app.answer.searching import Searching
from search_app.answer.suggesting import Suggesting
from search_app.query.expansion.expander import QueryExpander


class Service:
    """The use cases of reading, put together over one archive and its index; safe for threads.

    Attributes:
        accounts: what the archive says of itself: coverage, what is missing, what was refused.
        browse: what is looked at beside a search: versions, neighbours, what is alike, what is held.
        exporting: results taken away whole, and ranked lists.
        home: the home page.
        monitoring: which state of archive and index answers.
        reading: one article, why it is found, and what it changed of another print.
        searching: pages of results, counts, and what to ask where nothing is found.
        suggesting: completions while a person types.
    """

    def __init__(
        self,
        archive: ArchiveReader,
        index: ReaderHolder[IndexReader],
        suggests: Suggester | None = None,
        expander: QueryExpander | None = None,
        stories: StoryLookup | None = None,
    ) -> None:
        known_stories = stories or NoStories()
        evaluator = Evaluator(index, expander or QueryExpander(index))
        hits, prints = HitReader(archive), Prints(archive, known_stories)
        self.accounts = Accounts(archive)
        self.browse = Browse(archive, index)
        self.exporting = Exporting(archive, evaluator)
        self.monitoring = Monitoring(archive, index, known_stories)
        self.reading = ArticleReader(archive, evaluator, hits, prints)
        self.searching = Searching(evaluator, hits, prints)
        self.suggesting = Suggesting(suggests or NoSuggestions())
        self.home = Home(self.browse, evaluator, self.suggesting)
