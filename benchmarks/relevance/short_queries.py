"""Are the first ten articles of a short query about what is meant? Two readers graded them.

    python -m benchmarks.relevance.short_queries pool --data FOLDER --work DIR [--label NAME] [--sheets DIR]
    python -m benchmarks.relevance.short_queries take --work DIR [--sheets DIR] a|b
    python -m benchmarks.relevance.short_queries measure --data FOLDER [--work DIR]

``pool`` keeps the first ten articles of every system in DIR/runs (TREC), and writes sheets of the articles in
all kept runs that not both readers have judged: another ranking joins the pool by pooling with it under
another label. ``take`` adds the files grades-a-1.tsv, grades-a-2.tsv… of a reader, which lie beside the
sheets, to judged/short.tsv. ``measure`` asks Kho Báo again, and takes the peers' answers from DIR. Peers are
filled from the archive of FOLDER once; FOLDER is only read. All of it needs what `make relevance` installs.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.relevance.asking import Ask
from benchmarks.relevance.peers import PEERS, fingerprint, open_peer
from benchmarks.relevance.pools import WORK
from benchmarks.relevance.runs import Run
from benchmarks.relevance.scores import Rankings
from benchmarks.relevance.short_judgements import (
    READERS,
    Judgements,
    ShortQuery,
    read_grades,
    read_judgements,
    read_queries,
    unjudged,
    with_grades,
    write_judgements,
)
from benchmarks.relevance.short_precision import (
    DEPTH,
    agreement_line,
    kind_table,
    precision_table,
)
from benchmarks.relevance.short_sheets import write_sheets
from corpus.archive import ArchiveReader
from corpus.article import Article
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.settings import Settings

SET = "short-queries"
OURS = "Kho Báo"
SEED = 13
ASKED_PEERS = ("FTS5", "tantivy folded")
"""Both without marks: half of the queries have none, and to these an index with marks has no answer."""


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("pool", "take", "measure"):
        command = commands.add_parser(name)
        command.add_argument("--work", type=Path, default=WORK / SET)
        if name != "take":
            command.add_argument("--data", type=Path, required=True)
            command.add_argument("--label", default=OURS, help="names Kho Báo's runs")
        if name != "measure":
            command.add_argument("--sheets", type=Path, help="WORK/sheets unless it is given")
        if name == "pool":
            command.add_argument("--peers", default=",".join(ASKED_PEERS))
        if name == "take":
            command.add_argument("reader", choices=READERS)
    options = parser.parse_args()
    {"pool": _pool, "take": _take, "measure": _measure}[options.command](options)


def ask_page(service: Service, *, collapse_stories: bool) -> Ask:
    """What the first page shows, with the corrections that it puts in place of a query."""

    def ask(query: str, depth: int) -> list[str]:
        selection = Selection(query, collapse_stories=collapse_stories)
        page = service.searching.page(SearchRequest(selection, size=depth, facets=()))
        return [hit.id for hit in page.hits]

    return ask


def kept_runs(work: Path) -> dict[str, Rankings]:
    """Every run of this set in a work folder, by the name of its folder."""
    tags = sorted(path.parent.name for path in work.glob(f"runs/*/{SET}.run"))
    return {tag.replace("-", " "): Run(work, tag, SET).read()[0] for tag in tags}


def _pool(options: argparse.Namespace) -> None:
    folder = options.sheets or options.work / "sheets"
    if any(folder.glob("sheet-*.md")):
        sys.exit(
            f"{folder} has sheets: name another folder with --sheets, or remove them once they are taken"
        )
    queries, settings = read_queries(), Settings(options.data)
    for name, rankings in _asked_pages(settings, options.label, queries).items():
        _keep(options.work, name, rankings)
    for name in filter(None, options.peers.split(",")):
        ask = open_peer(PEERS[name], settings, options.work)
        _keep(options.work, name, _first_ten(ask, queries), fingerprint(PEERS[name], settings))
    runs = kept_runs(options.work).values()
    pooled = _articles(settings, unjudged(runs, read_judgements(), DEPTH))
    count = write_sheets(folder, queries, pooled, SEED)
    asked = sum(bool(pooled.get(query)) for query in queries)
    total = sum(len(pooled.get(query, ())) for query in queries)
    print(f"{folder}: {count} sheets, {asked} queries, {total} articles to judge")


def _take(options: argparse.Namespace) -> None:
    folder, queries = options.sheets or options.work / "sheets", read_queries()
    files = sorted(folder.glob(f"grades-{options.reader}-*.tsv"))
    if not files:
        sys.exit(f"{folder}: there is no grades-{options.reader}-*.tsv")
    judged: Judgements = read_judgements()
    for path in files:
        judged = with_grades(judged, options.reader, read_grades(path, queries))
    write_judgements(judged)
    lacking = sum(getattr(one, options.reader) is None for one in judged.values())
    print(
        f"{len(files)} files taken; {lacking} of {len(judged)} articles have no grade of {options.reader} yet"
    )


def _measure(options: argparse.Namespace) -> None:
    queries, judged = read_queries(), read_judgements()
    ours = _asked_pages(Settings(options.data), options.label, queries)
    runs = ours | {name: run for name, run in kept_runs(options.work).items() if name not in ours}
    print(precision_table(queries, judged, runs))
    print(f"\n{kind_table(queries, judged, runs)}\n\n{agreement_line(judged)}")


def _asked_pages(settings: Settings, label: str, queries: Mapping[str, ShortQuery]) -> dict[str, Rankings]:
    service = open_service(settings)
    return {
        f"{label} {shown}": _first_ten(ask_page(service, collapse_stories=shown == "stories"), queries)
        for shown in ("stories", "articles")
    }


def _first_ten(ask: Ask, queries: Mapping[str, ShortQuery]) -> Rankings:
    return {query.id: ask(query.text, DEPTH) for query in queries.values()}


def _keep(work: Path, name: str, rankings: Rankings, stamp: Mapping[str, str] | None = None) -> None:
    Run(work, name, SET).write(rankings, dict.fromkeys(rankings, 0.0), stamp or {})


def _articles(settings: Settings, pooled: Mapping[str, set[str]]) -> dict[str, list[Article]]:
    with ArchiveReader(settings.archive) as archive:
        return {
            query: [found.article for found in archive.articles(sorted(ids)).values()]
            for query, ids in pooled.items()
        }


if __name__ == "__main__":
    main()
