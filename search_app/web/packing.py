"""What does a package hold? A result in one form, its ids, its chart over time, its receipt, and a page.

It is a BagIt bag in a zip, written while it is read (search_app.formats.exports.bag).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.errors import UserError
from corpus.message import Message, say
from search_app.answer.counting.series import Trend, TrendRequest
from search_app.answer.exporting.exporting import Export
from search_app.answer.exporting.receipt import Receipt, ReceiptFile
from search_app.answer.hits import WithdrawnMeanwhileError
from search_app.answer.service import Service
from search_app.api.receipts import receipt_file, receipt_of_articles, write_receipt
from search_app.formats.exports.bag import BagPieces
from search_app.formats.exports.counted_rows import CountedRows
from search_app.formats.exports.forms import ExportForm, Layout, write_export
from search_app.formats.exports.package_page import PAGE, PackedFile, package_page
from search_app.formats.exports.texts import moment_of
from search_app.formats.file_names import result_name
from search_app.formats.page_tables import timeline_table
from search_app.formats.table import csv_lines
from search_app.web.trend_chart import MOST_DRAWN, TrendChart
from search_app.web.trend_words import TrendWords

PACKAGE = "bag.zip"
"""The end of the name of a package."""

RECEIPT, IDS, CHART, SERIES = "receipt.json", "ids.txt", "timeline.svg", "timeline.csv"
_FILES: dict[str, Message] = {
    RECEIPT: say("The receipt: what was asked, of which state, by which program, and digests"),
    IDS: say("The ids of the rows in their order, one a line"),
    SERIES: say("The articles, hits and stories by period, and what is held"),
    CHART: say("A chart of these"),
}
_RESULT = say("The result")


@dataclass(frozen=True, slots=True)
class PackedResult:
    """What is packed.

    Attributes:
        found: the result, with all of its rows.
        form, layout: how it is written.
        language: of the chart.
        identifier: the URI of the search, which holds for ever.
        citations: ways of citing the result.
    """

    found: Export
    form: ExportForm
    layout: Layout
    language: str
    identifier: str = ""
    citations: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of the package's file."""
        return result_name(self.found.facts, PACKAGE)

    @property
    def file(self) -> str:
        """Of the result's file in the package."""
        return result_name(self.found.facts, self.form.value)


def package_pieces(service: Service, packed: PackedResult) -> Iterator[bytes]:
    """The bytes of a package, piece by piece.

    Raises:
        UserError: the result cannot be asked for again, so nothing proves it.
        WithdrawnMeanwhileError: an article of the result was withdrawn while it was written; what was read
            until then is no whole zip.
    """
    found, facts = packed.found, packed.found.facts
    archive = service.monitoring.archive_uuid()
    bag = BagPieces(packed.name.removesuffix(f".{PACKAGE}"), moment_of(facts.day), _info(archive, packed))
    rows = CountedRows(found.rows)
    yield from bag.add(packed.file, write_export(packed.form, packed.layout, rows))
    if rows.count != facts.rows:
        raise WithdrawnMeanwhileError
    yield from bag.add(IDS, (f"{one}\n".encode() for one in found.ids))
    yield from _add_chart(service, packed, bag)
    receipt = receipt_of_articles(archive, facts, found.ids, _file(packed, bag))
    yield from bag.add(RECEIPT, [write_receipt(receipt).encode()])
    yield from bag.add(PAGE, [_page(packed, receipt, bag).encode()])
    yield from bag.end()


def _file(packed: PackedResult, bag: BagPieces) -> ReceiptFile:
    added = bag.added(packed.file)
    return receipt_file(packed.file, packed.form, packed.layout, added.size, added.sha256)


def _add_chart(service: Service, packed: PackedResult, bag: BagPieces) -> Iterator[bytes]:
    """Adds the series over time and their chart; of too many periods neither, or no chart."""
    try:
        trend: Trend = service.trends.trend(TrendRequest(packed.found.facts.pinned))
    except UserError:
        return
    yield from bag.add(SERIES, (line.encode() for line in csv_lines(timeline_table(trend))))
    if not 0 < len(trend.series[0].periods) <= MOST_DRAWN:
        return
    chart = TrendChart(trend, TrendWords(trend, packed.language).of_chart(), lambda *_: "")
    yield from bag.add(CHART, [chart.file().encode()])


def _page(packed: PackedResult, receipt: Receipt, bag: BagPieces) -> str:
    named = {packed.file: _RESULT} | _FILES
    files = [
        PackedFile(name, what, bag.added(name).sha256) for name, what in named.items() if bag.holds(name)
    ]
    return package_page(receipt, files, packed.citations)


def _info(archive: str, packed: PackedResult) -> dict[str, str]:
    """What ``bag-info.txt`` says."""
    facts = packed.found.facts
    state = f"change {facts.change}, {facts.at.isoformat()}"
    described = f"Kho Báo: {facts.asked.query or '*'} ({facts.rows} rows, {state})"
    said = {
        "Source-Organization": f"Kho Báo {archive}",
        "External-Description": described,
        "External-Identifier": packed.identifier,
        "Bagging-Date": date.today().isoformat(),  # noqa: DTZ011 - on the server's clock
    }
    return {name: value for name, value in said.items() if value}
