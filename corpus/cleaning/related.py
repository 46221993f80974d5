"""Where does the article end and the page's other articles begin?"""

import re
from collections.abc import Sequence
from functools import cache

from corpus.cleaning.lines import WHITE_RUN, comparison_key
from corpus.cleaning.word_list import word_list

_BEFORE = " >»›*•|+-–—▶►"
_BEHIND = _BEFORE + ":…"
_LONGEST = 80  # characters of a line that can be a marker
_COUNT = re.compile(rf"(?:{WHITE_RUN})?\(\d+\)$")


@cache
def _markers() -> frozenset[str]:
    return word_list("related_markers.txt")


def is_end_marker(line: str) -> bool:
    """Whether the whole line is a heading over other articles or over comments.

    >>> is_end_marker("TIN LIÊN QUAN:"), is_end_marker("Bình luận (12)")
    (True, True)
    >>> is_end_marker("Xem thêm các hộ nuôi tôm thì thấy khác."), is_end_marker("bình luận.")
    (False, False)
    """
    if len(line) > _LONGEST:
        return False
    heading = _COUNT.sub("", comparison_key(line)).lstrip(_BEFORE).rstrip(_BEHIND)
    return heading[:1].isupper() and heading.casefold() in _markers()


def end_of_article(lines: Sequence[str]) -> int:
    """The index of the first end marker; the number of lines where there is none.

    >>> end_of_article(["Lũ rút chậm", "Nước còn ngập.", "Đọc thêm", "Giá lúa"])
    2
    """
    return next((index for index, line in enumerate(lines) if is_end_marker(line)), len(lines))
