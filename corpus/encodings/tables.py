"""Which letter does each sign of an old encoding stand for? By the tables beside this file."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Table:
    """The signs of an encoding with their letters.

    Attributes:
        letters: the letter of each sign; a sign is one byte or several, as Latin-1 characters.
        signs: matches the longest sign at a place.
    """

    letters: dict[str, str]
    signs: re.Pattern[str]

    def read(self, text: str) -> str:
        """The text with signs replaced by letters; everything else stays."""
        return self.signs.sub(lambda found: self.letters[found[0]], text)


@cache
def table(name: str) -> Table:
    """The table of this name: "tcvn3", "vni", "viscii", "vps" or "viqr"."""
    letters = dict(_rows(name))
    if name == "vni":
        letters |= _small_marks(letters)
    longest_first = sorted(letters, key=len, reverse=True)
    return Table(letters, re.compile("|".join(map(re.escape, longest_first))))


@cache
def byte_characters(name: str) -> str:
    """The characters of the 256 bytes: by the table, else those of windows-1252 or Latin-1."""
    rest = "latin-1" if name in {"viscii", "vps"} else "cp1252"
    known = table(name).letters
    return "".join(known.get(chr(byte), _western(byte, rest)) for byte in range(256))


def _western(byte: int, rest: str) -> str:
    """The byte's character in a Western encoding; the control character where it has none."""
    return bytes([byte]).decode(rest, "ignore") or chr(byte)


def _rows(name: str) -> list[tuple[str, str]]:
    text = resources.files("corpus.encodings").joinpath(f"{name}.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return [("".join(chr(int(code, 16)) for code in codes.split()), letter) for codes, letter in rows]


def _small_marks(letters: dict[str, str]) -> dict[str, str]:
    """Capitals followed by the mark of a small letter ("Aù"), as some programs wrote titles."""
    return {
        sign[0] + sign[1:].lower(): letter
        for sign, letter in letters.items()
        if len(sign) > 1 and sign.isupper() and unicodedata.category(letter) == "Lu"
    }
