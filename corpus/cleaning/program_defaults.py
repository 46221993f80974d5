"""Is a title or a name a person's word, or what a program writes where nobody gave one ("Untitled", "Admin")?

Every format that has properties has such defaults: DOCX, PDF, the heads of pages, front matter, exports.
"""

import re
from functools import cache
from importlib import resources

from corpus.cleaning.lines import comparison_key

_NUMBER = re.compile(r"(?<![ _(-])[ _(-]*+[0-9]{1,4}\)?\Z")
_PROGRAM = re.compile(r"microsoft (?:office )?(?:word|powerpoint|excel|publisher) ?[-–—] ?")
_FILE_NAME = re.compile(
    r"(?:.*[^\s.])?\.(?:docx?|docm|dotx?|odt|rtf|txt|pdf|pptx?|xlsx?|html?|xhtml|php|aspx?|md|markdown|wps"
    r"|indd|qxd|p65|pmd|cdr|psd|jpe?g|png|tiff?|tmp)"
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+")


def is_default_title(text: str) -> bool:
    """Whether a title is a program's: a default, the name of a file, an address.

    >>> [is_default_title(text) for text in ("Tài liệu1", "Microsoft Word - x.doc", "bai1.docx")]
    [True, True, True]
    >>> [is_default_title(text) for text in ("Tài liệu mật được giải mã", "Chợ phiên", "", "1984")]
    [False, False, False, False]
    """
    key = comparison_key(text).casefold()
    if not key:
        return False
    if _PROGRAM.match(key) or _FILE_NAME.fullmatch(key) or _ADDRESS.fullmatch(key):
        return True
    return key in _defaults("title") or f"{_NUMBER.sub('', key)}#" in _defaults("title")


def is_default_name(text: str) -> bool:
    """Whether a name is a program's, a computer's or an account's, and no person's.

    >>> [is_default_name(text) for text in ("python-docx", "ADMIN", "Windows User", "DELL", "admin2")]
    [True, True, True, True, True]
    >>> [is_default_name(text) for text in ("Hà Thu", "", "Dell Phạm")]
    [False, False, False]
    """
    key = comparison_key(text).casefold()
    return bool(key) and (key in _defaults("name") or _NUMBER.sub("", key) in _defaults("name"))


def is_default_section(text: str) -> bool:
    """Whether a section is the one in which a program puts what nobody sorted.

    >>> is_default_section("Uncategorized"), is_default_section("Kinh tế")
    (True, False)
    """
    return comparison_key(text).casefold() in _defaults("section")


def given_title(text: str | None) -> str:
    """The title that a person gave; empty where it is a program's.

    >>> given_title("Chợ phiên "), given_title("Untitled-1"), given_title(None)
    ('Chợ phiên', '', '')
    """
    title = (text or "").strip()
    return "" if is_default_title(title) else title


def given_name(text: str | None) -> str:
    """The name that a person gave; empty where it is a program's.

    >>> given_name("Hà Thu"), given_name("Administrator")
    ('Hà Thu', '')
    """
    name = (text or "").strip()
    return "" if is_default_name(name) else name


@cache
def _defaults(kind: str) -> frozenset[str]:
    """The defaults of one kind as comparison keys; a title that any number may follow ends with "#"."""
    text = resources.files("corpus.cleaning").joinpath("program_defaults.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(comparison_key(row[1]).casefold() for row in rows if row[0] == kind)
