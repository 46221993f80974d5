"""Who published an article? Publishers are compared folded, by name and by host, through one table of both.

An article is known by its publication and its id there, so that an id that two papers use stands for two
articles. A publication is found in the record alone, whatever the archive holds: the order in which files are
imported cannot change it.
"""

import os.path
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from corpus.article import Article
from corpus.derived_id import has_digest_of, slug
from corpus.normal_form import normalised

_VIEWS = ("www.", "m.", "mobile.", "amp.")
"""Names of hosts at which a paper shows the same pages."""

_FOLDER = "folder:"
_LIKE_A_HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:/\S*)?")
_KIND_OF_PAPER = re.compile(r"^(?:bao dien tu |bao )|(?: dien tu| online)$")


@dataclass(frozen=True, slots=True)
class Publication:
    """Within which an article's id stands for that article alone.

    Attributes:
        key: equal for equal publications: "tuoi tre", "host:bao.example", "folder:/kho/2013"; empty where the
            id was made of the article's address, which is of one publication by itself.
        name: as the record or the table gives it, for people.
    """

    key: str
    name: str

    @property
    def is_folder(self) -> bool:
        """Whether it is that of a folder, for nobody else is known."""
        return self.key.startswith(_FOLDER)

    @property
    def prefix(self) -> str:
        """What stands before an id that another publication uses already."""
        return slug(self.name)


def publication_of(article: Article, file: str) -> Publication:
    """The publication of an article.

    A named one is that of its name; one without a name that of its host; one without either is of the folder
    of its file, for ids that nobody else explains are kept apart by it.

    Args:
        file: as in :class:`~corpus.article.Provenance`.
    """
    if article.url and has_digest_of(article.id, article.url):
        return Publication("", "")
    return (
        publisher_of(article) or publication_of_folder(os.path.abspath(_folder(file)))  # noqa: PTH100 - a member's folder is no path
    )


def publisher_of(article: Article) -> Publication | None:
    """Who published an article, by its source's name, else by its host; None where it says neither."""
    return named_publisher(article.source, article.url)


def named_publisher(source: str, url: str = "") -> Publication | None:
    """The publisher that a source's name stands for, or where that is empty the host of an address.

    >>> [named_publisher(name).key for name in ("Tuổi Trẻ", "báo tuổi trẻ", "tuoitre.vn")]
    ['tuoi tre', 'tuoi tre', 'tuoi tre']
    """
    return _publication_of_name(source) or _publication_of_host(host(url))


def publication_of_folder(folder: str) -> Publication:
    """The publication of a folder, absolute or as it was given."""
    return Publication(_FOLDER + folder, re.split("[/!]", folder.rstrip("/!"))[-1])


def given_folder(file: str) -> Publication:
    """The publication of a file's folder as it was given: all that archives of format 2 say of it."""
    return publication_of_folder(f"./{_folder(file)}" if not file.startswith("/") else _folder(file))


def host(url: str) -> str:
    """The host of an address without "www."; empty where there is none.

    >>> host("https://www.tuoitre.vn/a.htm"), host("không phải địa chỉ")
    ('tuoitre.vn', '')
    """
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def newspaper(url: str) -> str:
    """The name of the newspaper with this address; empty where it is not known.

    >>> newspaper("https://amp.laodong.vn/bai.html"), newspaper("https://bao.example/bai.html")
    ('Lao Động', '')
    """
    return _newspaper_of_host(host(url))


def named_source(text: str) -> str:
    """A paper's name for the host or the address that a record gives as its source; other texts stay.

    >>> named_source("https://www.tuoitre.vn/rss"), named_source("tuoitre.vn"), named_source("Báo Xóm")
    ('Tuổi Trẻ', 'Tuổi Trẻ', 'Báo Xóm')
    >>> named_source("https://www.xom.example/a"), named_source("Xom.vn")
    ('xom.example', 'Xom.vn')
    """
    like_host = _LIKE_A_HOST.fullmatch(text.strip().lower())
    if not like_host:
        return text
    return _newspaper_of_host(like_host[1]) or (like_host[1].removeprefix("www.") if "/" in text else text)


