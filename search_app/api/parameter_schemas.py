"""What can an address ask for? The parameters, described; search_app.api.parameters reads them."""

from marshmallow import Schema, fields, validate

from indexer.query import Sort
from search_app.language import LANGUAGES
from search_app.settings import MAX_PAGE_SIZE

_DATE = "a year, month or day: 2013, 5/2013, 26/5/2013, 2013-05-26"


def _asked(
    description: str, *rules: validate.Validator, example: str = "", key: str | None = None
) -> fields.Str:
    metadata = {"description": description} | ({"example": example} if example else {})
    return fields.Str(validate=list(rules), metadata=metadata, data_key=key)


def _flag(description: str) -> fields.Str:
    return _asked(description, validate.OneOf(["", "0", "1"]))


class LanguageParameter(Schema):
    """In which language messages are said."""

    lang = _asked("language of messages", validate.OneOf(LANGUAGES), example="vi")


class QueryParameter(LanguageParameter):
    """A query alone."""

    q = _asked("the query, as a person types it (docs/query.md)", example="lao cai")
    widen = _flag("1: other spellings and names too; 0: only what was typed")


class ArticleParameters(QueryParameter):
    """A query whose matches are marked."""

    not_also = fields.List(fields.Str(), metadata={"description": "a spelling or name that is not searched"})


class SearchParameters(ArticleParameters):
    """Everything that narrows and orders a search."""

    page = _asked("from 1", validate.Regexp(r"^[0-9]{0,18}$"))
    size = _asked(f"results a page, 1 to {MAX_PAGE_SIZE}", validate.Regexp(r"^[0-9]{0,9}$"))
    sort = _asked("order", validate.OneOf(["", *(one.value for one in Sort)]))
    source = fields.List(fields.Str(), metadata={"description": "a newspaper; empty: none given"})
    section = fields.List(fields.Str(), metadata={"description": "a section; empty: none given"})
    year = fields.List(fields.Str(), metadata={"description": "a year; empty: not known"})
    month = fields.List(fields.Str(), metadata={"description": "a month, 2013-05; empty: not known"})
    not_source = fields.List(fields.Str(), metadata={"description": "a newspaper that is left out"})
    not_section = fields.List(fields.Str(), metadata={"description": "a section that is left out"})
    not_year = fields.List(fields.Str(), metadata={"description": "a year that is left out"})
    not_month = fields.List(fields.Str(), metadata={"description": "a month that is left out"})
    stories = _flag("1: one result a story; pages are of stories")
    as_typed = _flag("1: no repair of what finds nothing")
    first = _asked(f"published on or after: {_DATE}", key="from")
    last = _asked(f"published on or before: {_DATE}", key="to")


class CoverageParameters(LanguageParameter):
    """Whose articles are counted."""

    source = _asked("a newspaper; else all", example="")


class ChangesParameters(LanguageParameter):
    """What an article is held against."""

    against = _asked("id of another article; else the first print of its story")
