"""Which newspaper has an address, and which time zone has it?"""

from functools import cache
from importlib import resources
from urllib.parse import urlsplit

VIETNAM = "+07:00"  # since 1975 the one time zone of the country


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
    labels = host(url).split(".")
    tails = (".".join(labels[start:]) for start in range(len(labels)))
    return next((_names()[tail] for tail in tails if tail in _names()), "")


def clock(url: str) -> str:
    """The paper's offset from UTC; empty where the address does not tell its country."""
    return VIETNAM if newspaper(url) or host(url).endswith(".vn") else ""


@cache
def _names() -> dict[str, str]:
    text = resources.files("corpus.readers.html").joinpath("newspapers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: paper for name, paper in rows}  # noqa: C416 - the rows are lists of two
