"""Text: one form of a token, exact places, tones, folding, readings."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tones import new_style, same_word, split_tone
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from indexer.text.readings import begins, means, prefix_keys, reading_key
from indexer.text.syllables import syllables, terms

VIETNAMESE = st.text(
    alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AĐƯ .,-/\n0123456789\u200b\u00a0“”😀\u0301\u0323",
    max_size=60,
)
ANY_TEXT = VIETNAMESE | st.text(max_size=40)


@pytest.mark.parametrize(
    ("token", "normal"),
    [
        ("LÀO", "lào"),
        ("la\u0300o", "lào"),
        ("Ðắk", "đắk"),
        ("Ɖắk", "đắk"),
        ("ÐẮK", "đắk"),
        ("nh\u200bà", "nhà"),
        ("\ufeffTin", "tin"),
        ("to\u00adàn", "toàn"),
        ("a\u0340", "à"),
        ("e\u0302\u0323", "ệ"),
        ("e\u0323\u0302", "ệ"),
        ("ƯỜNG", "ường"),
        ("Straße", "straße"),
        ("İ", "i̇"),
    ],
)
def test_a_token_has_one_form(token: str, normal: str) -> None:
    assert normalise(token) == unicodedata.normalize("NFC", normal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng 13/9, TP.HCM họp.", ["sáng", "13", "9", "tp", "hcm", "họp"]),
        ("50kg 7h30 H5N1 U23", ["50", "kg", "7", "h", "30", "h", "5", "n", "1", "u", "23"]),
        ("17-ĐA/TU", ["17", "đa", "tu"]),
        ("kinh tế-xã hội", ["kinh", "tế", "xã", "hội"]),
        ("ma túy.Sau", ["ma", "túy", "sau"]),
        ("ủy_ban", ["ủy", "ban"]),
        ("1.000.000 đồng", ["1", "000", "000", "đồng"]),
        ("“lựu đạn”… – ok?", ["lựu", "đạn", "ok"]),
        ("H'Mông N’Thôn", ["h", "mông", "n", "thôn"]),
        ("", []),
        ("😀 — …", []),
    ],
)
def test_a_text_has_these_syllables(text: str, expected: list[str]) -> None:
    assert terms(text) == [unicodedata.normalize("NFC", term) for term in expected]


@given(ANY_TEXT)
def test_a_place_is_exact_in_the_original(text: str) -> None:
    """Each syllable's slice of the original normalises to its term, and places ascend."""
    end = 0
    for syllable in syllables(text):
        assert end <= syllable.start < syllable.end
        assert normalise(text[syllable.start : syllable.end]) == syllable.term
        assert terms(text[syllable.start : syllable.end]) == [syllable.term]
        end = syllable.end


@given(VIETNAMESE)
def test_every_form_of_a_text_has_the_same_terms(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))
    assert terms(text.lower()) == terms(text.upper().lower())


@given(VIETNAMESE)
def test_no_letter_or_digit_is_dropped(text: str) -> None:
    """What is not in a syllable is no letter and no digit."""
    kept = {place for one in syllables(text) for place in range(one.start, one.end)}
    assert not [char for place, char in enumerate(text) if place not in kept and char.isalnum()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("hoá", "hóa"), ("khoẻ", "khỏe"), ("thuý", "thúy"), ("uỷ", "ủy"), ("tuỳ", "tùy"),
        ("loè", "lòe"), ("huỷ", "hủy"), ("qủa", "quả"), ("đựơc", "được"), ("tóan", "toán"), ("gìơ", "giờ"),
        ("qúy", "quý"), ("ngòai", "ngoài"), ("khuỷu", "khủyu"), ("gía", "giá"), ("thủơ", "thuở"),
    ],
)  # fmt: skip
def test_these_are_one_word(one: str, other: str) -> None:
    assert same_word(one) == same_word(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoa", "hòa"), ("thúy", "thúi"), ("ma", "má"), ("dương", "đương"), ("bán", "bạn"),
        ("của", "cua"), ("gìn", "gin"), ("lủy", "lũy"),
    ],
)  # fmt: skip
def test_these_are_two_words(one: str, other: str) -> None:
    assert same_word(one) != same_word(other)


