"""Which use cases can every interface call? They are attributes of one Service, each of its own class.

No use case knows of the web, the terminal or Whoosh. Texts come from the archive, ids and scores from the
index; both are only read.
"""

from corpus.shown_archive import ShownArchive
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.stories.story import NoStories, StoryLookup
from indexer.suggest.suggestion import NoSuggestions, Suggester
from indexer.units.lookup import NoUnits, UnitLookup
from search_app.answer.archive.accounts import Accounts
from search_app.answer.archive.browse import Browse
from search_app.answer.archive.harvesting import Harvesting
from search_app.answer.archive.history import History
from search_app.answer.archive.status import Derived, Monitoring
from search_app.answer.archive.withdrawal_list import WithdrawalList
from search_app.answer.counting.collocations import CollocationCounting
from search_app.answer.counting.comparing import Comparing
from search_app.answer.counting.concordance import Concordances
from search_app.answer.counting.held import HeldCounts
from search_app.answer.counting.keywords import KeywordCounting
from search_app.answer.counting.ngrams import NgramCounting
from search_app.answer.counting.query_counts import Counting
from search_app.answer.counting.trends import Trends
from search_app.answer.differing import Differing
from search_app.answer.evaluation import Evaluator
from search_app.answer.exporting.exporting import Exporting
from search_app.answer.following import Following
from search_app.answer.hits import HitReader
from search_app.answer.home import Home
from search_app.answer.pins import Pins
from search_app.answer.prints import Prints
from search_app.answer.reading import ArticleReader
from search_app.answer.searching import Searching
from search_app.answer.suggesting import Suggesting
from search_app.query.cutting import UnitCutter
from search_app.query.expansion.expander import QueryExpander


class Service:
    """The use cases over one archive and its index; safe for threads.

    Attributes:
        accounts: coverage of the archive, articles without a date or text, rights, and refusals.
        browse: versions, neighbours and similar articles, and what the archive holds.
        concordances: every hit of a selection with what is left and right of it.
        collocations: what stands near the hits of a query.
        comparing: what two selections find, alone and together.
        counting: what each of many queries finds, and what is held.
        differing: what entered, changed and vanished between two states.
        exporting: all results of a selection, by what they are known, and ranked lists of ids.
        following: the matches of a selection in the order in which they arrived, for feeds.
        harvesting: lists of all articles as of a change, for libraries that keep copies of their metadata.
        history: the changes of the archive, the newest first.
        home: the home page.
        keywords: what stands in a selection more often than in the rest.
        monitoring: states and counts of the archive and the index.
        ngrams: word lists, and runs of words, of a selection.
        reading: one article, the parts of its score, and its changes against another print.
        searching: pages of results, counts, and less strict selections where nothing is found.
        suggesting: completions of a typed query.
        trends: series over time of what is found and what is held.
        withdrawals: what is withdrawn, and says so.
    """

    def __init__(
        self,
        archive: ShownArchive,
        index: ReaderHolder[IndexReader],
        suggests: Suggester | None = None,
        expander: QueryExpander | None = None,
        stories: StoryLookup | None = None,
        units: UnitLookup | None = None,
        configuration: str = "",
        cutter: UnitCutter | None = None,
    ) -> None:
        known_stories, known_suggestions = stories or NoStories(), suggests or NoSuggestions()
        derived = Derived(known_stories, known_suggestions, units or NoUnits())
        pins = Pins(archive)
        evaluator = Evaluator(index, expander or QueryExpander(index), cutter, pins)
        hits, prints = HitReader(archive, pins), Prints(archive, known_stories)
        self.accounts = Accounts(archive)
        self.browse = Browse(archive, index, known_stories)
        self.collocations = CollocationCounting(evaluator)
        self.comparing = Comparing(evaluator)
        held = HeldCounts()
        self.concordances = Concordances(archive, evaluator, held)
        self.counting = Counting(archive, evaluator, held)
        self.differing = Differing(archive, evaluator, hits)
        self.exporting = Exporting(archive, evaluator, hits, prints)
        self.following = Following(archive, evaluator, hits)
        self.harvesting = Harvesting(archive)
        self.history = History(archive)
        self.keywords = KeywordCounting(evaluator)
        self.monitoring = Monitoring(archive, index, derived, configuration)
        self.ngrams = NgramCounting(evaluator)
        self.reading = ArticleReader(archive, evaluator, hits, prints)
        self.searching = Searching(evaluator, hits, prints, held)
        self.suggesting = Suggesting(known_suggestions, archive)
        self.trends = Trends(evaluator, held)
        self.withdrawals = WithdrawalList(archive)
        self.home = Home(self.browse, evaluator, self.suggesting)
