"""How are counts of items printed at a terminal? What is counted, in a sentence; then a line an item."""

import click

from corpus.message import say
from indexer.counting import TokenUnit
from search_app.answer.counting.collocations import Collocations
from search_app.answer.counting.comparing import ComparedPart, ComparedSide, Comparison
from search_app.answer.counting.keywords import Keyword, Keywords
from search_app.answer.counting.ngrams import Ngrams
from search_app.cli import output
from search_app.cli.terminal import decimal, grouped, printable
from search_app.language import Translate

_DIGITS = 2


def print_collocations(found: Collocations, translate: Translate) -> None:
    """Prints collocates."""
    window = found.request.window
    output.line(
        say(
            "{hits} hits in {articles} articles; {window} {unit} stand up to {left} before and {right} after"
            " them, of {held} in the {held_articles} articles held.",
            hits="–" if found.hits is None else grouped(found.hits),
            articles=grouped(found.articles),
            window=grouped(found.window_tokens),
            unit=_unit(window.unit, translate),
            left=window.before,
            right=window.after,
            held=grouped(found.held_tokens),
            held_articles=grouped(found.held_articles),
        ),
        translate,
    )
    names = (
        translate("Collocate"), translate("Frequency"), translate("In all that is held"),
        translate("Log-likelihood"), "logDice", translate("Log ratio"),
    )  # fmt: skip
    _row(*names)
    for one in found.collocates:
        measures = (one.log_likelihood, one.log_dice, one.log_ratio)
        _row(one.text, grouped(one.together), grouped(one.held), *map(_measured, measures))
    _segmenter(found.segmenter, translate)


def print_keywords(found: Keywords, translate: Translate) -> None:
    """Prints keywords."""
    output.line(
        say(
            "{articles} articles ({tokens} {unit}) against {rest_articles} others ({rest} {unit}).",
            articles=grouped(found.articles),
            tokens=grouped(found.tokens),
            unit=_unit(found.request.unit, translate),
            rest_articles=grouped(found.rest_articles),
            rest=grouped(found.rest_tokens),
        ),
        translate,
    )
    if found.articles and not found.rest_articles:
        output.line(say("All articles match: there is no rest that they could be held against."), translate)
    else:
        _keywords(found.keywords, translate)
    _segmenter(found.segmenter, translate)


def print_ngrams(found: Ngrams, translate: Translate) -> None:
    """Prints a word list, or n-grams."""
    output.line(
        say(
            "{articles} articles: {runs} runs of {length} {unit}, {distinct} different ones.",
            articles=grouped(found.articles),
            runs=grouped(found.runs),
            length=found.request.length,
            unit=_unit(found.request.unit, translate),
            distinct="–" if found.distinct is None else grouped(found.distinct),
        ),
        translate,
    )
    is_syllable = found.request.unit is TokenUnit.SYLLABLE
    _row(
        translate("Syllable") if is_syllable else translate("Words"),
        translate("Frequency"),
        translate("Per million"),
    )
    for one in found.ngrams:
        _row(one.text, grouped(one.count), _measured(one.per_million))
    _segmenter(found.segmenter, translate)


def print_comparison(found: Comparison, translate: Translate) -> None:
    """Prints what two selections find, and the keywords of each."""
    _row(
        translate("Found by"), translate("Articles"), translate("Stories"), translate("Hits of the first"),
        translate("Hits of the second"),
    )  # fmt: skip
    _part(translate("the first alone"), found.only_here)
    _part(translate("the second alone"), found.only_there)
    _part(translate("both"), found.both)
    for side in (found.here, found.there):
        _side(side, translate)
    _segmenter(found.segmenter, translate)


def _part(name: str, part: ComparedPart) -> None:
    hits = ("" if some is None else grouped(some) for some in (part.hits, part.other_hits))
    _row(name, grouped(part.articles), grouped(part.stories), *hits)


def _side(side: ComparedSide, translate: Translate) -> None:
    click.echo()
    output.line(
        say(
            "Keywords of “{query}”: {articles} articles, against those that only the other finds.",
            query=side.asked.understood.text,
            articles=grouped(side.articles),
        ),
        translate,
    )
    if side.keywords:
        _keywords(side.keywords, translate)
    else:
        output.line(
            say("There is none: nothing stands there more often than in what only the other finds."),
            translate,
        )


def _keywords(keywords: tuple[Keyword, ...], translate: Translate) -> None:
    _row(
        translate("Keyword"), translate("Frequency"), translate("Per million"), translate("In the rest"),
        translate("Per million"), translate("Log-likelihood"), translate("Log ratio"),
    )  # fmt: skip
    for one in keywords:
        rates = _measured(one.per_million), _measured(one.rest_per_million)
        measures = _measured(one.log_likelihood), _measured(one.log_ratio)
        _row(one.text, grouped(one.count), rates[0], grouped(one.rest), rates[1], *measures)


def _segmenter(name: str, translate: Translate) -> None:
    output.line(say("Words as {segmenter} cuts them.", segmenter=name), translate)


def _unit(unit: TokenUnit, translate: Translate) -> str:
    return translate("syllables") if unit is TokenUnit.SYLLABLE else translate("words")


def _measured(value: float | None) -> str:
    return "" if value is None else decimal(value, _DIGITS)


def _row(*cells: str) -> None:
    click.echo("\t".join(map(printable, cells)))
