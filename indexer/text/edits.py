"""What does a typed syllable become by one slip of the finger taken back?"""

from string import ascii_lowercase

MAX_LETTERS = 16
"""Letters of a syllable that is still corrected: names may be long, what is longer was pasted."""


def edits(letters: str) -> frozenset[str]:
    """What is one letter (a to z) deleted, inserted or replaced, or two neighbours exchanged, away.

    Nothing for more than LONGEST letters.

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
