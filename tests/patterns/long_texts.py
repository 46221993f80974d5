"""What reads text from outside, and texts that are hard on it: long ones, made of one piece again and again.

A pattern may be linear and what calls it not: from every place anew, or on all that is left.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from tests.patterns.attacks import Attack

_PIECES = (
    *(
        "\u115f",
        "\u00ad",
        "\u0301",
        " ",
        "\u00a0",
        "\n",
        "\t",
        ".",
        ". ",
        "…",
        "!",
        '"',
        "“",
        '"a',
        "«",
        "(",
        ")",
    ),
    *(
        "-",
        "-a ",
        "–",
        "/",
        "|",
        ",",
        ":",
        "a:",
        "nguồn:",
        "ngày:",
        "A ",
        "OR ",
        "a",
        "A",
        "a.A",
        "1",
        "1 ",
        "1/1 ",
    ),
    *(
        "..",
        "*",
        "~",
        '="',
        "Ã ",
        "Ã",
        "áº¡",
        "[…]",
        "xem thêm ",
        "Ảnh: ",
        "sáng ",
        "<p>",
        "<",
        "&lt;",
        "<item>",
    ),
    *("<media:title>", "{", "[", "%", "12.5 tỷ ", "ngày 1/1 ", "lao2 ", "Hà Nội "),
)
_FRONTS = ("", "Nước lên. ")
_ENDS = ("", "\x00b")
HOSTILE = tuple(Attack(front, piece, end) for piece, front, end in product(_PIECES, _FRONTS, _ENDS))


@dataclass(frozen=True, slots=True)
class LongText:
    """A function of one text, named as ``module:function`` or an entry of ``_BY_HAND``.

    Attributes:
        most: characters of the longest text; of typed queries no more than the grammar reads.
        at_once: seconds within which a text of a twentieth is read, or the longest is tried too.
    """

    name: str
    most: int = 60_000
    at_once: float = 0.004

    @property
    def call(self) -> Callable[[str], object]:
        """The function."""
        if self.name in _BY_HAND:
            return _BY_HAND[self.name]
        module, function = self.name.split(":")
        found: Callable[[str], object] = getattr(importlib.import_module(module), function)
        return found


def _tokens(text: str) -> object:
    from search_app.query.grammar.tokens import Lexer  # noqa: PLC0415 - a child loads what it tries

    return Lexer(text, []).tokens()


def _widened(text: str) -> object:
    from search_app.query.expansion import by_date, by_number  # noqa: PLC0415
    from search_app.query.grammar import understand  # noqa: PLC0415
    from search_app.query.grammar.runs import Run  # noqa: PLC0415

    run = Run(understand(text).words)
    return list(by_date.find_other_forms(run)), list(by_number.find_other_forms(run))


def _relaxed(text: str) -> object:
    from search_app.query.grammar import understand  # noqa: PLC0415
    from search_app.query.relaxation import drop_constraints, leave_out_parts  # noqa: PLC0415

    query = understand(text).query
    return leave_out_parts(query), drop_constraints(query)


def _snippet(text: str) -> object:
    from corpus.article import Article  # noqa: PLC0415
    from search_app.answer.highlight import Highlighter  # noqa: PLC0415
    from search_app.answer.snippets import snippet  # noqa: PLC0415
    from search_app.answer.token_spans import TokenMatcher  # noqa: PLC0415
    from search_app.query.grammar import understand  # noqa: PLC0415

    words = understand('a 1 "a a"~5 nước hà nội').words
    article = Article(id="a", title="Nước lên", paragraphs=(f"Nước {text} rút",))
    marked = Highlighter(words).highlight(TokenMatcher(words).read(article))
    return snippet(marked), [one.fragments() for one in marked]


def _reprint(text: str) -> object:
    from corpus.article import Article  # noqa: PLC0415
    from search_app.answer.archive.reprint_changes import reprint_changes  # noqa: PLC0415

    first, other = (Article(id=mark, title=mark, paragraphs=(mark + text,)) for mark in "ab")
    return reprint_changes(first, other)


def _page(text: str) -> object:
    from corpus.cleaning.page import read_page  # noqa: PLC0415

    return read_page(f"Nước lên\n\nNước còn lên.\n\n{text}\n\nNước rút.")


def _read_again(text: str) -> object:
    """What no function may be: it reads at each place all that is left."""
    return [sum(map(ord, text[place:])) for place in range(len(text))]


def _bytes_of(name: str) -> Callable[[str], object]:
    def call(text: str) -> object:
        module, function = name.split(":")
        found: Callable[[bytes], object] = getattr(importlib.import_module(module), function)
        return found(text.encode("utf-8", "replace"))

    return call


_BY_HAND: dict[str, Callable[[str], object]] = {
    "tokens": _tokens,
    "widened": _widened,
    "relaxed": _relaxed,
    "snippet": _snippet,
    "reprint": _reprint,
    "page": _page,
    "read again": _read_again,
    "media": _bytes_of("corpus.readers.feeds.media:without_media_texts"),
    "entries": _bytes_of("corpus.readers.feeds.entries:entries_of"),
    "decoded": _bytes_of("corpus.encodings.decoding:decode_bytes"),
}
_QUERY = 980
_TOKENS = 16_000  # of what takes a microsecond and more at each character

LONG_TEXTS = (
    LongText("search_app.query.grammar:understand", _QUERY, 0.0),
    LongText("relaxed", _QUERY, 0.0),
    LongText("widened", _QUERY, 0.0),
    LongText("search_app.query.correction.quotes:remove_quotes", _QUERY, 0.0),
    LongText("search_app.query.correction.typed:find_typed_syllables", _TOKENS),
    LongText("search_app.query.completion:is_completed"),
    LongText("search_app.answer.sentences:sentences"),
    LongText("search_app.query.grammar.dates:read_dates"),
    LongText("search_app.answer.collation:collation_key"),
    LongText("indexer.text.words:texts"),
    LongText("indexer.text.words:joins", _TOKENS),
    LongText("corpus.tones:new_style"),
    LongText("tokens", _TOKENS),
    LongText("snippet", _TOKENS),
    LongText("reprint", _TOKENS),
    LongText("page"),
    LongText("media"),
    LongText("entries"),
    LongText("decoded"),
    LongText("corpus.cleaning.dates:parse_date"),
    LongText("corpus.cleaning.dates:date_in"),
    LongText("corpus.cleaning.bylines:byline_names"),
    LongText("corpus.encodings.mixed:read_mixed"),
    LongText("corpus.encodings.inner_text:recover_text"),
    LongText("corpus.readers.feeds.teaser:unbroken"),
    LongText("corpus.readers.markup.fragment:fragment_of"),
    LongText("corpus.cleaning.shortcodes:without_shortcodes"),
)
