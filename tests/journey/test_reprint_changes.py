"""What a reprint changed: passages in order, words inside them; another spelling is no change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from search_app.answer.archive.reprint_changes import MOST_WORDS, ChangeKind, PassageChange, reprint_changes

FIRST = ("Nước sông lên nhanh từ đêm qua. Ba xã phải sơ tán.", "Đến trưa đường đã thông. Trạm bơm chạy lại.")


def article(*paragraphs: str, title: str = "Lũ về") -> Article:
    return Article("a", title, paragraphs=paragraphs)


def kinds(*paragraphs: str) -> list[str]:
    return [one.kind.value for one in reprint_changes(article(*FIRST), article(*paragraphs))]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (FIRST, ["same"]),
        (("".join(FIRST),), ["same"]),
        (("Nước sông lên nhanh từ đêm qua. Ba xã phải sơ tán.",), ["same", "left out"]),
        ((*FIRST, "Học sinh nghỉ học."), ["same", "added"]),
        (
            ("Nước sông lên rất nhanh từ đêm qua. Ba xã phải sơ tán.", FIRST[1]),
            ["same", "changed", "same"],
        ),
        (("Hôm nay mưa tạnh hẳn ở vùng cao.",), ["same", "left out", "added"]),
    ],
)
def test_passages(other: tuple[str, ...], expected: list[str]) -> None:
    assert kinds(*other) == expected


def test_another_spelling_is_no_change() -> None:
    one, other = article("Hoà bình ở xã Thuỷ Hoa, kỹ sư vui."), article("Hòa bình ở xã Thủy Hoa,  kĩ sư vui.")
    assert [change.kind for change in reprint_changes(one, other)] == [ChangeKind.SAME]


def test_words_that_differ_are_told() -> None:
    (_, found) = reprint_changes(article("Ba xã phải sơ tán gấp."), article("Bốn xã phải sơ tán."))
    assert [piece.text.strip() for piece in found.first if piece.changed] == ["Ba", "gấp."]
    assert [piece.text.strip() for piece in found.other if piece.changed] == ["Bốn", "tán."] or [
        piece.text.strip() for piece in found.other if piece.changed
    ] == ["Bốn"]


def test_a_long_passage_is_shown_whole() -> None:
    long = "một " * MOST_WORDS
    found = reprint_changes(article(long + "hai."), article(long + "ba."))
    assert [one.kind.value for one in found[1:]] == ["left out", "added"]


_words = st.lists(
    st.sampled_from(["Lũ", "về", "xã.", "Hòa", "hoà", "12", "\n", "–"]), min_size=1, max_size=30
)
_texts = _words.map(" ".join).filter(lambda text: bool(text.strip()))


def _said(found: tuple[PassageChange, ...], *, first: bool) -> str:
    sides = (one.first if first else one.other for one in found)
    return "".join("".join(piece.text for piece in pieces) for pieces in sides)


@given(one=_texts, other=_texts)
def test_nothing_of_either_text_is_lost(one: str, other: str) -> None:
    found = reprint_changes(article(one), article(other))
    assert _said(found, first=True).split() != []
    for text, first in ((one, True), (other, False)):
        assert "".join(_said(found, first=first).split()) == "".join(("Lũ về" + text).split())
