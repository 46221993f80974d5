"""What does the JSON say of an article, or one version of it, that is withdrawn and not hidden?"""

from typing import NamedTuple

from corpus.article import Article
from corpus.shown_archive import Tombstone
from corpus.withdrawals import Withdrawal
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema


class SaidWithdrawal(NamedTuple):
    """A tombstone, and the address at which it stands; empty where nothing is kept."""

    tombstone: Tombstone
    permalink: str

    @property
    def withdrawal(self) -> Withdrawal:
        """Why and when."""
        return self.tombstone.withdrawal

    @property
    def article(self) -> Article | None:
        """What is cited; None where nothing is kept of it."""
        archived = self.tombstone.archived
        return None if archived is None else archived.article


def _title(said: SaidWithdrawal) -> str:
    return said.article.title if said.article else ""


def _source(said: SaidWithdrawal) -> str:
    return said.article.source if said.article else ""


def _published(said: SaidWithdrawal) -> str:
    return said.article.published.text if said.article else ""


class WithdrawalAnswer(AnswerSchema):
    """An article, or one version of it, that is withdrawn."""

    id = shape.text("of the article", "withdrawal.article_id")
    version = shape.count("the one version that is; null: the whole article", "withdrawal.version", none=True)
    state = shape.text("tombstone: it is kept, and not shown; erased: it is kept no more", "withdrawal.state")
    title = shape.text("as published; null: nothing of it is kept", _title, none=True)
    source = shape.text("the newspaper; null: none given, or nothing is kept", _source, none=True)
    published = shape.text("EDTF at the precision that is known; null: the same", _published, none=True)
    permalink = shape.text("where the article stood; null: nothing is kept", none=True)
    reason = shape.text("as it was given", "withdrawal.reason", none=True)
    at = shape.text("when it was withdrawn: UTC, ISO 8601", "withdrawal.at")
    until = shape.text(
        "when it comes back by itself: the same; null: it does not", "withdrawal.until", none=True
    )
