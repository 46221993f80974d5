"""An article whose words stand in it again and again, and passages of it that a browser has to find."""

import unicodedata

from corpus.article import Article
from search_app.answer.laid_out_texts import LaidOutTexts
from tests.corpus.records import article


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


_FILLING = [
    f"Đoạn đệm số {number} kể chuyện chợ phiên, chuyện nương ngô và con suối chảy qua bản."
    for number in range(24)
]
_TWICE = "Nước lên nhanh ở bản Lác, dân đi tránh lũ từ sáng sớm."
PARAGRAPHS = (
    _TWICE,
    *_FILLING,
    _TWICE,
    'Lũ về; lũ rút - "giá 5,5%" & hết, tiếng Việt.',
    decomposed("Đường đứt ở Tà Xùa, học sinh nghỉ học."),
    "hai  dấu cách\nvà xuống dòng trong một đoạn",
    "TP.HCM gửi 3.000 suất quà, Q.1 và Q.3 gửi thêm; Covid-19 đã lùi.",
    " ".join(f"chữ{number}" for number in range(60)),
    "Duong dut o Ta Xua, hoc sinh nghi hoc.",
    "Cuối cùng, dân về bản (trước giờ trưa) dọn bùn.",
    *_FILLING[:8],
)
ARTICLE: Article = article(
    "lu-1",
    "Lũ về bản Lác",
    lede=_TWICE,
    paragraphs=PARAGRAPHS,
    captions=("Ảnh: dân đi tránh lũ", "Ảnh cuối, tránh lũ"),
    caption_places=(2,),
    source="Báo Lũ",
    section="Xã hội",
    authors=("Lê An",),
)
TEXTS = LaidOutTexts(ARTICLE)
BODY = 2
"""The number of the first paragraph among all texts."""


def place(number: int, words: str, until: int | None = None, last: str = "") -> tuple[int, int]:
    """Where words stand in a text; with ``last``, to where these end in a later one."""
    start = TEXTS.starts[number] + TEXTS.texts[number].index(words)
    if until is None:
        return start, start + len(words)
    return start, TEXTS.starts[until] + TEXTS.texts[until].index(last) + len(last)


TWICE, SIGNS, NFD, SPACES, DOTS, LONG, PLAIN, BRACKETS = range(BODY + 25, BODY + 33)
CAPTIONS = BODY + len(PARAGRAPHS)

PASSAGES = {
    "a title": place(0, "bản Lác"),
    "a lede": place(1, _TWICE),
    "words of a lede": place(1, "Nước lên"),
    "a paragraph that repeats the lede": place(BODY, _TWICE),
    "a paragraph that stands there three times": place(TWICE, _TWICE),
    "the first words of it": place(TWICE, "Nước lên"),
    "words within it": place(TWICE, "sáng sớm"),
    "hyphen, comma, per cent, ampersand, quotes": place(SIGNS, 'lũ rút - "giá 5,5%" & hết, tiếng'),
    "words of the page around it": place(SIGNS, "tiếng Việt"),
    "two words with a comma": place(SIGNS, "giá 5,5"),
    "decomposed": place(NFD, decomposed("học sinh")),
    "a decomposed paragraph": place(NFD, PARAGRAPHS[NFD - BODY]),
    "two spaces": place(SPACES, "hai  dấu"),
    "a line break": place(SPACES, "dấu cách\nvà xuống"),
    "a part of a word with a stop": place(DOTS, "HCM"),
    "a part of a number": place(DOTS, "000 suất"),
    "a letter of an abbreviation": place(DOTS, "3 gửi"),
    "a word with a hyphen": place(DOTS, "Covid-19"),
    "a part of one": place(DOTS, "19 đã"),
    "a long one": place(LONG, PARAGRAPHS[LONG - BODY]),
    "words of a long one": place(LONG, "chữ30 chữ31"),
    "the same base letters as another": place(PLAIN, "hoc sinh nghi"),
    "between brackets": place(BRACKETS, "trước giờ trưa"),
    "over three paragraphs": place(SIGNS, "hết", SPACES, "hai"),
    "from a paragraph that repeats another": place(TWICE, "từ sáng", NFD, decomposed("Đường đứt")),
    "a caption among paragraphs": place(CAPTIONS, "dân đi tránh lũ"),
    "a caption after the text": place(CAPTIONS + 1, "Ảnh cuối"),
}
WIDER = {
    "words within it": place(TWICE, _TWICE),
    "the same base letters as another": place(PLAIN, PARAGRAPHS[PLAIN - BODY]),
    "from a paragraph that repeats another": place(TWICE, _TWICE, NFD, PARAGRAPHS[NFD - BODY]),
}
"""Of these no fragment leads to the words alone: it leads to the whole of their paragraphs."""
