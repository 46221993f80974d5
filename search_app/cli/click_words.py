"""Which messages does click itself print?

They are listed here only so that ``pybabel extract`` finds them and they are translated. click translates
them by Python's gettext module, for which search_app.cli.main sets our catalogues.
"""

from gettext import ngettext

from corpus.message import say

CLICK_WORDS = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Positional arguments"),
    say("Show this message and exit."),
    say("Show the version and exit."),
    say("Error: {message}"),
    say("default: {default}"),
    say("Missing argument"),
    say("Missing option"),
    say("Missing command."),
    say("Missing parameter"),
    say("Invalid value: {message}"),
    say("Invalid value for {param_hint}: {message}"),
    say("No such option {name!r}."),
    say("No such command {name!r}."),
    say("Option {name!r} does not take a value."),
    say("{value!r} is not a valid {number_type}."),
    say("{value} is not in the range {range}."),
    say("Aborted!"),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 2),
)
