"""What would a user have picked instead? Other engines over the same texts, set up as their manuals say.

Each gets the original title, lede, body and captions, as the archive holds them, in fields of their own that
weigh 3, 2, 1, 1 as Kho Báo's do, and the query as it was typed; any word may be missing (OR).
A module has ``fill(folder, articles)`` and ``opened(folder, variant)``, which gives what answers a query.
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from benchmarks.corpora import archived
from benchmarks.relevance.asking import Ask
from corpus.archive import ArchiveReader
from corpus.article import Article
from search_app.settings import Settings

_ALL = 1 << 40


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine as it is set up.

    Attributes:
        module: in this folder.
        variant: one of the ways in which the module can be asked.
        package: the distribution it comes from; "" where Python has it.
        queries: at most so many of a set are asked, where the engine is slow; None: all.
        variants: the same for a set of spelling variants; 0: not asked.
    """

    name: str
    setup: str
    module: str
    variant: str = ""
    package: str = ""
    queries: int | None = None
    variants: int | None = None


PEERS: Mapping[str, Peer] = {
    one.name: one
    for one in (
        Peer(
            "Whoosh",
            "StandardAnalyzer, MultifieldParser with OrGroup, its own searcher",
            "whoosh_fields",
            package="whoosh",
            queries=100,
            variants=0,
        ),
        Peer(
            "FTS5",
            "unicode61 remove_diacritics 2, bm25() with column weights",
            "fts5",
            "folded",
            variants=100,
        ),
        Peer("FTS5 marks", "unicode61 remove_diacritics 0, the same", "fts5", "marks", variants=100),
        Peer("tantivy", "default tokenizer, four fields boosted", "native", "marks", "tantivy"),
        Peer("tantivy folded", "the same with lowercase and ascii_fold", "native", "folded", "tantivy"),
        Peer(
            "BM25",
            r"reference: \w+ of NFC in lower case, one unweighted field, k1 1.2, b .75",
            "plain",
            "syllables",
        ),
        Peer(
            "BM25 bigrams",
            "reference: the same and .5 of the BM25 of adjacent pairs",
            "plain",
            "bigrams",
        ),
    )
}


def open_peer(peer: Peer, settings: Settings, work: Path) -> Ask:
    """A peer over the articles of a data folder, filled first where it is not."""
    module = import_module(f"{__name__}.{peer.module}")
    folder = work / "peers" / settings.data.name / peer.module
    done, stamp = folder / "filled.json", fingerprint(peer, settings)
    if not done.exists() or json.loads(done.read_text("utf-8")) != stamp:
        _fill(module, folder, archived(settings.data, _ALL))
        done.write_text(json.dumps(stamp), "utf-8")
    ask: Ask = module.opened(folder, peer.variant)
    return ask


def fingerprint(peer: Peer, settings: Settings) -> dict[str, str]:
    """What a peer's answers depend on: the archive's last change, the code here, its version."""
    code = b"".join((Path(__file__).parent / f"{name}.py").read_bytes() for name in ("texts", peer.module))
    with ArchiveReader(settings.archive) as archive:
        number = archive.number
    return {
        "archive": str(number),
        "code": hashlib.sha256(code).hexdigest(),
        "version": version(peer.package) if peer.package else "",
    }


def _fill(module: ModuleType, folder: Path, articles: Iterable[Article]) -> None:
    if folder.exists():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    module.fill(folder, articles)
    print(f"{folder}: filled in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
