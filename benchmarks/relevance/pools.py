"""Where are a pool's articles indexed? In a data folder that `khobao add` fills, kept between runs.

The importer reads the files as they are. A folder whose files were imported is not imported again; an index
of another format is made anew with `khobao rebuild`, from the archive and the words that it keeps.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.relevance.sets import Pool
from corpus.archive import ArchiveReader
from corpus.errors import OperatorError
from search_app.answer.service import Service
from search_app.bootstrap import index_holder, open_service
from search_app.settings import Settings

WORK = Path("build/bench/relevance")
KHOBAO = Path(sys.executable).with_name("khobao")


def open_pool(pool: Pool, work: Path = WORK) -> Service:
    """The service over a pool, indexed first where it is not."""
    return open_service(prepared(pool, work))


def prepared(pool: Pool, work: Path = WORK) -> Settings:
    """The data folder of a pool, its index up to date and of the present format."""
    settings = Settings(work / pool.name)
    done = settings.data / "imported.json"
    files = {path.name: path.stat().st_size for path in pool.files}
    if settings.index.exists() and not up_to_date(settings):
        _khobao(settings, "rebuild")
    if not done.exists() or json.loads(done.read_text("utf-8")) != files:
        _khobao(settings, "add", *map(str, pool.files))
        done.write_text(json.dumps(files), "utf-8")
    return settings


def held(settings: Settings) -> set[str]:
    """The ids of the articles in the archive."""
    with ArchiveReader(settings.archive) as archive:
        return {head.article_id for head in archive.heads_since(0) if not head.withdrawn}


def up_to_date(settings: Settings) -> bool:
    """Whether the index can be read, and holds all that the archive holds."""
    holder = index_holder(settings)
    try:
        with ArchiveReader(settings.archive) as archive, holder.lend() as reader:
            return reader.manifest.archive_number == archive.number
    except OperatorError:
        return False
    finally:
        holder.close()


def _khobao(settings: Settings, *arguments: str) -> None:
    """Runs a command; what it says goes to stderr."""
    environment = os.environ | {"KHOBAO_DATA": str(settings.data), "KHOBAO_LANG": "en"}
    subprocess.run([KHOBAO, *arguments], env=environment, check=True, stdout=sys.stderr)
