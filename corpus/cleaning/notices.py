"""Is this line a notice of the site (its imprint, its cookies, its accounts), and no text of an article?"""

from functools import cache
from importlib import resources

from corpus.cleaning.footer import is_footer
from corpus.cleaning.lines import comparison_key

_LONGEST = 500  # characters of a notice


def notice_of(line: str) -> str:
    """The kind of notice that a line is: "imprint", "consent", "account", "absent"; empty for other lines.

    A sentence of an article may be about such things; so one line alone decides nothing.

    >>> notice_of("Giấy phép số 7/GP-BTTTT cấp ngày 8/1/2023."), notice_of("Bấm để quay lại trang chủ")
    ('imprint', 'absent')
    >>> notice_of("Chúng tôi dùng cookie để cải thiện trải nghiệm của bạn."), notice_of("Chợ họp lại.")
    ('consent', '')
    """
    if len(line) > _LONGEST:
        return ""
    if is_footer(line):
        return "imprint"
    text = comparison_key(line).casefold()
    return next((kind for kind, phrases in _notices() if all(phrase in text for phrase in phrases)), "")


@cache
def _notices() -> tuple[tuple[str, tuple[str, ...]], ...]:
    text = resources.files("corpus.cleaning").joinpath("notices.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((kind, tuple(phrases)) for kind, *phrases in rows)
