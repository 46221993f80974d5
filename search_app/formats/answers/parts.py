"""What do several answers hold? Marked text, problems of a query, prints of a story."""

from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema


class PartAnswer(AnswerSchema):
    """A stretch of text."""

    text = shape.text("the original characters")
    hit = shape.flag("whether the query matches it")


class ProblemAnswer(AnswerSchema):
    """Where a query was understood otherwise than it may have been meant."""

    code = shape.text("stable name")
    message = shape.message("a sentence in the language asked for")
    start = shape.count("first character of the place in the query")
    end = shape.count("the character after it")


class PrintedAnswer(AnswerSchema):
    """An article as one of the prints of a story."""

    id = shape.text("of the article")
    title = shape.text("as published")
    source = shape.text("the newspaper")
    published = shape.text("EDTF at the precision that is known", "published.text", none=True)


class StoryAnswer(AnswerSchema):
    """The prints of one text."""

    dated = shape.flag("whether it is known that the first was published first")
    articles = shape.many(PrintedAnswer, "the first published first", "prints")
