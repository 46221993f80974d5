"""Which option names the data folder? ``--data``, which all commands share."""

import click

from search_app.cli.arguments import DATA_FOLDER
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)

data_option = click.option(
    "--data",
    type=DATA_FOLDER,
    metavar="DIR",
    help=_("The folder of the archive and the index; else KHOBAO_DATA, else ./khobao-data."),
)
