"""What does a reader see of one article? Its texts with the hits of a query, and the parts of its score."""

from collections.abc import Sequence

from corpus.archived import ArchivedArticle
from corpus.rights import rights_of
from corpus.shown_archive import ShownArchive
from indexer.budget import Stage, charge
from indexer.query import Question
from search_app.answer.archive.withdrawal_list import WithdrawalList
from search_app.answer.evaluation import Evaluator
from search_app.answer.hits import HitReader
from search_app.answer.pages import ArticlePage, WhyPage
from search_app.answer.pins import AsOf
from search_app.answer.prints import Prints
from search_app.answer.selection import Selection


class ArticleReader:
    """The use cases of reading one article; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, hits: HitReader, prints: Prints) -> None:
        self._archive = archive
        self._evaluator = evaluator
        self._hits = hits
        self._prints = prints
        self._withdrawals = WithdrawalList(archive)
        self.changes = prints.changes
        """What an article changed of another print; see Prints.changes."""

    def article(self, article_id: str, selection: Selection) -> ArticlePage | None:
        """An article with the hits of a selection's query highlighted; None if the archive does not have it.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the archive cannot be read.
        """
        archived = self._hits.source(selection).article(article_id)
        if archived is None:
            return None
        understood, expanded = self._evaluator.expand(selection)
        texts = self._hits.highlight(archived, expanded.query)
        numbers = self._archive.version_numbers(article_id)
        return ArticlePage(
            archived=archived,
            texts=texts,
            versions=len(numbers) + len(self._withdrawals.of_versions(article_id)),
            last_version=max(numbers, default=archived.version),
            hit_count=sum(fragment.hit for text in texts for fragment in text.fragments()),
            understood=understood.text,
            problems=understood.problems,
            story=self._prints.story(article_id),
            rights=rights_of(self._archive, archived.article),
        )

    def kept_at(self, ids: Sequence[str], as_of: AsOf) -> list[ArchivedArticle]:
        """The versions of some articles that stood in a state, in their order; of what was not there none.

        Raises:
            UserError: the archive has no such change.
        """
        articles = self._hits.source(Selection("", as_of=as_of)).articles(ids)
        charge(Stage.ARTICLES)
        return [articles[each] for each in dict.fromkeys(ids) if each in articles]

    def explain(self, article_id: str, selection: Selection) -> WhyPage | None:
        """The parts of an article's score for a selection's query; None if the index does not hold the
        article.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        understood, expanded = self._evaluator.expand(selection)
        question = Question(expanded.query, expanded=self._evaluator.expands(selection))
        with self._evaluator.lend(selection) as reader:
            explanation = reader.explain(question, article_id)
        archived = self._hits.source(selection).article(article_id)
        if explanation is None or archived is None:
            return None
        return WhyPage(understood.text, archived.article.title, explanation)
