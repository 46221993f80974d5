"""Is a word spelt as a Vietnamese syllable? By its onset, rime, tone and capitals."""

import unicodedata
from functools import cache, lru_cache
from importlib import resources

_LONGEST = 40  # characters, combining marks included; no syllable is longer
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CLOSED = ("c", "ch", "p", "t")  # rimes that end with these have only two tones
_CLOSED_TONES = frozenset("\u0301\u0323")


@lru_cache(maxsize=65536)
def is_possible(token: str, *, small_marks: bool = False) -> bool:
    """Whether a word is spelt as a Vietnamese syllable, in lower case, capitals, or with a capital first.

    With ``small_marks`` a marked letter may be small among capitals, as TCVN3 decodes it.

    >>> [is_possible(word) for word in ("nghiêng", "LỊCH", "lịcb", "hêt", "LịCH")]
    [True, True, False, False, False]
    """
    if len(token) > _LONGEST:
        return False
    if not (token.islower() or token.isupper() or token[1:].islower() or (small_marks and _is_title(token))):
        return False
    decomposed = unicodedata.normalize("NFD", token.lower())
    tones = [sign for sign in decomposed if sign in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in _TONES))
    if bare.endswith(_CLOSED) and not _CLOSED_TONES.issuperset(tones or ("",)):
        return False
    return bare in _bare_syllables()


def _is_title(token: str) -> bool:
    """Whether all unmarked letters are capitals."""
    return "".join(letter for letter in token if letter.isascii()).isupper()


@cache
def _bare_syllables() -> frozenset[str]:
    """All syllables without their tone."""
    rows = dict(line.split("\t") for line in _lines("rimes.tsv"))
    after_q = set(rows.pop("qu").split())
    rimes = {rime for row in rows.values() for rime in row.split()}
    regular = {
        onset + rime for onset in (*_lines("onsets.txt"), "") for rime in rimes if _goes_with(onset, rime)
    }
    return frozenset(
        regular | {"q" + rime for rime in after_q} | {"gi" + rime[1:] for rime in rimes if rime[0] == "i"}
    )


def _goes_with(onset: str, rime: str) -> bool:
    """Whether a rime may follow an onset: only u follows q; only e, ê, i, y follow k, gh, ngh."""
    front = rime[0] in "eêiy"
    match onset:
        case "q":
            return rime.startswith("u")
        case "gh" | "ngh":
            return front
        case "k":
            return front or rime in {"a", "an", "ông", "ương"}  # Kạ, Kan, Kông as in names
        case "c" | "g" | "ng":
            return not front
        case "":
            return not rime.startswith("iê")
        case _:
            return not rime.startswith("yê")


def _lines(name: str) -> list[str]:
    text = resources.files("corpus.encodings").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
