"""How is a query typed wrongly? Keys of Telex and VNI that were not turned into marks, slips, spaces."""

import random
import unicodedata

_TONES = {"\u0300": "f2", "\u0301": "s1", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
"""A tone mark's keys: Telex, then VNI."""
_SHAPES = {"\u0302": ("", "6"), "\u0306": ("w", "8"), "\u031b": ("w", "7")}
"""A letter's mark and its keys; Telex writes a circumflex by the letter again."""


def bare(text: str) -> str:
    """Without any mark.

    >>> bare("đường")
    'duong'
    """
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def telex(text: str) -> str:
    """As Telex's keys were typed.

    >>> telex("lào cai đường")
    'laof cai dduwowngf'
    """
    return " ".join(_keyed(word, 0) for word in text.split())


def vni(text: str) -> str:
    """As VNI's keys were typed.

    >>> vni("đường")
    'd9u7o7ng2'
    """
    return " ".join(_keyed(word, 1) for word in text.split())


def _keyed(word: str, way: int) -> str:
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter][way]
        elif letter in _SHAPES:
            keys += _SHAPES[letter][way] or keys[-1:]
        elif letter in "đĐ":
            keys += ("dd", "d9")[way]
        else:
            keys += letter
    return keys + tone


def slip(text: str, chance: random.Random) -> str:
    """One letter dropped, doubled, exchanged with the next, or another."""
    place = chance.randrange(max(1, len(text) - 1))
    here, after = text[place : place + 1], text[place + 1 :]
    changed = chance.choice(["", here * 2, after[:1] + here, chance.choice("aeghinotu")])
    return text[:place] + changed + (after[1:] if changed == after[:1] + here else after)


def spaces(text: str, chance: random.Random) -> str:
    """A space too few or too many."""
    words = text.split()
    if len(words) > 1 and chance.random() < 0.5:
        place = chance.randrange(len(words) - 1)
        return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])
    place = chance.randrange(max(1, len(text)))
    return f"{text[:place]} {text[place:]}"
