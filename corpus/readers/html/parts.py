"""What are the parts of the article on a page? Its lines cleaned by the rules of every other way in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.cleaning.bylines import is_credit_line, named, signers
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.datelines import Dateline
from corpus.cleaning.lines import lines, sameness
from corpus.cleaning.related import end_of_article, is_end_marker
from corpus.readers.html.region import Region
from corpus.readers.html.sections import sections_above
from corpus.readers.html.signs import own_dateline
from corpus.readers.html.sorting import Kind, sorted_lines
from corpus.readers.html.tables import joined_rows

_SIGNED_LINES = 3  # at the end of the text


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an article as its page prints them.

    Attributes:
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
        """Characters of the lede and the paragraphs."""
        return sum(map(len, (self.lede, *self.paragraphs)))


def parts_of(found: Region, papers: tuple[str, ...]) -> Parts:
    """The parts of the article whose stretch was found, in a paper of these names."""
    sorted_ = list(joined_rows(list(sorted_lines(found))))
    captions = tuple({sameness(text): text for text in _texts(sorted_, Kind.CAPTION)}.values())
    text = _without(captions, _texts(sorted_, Kind.TEXT))
    parts = _cleaned(_texts(sorted_, Kind.LEDE), text, papers)
    authors = (name for line in _texts(sorted_, Kind.AUTHOR) for name in named(line))
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
        sections=sections_above(found),
        related=(*_texts(sorted_, Kind.BESIDE), *parts.related),
    )


def parts_of_text(text: str, papers: tuple[str, ...]) -> Parts:
    """The parts of an article whose page gives its text in the head alone."""
    return _cleaned([], list(lines(text)), papers)


def _cleaned(named_lede: list[str], text: list[str], papers: tuple[str, ...]) -> Parts:
    text, after = _until_the_end(text)
    text, signed, credited = _without_signature(text)
    lede, text = _lede(named_lede, text)
    dateline = own_dateline(lede, papers)
    place = [dateline.text] if dateline.place else []
    return Parts(
        lede=dateline.rest,
        dateline=dateline,
        paragraphs=tuple(text),
        signed=tuple(signed),
        related=(*place, *credited, *after),
        opening=() if named_lede else (lede,),
    )


def _texts(lines: Iterable[tuple[Kind, str]], kind: Kind) -> list[str]:
    return [text for one, text in lines if one is kind]


def _without(captions: Sequence[str], text: Iterable[str]) -> list[str]:
    """The text without lines that say a caption again."""
    known = {sameness(caption) for caption in captions}
    return [line for line in text if sameness(line) not in known]


def _until_the_end(text: list[str]) -> tuple[list[str], list[str]]:
    """The text up to the heading over other articles; what stands after a heading in its midst stays.

    In a page's text such a heading is mostly the heading of a box whose links are gone already.
    """
    end = end_of_article(text)
    rest = text[end + 1 :]
    in_the_midst = sum(len(line) for line in rest) > sum(len(line) for line in text[:end]) / 4
    if end == len(text) or not in_the_midst:
        return text[:end], text[end:]
    kept = [line for line in text if not is_end_marker(line)]
    return kept, [line for line in text if is_end_marker(line)]


def _without_signature(text: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The text without the lines below it that sign it, the signers, and whom it was taken from."""
    signed: list[str] = []
    credited: list[str] = []
    for _ in range(_SIGNED_LINES):
        if len(text) < 2:  # noqa: PLR2004 - a signature stands below a text
            break
        if names := signers(text[-1]):
            signed = [*names, *signed]
        elif is_credit_line(text[-1]):
            credited.insert(0, text[-1])
        else:
            break
        text = text[:-1]
    return text, signed, credited


def _lede(named: list[str], text: list[str]) -> tuple[str, list[str]]:
    """The lede that the page marks, else its first paragraph; and the text without it."""
    if named:
        known = {sameness(line) for line in named}
        return "\n".join(dict.fromkeys(named)), [line for line in text if sameness(line) not in known]
    return (text[0], text[1:]) if text else ("", [])
