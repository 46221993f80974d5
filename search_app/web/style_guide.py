"""What does each piece of the page look like in each of its states? Made-up values for the real templates."""

from datetime import date

import numpy as np

from corpus.message import Message, say
from corpus.published import Published
from indexer.engine import DateHistogram
from indexer.facets import FacetName
from indexer.query import Dates
from search_app.answer.archive.version_changes import text_runs
from search_app.answer.date_histogram import timeline_of
from search_app.answer.highlight import Fragment
from search_app.answer.pages import FacetValue, PageHit
from search_app.answer.selection import ValueFilter
from search_app.api.current import current_language
from search_app.query.grammar import understand
from search_app.web.address import Address
from search_app.web.correction import CorrectionNotice, Meant
from search_app.web.expansion_notes import ExpansionLink, ExpansionNotes, OfferLink, ReadingLink, TypedWord
from search_app.web.highlighted import HitPlace
from search_app.web.histogram import histogram
from search_app.web.narrowing import Chip, facet_links
from search_app.web.no_results import Alternative, NoResults
from search_app.web.results import SortLink, typed_parts

STACKED = "Ế ề ể ễ ệ Ấ ầ ẩ ẫ ậ Ự ứ ừ ử ữ Ợ ớ ờ ở ỡ Ỹ ỳ ỷ ỵ đ Đ"
"""Letters whose marks are stacked: lines must clear them at every size."""

COLOURS = (
    "paper", "panel", "ink", "muted", "rule", "edge", "link", "visited", "lacquer", "button", "mark",
    "added", "removed", "warn", "bar",
)  # fmt: skip

_BELONGS = say(
    "{name} (until {until}) now belongs to {other}", name="Yên Bái", until="30/6/2025", other="Lào Cai"
)
_TYPED = 'lào cai ("ruộng'


def samples(address: Address) -> dict[str, object]:
    """What the template shows."""
    language, here = current_language(), address.paths.search
    line = timeline_of(_counted_days(), Dates(None, None))
    problems = understand(_TYPED).problems
    return {
        "stacked": STACKED,
        "colours": COLOURS,
        "hits": [_hit(1, ()), _hit(2, ("lũ quét",))],
        "chips": [
            Chip(ValueFilter(FacetName.SOURCE, "Báo Sông Hồng", False), say("Source"), "Báo Sông Hồng", here),
            Chip(
                ValueFilter(FacetName.SECTION, "Kinh tế", True), say("Without the section"), "Kinh tế", here
            ),
        ],
        "values": list(facet_links(FacetName.SOURCE, _values(), address, language)),
        "bars_shown": histogram(line, address, language),
        "expansion_notes": _expansion_notes(here),
        "correction": CorrectionNotice(Meant("lào cai", here), here, (Meant("lao cải", here),), address),
        "typed": typed_parts(_TYPED, problems),
        "problems": problems,
        "sorts": [SortLink(say("Most relevant"), True, here), SortLink(say("Newest"), False, here)],
        "no_results": NoResults(
            (
                Alternative(say("Without {part}", part="lũ"), 12, here),
                Alternative(say("Without {part}", part="xã"), 0, here),
            ),
            (Alternative(say("Without the filter “{label}”", label="2013"), 3, here),),
            (Alternative(say("without marks"), 240, here),),
        ),
        "places": [HitPlace(number, number * 90) for number in range(1, 11)],
        "change": list(text_runs("Giá vàng tăng nhẹ sáng 13/9", "Giá vàng giảm mạnh sáng 13/9")),
    }


def _chip(name: FacetName, title: Message, value: str, here: str) -> Chip:
    return Chip(ValueFilter(name, value, excluded=False), title, value, here)


def _without(part: str, count: int, href: str) -> Alternative:
    return Alternative(say("Without {part}", part=part), count, href)


def _hit(rank: int, lacks: tuple[str, ...]) -> PageHit:
    return PageHit(
        rank,
        f"mau-{rank}",
        "",
        (Fragment("Lũ quét", True), Fragment(" giữa mùa khô: thuế đã miễn, nghĩa vụ còn nguyên", False)),
        "Báo Sông Hồng",
        "Xã hội",
        Published("2013-05-26T07:10+07:00"),
        1.0,
        (
            Fragment("Nửa đêm, ", False),
            Fragment("lũ quét", True),
            Fragment(" đổ về thượng nguồn, dân bản chạy lên đồi.", False),
        ),
        lacks,
        ("",) * len(lacks),
        bool(lacks),
        640,
    )


def _values() -> list[FacetValue]:
    return [
        FacetValue("Báo Sông Hồng", 1234, chosen=True),
        FacetValue("Kinh Tế Cửu Long", 87, chosen=False),
        FacetValue("Tin Miền Núi", 5, chosen=False, excluded=True),
        FacetValue("", 1, chosen=False),
    ]


def _counted_days() -> DateHistogram:
    days = np.array(
        [date(2012 + month // 12, month % 12 + 1, 5).toordinal() for month in range(24)], np.int64
    )
    return DateHistogram(days, days, (np.arange(24, dtype=np.int64) * 37) % 60)


def _expansion_notes(here: str) -> ExpansionNotes:
    return ExpansionNotes(
        (ExpansionLink("ubnd", "Ủy ban nhân dân", "Ủy ban nhân dân", here),),
        (ExpansionLink("sapa", "Sa Pa", "Sa Pa", here),),
        here,
        here,
        (OfferLink(_BELONGS, here),),
        (TypedWord("duong", (ReadingLink("đường", 812, here), ReadingLink("dương", 240, here)), 3),),
    )
