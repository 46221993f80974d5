"""How are the parts of an article's score said to people? The same at a terminal and on a page."""

from collections.abc import Mapping

from corpus.message import Message, say
from indexer.engine import ReasonKind

REASONS: Mapping[ReasonKind, Message] = {
    ReasonKind.MATCH: say("the word itself"),
    ReasonKind.READINGS: say("any reading of its letters"),
    ReasonKind.AS_TYPED: say("as it was typed"),
    ReasonKind.ORDERED_WINDOW: say("side by side"),
    ReasonKind.UNORDERED_WINDOW: say("close to the other words"),
    ReasonKind.HEAD: say("in the headline or the lede"),
    ReasonKind.NAME: say("a name, by its capitals"),
}
"""Of each kind of reason, in the order in which they are summed."""
