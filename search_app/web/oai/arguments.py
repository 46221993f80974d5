"""What does a request of OAI-PMH ask for? A verb and its arguments, each at most once, and no others.

The protocol answers what cannot be with a document too, by a code of its own and a sentence.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from corpus.errors import UserError
from corpus.message import Message, say
from search_app.api.faults import ParameterError, abbreviate

DUBLIN_CORE = "oai_dc"
"""The one form of metadata."""

VERB, IDENTIFIER, PREFIX, TOKEN = "verb", "identifier", "metadataPrefix", "resumptionToken"
FIRST, LAST, SET = "from", "until", "set"
ARGUMENTS = frozenset({VERB, IDENTIFIER, PREFIX, TOKEN, FIRST, LAST, SET})
"""All that the protocol has."""

_NAME = re.compile(r"[A-Za-z0-9_.!~*'()-]+(?::[A-Za-z0-9_.!~*'()-]+)*")
"""What a set or a form of metadata can be called: the answer says it again, and its schema has no other."""

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!//)(?:[A-Za-z0-9:/?@!$&'()*+,;=._~-]|%[0-9A-Fa-f]{2})+")
"""What an identifier of any repository can be, but for those that are addresses."""


class Verb(StrEnum):
    """What can be asked for."""

    IDENTIFY = "Identify"
    LIST_FORMATS = "ListMetadataFormats"
    LIST_SETS = "ListSets"
    LIST_IDENTIFIERS = "ListIdentifiers"
    LIST_RECORDS = "ListRecords"
    GET_RECORD = "GetRecord"


class ErrorCode(StrEnum):
    """What can be wrong with a request."""

    BAD_ARGUMENT = "badArgument"
    BAD_TOKEN = "badResumptionToken"  # noqa: S105 - no password
    BAD_VERB = "badVerb"
    NO_SUCH_FORMAT = "cannotDisseminateFormat"
    NO_SUCH_ID = "idDoesNotExist"
    NO_RECORDS = "noRecordsMatch"
    NO_SETS = "noSetHierarchy"


class ProtocolError(UserError):
    """A request that the protocol answers with an error."""

    def __init__(self, code: ErrorCode, message: Message) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Takes:
    """The arguments of a verb; ``alone``: one that is given without any other."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    alone: str = ""


_LIST = _Takes((PREFIX,), (FIRST, LAST, SET), TOKEN)
_TAKES: Mapping[Verb, _Takes] = {
    Verb.IDENTIFY: _Takes(),
    Verb.LIST_FORMATS: _Takes(optional=(IDENTIFIER,)),
    Verb.LIST_SETS: _Takes(alone=TOKEN),
    Verb.LIST_IDENTIFIERS: _LIST,
    Verb.LIST_RECORDS: _LIST,
    Verb.GET_RECORD: _Takes((IDENTIFIER, PREFIX)),
}


@dataclass(frozen=True, slots=True)
class OaiRequest:
    """A verb with arguments that it takes."""

    verb: Verb
    arguments: Mapping[str, str]

    @classmethod
    def read(cls, pairs: Sequence[tuple[str, str]]) -> Self:
        """The request of some names and values.

        Raises:
            ProtocolError: it has no verb, or arguments that the verb does not take.
        """
        verb = _verb([value for name, value in pairs if name == VERB])
        arguments = {name: value for name, value in pairs if name != VERB}
        takes = _TAKES[verb]
        known = (*takes.required, *takes.optional, *filter(None, [takes.alone]))
        for name, count in Counter(name for name, _ in pairs).items():
            if name not in {VERB, *known}:
                raise _bad(_unknown(name, verb, known))
            if count > 1:
                raise _bad(ParameterError.too_many(name, count, 1).message)
        if takes.alone in arguments:
            _check_alone(takes.alone, arguments)
        else:
            _check_complete(verb, takes.required, arguments)
        for name in {PREFIX, SET} & arguments.keys():
            if not _NAME.fullmatch(arguments[name]):
                raise _bad(_not_a_name(name, arguments[name]))
        return cls(verb, arguments)

    @property
    def pairs(self) -> dict[str, str]:
        """The verb and the arguments, as an answer says them again.

        An identifier that is no URI is left out: the protocol has no place for it, and an error of its own.
        """
        said = {VERB: self.verb, **self.arguments}
        return {name: value for name, value in said.items() if name != IDENTIFIER or _URI.fullmatch(value)}

    def check_format(self) -> None:
        """Refuses a form of metadata that there is not.

        Raises:
            ProtocolError: the prefix names another one.
        """
        prefix = self.arguments.get(PREFIX, DUBLIN_CORE)
        if prefix != DUBLIN_CORE:
            choice = ParameterError.choice(PREFIX, prefix, [DUBLIN_CORE])
            raise ProtocolError(ErrorCode.NO_SUCH_FORMAT, choice.message)


def _verb(values: Sequence[str]) -> Verb:
    match values:
        case [value] if value in set(Verb):
            return Verb(value)
        case [value]:
            message = ParameterError.choice(VERB, value, Verb).message
        case []:
            message = say("The request has no verb; give one of {choices}", choices=", ".join(Verb))
        case _:
            message = ParameterError.too_many(VERB, len(values), 1).message
    raise ProtocolError(ErrorCode.BAD_VERB, message)


def _unknown(name: str, verb: Verb, known: Sequence[str]) -> Message:
    name = abbreviate(name)
    if not known:
        return say("{name} means nothing to {verb}; leave it out", name=name, verb=verb)
    return say(
        "{name} means nothing to {verb}; leave it out. It takes {names}",
        name=name,
        verb=verb,
        names=", ".join(known),
    )


def _check_alone(name: str, arguments: Mapping[str, str]) -> None:
    others = [other for other in arguments if other != name]
    if others:
        raise _bad(
            say(
                "{name} holds what was asked first; leave out {names}",
                name=name,
                names=", ".join(others),
            )
        )


def _check_complete(verb: Verb, required: Sequence[str], arguments: Mapping[str, str]) -> None:
    for name in required:
        if name not in arguments:
            raise _bad(say("{verb} needs {name}; give it too", verb=verb, name=name))


def _not_a_name(name: str, value: str) -> Message:
    value = abbreviate(value)
    if name == PREFIX:
        return ParameterError.choice(name, value, [DUBLIN_CORE]).message
    return say("{name} is “{value}”; give the setSpec of a set that ListSets names", name=name, value=value)


def _bad(message: Message) -> ProtocolError:
    return ProtocolError(ErrorCode.BAD_ARGUMENT, message)
