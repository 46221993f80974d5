"""What are the parts of the article on a page? Its lines, cleaned by the same rules as other texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.cleaning.bylines import byline_names
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.datelines import Dateline
from corpus.cleaning.lines import comparison_key, lines
from corpus.cleaning.related import end_of_article, is_end_marker
from corpus.cleaning.signatures import split_signature
from corpus.readers.html.authors import authors_within
from corpus.readers.html.region import Region
from corpus.readers.html.sections import sections_above
from corpus.readers.html.signs import is_own, own_dateline
from corpus.readers.html.sorting import Kind, sorted_lines
from corpus.readers.html.tables import joined_rows


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an article as its page prints them.

    Attributes:
        signed: the names in the signatures, whose lines are related text.
        opening: the first paragraph as printed, where it became the lede.
    """

    lede: str
    dateline: Dateline
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]
    related: tuple[str, ...]
    captions: tuple[str, ...] = ()
    caption_places: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """The number of characters of the lede and the paragraphs."""
        return sum(map(len, (self.lede, *self.paragraphs)))


def parts_of(region: Region, papers: tuple[str, ...]) -> Parts:
    """The parts of an article in its region of the page, in a paper with these names."""
    sorted_ = list(joined_rows(list(sorted_lines(region))))
    captions = tuple({comparison_key(text): text for text in _texts(sorted_, Kind.CAPTION)}.values())
    text = _without(captions, _texts(sorted_, Kind.TEXT))
    parts = _cleaned(_texts(sorted_, Kind.LEDE), text, papers)
    authors = [name for line in _texts(sorted_, Kind.AUTHOR) for name in byline_names(line)]
    authors = authors or list(authors_within(region))
    return replace(
        parts,
        captions=captions,
        caption_places=caption_places(
            (line for kind, line in sorted_ if kind in {Kind.TEXT, Kind.CAPTION}),
            captions,
            parts.paragraphs,
            parts.opening,
        ),
        signed=(*authors, *parts.signed),
        sections=sections_above(region),
        related=(*(line for kind, line in sorted_ if kind in {Kind.BESIDE, Kind.AUTHOR}), *parts.related),
    )


def parts_of_text(text: str, papers: tuple[str, ...], captions: Sequence[str] = ()) -> Parts:
    """The parts of an article whose text is only in the page's head, without lines that are captions."""
    return _cleaned([], _without(captions, lines(text)), papers)


def filled_in(printed: Parts, text: str, papers: tuple[str, ...]) -> Parts:
    """The parts of an article whose text is in the head of a page that prints captions and some lines.

    The places of the captions are not known. Printed lines that are not in the text are related text.
    """
    given = parts_of_text(text, papers, printed.captions)
    known = comparison_key(" ".join(lines(text)))
    others = (*filter(None, printed.lede.splitlines()), *printed.paragraphs, *printed.related)
    return replace(
        given,
        captions=printed.captions,
        signed=(*given.signed, *printed.signed),
        sections=printed.sections,
        related=(*given.related, *(line for line in others if comparison_key(line) not in known)),
    )


def _cleaned(named_lede: list[str], text: list[str], papers: tuple[str, ...]) -> Parts:
    text, after = _until_the_end(text)
    head = ["\n".join(named_lede)] if named_lede else []
    signed = split_signature((*head, *text))
    lede, text = _lede(named_lede, list(signed.text[len(head) :]))
    dateline = own_dateline(lede, papers)
    own = not papers or is_own(dateline.source, papers)
    return Parts(
        lede=dateline.rest,
        dateline=dateline,
        paragraphs=tuple(text),
        signed=signed.authors,
        related=(*dateline.said_besides(own=own), *signed.signature, *after),
        opening=() if named_lede else (lede,),
    )


def _texts(lines: Iterable[tuple[Kind, str]], kind: Kind) -> list[str]:
    return [text for line_kind, text in lines if line_kind is kind]


def _without(captions: Sequence[str], text: Iterable[str]) -> list[str]:
    """The text without lines that repeat a caption."""
    known = {comparison_key(caption) for caption in captions}
    return [line for line in text if comparison_key(line) not in known]


def _until_the_end(text: list[str]) -> tuple[list[str], list[str]]:
    """The text up to the heading over other articles; a heading in the middle of the text does not end it.

    Such a heading is mostly that of a box whose links were removed already.
    """
    end = end_of_article(text)
    rest = text[end + 1 :]
    in_the_midst = sum(len(line) for line in rest) > sum(len(line) for line in text[:end]) / 4
    if end == len(text) or not in_the_midst:
        return text[:end], text[end:]
    kept = [line for line in text if not is_end_marker(line)]
    return kept, [line for line in text if is_end_marker(line)]


def _lede(named: list[str], text: list[str]) -> tuple[str, list[str]]:
    """The lede that the page marks, else the first paragraph; and the text without it."""
    if named:
        known = {comparison_key(line) for line in named}
        return "\n".join(dict.fromkeys(named)), [line for line in text if comparison_key(line) not in known]
    return (text[0], text[1:]) if text else ("", [])
