"""A schema describes an answer and writes it: what is written fits it, key by key, in its order."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archived import ArchivedArticle, StoredRefusal
from corpus.article import Article, Provenance
from corpus.backup_note import NotedBackup
from corpus.context import Context
from corpus.coverage import Coverage, SourceCoverage
from corpus.ingest import Receipt
from corpus.message import say
from corpus.recleaning import ChangedArticle, CleaningReport, RefusedArticle
from corpus.retry import RetryReport
from search_app.answer.archive.next_steps import NextStep, StatusReport
from search_app.answer.archive.status import Status
from search_app.answer.highlight import Fragment
from search_app.formats.answers import article, commands, parts, state
from search_app.formats.answers.dumping import dump, keys
from search_app.formats.answers.shape import AnswerSchema

SAID = say("{id} is refused", id="a")
KEPT = ArchivedArticle(
    Article("a", "Tựa", paragraphs=("một",)), Provenance("f", "p", "0", "jsonl", 1, "t"),
    Context(maps=("a=b",)), 7, 1, withdrawn=False,
)  # fmt: skip
RECEIPT = Receipt(1, 2, 1, 0, 0, 0, 1, 0, {"no-title": 1}, 0, {"views": 1}, 0, {}, 0)
REFUSAL = StoredRefusal(1, "f", "p", "no-title", SAID, b"abc", "0", "t", None)
CLEANED = CleaningReport(
    3, 1, 0, (ChangedArticle("a", ("lede",)),), (RefusedArticle("b", "x", SAID),), {"lede": 1}
)
REPORT = StatusReport(
    Status(0, 0, 0, 0, 0, 0, 0), NotedBackup("t", 1, "f"), (NextStep("no-index", SAID, "khobao rebuild"),)
)
VALUES: list[tuple[type[AnswerSchema], object]] = [
    (commands.StatusAnswer, StatusReport(Status(1, 0, 1, 0, 1, None, None), None, ())),
    (commands.StatusAnswer, REPORT),
    (commands.ReceiptAnswer, RECEIPT),
    (commands.RetriedAnswer, RetryReport(RECEIPT, 2, 1, ("gone",))),
    (commands.CleanedAnswer, CLEANED),
    (commands.RefusalAnswer, REFUSAL),
    (commands.KeptArticleAnswer, KEPT),
    (article.ProvenanceAnswer, KEPT),
    (state.CoverageAnswer, Coverage(1, (SourceCoverage("Báo", 1, (), 0, 1, 0),), ())),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "value"), VALUES, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_written_fits_its_schema(answer: type[AnswerSchema], value: object) -> None:
    written = dump(answer, value)
    assert answer().validate(json.loads(json.dumps(written))) == {}
    assert list(written) == [key for key in keys(answer) if key in written]


def test_a_number_of_nothing_stays_and_a_text_of_nothing_is_null() -> None:
    empty = StatusReport(Status(0, 0, 0, 0, 0, 0, None), None, ())
    assert dump(commands.StatusAnswer, empty)["index_number"] == 0
    assert dump(commands.StatusAnswer, empty)["indexed"] is None
    assert dump(commands.RefusalAnswer, REFUSAL)["taken_as"] is None


def test_what_is_not_required_is_left_out_where_it_is_empty() -> None:
    written = dump(commands.KeptArticleAnswer, KEPT)
    assert "caption_places" not in written
    assert written["context"] == {"maps": ["a=b"]}
    assert (written["lede"], written["url"], written["tags"]) == ("", "", [])


def test_an_archived_article_is_shown_with_every_field_it_has() -> None:
    """What the archive keeps and what ``khobao show --json`` says are the same keys and values."""
    whole = Article("a", "Tựa", captions=("ảnh",), caption_places=(0,), lede="dẫn")
    written = dump(
        commands.KeptArticleAnswer, ArchivedArticle(whole, KEPT.provenance, KEPT.context, 1, 1, False)
    )
    kept = json.loads(json.dumps({**whole.as_dict(), "context": KEPT.context.as_dict()}))
    assert kept.items() <= written.items()
    assert list(written) == [*whole.as_dict(), "provenance", "context"]


def test_messages_are_said_in_the_language_asked_for() -> None:
    written = dump(commands.RefusalAnswer, REFUSAL, {SAID.template: "{id} bị từ chối"}.__getitem__)
    assert written["message"] == "a bị từ chối"


@given(st.lists(st.builds(Fragment, st.text(), st.booleans())))
def test_marked_text_is_written_part_by_part(fragments: list[Fragment]) -> None:
    written = [dump(parts.PartAnswer, one) for one in fragments]
    assert written == [{"text": one.text, "hit": one.hit} for one in fragments]


def test_days_stand_behind_their_source() -> None:
    assert keys(state.SourceDaysAnswer)[:2] == ("source", "articles")
