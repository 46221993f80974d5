"""What is cited to try the files of citations: names, titles and white space that readers stumble over."""

import unicodedata
from datetime import date

from corpus.article import Article
from corpus.published import Published
from indexer.places import Zone
from search_app.formats.citations import Cited, Exact, Quoted

READ = date(2026, 3, 9)
ARCHIVE = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
IDENTIFIER = f"tag:khobao.invalid,2026:{ARCHIVE}/version/2/bsh-1"
DIGEST = "0123456789abcdef" * 4
LINK = "https://kho.example/article/bsh-1?as_of=57"

AUTHORS = {
    "two syllables": ("Lê An",),
    "three": ("Trần Văn Núi",),
    "four": ("Nguyễn Thị Minh Khai",),
    "five": ("Công Tằng Tôn Nữ Hoà",),
    "a comma": ("Lê, Hoàng Phúc",),
    "English": ("John Smith",),
    "an organisation": ("Sở Nông nghiệp và Môi trường",),
    "decomposed": (unicodedata.normalize("NFD", "Đỗ Thị Hồng"), "Lê An"),
    "and in a name": ("Ban Anh and Em", "Vũ Bình", "Y Phôn Ksor"),
    "a line break": ("Lê\nAn", " Vũ\tBình "),
    "signs of TeX": ("{Lê An", "Vũ \\Bình", "Y & Phôn 5% #1 $x_y~z"),
    "nobody": (),
}
TITLES = {
    "quotes": "Giá 'vàng' \"tăng\" “mạnh” ‘lắm’ «thật» „sao‟ ‹à›",
    "decomposed": unicodedata.normalize("NFD", "Lũ quét ở Sa Pa: đường đứt"),
    "three hundred characters": "Đường lên bản đứt " * 16 + "hết ạ nhé!!!",
    "braces": "Tập {a} và {b{c}}",
    "a brace without its other": "Tập { hỏng",
    "braces the wrong way": "Tập }hỏng{",
    "signs of TeX": "\\begin{x} 5% & $1 #_~ \\",
    "line breaks": "Một\ndòng\r\nnữa\u2028và\tnữa",
    "the end of a record": "ER  - chưa hết",
    "an entry": "@article{x, title = {y}}, note = {z},",
    "marks of HTML": "<b>Lũ</b> & <i>bão</i> &amp;",
}


def cited(**changed: object) -> Cited:
    values: dict[str, object] = {
        "id": "bsh-1",
        "title": "Lũ quét ở Sa Pa",
        "lede": "Có lũ.",
        "source": "Báo Sông Hồng",
        "section": "Xã hội",
        "authors": ("Nguyễn Thị Minh Khai",),
        "url": "https://bao.example/lu?a=1&b=%20{x}#~y",
        "published": Published("2013-05-26T07:10+07:00"),
        "tags": ("Sa Pa", "lũ"),
    }
    article = Article(**values | changed)  # type: ignore[arg-type]  # each test gives parts of the right type
    return Cited(article, f"https://kho.example/article/{article.id}", READ)


def exact(link: str = LINK, quoted: Quoted | None = None) -> Exact:
    return Exact(2, 57, DIGEST, IDENTIFIER, link, quoted)


PASSAGE = Quoted("nước “lên”\nnhanh & 5% {", Zone.BODY, 3, 4, 120, 141)

EVERY = [
    *(cited(id=f"a-{number}", authors=authors) for number, authors in enumerate(AUTHORS.values())),
    *(cited(id=f"t-{number}", title=title) for number, title in enumerate(TITLES.values())),
    cited(id="mã/lạ,{#}", source="Báo\nSông {Hồng", section="Xã\nhội", tags=("lũ\nbão",)),
    cited(id="day", published=Published("2013-05")),
    cited(id="none", published=Published(), source="", section="", tags=()),
    cited(id="changed", published=Published("2024-03-12~")),
]
"""What one file holds."""