@pytest.mark.parametrize("term", ["2013", "covid", "müller", "ngườì", "xyz", "đ", "françois", "tokyo", "ýý"])
def test_what_is_no_syllable_with_one_tone_is_left_alone(term: str) -> None:
    assert same_word(term) == term


@given(VIETNAMESE)
def test_one_word_is_stable_and_keeps_its_letters(text: str) -> None:
    for term in terms(text):
        assert same_word(same_word(term)) == same_word(term)
        assert fold(same_word(term)) == fold(term)
        assert split_tone(same_word(term))[1] == split_tone(term)[1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ủy ban", "uỷ ban"), ("Hòa Bình", "Hoà Bình"), ("sức KHỎE", "sức KHOẺ"), ("thúy", "thuý"),
        ("quý", "quý"),
        ("toán", "toán"), ("của", "của"), ("ngoài", "ngoài"), ("hoà", "hoà"), ("lòe loẹt", "loè loẹt"),
        ("mùa", "mùa"),
    ],
)  # fmt: skip
def test_the_new_style_moves_only_open_oa_oe_uy(old: str, new: str) -> None:
    assert new_style(old) == new


@given(VIETNAMESE)
def test_the_new_style_keeps_length_and_words(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(new_style(text)) == len(text)
    assert [fold(term) for term in terms(new_style(text))] == [fold(term) for term in terms(text)]


MEANINGS = [
    # typed, term, meant outside quotes, meant in quotes
    ("đường", "đường", True, True),
    ("đường", "đương", False, False),
    ("đường", "dường", False, False),
    ("đương", "đường", True, False),
    ("đương", "dương", False, False),
    ("đuong", "đường", True, False),
    ("đuong", "dương", False, False),
    ("duong", "đường", True, False),
    ("duong", "dưỡng", True, False),
    ("duong", "duong", True, True),
    ("dương", "đường", True, False),
    ("dương", "dưỡng", True, False),
    ("hoà", "hòa", True, True),
    ("hòa", "hoà", True, True),
    ("hoa", "hòa", True, False),
    ("hoa", "hoá", True, False),
    ("lao", "lào", True, False),
    ("lào", "lao", False, False),
    ("cho", "chó", True, False),
    ("chó", "chò", False, False),
    ("benh", "bệnh", True, False),
    ("bênh", "bệnh", True, False),
    ("bẹnh", "bệnh", False, False),
    ("13", "13", True, True),
    ("13", "131", False, False),
    ("muller", "müller", True, False),
    ("ky", "kỹ", True, False),
]


@pytest.mark.parametrize(("typed", "term", "open_", "quoted"), MEANINGS)
def test_marks_typed_bind_and_marks_left_out_are_free(
    typed: str, term: str, open_: bool, quoted: bool
) -> None:
    assert means(typed, term, complete=False) is open_
    assert means(typed, term, complete=True) is quoted


@given(VIETNAMESE)
def test_what_means_and_begins_share_the_key(text: str) -> None:
    """The term dictionary finds candidates by key: nothing that is meant may have another one."""
    found = terms(text)
    for typed in found:
        for term in found:
            if means(typed, term, complete=False) or means(typed, term, complete=True):
                assert reading_key(typed) == reading_key(term)
                assert begins(typed, term, complete=False)
            if begins(typed, term, complete=False) or begins(typed, term, complete=True):
                beginning, others = prefix_keys(typed)
                assert reading_key(term).startswith(beginning) or reading_key(term) in others


@given(VIETNAMESE)
def test_a_term_means_itself_and_its_unmarked_form_means_it(text: str) -> None:
    for term in terms(text):
        assert means(term, term, complete=True)
        assert means(fold(term), term, complete=False)
