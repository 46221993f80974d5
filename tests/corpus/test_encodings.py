"""What is written in an old encoding comes back as it was; what is not stays as it is."""

import json
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.old_encodings import OLD, expected, written
from corpus.archive import Archive
from corpus.context import Context
from corpus.encodings import NAMES, UnreadableError, decode, known_name, recover_text
from corpus.encodings.named import BY_TABLE, read_bytes
from corpus.encodings.tables import table
from corpus.errors import UserError
from corpus.ingest import ingest
from corpus.readers.input.encoding import check_encoding
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import reader_named
from corpus.records import Reading
from tests.corpus.records import quiet, refusals
from tests.corpus.records import read_bytes as records_in
from tests.shared import SAMPLE, real_records

PAGE = """Nước sông Thao lên nhanh, Lào Cai cấm đường ven bờ
Chiều 12/8, nước sông Thao vượt mức báo động hai; các xã ven sông đã đưa người già và trẻ nhỏ lên đồi.
Theo Ban chỉ huy phòng chống thiên tai, mưa lớn còn kéo dài đến hết thứ sáu.
Ông Vũ Đình Quỳnh nói: "Ở đây chưa bao giờ nước lên nhanh như vậy, kể cả trận lũ năm 1968."
"""
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
LETTERS = "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
)
SAMPLES = [
    "\n".join(str(part) for part in (record["title"], record.get("body", "")))
    for path in sorted(SAMPLE.glob("*.jsonl"))
    for record in map(json.loads, path.read_text("utf-8").splitlines())
]
STAYS = (
    "",
    "a",
    "Chao ban, hom nay troi dep. Di choi khong? Co!",
    "The quick brown fox; a^2 + b^2 = c^2, f(a('x'), o+'y') and a.b.c? Really? No. Oh! E.g. the U.S.",
    "def la(a, u): return a['u'] if a.o and u.e else (a ^ u)  # TODO: o+u?",
    "Déjà vu à l'été dernier, où le maïs a mûri près d'une forêt où naît la Loire.",
    "Élève naïf, garçon têtu: «où êtes-vous?» demanda-t-il à ses aînés, là-bas.",
    "Über die Brücke fährt früh die grüne Straßenbahn; schöne Grüße aus München!",
    "El niño comió piña y bebió café en la montaña; ¿dónde está São Paulo?",
    "Das Schema »Größe« und das Bild „Müll“ gehören zusammen.",
    "LÞch",
    "Москва слезам не верит, 北京 và Hà Nội",
)


@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("letter", LETTERS + "đĐ")
def test_every_letter_has_its_sign(name: str, letter: str) -> None:
    assert read_bytes(written(letter, name), name) == expected(letter, name) or name == "viqr"
    if name == "viqr":
        assert recover_text(written(letter, name).decode(), forced=name).text == letter


@pytest.mark.parametrize("name", [*BY_TABLE, "viqr"])
def test_a_table_says_each_sign_once_and_has_every_letter(name: str) -> None:
    letters = list(table(name).letters.values())
    marked = {letter for letter in LETTERS + "đĐ" if not letter.isascii()}
    assert marked <= set(letters) | {letter.upper() for letter in letters if name == "tcvn3"}
    assert all(unicodedata.is_normalized("NFC", letter) for letter in letters if len(letter) == 1)


@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("text", [PAGE, *SAMPLES[::7]])
def test_a_text_is_found_and_comes_back(name: str, text: str) -> None:
    text = "".join(sign for sign in text if sign.isascii() or sign in LETTERS + "đĐ")
    found = decode(written(text, name))
    assert (found.encoding, found.text) == (name, expected(text, name))


@pytest.mark.parametrize("text", SAMPLES)
def test_a_text_of_today_stays(text: str) -> None:
    for form in ("NFC", "NFD"):
        raw = unicodedata.normalize(form, text).encode()
        assert decode(raw).text.encode() == raw


