"""A pinned reader answers as the index of an archive that had stopped at that change."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.article import Provenance
from corpus.errors import UserError
from corpus.pins import pin_at
from corpus.records import Reading
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from indexer.counting import CountedText, TokenUnit, Window
from indexer.engine import IndexReader, Results
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.pin import PinnedVersions
from indexer.query import And, Match, Question
from tests.indexer.articles import article

AT = "2026-01-01T00:00:00+00:00"
QUESTIONS = (
    Question(And(()), size=50),
    Question(Match("gió", ("gió",)), size=50),
    Question(Match("gio", ("gio",)), size=50),
    Question(Match("gió lên", ("gió", "lên")), size=50),
)
_WORDS = ("gió", "giờ", "lên", "xuống", "núi")

Step = tuple[str, object]
"""An article, and what becomes of it: a text that is imported, a state, or None, which brings it back."""

_STEPS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.one_of(
            st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join),
            st.sampled_from([None, WithdrawalState.HIDDEN, WithdrawalState.ERASED]),
        ),
    ),
    min_size=1,
    max_size=10,
)


def take(archive: Archive, step: Step) -> None:
    name, what = step
    if isinstance(what, str) and not isinstance(what, WithdrawalState):
        provenance = Provenance("a.jsonl", "line 1", "0" * 64, "jsonl", 1, AT)
        archive.store([Reading(article(name, body=what), provenance)])
        return
    assert what is None or isinstance(what, WithdrawalState)
    try:
        archive.carry_out([WithdrawalOrder(name, None, what, "lý do")])
    except UserError:
        return


def said(results: Results) -> tuple[object, ...]:
    hits = [(hit.id, hit.score) for hit in results.hits]
    return results.total, hits, results.facets


def indexed(archive: Archive, folder: Path) -> WhooshReader:
    writer = WhooshWriter(folder)
    build(archive, writer, lambda *_: None)
    writer.close()
    return WhooshReader(folder)


def counted(reader: IndexReader, question: Question) -> tuple[object, ...]:
    """What is counted, in words: hits, and how often each syllable stands in the articles and beside hits."""
    counts = reader.counts()
    assert counts is not None
    hits = counts.hits(question, CountedText())
    every = (
        counts.items(hits.articles, CountedText(), TokenUnit.SYLLABLE),
        counts.nearby(hits, Window(1, 1, TokenUnit.SYLLABLE), CountedText()),
    )
    said = [sorted(zip(items.texts_of(items.keys), items.counts.tolist(), strict=True)) for items in every]
    return len(hits), sorted(hits.articles.hits.tolist()), *said


def answers(reader: IndexReader, questions: Sequence[Question] = QUESTIONS) -> list[tuple[object, ...]]:
    return [(said(reader.search(question)), counted(reader, question)) for question in questions]


@settings(max_examples=40, deadline=None)
@given(_STEPS, st.data())
def test_a_pin_is_the_archive_that_had_stopped_there(steps: list[Step], data: st.DataObject) -> None:
    stop = data.draw(st.integers(1, len(steps)))
    built = data.draw(st.booleans())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Archive(folder / "now.sqlite") as archive, Archive(folder / "then.sqlite") as then:
            index = MemoryIndex()
            for step in steps[:stop]:
                take(archive, step)
                take(then, step)
            number = archive.number
            if built:  # the index grows with the archive, or is made of it at once
                indexed(archive, folder / "0001").close()
                build(archive, MemoryWriter(index), lambda *_: None)
            for step in steps[stop:]:
                take(archive, step)
            with ShownArchive(folder / "now.sqlite") as shown:
                withdrawn = shown.withdrawn()
            for article_id in withdrawn.articles:  # what is withheld today stays withheld
                take(then, (article_id, WithdrawalState.HIDDEN))
            whoosh = indexed(archive, folder / "0001")
            build(archive, MemoryWriter(index), lambda *_: None)
            found = pin_at(archive, number, whoosh.manifest.archive_number, withdrawn)
            pin = PinnedVersions(number, found.absent(), found.superseded())
            right = answers(indexed(then, folder / "0002"))
            assert answers(whoosh.pinned(pin)) == right
            assert answers(MemoryReader(index).pinned(pin)) == right
            now = answers(whoosh)
            assert answers(MemoryReader(index)) == now
            assert len(whoosh.damage()) == 0
