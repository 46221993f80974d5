"""Who can read an archive that is served? Whoever reaches its address; its operator is told so."""

import click

from corpus.message import say
from search_app.language import Translate
from search_app.loopback import is_own_address


def warn_of_exposure(address: str, translate: Translate) -> None:
    """Prints one line to standard error where others than this machine reach the address that is listened on.

    Args:
        address: the IP address that the socket is bound to.
    """
    if is_own_address(address):
        return
    told = say(
        "{address} is no address of this machine alone: whoever reaches its port reads the whole archive, and"
        " nothing is encrypted on the way; docs/operation.md says what to put before it",
        address=address,
    )
    click.echo(told.render(translate), err=True)
