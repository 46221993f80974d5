"""Which article do the sorted fields of a record make? One field that cannot be read does not refuse it.

What cannot be read is left empty and told: a date that is none, a number where a name should be. A record
without a title is known by its first words. Only one without any text is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.article import MAX_FIELD_CHARACTERS, Article, is_possible_text
from corpus.cleaning.caption_places import caption_places, places_after_split
from corpus.cleaning.dates import parse_date
from corpus.cleaning.glued import split_glued
from corpus.cleaning.lines import lines
from corpus.cleaning.persons import persons
from corpus.cleaning.program_defaults import is_default_title
from corpus.cleaning.supplied_title import supplied_title
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.published import Published, last_change
from corpus.publishers import named_source
from corpus.readers.records.capture_bound import latest_day
from corpus.readers.records.field_map import DATES, MODIFIED, Field, SortedFields
from corpus.readers.records.given_places import counted_in_lines, placed_captions
from corpus.readers.records.inferred_year import with_inferred_year
from corpus.readers.records.inner_texts import decode_inner_texts, inner_encoding_of
from corpus.readers.records.markup_values import fragment_in, line_in, text_in
from corpus.readers.records.record_id import id_of
from corpus.readers.records.values import parse_moment, parse_names, parse_places, parse_text, shown

_FIRST_OF_SEVERAL = frozenset({"section", "source"})  # of the names in a list the first is the article's
_ABSENT: Field = ("", None)


@dataclass(frozen=True, slots=True)
class Made:
    """An article, and the values of its record that could not be read ("date: 'Unknown'")."""

    article: Article
    unreadable: tuple[str, ...]


def article_of_fields(fields: SortedFields, context: Context, *, is_markup: bool) -> Made:
    """The article of a record's sorted fields.

    Args:
        is_markup: whether values may be HTML, as in exports; the text of a document is none.

    Raises:
        ImpossibleValueError: the record has no text, or the article cannot be.
    """
    values = _Values(_decoded(fields.taken, context), is_markup)
    parts = values.parts()
    title = values.line("title")
    if is_default_title(title):
        title = ""
    if len(title) > MAX_FIELD_CHARACTERS:  # a text, in the place of a title
        parts |= {"paragraphs": (*lines(title), *parts["paragraphs"]), "caption_places": ()}
        title = ""
    title = title or supplied_title((*parts["lede"].splitlines(), *parts["paragraphs"], *parts["captions"]))
    if not any((parts["lede"], parts["paragraphs"], parts["captions"])):
        values.raise_where_text_is_wrong(fields.first)
    source = named_source(values.line("source"))
    published = values.published(context)
    url = values.address()
    article_id, impossible = id_of(fields, values.given("id"), context.stem, (title, source, published))
    if impossible:
        values.unreadable.append(f"id: {shown(impossible)}")
    article = Article(
        id=article_id,
        title=title,
        url=url,
        source=source,
        section=values.line("section"),
        authors=persons(values.names("authors"), source=source, url=url),
        published=published,
        tags=values.names("tags"),
        related=values.related(),
        **parts,
    )
    return Made(with_inferred_year(article, context), tuple(dict.fromkeys(values.unreadable)))


def _decoded(taken: Mapping[str, Field], context: Context) -> Mapping[str, Field]:
    """The fields after decoding their inner encoding."""
    name = inner_encoding_of(dict(taken), context)
    if not name:
        return taken
    return {
        ours: (theirs, value if ours == "id" else decode_inner_texts(value, name))
        for ours, (theirs, value) in taken.items()
    }


@dataclass(slots=True)
class _Values:
    """Reads the values of a record's fields, and notes what cannot be read."""

    taken: Mapping[str, Field]
    is_markup: bool
    unreadable: list[str] = field(default_factory=list)
    _wrong: dict[str, ImpossibleValueError] = field(default_factory=dict)

    def given(self, ours: str) -> str:
        """The value of a field as one text, as it stands."""
        name, value = self.taken.get(ours, _ABSENT)
        if isinstance(value, list) and ours in _FIRST_OF_SEVERAL:
            value = value[:1]
        try:
            return parse_moment(name, value) if ours in DATES else parse_text(name, value)
        except ImpossibleValueError as error:
            self._note(ours, error)
            return ""

    def line(self, ours: str) -> str:
        """The value of a field that is one line."""
        text = line_in(self.given(ours)) if self.is_markup else self.given(ours)
        return text if ours == "title" or self._can_be(ours, text) else ""

    def address(self) -> str:
        """The article's address; in HTML its ampersands are escaped."""
        text = self.line("url") if self.given("url").startswith("<") else self.given("url")
        text = text.replace("&amp;", "&") if self.is_markup else text
        return text if self._can_be("url", text) else ""

    def names(self, ours: str) -> tuple[str, ...]:
        """The distinct names of a field."""
        name, value = self.taken.get(ours, _ABSENT)
        try:
            if self.is_markup and isinstance(value, str):
                value = line_in(value)
            names = parse_names(name, value)
        except ImpossibleValueError as error:
            self._note(ours, error)
            return ()
        if self.is_markup:
            names = tuple(dict.fromkeys(plain for text in names if (plain := line_in(text))))
        return tuple(text for text in names if self._can_be(ours, text))

    def published(self, context: Context) -> Published:
        """The date of publication; else the day of the last change, and empty where no date can be read."""
        latest = latest_day(context)
        for ours in ("published", MODIFIED):
            text = self.given(ours)
            date = parse_date(text, not_after=latest)
            if date.text:
                return date if ours == "published" else last_change(date)
            if text:
                self.unreadable.append(f"{self.taken[ours][0]}: {shown(text)}")
        return Published()

    def related(self) -> tuple[str, ...]:
        """The lines of related text."""
        return tuple(line for line in self._lines("related") if self._can_be("related", line))

    def parts(self) -> dict[str, Any]:
        """The lede, the paragraphs, the captions and their places."""
        members = self._members("paragraphs")
        ordered = [list(self._ordered(member)) for member in members]
        text = tuple(line for member in ordered for line, is_caption in member if not is_caption)
        within = tuple(dict.fromkeys(line for member in ordered for line, is_caption in member if is_caption))
        paragraphs = split_glued(text)
        captions, places = self._captions(members)
        if within:
            order = [line for member in ordered for line, _ in member]
            # Captions of the text come first, for their places are known.
            places = caption_places(order, within, text)
            captions = tuple(dict.fromkeys((*within, *captions)))
        return {
            "lede": "\n".join(self._lines("lede")),
            "paragraphs": paragraphs,
            "captions": captions,
            "caption_places": places_after_split(places, len(text), len(paragraphs)),
        }

    def raise_where_text_is_wrong(self, first: Mapping[str, Field]) -> None:
        """Refuses a record without any text, where one of its texts has a wrong type or is an object.

        Raises:
            ImpossibleValueError: "wrong-type".
        """
        for ours in ("paragraphs", "lede", "captions", "title"):
            if ours in self._wrong:
                raise self._wrong[ours]
            if ours not in self.taken and isinstance(first.get(ours, _ABSENT)[1], dict):
                parse_text(*first[ours])

    def _captions(self, members_of_text: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The captions that the record gives, and their places."""
        members = [self._plain(member) for member in self._members("captions")]
        name, value = self.taken.get("caption_places", _ABSENT)
        given = parse_places(name, value)
        paragraphs = self.taken.get("paragraphs", _ABSENT)[1]
        body = [self._plain(member) for member in members_of_text] if given else []
        counted = counted_in_lines(
            ("paragraphs", body if isinstance(paragraphs, list) else "\n".join(body)), given
        )
        if None in counted or len(counted) > len(members):
            self.unreadable.append(f"{name}: {shown(value)}")
        return placed_captions(("captions", members), counted)

    def _can_be(self, ours: str, text: str) -> bool:
        """Whether an article can have the value; one that it cannot have is noted."""
        can_be = len(text) <= MAX_FIELD_CHARACTERS or ours == "related"
        if can_be and is_possible_text(text):
            return True
        self.unreadable.append(f"{self.taken[ours][0]}: {shown(text)}")
        return False

    def _members(self, ours: str) -> list[str]:
        """The members of a field's list, or its lines where it is one text that is no HTML."""
        name, value = self.taken.get(ours, _ABSENT)
        try:
            members = [parse_text(name, part) for part in (value if isinstance(value, list) else [value])]
        except ImpossibleValueError as error:
            self._note(ours, error)
            return []
        if isinstance(value, list) or (self.is_markup and fragment_in(members[0]) is not None):
            return members
        return list(lines(self._plain(members[0])))

    def _lines(self, ours: str) -> Iterator[str]:
        return (line for member in self._members(ours) for line in lines(self._plain(member)))

    def _ordered(self, member: str) -> Iterator[tuple[str, bool]]:
        """The lines of a member in order, each with whether it is a caption."""
        fragment = fragment_in(member) if self.is_markup else None
        if fragment is None:
            yield from ((line, False) for line in lines(self._plain(member)))
        else:
            yield from ((line, line in fragment.captions) for line in fragment.order)

    def _plain(self, text: str) -> str:
        return text_in(text) if self.is_markup else text

    def _note(self, ours: str, error: ImpossibleValueError) -> None:
        name, value = self.taken[ours]
        self._wrong[ours] = error
        self.unreadable.append(f"{name}: {shown(value)}")
