"""Every pattern of the project takes linear time in the way it is called, whatever the text."""

import re
from typing import Any

from corpus import normal_form
from corpus.cleaning import footer
from corpus.encodings import mixed, tables
from indexer.text import token_pattern
from search_app.query.grammar import dates_in_words
from tests.patterns.faults import faults
from tests.patterns.uses import Use, uses, walks

Made = tuple[re.Pattern[Any], str] | tuple[re.Pattern[Any], str, int]

MADE_WHILE_RUNNING: dict[tuple[str, str], list[Made]] = {
    ("corpus.cleaning.footer", "_starts"): [(footer._starts(), "match")],
    ("corpus.encodings.mixed", "_any_of"): [
        (mixed._sequences()[0], "search"),
        (mixed._sequences()[1], "sub"),
    ],
    ("corpus.encodings.tables", "table"): [
        (tables.table(name).signs, "sub") for name in ("tcvn3", "vni", "viscii", "vps", "viqr")
    ],
    ("indexer.text.token_pattern", "token_pattern"): [
        (token_pattern.token_pattern(), "finditer", token_pattern.MAX_PIECE)
    ],
    ("search_app.query.grammar.dates_in_words", ""): [
        (pattern, "finditer") for pattern in dates_in_words._PATTERNS
    ],
    (
        "indexer.text.word_source",
        "underthesea_pattern",
    ): [],  # the linear form is made of it
    ("indexer.text.word_model", "_is_run"): [(re.compile("[^ ]+ [^ ]+ [^ ]+"), "fullmatch")],
}
"""What compiles a pattern that only the running program knows, and such patterns.

Each with the method that is called, and the longest text where that is bounded.
"""

WALKING = {
    "corpus.cleaning.datelines": "of the first 400 characters of a lede, once",
    "corpus.cleaning.glued": "test_long_texts: page",
    "corpus.cleaning.shortcodes": "test_long_texts: without_shortcodes; what one encloses, once",
    "corpus.readers.feeds.feed": "where the first entry begins, once",
    "corpus.readers.feeds.entries": "test_long_texts: entries",
    "corpus.readers.feeds.media": "test_long_texts: media",
    "corpus.readers.feeds.teaser": "test_long_texts: unbroken",
    "corpus.readers.html.page_file": "below a comment, once, of the first 4,096 bytes",
    "corpus.readers.html.saved_from": "of a page's first 64 KiB, once, and behind a name, once",
    "corpus.readers.json.arrays": "white space before a value, which is read from where it ends",
    "corpus.readers.warc.stream": "blank lines in what is held, which are read from where they end",
    "search_app.query.grammar.parser": "between two tokens",
    "search_app.query.grammar.tokens": "test_long_texts: tokens",
    "search_app.query.correction.typed": "test_long_texts: find_typed_syllables; within a token",
    "search_app.answer.passages": "within one text of an article, once",
    "search_app.answer.sentences": "test_long_texts: sentences",
    "search_app.query.expansion.by_number": "test_long_texts: widened",
}
"""The modules that try patterns from a place on, and what says that they read no text again and again."""

# How the project once wrote them, or might have: each fault is of another kind.
BAD: dict[str, tuple[str | bytes, str]] = {
    "two alternatives share a letter": (r"(?:[^\W\d]|[\u00ad\u115f])+:", "match"),
    "three parts share the stops": (r"(.*?)\.{2,}(.*)", "fullmatch"),
    "white space before a mark": (r"\s*[,/]\s*", "split"),
    "white space at the end": (r"\s+$", "sub"),
    "a run before its end": (r"[a-z]+$", "search"),
    "an end that is looked for from each beginning": (r"(?s:<!--.*?-->)", "sub"),
    "a name before its colon": (r"([^\s():]+):([^\s]*)$", "search"),
    "comments, one or several": (rb"(?s:<!--.*?-->)*<html", "match"),
    "a bound that is a thousand": (r"<a>.{0,4000}?</a>", "finditer"),
    "two loops": (r"(?:a+)+b", "fullmatch"),
}


def test_every_pattern_is_found() -> None:
    found, unread = uses()
    assert {(one.module, one.function) for one in unread} == set(MADE_WHILE_RUNNING)
    assert {("syllables", "finditer"), ("dates", "fullmatch"), ("region", "split")} <= {
        (use.place.split(":")[0].split(".")[-1], use.method) for use in found
    }


def test_every_pattern_is_linear() -> None:
    found, _ = uses()
    made = [
        Use(f"{module}:{maker}", *one)
        for (module, maker), patterns in MADE_WHILE_RUNNING.items()
        for one in patterns
    ]
    slow = faults([*found, *made])
    said = "\n".join(f"{use.place} {use.method}: {attack}" for use, attack in slow)
    assert not slow, said


def test_a_pattern_that_is_not_linear_is_found() -> None:
    bad = [Use(kind, re.compile(source), method) for kind, (source, method) in BAD.items()]
    assert {fault.task.place for fault in faults(bad)} == set(BAD)


def test_what_walks_over_a_text_is_known() -> None:
    assert walks() == set(WALKING)


def test_an_invisible_letter_is_named() -> None:
    invisible = [chr(code) for code in range(0x10000) if re.match(f"[{normal_form.INVISIBLE}]", chr(code))]
    letters = [one for one in invisible if re.match(r"\w", one)]
    assert letters == re.findall(f"[{normal_form.INVISIBLE_LETTERS}]", "".join(invisible))
