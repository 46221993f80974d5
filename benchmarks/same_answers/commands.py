"""What does the command line write? Every command over a copy of the sample corpus, and every help text."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.same_answers.neutral import neutral_output
from benchmarks.same_answers.server import command_of, environment

_GROUPS = (
    "",
    "add",
    "search",
    "explain",
    "units",
    "serve",
    "status",
    "verify",
    "show",
    "refusals",
    "clean",
    "upgrade",
    "rebuild",
    "batch",
    "names",
    "names check",
    "backup",
    "salvage",
    "withdraw",
    "reinstate",
    "withdrawals",
    "log",
    "diff",
    "collocations",
    "keywords",
    "ngrams",
    "compare",
    "concordance",
    "sources",
    "source",
    "source set",
    "timeline",
    "counts",
    "export",
)
HELPS = (("--version",), *((*group.split(), "--help") for group in _GROUPS))
_ID = "bsh-2014-002"

STEPS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("search", "giá"),
    ("add", "sample", "--json"),
    ("add", "sample"),
    ("add", "faulty"),
    ("add", "nowhere"),
    ("add",),
    ("add", "--retry"),
    ("add", "sample", "--format", "nothing"),
    ("add", "sample", "--encoding", "nothing"),
    ("add", "sample", "--limit", "ratio=x"),
    ("add", "sample", "--map", "x"),
    ("status",),
    ("status", "--json"),
    ("search", "lao cai"),
    ("search", "lao cai", "--json"),
    ("search", "lao cai", "--stories", "--size", "3", "--page", "2"),
    ("search", "laof cai"),
    ("search", "laof cai", "--as-typed"),
    ("search", "UBND", "--no-widening"),
    ("search", "lao cai", "--no-units"),
    ("search", "lao_cai", "--not-unit", "lao cai"),
    ("search", "lũ", "--from", "2013", "--source", "Báo Sông Hồng", "--sort", "oldest"),
    ("search", "lũ", "--from", "2013", "--undated"),
    ("search", "lũ", "--from", "32/5/2013"),
    ("search", "(giá OR"),
    ("search", "", "--size", "5"),
    ("search", "a" * 1001),
    ("search", "x", "--size", "1000"),
    ("explain", "lao cai", _ID),
    ("explain", "lao cai", _ID, "--json"),
    ("explain", "lao cai", "nobody"),
    ("concordance", "giá", "--sort", "left", "--size", "5", "--page", "1"),
    ("concordance", '"học sinh"', "--context", "sentence", "--json", "--size", "3"),
    ("concordance", "giá", "--sample", "5", "--csv"),
    ("concordance", "giá", "--sample", "5", "--seed", "a", "--jsonl", "--stories", "--once"),
    ("concordance", "giá", "--group", "right", "--unit", "word"),
    ("concordance", "giá", "--group", "left", "--beside", "vàng", "--left", "3"),
    ("concordance", "giá", "--beside", "vàng"),
    ("units", "học phí đại học lao cai"),
    ("units", "Lào Cai sinh viên", "--json"),
    ("units", "a" * 1001),
    ("show", _ID),
    ("show", _ID, "--json"),
    ("show", _ID, "--raw"),
    ("show", _ID, "--version", "9"),
    ("show", "nobody"),
    ("sources",),
    ("source", "set", "báo sông hồng", "--rights", "© Báo Sông Hồng", "--licence", "https://song.example/"),
    ("source", "set", "Báo Sông Hông", "--rights", "©"),
    ("source", "set", "nobody", "--rights", "©"),
    ("sources", "--json"),
    ("log",),
    ("log", "--json", "-n", "1"),
    ("withdraw", _ID, "--state", "tombstone", "--reason", "thử", "--by", "An", "--dry-run"),
    ("withdraw", _ID, "--state", "tombstone", "--reason", "thử", "--by", "An"),
    ("withdraw", "nobody", "--state", "hidden", "--reason", "thử"),
    ("withdrawals",),
    ("withdrawals", "--json"),
    ("search", "lao cai", "--as-of", "1"),
    ("reinstate", _ID, "--by", "An", "--json"),
    ("reinstate", _ID),
    ("diff", "0"),
    ("diff", "3", "9", "--csv"),
    ("diff", "0", "now", "giá", "--json"),
    ("diff", "9", "3"),
    ("diff", "x"),
    ("collocations", "giá"),
    ("collocations", "giá", "--unit", "syllable", "--left", "1", "--right", "0", "--csv"),
    ("collocations", "giá", "--left", "99"),
    ("keywords", "giá", "--json"),
    ("keywords", "", "--source", "Tin Miền Núi", "--direction", "asc"),
    ("ngrams", "", "--length", "2"),
    ("compare", "giá", "lúa"),
    ("compare", "giá", "--other-from", "2014", "--csv"),
    ("refusals",),
    ("refusals", "--json"),
    ("refusals", "--open"),
    ("refusals", "--raw", "1"),
    ("refusals", "--raw", "99"),
    ("clean", "--again", "--dry-run"),
    ("clean", "--again"),
    ("clean",),
    ("export", "giá", "--columns", "id,hits,rights,permalink"),
    ("export", "", "--form", "jsonl", "--from", "2014"),
    ("export", "giá", "--form", "jsonl", "--columns", "id,context"),
    ("export", "giá", "--view", "timeline", "--parameter", "unit=year"),
    ("export", "giá", "--output", "giá.csv", "--sort", "oldest"),
    ("export", "giá", "--output", "giá.csv"),
    ("export", "giá", "--output", "giá.csv", "--resume", "--overwrite"),
    ("export", "giá", "--output", ".", "--form", "csl.json", "--excel"),
    ("export", "giá", "--output", "nowhere/giá.csv"),
    ("export", "giá", "--output", "giá.xls"),
    ("export", "giá", "--resume"),
    ("export", "giá", "--package", "--output", "giá.bag.zip"),
    ("verify", "giá.csv.receipt.json"),
    ("verify", "giá.csv.receipt.json", "--json"),
    ("verify", "giá.bag.zip"),
    ("verify", "giá.csv"),
    ("verify", "--json"),
    ("batch", "queries.tsv"),
    ("batch", "queries.tsv", "--depth", "3", "--as-typed"),
    ("batch", "nowhere.tsv"),
    ("timeline", "giá", "--with", "lao cai", "--unit", "year"),
    ("timeline", "giá", "--split", "source", "--csv"),
    ("timeline", "", "--json"),
    ("timeline", "giá", "--unit", "x"),
    ("counts", "queries.tsv"),
    ("counts", "queries.tsv", "--stories", "--once", "--from", "2013", "--each", "counted"),
    ("counts", "nowhere.tsv"),
    ("names", "check", "names.tsv"),
    ("names", "check", "nowhere.tsv"),
    ("upgrade",),
    ("verify",),
    ("rebuild",),
    ("verify",),
    ("backup", "copy"),
    ("backup", "copy", "--restore", "--data", "restored"),
    ("backup", "copy", "--restore", "--no-erasures", "--data", "restored"),
    ("salvage", "saved"),
    ("serve", "--port", "x"),
    ("nonsense",),
)
"""In this order, in one folder: what a command finds was written by those before it."""

_QUERIES = '1\tlao cai\n2\tgiá vàng\n3\t"học sinh"\n4\t' + "a" * 1001 + "\n5\tlaof cai\n"
_NAMES = "name\tshort\tways\tcategory\tsource\nĐài Mẫu\tĐM\tboth\tthử\tthử\nhỏng\t\tsideways\t\t\n"
_FAULTY = """{"id": "x1", "title": "Bài thử", "body": ["Một đoạn văn."], "published": "2013-05-26"}
{"title": 1}
no json
"""


def outputs(checkout: Path, today: date) -> Iterator[tuple[str, bytes]]:
    """Each command's name with what it wrote: exit code, standard output, standard error."""
    for language in ("vi", "en"):
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            _furnish(work, checkout)
            for number, step in enumerate((*HELPS, *STEPS)):
                shown = " ".join(word[:40] for word in step)
                yield (
                    f"command {language} {number}: khobao {shown}",
                    _run(checkout, work, step, language, today),
                )


def _furnish(work: Path, checkout: Path) -> None:
    shutil.copytree(checkout / "corpus" / "sample", work / "sample")
    (work / "queries.tsv").write_text(_QUERIES, "utf-8")
    (work / "names.tsv").write_text(_NAMES, "utf-8")
    (work / "faulty").mkdir()
    (work / "faulty" / "faulty.jsonl").write_text(_FAULTY, "utf-8")


def _run(checkout: Path, work: Path, step: tuple[str, ...], language: str, today: date) -> bytes:
    done = subprocess.run(
        [command_of(checkout), *step],
        cwd=work,
        env=environment(Path("kho"), language),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=600,
        check=False,
    )
    written = b"exit %d\n--- out\n%b--- err\n%b" % (done.returncode, done.stdout, done.stderr)
    return neutral_output(written.replace(str(work).encode(), b"WORK"), checkout, today)