def is_publishers_own(name: str, source: str, url: str) -> bool:
    """Whether a name stands for the paper of a source or an address: it, its host, its initials.

    >>> [is_publishers_own(name, "Tuổi Trẻ", "") for name in ("Báo Tuổi trẻ", "tuoitre.vn", "TTO", "Hà")]
    [True, True, True, False]
    >>> [is_publishers_own(name, "", "https://xom.example/a") for name in ("Xom", "xom.example", "Xom An")]
    [True, True, False]
    """
    folded = _KIND_OF_PAPER.sub("", _folded(name))
    paper = _publication_of_name(name)
    if not paper or not folded:
        return False
    for own in filter(None, (_publication_of_name(source), _publication_of_host(host(url)))):
        bare = _KIND_OF_PAPER.sub("", _folded(own.name))
        if own.key == paper.key or folded == bare or folded in _short_forms(own, bare):
            return True
    return False


def _short_forms(own: Publication, bare: str) -> tuple[str, ...]:
    """What a paper is called for short: the first label of a host, the initials of a name."""
    if own.key.startswith("host:"):
        return (own.name.partition(".")[0].replace("-", " "),)
    initials = "".join(word[0] for word in bare.split())
    return (initials, f"{initials}o") if len(initials) > 1 else ()


def _publication_of_name(name: str) -> Publication | None:
    """The publication of a name.

    >>> _publication_of_name("BÁO TUỔI TRẺ").key, _publication_of_name("tuoitre.vn").key
    ('tuoi tre', 'tuoi tre')
    >>> _publication_of_name("Báo Bản Tin Xóm").key, _publication_of_name("www.xom.example").key
    ('bao ban tin xom', 'host:xom.example')
    """
    plain = " ".join(name.split())
    if like_host := _LIKE_A_HOST.fullmatch(plain.lower()):
        return _publication_of_host(like_host[1])
    folded = _folded(plain)
    paper = _publishers().get(folded) or _publishers().get(_KIND_OF_PAPER.sub("", folded))
    if paper:
        return Publication(_folded(paper), paper)
    return Publication(folded or plain, plain) if plain else None


def _publication_of_host(name: str) -> Publication | None:
    for view in _VIEWS:
        name = name.removeprefix(view)
    if paper := _newspaper_of_host(name):
        return Publication(_folded(paper), paper)
    return Publication(f"host:{name}", name) if name else None


def _newspaper_of_host(name: str) -> str:
    labels = name.split(".")
    tails = (".".join(labels[start:]) for start in range(len(labels)))
    return next((_newspapers()[tail] for tail in tails if tail in _newspapers()), "")


def _folded(name: str) -> str:
    """A name without marks, capitals and what is between words.

    >>> _folded("Đời sống & Pháp luật"), _folded("ĐỜI SỐNG-PHÁP LUẬT"), _folded("人民报")
    ('doi song phap luat', 'doi song phap luat', '人民报')
    """
    letters = normalised("NFD", name.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())


def _folder(file: str) -> str:
    """The folder of a file; an archive of files is the folder of its members.

    >>> _folder("a/b.jsonl"), _folder("kho.zip!b.jsonl"), _folder("b.jsonl")
    ('a', 'kho.zip', '')
    """
    ends = [match.start() for match in re.finditer("[/!]", file)]
    return file[: ends[-1]] or "/" if ends else ""


@cache
def _table() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Host, name, and other names of each paper."""
    text = resources.files("corpus").joinpath("publishers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((host_name, name, tuple(others)) for host_name, name, *others in rows)


@cache
def _newspapers() -> dict[str, str]:
    """The name of a paper, by its hosts."""
    return {host_name: name for host_name, name, _ in _table()}


@cache
def _publishers() -> dict[str, str]:
    """The name of a paper, by each of its names, folded."""
    return {_folded(each): name for _, name, others in _table() for each in (name, *others)}
