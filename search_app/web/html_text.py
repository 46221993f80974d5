"""What may stand in HTML as it is? Text that was escaped, and what is made of that."""

from collections.abc import Callable, Iterable
from typing import NewType

import markupsafe

Html = NewType("Html", str)
"""HTML that holds no text but escaped one. Only ``escape`` makes it of text; what else does is held by
tests/web/test_pieces.py."""


def _escape(text: str) -> Html:
    return Html(str(markupsafe.escape(text)))


escape: Callable[[str], Html] = getattr(markupsafe, "_escape_inner", _escape)
"""A text as it stands between tags or within quotes, as templates escape it.

It is MarkupSafe's own, without the object that it makes of each text, which takes ten times as long. Another
release of it may not have it: then the object is made.
"""


def joined(pieces: Iterable[Html], between: Html | None = None) -> Html:
    """Pieces one after the other."""
    return Html((between or "").join(pieces))