@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_text_is_found_with_and_without_its_mark(name: str, mark: str) -> None:
    found = decode((mark + PAGE).encode(name))
    assert (found.encoding, found.text, found.how) == (name, PAGE, "bom" if mark else "detected")


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_signs_that_were_read_as_latin_letters_are_mended(name: str) -> None:
    found = decode(written(PAGE, name).decode("latin-1").encode())
    assert (found.encoding, found.text) == (f"utf-8/{name}", expected(PAGE, name))


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", [PAGE, "Bão số 5 đổ bộ", *SAMPLES[::9]])
def test_utf_8_read_as_latin_letters_is_mended(text: str, wrong: str) -> None:
    read = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode())
    assert decode(read.encode()).text == text


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_old_vietnamese_stays(text: str) -> None:
    assert decode(text.encode()).text == text
    western = text.encode("cp1252", "ignore")
    if not western.isascii() and western.decode("cp1252") == text:
        assert decode(western).text == text or len(text) < 5


@given(st.lists(st.text(st.sampled_from(LETTERS + "bcdđghklmnpqrstvx .,?'\\()^+~"), min_size=1), max_size=30))
def test_any_letters_come_back_where_the_encoding_is_said(parts: list[str]) -> None:
    text = unicodedata.normalize("NFC", " ".join(parts))
    for name in OLD:
        if name != "viqr":  # a backslash of the text itself is not VIQR's
            assert decode(written(text, name), forced=name).text == expected(text, name)
    plain = re.sub("d(?=[dđ])", "", text.replace("\\", ""), flags=re.IGNORECASE)  # VIQR writes đ as dd
    assert decode(written(plain, "viqr"), forced="viqr").text == plain


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with suppress(UnreadableError):
        assert decode(raw).encoding in NAMES


def test_an_encoding_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(UserError, match=r"tcvn-9.*tcvn3, vni, viscii"):
        check_encoding("tcvn-9")
    assert [known_name(name) for name in ("ABC", "TCVN_3", "cp1258")] == ["tcvn3", "tcvn3", "windows-1258"]


def lines_of(name: str) -> bytes:
    """JSON lines whose texts are in an encoding."""
    titles = ["Chợ đêm mở lại", "Mưa lớn suốt đêm", "Đường ven sông bị cấm"]
    rows = [{"id": f"a-{number}", "title": title, "body": PAGE} for number, title in enumerate(titles)]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return text.encode(name) if name in WIDE else written(text, name)


@pytest.mark.parametrize("name", [*BY_TABLE, "windows-1258", *WIDE])
@pytest.mark.parametrize("file", ["bao.jsonl", "bao.json"])
def test_json_is_read_in_any_encoding_and_can_be_cleaned_again(tmp_path: Path, name: str, file: str) -> None:
    raw = lines_of(name)
    if file == "bao.json":
        mark, joint = ("[", ","), "\n"
        sign = {part: part.encode(name) if name in WIDE else part.encode() for part in (*mark, "]", joint)}
        raw = sign["["] + raw.replace(sign[joint], sign[","]) + sign["]"] if name not in WIDE else raw
    records = records_in(tmp_path, raw, file)
    assert [record.article.title for record in records if isinstance(record, Reading)] == [
        expected(title, name) for title in ("Chợ đêm mở lại", "Mưa lớn suốt đêm", "Đường ven sông bị cấm")
    ]
    for record in records:
        assert isinstance(record, Reading)
        assert record.context.encoding == name
        again = reader_named(record.provenance.reader).article(
            record.raw, Context.from_dict(record.context.as_dict())
        )
        assert again == record.article


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("name", ["tcvn3", "vni", "viqr"])
def test_letters_in_json_are_mended_whatever_escapes_them(tmp_path: Path, name: str, escaped: bool) -> None:
    fields = {"title": "Chợ đêm mở lại", "body": PAGE}
    record = {"id": "a-1"} | {key: written(text, name).decode("latin-1") for key, text in fields.items()}
    raw = json.dumps(record, ensure_ascii=escaped).encode()
    (made,) = records_in(tmp_path, raw)
    assert isinstance(made, Reading)
    assert made.article.title == expected("Chợ đêm mở lại", name)
    assert made.context.encoding == (name if name == "viqr" else f"utf-8/{name}")


