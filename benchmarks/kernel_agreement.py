"""Do the loops in C and numpy give the same answers, to the bit, over an archive's own words?

Two processes are asked the same pages, one with the compiled loops, one without. What the index answers to
each question behind a page is compared as a digest: totals, ids, scores as bits, facets, readings, days,
stories, and the places of the matches. Queries are drawn by seed from the headlines of the archive: loose
words, without marks, phrases, windows, alternatives, prefixes, fields, exclusions, dates and orders.

    python -m benchmarks.kernel_agreement DATA [--queries 5000] [--seed 7]
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from indexer.engine import Results
from indexer.kernels.library import SWITCH
from indexer.text.fold import fold

_CHILD = """
import json, sys
from pathlib import Path
from benchmarks.kernel_agreement import digest_of
from indexer.engines.whoosh.reader import WhooshReader
from indexer.kernels.library import library
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.settings import read_settings
settings = read_settings(Path(sys.argv[1]))
found = []
search = WhooshReader.search
def recorded(reader, question):
    results = search(reader, question)
    found.append(digest_of(results))
    return results
WhooshReader.search = recorded
client = create_app(open_service(settings), settings).test_client()
print(json.dumps("numpy" if library() is None else "loops"), flush=True)
for line in sys.stdin:
    address = json.loads(line)
    found.clear()
    answer = client.get(address)
    text = answer.get_data(as_text=True) if address.startswith("/api/") else ""
    print(json.dumps([answer.status_code, found, text]), flush=True)
"""


def digest_of(results: Results) -> str:
    """All that an engine answered, as one number; two answers that are equal to the bit have the same."""
    parts: list[object] = [
        results.total, results.scattered_total, results.partial_total, results.facets, results.facet_sizes,
        results.readings, results.stories, results.scattered_stories, results.partial_stories,
    ]  # fmt: skip
    if results.date_histogram is not None:
        parts.append(sorted(results.date_histogram.by_span().items()))
    for hit in results.hits:
        parts += [hit.id, hit.score.hex(), hit.lacks, hit.other_readings, hit.scattered, hit.collapsed]
        if hit.occurrences is not None:
            parts += [hit.occurrences.keys.tolist(), hit.occurrences.spans.tolist()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


_FORMS: tuple[Callable[[list[str]], str], ...] = (
    " ".join,
    lambda words: fold(" ".join(words)),
    lambda words: f'"{" ".join(words)}"',
    lambda words: f'"{fold(" ".join(words))}"~{len(words)}',
    " OR ".join,
    lambda words: f"{' '.join(words[:-1])} {words[-1][:2]}*",
    lambda words: f"tiêu_đề:{words[0]} {' '.join(words[1:])}",
    lambda words: f"{' '.join(words)} -{words[0]}{words[-1]}",
    lambda words: f"từ:{'_'.join(words[:2])} {words[-1]}",
)
_BESIDE: tuple[dict[str, str], ...] = (
    {}, {}, {}, {"sort": "newest"}, {"sort": "oldest"}, {"from": "2013-05-01", "to": "2013-06-30"},
    {"stories": "1"}, {"page": "3"}, {"size": "50"}, {"expand": "0"},
)  # fmt: skip


def addresses(titles: list[str], count: int, drawn: random.Random) -> Iterator[str]:
    """Pages of the words that stand together in headlines, in every form and order in turn."""
    for number in range(count):
        words = drawn.choice(titles).split()
        length = drawn.randint(2, 4)
        start = drawn.randrange(max(len(words) - length + 1, 1))
        query = _FORMS[number % len(_FORMS)](words[start : start + length])
        yield "/?" + urlencode({"q": query, **drawn.choice(_BESIDE)})


class _Side:
    """A process that is asked."""

    def __init__(self, data: Path, way: str) -> None:
        environment = {**os.environ, SWITCH: way}
        self._child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(data)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.name = str(self._read())

    def ask(self, address: str) -> list[object]:
        """The status, the digests of what the index answered, and the text of an answer for programs."""
        self.send(address)
        return self.receive()

    def send(self, address: str) -> None:
        """Asks, and does not wait."""
        assert self._child.stdin
        self._child.stdin.write(json.dumps(address) + "\n")
        self._child.stdin.flush()

    def receive(self) -> list[object]:
        """What was answered."""
        answer = self._read()
        assert isinstance(answer, list)
        return answer

    def _read(self) -> object:
        assert self._child.stdout
        line = self._child.stdout.readline()
        if not line:
            sys.exit("a side ended; its own messages stand above")
        return json.loads(line)


def _titles(side: _Side) -> list[str]:
    found: dict[str, None] = {}
    for word in ("người", "năm", "việt nam", "giá", "trường", "bóng đá", "bộ", "công an", "mưa", "nhạc"):
        for page in range(1, 9):
            _, _, text = side.ask("/api/search?" + urlencode({"q": word, "page": page, "size": 50}))
            found |= dict.fromkeys(hit["title"] for hit in json.loads(str(text))["hits"])
    return list(found)


def main() -> None:
    """Asks both, and says what differs; exit code 1 where anything does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--queries", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    sides = [_Side(options.data, ""), _Side(options.data, "numpy")]
    if [side.name for side in sides] != ["loops", "numpy"]:
        sys.exit("there is no compiled library; python -m indexer.kernels.compiling makes it")
    questions, different = 0, []
    for address in addresses(_titles(sides[0]), options.queries, random.Random(options.seed)):  # noqa: S311
        for side in sides:
            side.send(address)
        one, other = (side.receive()[:2] for side in sides)
        questions += len(one[1]) if isinstance(one[1], list) else 0
        if one != other:
            different.append(address)
    print(f"{options.queries} pages, {questions} questions to the index: {len(different)} differ")
    print("\n".join(different[:20]))
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
