"""Which stretches of an otherwise right text are UTF-8 read as windows-1252 ("ở Viá»‡t Nam")?

ftfy repairs a text that is mojibake throughout. In one with Vietnamese letters it leaves sequences that could
be text ("dá»±ng"), so the sequences are decoded here one by one: the bytes of a Vietnamese letter as
windows-1252 or Latin-1 shows them. A stretch without a certain sequence is left as it is, for "“ĐÃ”" has an Ã
before a quote too.
"""

import re
import unicodedata
from functools import cache

from corpus.encodings.syllables import is_possible

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SIGNS = "“”‘’–—…"
_MAY_FOLLOW = frozenset("“”‘’–—…‹›»\xa0")  # may follow a real Ã, in capitals
_BEHIND_A_QUOTE = frozenset("”’–—…\xa0")
_STRETCH = re.compile(
    "[\t\n\r -\xffŒœŠšŸŽžƒˆ˜\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026"
    "\u2030\u2039\u203a\u20ac\u2122]+"
)
_LEADS = ("áº", "á»", "Ã", "Ä", "Å", "Æ", "â€")  # searched first, because that is fast
_LOST_SPACE = re.compile(r"(?<!\w)(?P<before>\w*)Ã (?P<after>\w*)")


def is_mixed(text: str) -> bool:
    """Whether the text has a sequence that is certainly mojibake.

    >>> is_mixed("đã xây dá»±ng"), is_mixed("“ĐÃ” và XÃ… «cá» lá»"), is_mixed("Ä là chữ Đức")
    (True, False, False)
    """
    return any(lead in text for lead in _LEADS) and bool(_sequences()[0].search(text))


def read_mixed(text: str) -> str:
    """The text with its mojibake decoded.

    >>> read_mixed("Đường phá»‘ ở HÃ  Ná»™i, ThÃ nh phá»‘: “ĐÃ” xây dá»±ng")
    'Đường phố ở Hà Nội, Thành phố: “ĐÃ” xây dựng'
    """
    return _STRETCH.sub(_read, text)


def _read(found: re.Match[str]) -> str:
    stretch = found[0]
    sure, every, letters = _sequences()
    if not sure.search(stretch):
        return stretch
    restored = _LOST_SPACE.sub(_with_its_byte, stretch)
    return every.sub(lambda sequence: letters[sequence[0]], restored)


def _with_its_byte(found: re.Match[str]) -> str:
    """The match with the space behind Ã as the byte A0 that it was, and a space where a word ends there."""
    _, every, letters = _sequences()
    joined = f"{found['before']}Ã\xa0{found['after']}"
    word = every.sub(lambda sequence: letters[sequence[0]], joined)
    is_one_word = not found["after"] or is_possible(word)
    return joined if is_one_word else f"{found['before']}Ã\xa0 {found['after']}"


@cache
def _sequences() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns of the certain sequences and of all, and the letter of each sequence."""
    letters = {shown: letter for letter in _letters() for shown in _shown(letter)}
    sure = [
        shown for shown in letters if not (shown[0] == "Ã" and shown[1] in _MAY_FOLLOW) and _is_odd(shown)
    ]
    longest_first = sorted(letters, key=len, reverse=True)
    return _any_of(sure), _any_of(longest_first), letters


def _is_odd(shown: str) -> bool:
    """Whether the sequence is not just an á before a closing quote and what may follow it ("«cá»…")."""
    return not (shown[:2] == "á»" and shown[2:] in _BEHIND_A_QUOTE)


def _letters() -> list[str]:
    small = {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in _TONES} | {"đ"}
    return sorted(
        {form for letter in small for form in (letter, letter.upper()) if not form.isascii()} | set(_SIGNS)
    )


def _shown(letter: str) -> set[str]:
    """The letter's bytes as windows-1252 and as Latin-1 show them."""
    raw = letter.encode()
    return {
        "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw),
        raw.decode("latin-1"),
    }


def _any_of(sequences: list[str]) -> re.Pattern[str]:
    """A pattern of sequences; Ã before a quote or a dash counts only inside a word ("KHÃ”NG")."""
    return re.compile("|".join(map(_pattern, sequences)))


def _pattern(sequence: str) -> str:
    ends_a_word = sequence[0] == "Ã" and sequence[1] in _MAY_FOLLOW - {"\xa0"}
    return re.escape(sequence) + (r"(?=[^\W\d_])" if ends_a_word else "")
