"""How do the pieces that a page has most of become HTML? Results and values of facets, by no template.

Templates would take half of a page's time in them. Every text that is put in goes through ``escape``: what
stands in the braces of a string is that, or a piece that this module made. tests/web/test_pieces.py refuses
anything else by the syntax tree.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup

from corpus.message import Message, say
from corpus.published import Precision, Published
from search_app.answer.highlight import Fragment
from search_app.answer.pages import PageHit, Printed
from search_app.formats.dates import published_text
from search_app.language import count_translator, number_text, translator
from search_app.web.address import Address
from search_app.web.html_text import Html, escape, joined
from search_app.web.narrowing import FacetLink

SYLLABLES_A_MINUTE = 260
"""An unhurried reader's: some four syllables a second."""

_NOTHING = Html("")
_COMMA = Html(", ")


class Pieces:
    """The pieces in one language. Templates call the public methods by their names."""

    def __init__(self, language: str) -> None:
        self._language = language
        translate = translator(language)
        self._keep_it, self._why = translate("Keep"), translate("why?")
        self._scattered, self._lacks = translate("scattered:"), translate("lacks:")
        self._but_has = translate("but has")
        self._first, self._compared = translate("first printed:"), translate("compared with:")
        self._here_first = translate("printed here first")
        self._chosen = translate("chosen; choose again to remove")
        self._take_up, self._leave_out = translate("Take up again"), translate("Leave out")

    def hit_list(self, hits: Sequence[PageHit], address: Address) -> Markup:
        """The results of a tier; links to them keep the address."""
        return Markup(self._hit_list(hits, address))  # noqa: S704 - Html

    def facet_values(self, links: Iterable[FacetLink]) -> Markup:
        """The values of a facet, each with a link that chooses it and one that leaves it out."""
        return Markup(self._facet_values(links))  # noqa: S704 - Html

    def when(self, date: Published) -> Markup:
        """A date of publication, for programs too where it is known."""
        return Markup(self._when(date))  # noqa: S704 - Html

    def keep(self, article_id: str) -> Markup:
        """The button that keeps an article in the basket."""
        return Markup(self._keep(article_id))  # noqa: S704 - Html

    def _hit_list(self, hits: Sequence[PageHit], address: Address) -> Html:
        return Html(
            f'<ol class="hits" start="{escape(str(hits[0].rank))}">\n'
            f"{joined([self._hit(hit, address) for hit in hits])}</ol>\n"
        )

    def _hit(self, hit: PageHit, address: Address) -> Html:
        return Html(
            f'<li class="hit">\n<h3 lang="vi"><a class="title" href="{escape(address.article(hit.id))}">'
            f'{_marked(hit.title)}</a></h3>\n<p class="byline">\n'
            f"{_vietnamese(hit.source)}\n{_vietnamese(hit.section)}\n{self._when(hit.published)}\n"
            f"{self._length(hit)}\n{self._reasons(hit, address)}\n{self._keep(hit.id)}\n</p>\n"
            f"{_snippet(hit.snippet)}{self._story(hit, address)}\n"
            f"{self._scattered_units(hit)}{self._lacking_words(hit)}</li>\n"
        )

    def _when(self, date: Published) -> Html:
        said = published_text(date, self._language)
        if date.precision is Precision.NONE:
            return Html(f"<span>{escape(said)}</span>")
        return Html(f'<time datetime="{escape(date.plain)}">{escape(said)}</time>')

    def _keep(self, article_id: str) -> Html:
        return Html(
            f'<button class="bare keep scripted" type="button" lang="{escape(self._language)}"'
            f' data-id="{escape(article_id)}" aria-pressed="false">{escape(self._keep_it)}</button>'
        )

    def _length(self, hit: PageHit) -> Html:
        if not hit.syllables:
            return _NOTHING
        minutes = max(1, round(hit.syllables / SYLLABLES_A_MINUTE))
        return Html(f"<span>{escape(_time_to_read(minutes, self._language))}</span>")

    def _reasons(self, hit: PageHit, address: Address) -> Html:
        """The link to why it is found; none where nothing is scored."""
        if not (address.query and hit.score):
            return _NOTHING
        return Html(
            f'<a class="why" href="{escape(address.why(hit.id))}" rel="nofollow">{escape(self._why)}</a>'
        )

    def _story(self, hit: PageHit, address: Address) -> Html:
        """How many prints of its story are not shown, and which was the first."""
        if not hit.collapsed and (hit.first is None or hit.first.id == hit.id):
            return _NOTHING
        return Html(
            f'<p class="story">\n{self._others(hit, address)}\n{self._which_first(hit, address)}</p>\n'
        )

    def _others(self, hit: PageHit, address: Address) -> Html:
        """How many others are not shown, as a link to all prints of the story."""
        if not hit.collapsed:
            return _NOTHING
        ngettext, count = count_translator(self._language), hit.collapsed
        template = ngettext(
            "and {count} other article of this story", "and {count} other articles of this story", count
        )
        said = Message(template, {"count": number_text(count, self._language)})
        return Html(f'<a href="{escape(address.article(hit.id))}#story">{escape(str(said))}</a>')

    def _which_first(self, hit: PageHit, address: Address) -> Html:
        if hit.first is not None and hit.first.id != hit.id:
            return self._link_to_first(hit.first, address, dated=hit.first_dated)
        if hit.first is None or not hit.first_dated:
            return _NOTHING
        return Html(f"<span>{escape(self._here_first)}</span>\n")

    def _link_to_first(self, first: Printed, address: Address, *, dated: bool) -> Html:
        return Html(
            f"<span>{escape(self._first if dated else self._compared)}</span>"
            f' <a href="{escape(address.article(first.id))}" lang="vi">'
            f"{escape(first.source or first.title)}</a> {self._when(first.published)}\n"
        )

    def _scattered_units(self, hit: PageHit) -> Html:
        if not hit.scattered:
            return _NOTHING
        units = map(_quoted, hit.scattered)
        return Html(f'<p class="lacks">{escape(self._scattered)} {joined(units, _COMMA)}</p>\n')

    def _lacking_words(self, hit: PageHit) -> Html:
        if not hit.lacks:
            return _NOTHING
        said = [self._lacking(word, instead) for word, instead in hit.lacking]
        return Html(f'<p class="lacks">{escape(self._lacks)} {joined(said, _COMMA)}</p>\n')

    def _lacking(self, word: str, instead: str) -> Html:
        if not instead:
            return _quoted(word)
        return Html(f"{_quoted(word)} ({escape(self._but_has)} {_quoted(instead)})")

    def _facet_values(self, links: Iterable[FacetLink]) -> Html:
        return Html(f'<ul class="values">\n{joined([self._facet_value(link) for link in links])}</ul>\n')

    def _facet_value(self, link: FacetLink) -> Html:
        way, sign = (self._take_up, "+") if link.excluded else (self._leave_out, "−")
        return Html(
            f'<li><a href="{escape(link.href)}" rel="nofollow"{_state(link)}><span class="value">'
            f'{escape(link.label)}{self._chosen_already(link)}</span> <span class="count">'
            f'{escape(link.count)}</span></a><a class="out" href="{escape(link.out_href)}" rel="nofollow"'
            f' title="{escape(way)}: {escape(link.label)}">{escape(sign)}</a></li>\n'
        )

    def _chosen_already(self, link: FacetLink) -> Html:
        return Html(f'<span class="unseen">, {escape(self._chosen)}</span>') if link.chosen else _NOTHING


@lru_cache
def _time_to_read(minutes: int, language: str) -> str:
    said = say("{minutes} min read", minutes=number_text(minutes, language))
    return said.render(translator(language))


def _state(link: FacetLink) -> Html:
    if link.chosen:
        return Html(' class="chosen" aria-current="true"')
    return Html(' class="left-out"') if link.excluded else _NOTHING


def _marked(pieces: Iterable[Fragment]) -> Html:
    return joined([_mark(text) if is_hit else escape(text) for text, is_hit in pieces])


def _mark(text: str) -> Html:
    return Html(f"<mark>{escape(text)}</mark>")


def _snippet(pieces: Sequence[Fragment]) -> Html:
    return Html(f'<p class="snippet" lang="vi">{_marked(pieces)}</p>') if pieces else _NOTHING


def _vietnamese(text: str) -> Html:
    return Html(f'<span lang="vi">{escape(text)}</span>') if text else _NOTHING


def _quoted(text: str) -> Html:
    return Html(f'<span lang="vi">«{escape(text)}»</span>')
