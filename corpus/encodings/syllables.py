"""Can this be a Vietnamese syllable?"""

import unicodedata
from functools import cache, lru_cache
from importlib import resources

_LONGEST = 40  # characters, marks by themselves among them; no syllable has as many
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CLOSED = ("c", "ch", "p", "t")  # rimes that end so have only two tones
_CLOSED_TONES = frozenset("\u0301\u0323")


@lru_cache(maxsize=65536)
def is_possible(token: str, *, small_marks: bool = False) -> bool:
    """Whether a word is spelt as a Vietnamese syllable, with the case of a word, a name or a title.

    With ``small_marks`` a marked letter may be small among capitals, as TCVN3 leaves it.

    >>> [is_possible(word) for word in ("nghiêng", "LỊCH", "lịcb", "hêt", "LịCH")]
    [True, True, False, False, False]
    """
    if len(token) > _LONGEST:
        return False
    if not (token.islower() or token.isupper() or token[1:].islower() or (small_marks and _is_title(token))):
        return False
    apart = unicodedata.normalize("NFD", token.lower())
    tones = [sign for sign in apart if sign in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    if bare.endswith(_CLOSED) and not _CLOSED_TONES.issuperset(tones or ("",)):
        return False
    return bare in _bare_syllables()


def _is_title(token: str) -> bool:
    """Whether all letters without a mark are capitals."""
    return "".join(letter for letter in token if letter.isascii()).isupper()


@cache
def _bare_syllables() -> frozenset[str]:
    """All syllables without their tone."""
    rows = dict(line.split("\t") for line in _lines("rimes.tsv"))
    after_q = set(rows.pop("qu").split())
    rimes = {rime for row in rows.values() for rime in row.split()}
    made = {onset + rime for onset in (*_lines("onsets.txt"), "") for rime in rimes if _go(onset, rime)}
    return frozenset(
        made | {"q" + rime for rime in after_q} | {"gi" + rime[1:] for rime in rimes if rime[0] == "i"}
    )


def _go(onset: str, rime: str) -> bool:
    """Whether spelling lets a rime follow an onset: q before u alone, k, gh, ngh before e, ê, i, y."""
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
