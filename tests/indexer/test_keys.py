"""Telex and VNI keys are read as the syllables that an input method would have made of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tones import same_word, split_tone
from indexer.text.keys import is_well_formed, telex, vni
from indexer.text.syllables import terms
from tests.shared import SAMPLE

TELEX = """
laof lào|laos láo|laor lảo|laox lão|laoj lạo|lafo lào|cais cái|caif cài|as á|if ì|ows ớ|owr ở|w ư|tw tư
hoaf hòa|hofa hòa|thuys thúy|uyr ủy|quys quý|quyr quỷ|giaf già|gif gì|gieengs giếng|gieesng giếng
dduowngf đường|dduwowngf đường|dduwowfng đường|dduongwf đường|dduowfng đường|duongdwf đường
vieejt việt|vieetj việt|vietej việt|nguyeenx nguyễn|nguyeexn nguyễn|nguyenex nguyễn
thuowr thuở|thuwowng thương|thuowng thương|huowu hươu|ruwowuj rượu|ruowuj rượu|uoongs uống|yeeu yêu|yeeuf yều
ddawks đắk|lawks lắk|kanj kạn|bawcs bắc|tawts tắt|taats tất|khuyar khuỷa|ngoaif ngoài|ngoefo ngoèo
khuyru khuỷu|ngoanj ngoạn|quyeenf quyền|quaan quân|quoocs quốc|ddi đi|ddoi đoi|doid đoi|ddos đó|dod đo|ddaf đà
myx mỹ|kyx kỹ|lys lý|tyr tỷ|syx sỹ|hocj học|hojc học|sachs sách|sacsh sách|tieeps tiếp|caaps cấp|eechs ếch
phuwowcs phước|toongr tổng|luaanj luận|trinhf trình|coong công|xoong xông|nghieeng nghiêng
nghieengr nghiểng|bieets biết|ddangr đảng|muwowif mười|nguwowif người|nguowif người|nuwowcs nước|nuowcs nước
giuwax giữa|muwa mưa|thêr thể|đuowngf đường|hươngs hướng|ăns ắn
"""
VNI = """
lao2 lào|la2o lào|lao1 láo|lao3 lảo|lao4 lão|lao5 lạo|hoa2 hòa|d9uong72 đường|d9u7o7ng2 đường|d9u7o72ng đường
tie6ng1 tiếng|tieng61 tiếng|vie6t5 việt|viet65 việt|vie65t việt|nguye6n4 nguyễn|nguyen64 nguyễn|ha8ng2 hằng
thuo73 thuở|d9a8k1 đắk|d9i đi|di9 đi|gi2 gì|quo6c1 quốc|quoc61 quốc|nu7o7c1 nước|nuoc71 nước|a1 á
to6ng3 tổng|lua6n5 luận|cong6 công|my4 mỹ
"""
NO_KEYS = """
lào lao tin hcm facebook twitter singapore trump laofs xyz wxyz ssss nghang cacs1 hocs2 street mark as1 fws
qu qus ooooo www covid asean brexit đường 2013 50
"""
NO_VNI = [
    "covid19",
    "50kg",
    "u23",
    "b52",
    "f1",
    "h5n1",
    "g20",
    "2013",
    "13",
    "9",
    "t72s",
    "lao",
    "laof",
    "a12",
    "la22",
    "d9",
    "x9",
    "o10x",
    "mp3",
    "khong0",
    "lao6",
]


def rows(table: str) -> list[tuple[str, str]]:
    pairs = (one.split() for line in table.split("\n") for one in line.split("|") if one.strip())
    return [(typed, meant) for typed, meant in pairs if meant != "+"]


@pytest.mark.parametrize(("typed", "meant"), rows(TELEX))
def test_telex_keys_are_read(typed: str, meant: str) -> None:
    assert meant in telex(typed)


@pytest.mark.parametrize(("typed", "meant"), rows(VNI))
def test_vni_keys_are_read(typed: str, meant: str) -> None:
    assert meant in vni(typed)


@pytest.mark.parametrize("typed", NO_KEYS.split())
def test_what_is_no_vietnamese_syllable_in_telex_is_left_alone(typed: str) -> None:
    assert telex(typed) == ()


@pytest.mark.parametrize("typed", NO_VNI)
def test_what_is_no_vietnamese_syllable_in_vni_is_left_alone(typed: str) -> None:
    assert vni(typed) == ()


@pytest.mark.parametrize(
    ("syllable", "fits"),
    [
        ("nghiêng", True), ("ghế", True), ("gì", True), ("giếng", True), ("quốc", True), ("quyển", True),
        ("kỳ", True), ("đắk", True), ("yêu", True), ("khuỷu", True), ("ươn", True), ("ủy", True),
        ("ký", True), ("nghang", False),
        ("ge", False), ("ci", False), ("ngi", False), ("gha", False), ("học", True),
        ("hoc", False), ("hòc", False), ("hỏc", False), ("hóc", True), ("tranh", True), ("trarh", False),
        ("quuốc", False), ("đnịh", False), ("l", False), ("", False), ("123", False), ("nguễn", False),
    ],
)  # fmt: skip
def test_a_syllable_is_an_onset_a_rhyme_and_a_tone_that_fit(syllable: str, fits: bool) -> None:
    assert is_well_formed(syllable) is fits


SYLLABLES = sorted(
    {
        same_word(term)
        for path in SAMPLE.glob("*.jsonl")
        for term in terms(path.read_text("utf-8"))
        if is_well_formed(term) and not term.isascii()
    }
)
TONE_KEYS = dict(zip("\u0301\u0300\u0309\u0303\u0323", zip("sfrxj", "12345", strict=True), strict=True))
MARK_KEYS = {"\u0302": ("", "6"), "\u031b": ("w", "7"), "\u0306": ("w", "8")}


def keyed(syllable: str, column: int, *, tone_last: bool) -> str:
    """A syllable as keys: Telex (column 0) or VNI (1), the tone on its vowel or at the end."""
    bare, tone = split_tone(syllable)
    place = next(place for place, letter in enumerate(syllable) if split_tone(letter)[1]) if tone else 0
    typed = ""
    for here, letter in enumerate(bare):
        base, *mark = list(unicodedata.normalize("NFD", letter))
        stroked = ("dd", "d9")[column] if base == "đ" else base
        typed += stroked + "".join(MARK_KEYS[one][column] or base for one in mark)
        if tone and here == place and not tone_last:
            typed += TONE_KEYS[tone][column]
    return typed + (TONE_KEYS[tone][column] if tone and tone_last else "")


@given(st.sampled_from(SYLLABLES), st.sampled_from([0, 1]), st.booleans())
def test_a_syllable_typed_as_keys_comes_back(syllable: str, column: int, tone_last: bool) -> None:
    decode = (telex, vni)[column]
    assert syllable in map(same_word, decode(keyed(syllable, column, tone_last=tone_last)))


@given(st.text(max_size=14))
def test_any_text_may_be_keys(text: str) -> None:
    for found in (*telex(text), *vni(text)):
        assert is_well_formed(found)
        assert found != text
