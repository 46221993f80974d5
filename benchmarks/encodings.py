"""How often is an encoding found, and how often is one seen that is not there?

Articles of both real corpora, whole and their headlines alone, written in each encoding and read again; then
what must stay as it is: the same articles in UTF-8 and without their marks, the messages of programs in
English, French and German (the system's catalogues), and source code.

    python -m benchmarks.encodings [--articles 1000]
"""

import argparse
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from babel.messages.mofile import read_mo

from benchmarks.corpora import check_present, real_articles
from benchmarks.old_encodings import OLD, can_say, expected, written
from corpus.article import Article
from corpus.encodings import UnreadableError, decode

CATALOGUES = Path("/usr/share/locale")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le")
_WITHIN = ("utf-8/tcvn3", "utf-8/vni", "utf-8/windows-1252")


def raw_of(text: str, name: str) -> bytes:
    """The text's bytes as the encoding's programs would have left them."""
    if name in _WIDE:
        return text.encode(name)
    if name == "utf-8/windows-1252":
        return unicodedata.normalize("NFC", text).encode().decode("latin-1").encode()
    if name in _WITHIN:
        return written(text, name.removeprefix("utf-8/")).decode("latin-1").encode()
    return written(text, name)


def comes_back(text: str, name: str) -> str:
    """What must come of the text: itself, but for the encoding's losses."""
    if name in _WIDE:
        return text
    old = name.removeprefix("utf-8/")
    text = unicodedata.normalize("NFC", text)
    return (
        text
        if old not in OLD
        else expected("".join(sign if can_say(sign, old) else "?" for sign in text), old)
    )


def found(texts: Iterable[str], name: str) -> Counter[str]:
    """How many texts were found right, wrong, or not; and how many came back equal."""
    counts: Counter[str] = Counter()
    for text in texts:
        try:
            read = decode(raw_of(text, name))
        except UnreadableError:
            counts["refused"] += 1
            continue
        right = read.encoding == name
        counts["found" if right else "wrong"] += 1
        counts["wrong, sure"] += not right and read.confident
        counts["equal"] += right and read.text == comes_back(text, name)
    return counts


def seen(raws: Iterable[bytes], right: str) -> Counter[str]:
    """What was seen in bytes that are in an encoding of today."""
    counts: Counter[str] = Counter()
    for raw in raws:
        try:
            name = decode(raw).encoding
        except UnreadableError:
            name = "refused"
        counts["right" if name == right or (raw.isascii() and name == "utf-8") else name] += 1
    return counts


def whole(article: Article) -> str:
    """The article's texts, a line each."""
    return "\n".join((article.title, article.lede, *article.paragraphs))


def messages(language: str) -> list[str]:
    """What the system's programs say in a language, and all of a program's messages as one text."""
    texts: list[str] = []
    for path in sorted((CATALOGUES / language / "LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as file, suppress(UnicodeDecodeError):  # a catalogue in another encoding
            said = [
                message.string for message in read_mo(file) if message.id and isinstance(message.string, str)
            ]
            texts += [*said, "\n".join(said)]
    return [text for text in texts if text.strip()]


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    check_present()
    articles = list(islice(real_articles(facts=False), count))
    for kind, texts in (
        ("articles", [whole(article) for article in articles]),
        ("headlines", [article.title for article in articles]),
    ):
        for name in (*OLD, *_WIDE, *_WITHIN):
            print(f"{kind:10} {name:20} {dict(found(texts, name))}")
    _false_alarms(articles)


def _false_alarms(articles: list[Article]) -> None:
    texts = [text for article in articles for text in (whole(article), article.title)]
    print("as they are", dict(seen((text.encode() for text in texts), "utf-8")))
    print("NFD        ", dict(seen((unicodedata.normalize("NFD", text).encode() for text in texts), "utf-8")))
    print("no marks   ", dict(seen((_bare(text).encode() for text in texts), "utf-8")))
    for language in ("fr", "de"):
        said = messages(language)
        print(language, "utf-8", dict(seen((text.encode() for text in said), "utf-8")))
        for name in ("cp1252", "latin-1"):
            raws = (text.encode(name, "ignore") for text in said)
            print(language, name, dict(seen(raws, "windows-1252")))
    print("code       ", dict(seen(_code(), "utf-8")))


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _code() -> Iterator[bytes]:
    for folder in (Path(argparse.__file__).parent, Path(sys.prefix)):
        yield from (path.read_bytes() for path in islice(sorted(folder.rglob("*.py")), 1500))


if __name__ == "__main__":
    main()
