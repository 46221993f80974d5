import lzma
from itertools import islice
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from tests.corpus.records import quiet


@pytest.mark.parametrize("name", ["baomoi-2013.jsonl.xz", "vietnews-105k.jsonl.xz"])
def test_the_first_articles_of_a_real_corpus_are_all_taken(
    shared: Path, tmp_path: Path, archive: Archive, name: str
) -> None:
    count = 300
    with lzma.open(shared / "corpora" / name) as lines:
        (tmp_path / "a.jsonl").write_bytes(b"".join(islice(lines, count)))
    receipt = ingest([tmp_path / "a.jsonl"], archive, options=ImportOptions(), on_progress=quiet)
    assert (receipt.new, receipt.seen, receipt.unused_fields) == (count, count, {})
