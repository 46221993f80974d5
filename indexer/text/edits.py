"""Which strings are one edit away from a typed syllable?"""

from string import ascii_lowercase

MAX_LETTERS = 16
"""Longer syllables are not corrected: foreign names reach this length, and what is longer was pasted."""


def edits(letters: str) -> frozenset[str]:
    """The strings at a Damerau-Levenshtein distance of 1, over the letters a to z.

    Empty for more than MAX_LETTERS letters.

    >>> sorted(edits("ab") & {"ba", "a", "abc", "xb", "ab", "abcd"})
    ['a', 'abc', 'ba', 'xb']
    """
    if len(letters) > MAX_LETTERS:
        return frozenset()
    halves = [(letters[:place], letters[place:]) for place in range(len(letters) + 1)]
    found = {before + after[1:] for before, after in halves if after}
    found |= {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    found |= {before + letter + after[1:] for before, after in halves if after for letter in ascii_lowercase}
    found |= {before + letter + after for before, after in halves for letter in ascii_lowercase}
    return frozenset(found - {letters, ""})
