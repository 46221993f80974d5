"""What does a reader see of one article? Its texts with the query's matches, and why it is found."""

from corpus.archive import ArchiveReader
from indexer.query import Question
from search_app.answer.evaluation import Evaluator
from search_app.answer.hits import HitReader
from search_app.answer.pages import ArticlePage, WhyPage
from search_app.answer.prints import Prints
from search_app.answer.selection import Selection


class ArticleReader:
    """Use cases of reading an article; safe for threads."""

    def __init__(self, archive: ArchiveReader, evaluator: Evaluator, hits: HitReader, prints: Prints) -> None:
        self._archive = archive
        self._evaluator = evaluator
        self._hits = hits
        self._prints = prints
        self.changes = prints.changes
        """What an article changed of another print (see Prints.changes)."""

    def article(self, article_id: str, selection: Selection) -> ArticlePage | None:
        """An article with the matches of a selection's query; None where the archive does not know it.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the archive cannot be read.
        """
        archived = self._archive.article(article_id)
        if archived is None:
            return None
        understood, expanded = self._evaluator.expanded(selection)
        texts = self._hits.highlight(archived, expanded.query)
        return ArticlePage(
            archived=archived,
            texts=texts,
            versions=archived.version,
            hit_count=sum(fragment.hit for text in texts for fragment in text.fragments()),
            understood=understood.text,
            problems=understood.problems,
            story=self._prints.story(article_id),
        )

    def explain(self, article_id: str, selection: Selection) -> WhyPage | None:
        """Why an article scores what it scores; None where the index does not hold it.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        understood, expanded = self._evaluator.expanded(selection)
        question = Question(expanded.query, expanded=self._evaluator.expands(selection))
        with self._evaluator.lend() as reader:
            found = reader.explain(question, article_id)
        archived = self._archive.article(article_id)
        if found is None or archived is None:
            return None
        return WhyPage(understood.text, archived.article.title, found)