@pytest.mark.parametrize("name", [*BY_TABLE, "utf-16-le"])
def test_markdown_is_read_in_any_encoding(tmp_path: Path, name: str) -> None:
    text = f"---\ntitle: Chợ đêm mở lại\n---\n\n{PAGE}"
    (made,) = records_in(tmp_path, text.encode(name) if name in WIDE else written(text, name), "bao.md")
    assert isinstance(made, Reading)
    assert (made.article.title, made.context.encoding) == (expected("Chợ đêm mở lại", name), name)


def test_a_table_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    raw = written(
        f"id;title;body\nx-1;Chợ đêm mở lại;Khách đến đông.\nx-2;Mưa lớn;{PAGE.splitlines()[0]}\n", "vni"
    )
    found = [one.article.title for one in records_in(tmp_path, raw, "bao.csv") if isinstance(one, Reading)]
    assert found == ["Chợ đêm mở lại", "Mưa lớn"]


def test_a_wrong_guess_is_forced_right_as_a_new_version(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "trang.txt"
    path.write_bytes(written(PAGE, "tcvn3"))

    def take(encoding: str) -> str:
        options = ImportOptions(encoding=encoding)
        receipt = ingest([path], archive, options=options, on_progress=quiet)
        return "new" if receipt.new else "version" if receipt.new_versions else "unchanged"

    assert [take("viscii"), take("tcvn3"), take(""), take("")] == ["new", "version", "unchanged", "unchanged"]
    (head,) = archive.heads_since(0)
    (kept,) = archive.articles([head.article_id]).values()
    assert kept.article.title == expected(PAGE.splitlines()[0], "tcvn3")
    assert (kept.context.encoding, kept.context.lost[:8]) == ("tcvn3", "capitals")


def test_bytes_that_are_nothing_are_refused_with_the_remedy(tmp_path: Path) -> None:
    (refused,) = refusals(records_in(tmp_path, b'{"title": "T\xff", "body": "\xfe\xfd\x01"}'))
    assert refused.reason == "not-utf-8"
    assert "--encoding" in str(refused.message)


@pytest.mark.parametrize("corpus", ["baomoi-2013.jsonl.xz", "vietnews-105k.jsonl.xz"])
def test_no_real_article_gives_a_false_alarm(corpus: str) -> None:
    for record in real_records(corpus, 2000):
        text = f"{record['title']}\n{record['body']}"
        assert decode(text.encode()).text == text
        assert decode(str(record["title"]).encode()).text == record["title"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Hôm nay ở Hà Nội, đường phá»‘ rất Ä‘Ã´ng.", "Hôm nay ở Hà Nội, đường phố rất đông."),
        ("Bà con đã xây dá»±ng vá»›i nhau.", "Bà con đã xây dựng với nhau."),
        ("Đường phá»‘ ở HÃ  Ná»™i, ThÃ nh phá»‘.", "Đường phố ở Hà Nội, Thành phố."),
        ("Lời ông: â€œá»ž lại nhé!â€\x9d, rồi đi.", "Lời ông: “Ở lại nhé!”, rồi đi."),
        ("“ĐÃ” đến, XÃ… và «cá» lá» của đường", "“ĐÃ” đến, XÃ… và «cá» lá» của đường"),
        ("“ĐÃ” đến với Viá»‡t Nam", "“ĐÃ” đến với Việt Nam"),
    ],
)
def test_damage_within_a_text_that_is_right_is_mended_alone(text: str, meant: str) -> None:
    assert decode(text.encode()).text == meant


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps", "windows-1258"])
def test_any_old_encodings_bytes_that_became_latin_letters_are_read(name: str) -> None:
    page = "\n".join(PAGE.replace('"', "").splitlines()[:3])
    raw = written(page, name)
    letters = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw)
    assert decode(letters.encode()).text == expected(page, name)


def test_a_record_with_a_damaged_stretch_is_mended_and_says_so(tmp_path: Path) -> None:
    line = json.dumps({"title": "Tin tá»« Viá»‡t Nam", "body": "Đường phá»‘ rất đông."}, ensure_ascii=False)
    (found,) = records_in(tmp_path, line.encode())
    assert isinstance(found, Reading)
    assert (found.article.title, found.article.paragraphs) == ("Tin từ Việt Nam", ("Đường phố rất đông.",))
    assert found.context.encoding == "utf-8/windows-1252"
