"""Where is the data? The option that every command shares."""

from pathlib import Path

import click

from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("The folder of the archive and the index; else KHOBAO_DATA, else ./khobao-data."),
)
