"""Is this UTF-16 or UTF-32? By the byte order mark, or by the characters that the encoding would give."""

import codecs

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEEN = 8192  # a multiple of four
_PLAIN_SHARE = 0.95


def marked_wide(first: bytes) -> str:
    """The encoding of a byte order mark at the start; empty where there is none."""
    return next((name for mark, name in _MARKS if first.startswith(mark)), "")


def unmarked_wide(first: bytes) -> str:
    """The encoding in which nearly all first characters are those of Latin texts; empty where none is."""
    sample = first[:_SEEN]
    if b"\0" not in sample:
        return ""
    names = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
    return next((name for name in names if _is_plain(sample, name)), "")


def _is_plain(sample: bytes, name: str) -> bool:
    width = 4 if name.startswith("utf-32") else 2
    try:
        text = sample[: len(sample) // width * width].decode(name)
    except UnicodeDecodeError:
        return False
    plain = sum(sign in "\t\r\n" or " " <= sign < "\u0370" or "\u1e00" <= sign < "\u2400" for sign in text)
    return bool(text) and plain >= _PLAIN_SHARE * len(text)
