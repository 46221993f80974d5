"""How much of a server may one client take, and for how long?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one connection, and of one process.

    Attributes:
        idle_seconds: a connection without a request is closed after that.
        head_seconds: from the first byte of a request's head to its last.
        head_bytes: of a request line with its headers; a query of 1,000 Vietnamese characters takes 9 KB.
        body_seconds: from the end of the head to the end of the body.
        body_bytes: of a request's body; no address needs one.
        stall_seconds: within that the client takes the next CHUNK_BYTES of a response, or it is cut.
        connections: open in one process; beyond them, the one that has waited longest for a request goes.
        linger_seconds: that a stopping process waits for requests which may be under way.
        stop_seconds: after which a stopping process cuts what is still being answered.
    """

    idle_seconds: float = 5.0
    head_seconds: float = 5.0
    head_bytes: int = 32 * 1024
    body_seconds: float = 10.0
    body_bytes: int = 16 * 1024
    stall_seconds: float = 30.0
    connections: int = 4096
    linger_seconds: float = 1.0
    stop_seconds: float = 10.0


CHUNK_BYTES = 64 * 1024
"""So much of a response is handed to the system at a time; with 30 s each, a client takes 2 KB/s at least."""
