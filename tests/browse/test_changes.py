"""What changed from one version to another? The pieces make both texts again, whatever they are."""

import resource
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from search_app.answer.archive.version_changes import Fate, text_runs, version_changes

words = st.lists(st.sampled_from(["giá", "vàng", "tăng", " ", "\n", "37,5", "!", "ế"]), max_size=12).map(
    "".join
)


@given(words, words)
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    found = list(text_runs(before, after))
    assert "".join(one.text for one in found if one.fate is not Fate.ADDED) == before
    assert "".join(one.text for one in found if one.fate is not Fate.REMOVED) == after


@given(st.lists(words, max_size=5), st.lists(words, max_size=5))
def test_the_paragraphs_of_the_newer_version_are_all_there(before: list[str], after: list[str]) -> None:
    older, newer = (Article("a", "t", "sapo", tuple(one)) for one in (before, after))
    found = version_changes(older, newer)
    assert [one.title.template for one in found] == ([] if before == after else ["Text"])
    for change in found:
        texts = ["".join(one.text for one in text if one.fate is not Fate.REMOVED) for text in change.texts]
        assert [text for text in texts if text] == [text for text in after if text]


def test_only_the_fields_that_changed_are_shown() -> None:
    older, newer = Article("a", "Bản đầu", "Một."), Article("a", "Bản sau", "Một.", source="Zing")
    assert [one.title.template for one in version_changes(older, newer)] == ["Title", "Source"]


_REPEATED = """
from corpus.article import Article
from search_app.answer.archive.version_changes import version_changes
older, newer = (Article(mark, mark, mark, (f"{mark} " * 20_000, f"{mark} c " * 9_000)) for mark in "ab")
assert version_changes(older, newer)[-1].texts
"""


def test_texts_of_one_word_again_and_again_are_compared_within_a_bound() -> None:
    """By difflib alone it takes 38 s for a thousand such words, and hours for these."""
    seconds = 20
    subprocess.run(
        [sys.executable, "-c", _REPEATED],
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )
