"""Do some letters without marks read as a Vietnamese syllable, by their onset and rime?

The onsets and rimes are those of quốc ngữ as dictionaries list them, without marks, with rare rimes of names
and loan words (oong, uyu, eng). So "hanoi" is not a syllable, "ha" and "noi" are.
"""

import re

_ONSETS = "b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu "
    "i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot "
    "u ua uac uan uang uat uau uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up "
    "ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{'|'.join(_RIMES.split())})")


def is_syllable(folded: str) -> bool:
    """Whether a term without marks reads as a syllable.

    >>> [is_syllable(term) for term in ("nghieng", "ha", "hanoi", "ubnd", "oai")]
    [True, True, False, False, True]
    """
    return _SYLLABLE.fullmatch(folded) is not None


def splits(folded: str) -> list[tuple[str, str]]:
    """Each way to read a term without marks as two syllables, the longest first syllable first.

    >>> splits("hanoi")
    [('han', 'oi'), ('ha', 'noi')]
    """
    cuts = range(len(folded) - 1, 0, -1)
    return [
        (folded[:cut], folded[cut:])
        for cut in cuts
        if is_syllable(folded[:cut]) and is_syllable(folded[cut:])
    ]
