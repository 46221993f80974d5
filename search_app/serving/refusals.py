"""What is said to a client whose request never reaches the app?"""

from collections.abc import Mapping

from corpus.message import Message, say

REFUSALS: Mapping[int, Message] = {
    400: say("The request cannot be read; start from the search page"),
    408: say("The request came too slowly; send it again"),
    413: say("The request is too long; shorten the query or choose fewer filters"),
    414: say("The request is too long; shorten the query or choose fewer filters"),
    431: say("The request is too long; shorten the query or choose fewer filters"),
    500: say("Something in Kho Báo is broken; the log of the server says what"),
}
"""By status; that of 400 stands for any other."""
