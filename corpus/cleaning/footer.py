"""Is this line the paper's own small print (licence, rights, address)?"""

import re
from functools import cache

from corpus.cleaning.lines import comparison_key
from corpus.cleaning.word_list import word_list

_LONGEST = 300


@cache
def _starts() -> re.Pattern[str]:
    starts = sorted(word_list("footer_starts.txt"), key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, starts))})(?:\s*[:.]|\s*\d|\s+(?:của|bởi|thuộc|về|khi|số|©)|$)"
    )


def is_footer(line: str) -> bool:
    """Whether the line opens as small print does; a sentence that merely opens with such a word does not.

    >>> is_footer("© 2026 Báo Vàm Sông"), is_footer("Ghi rõ nguồn khi đăng lại.")
    (True, True)
    >>> is_footer("Giấy phép xây dựng được cấp lại sau ba tháng.")
    False
    """
    if len(line) > _LONGEST:
        return False
    text = comparison_key(line).casefold()
    return text.startswith("©") or bool(_starts().match(text))
