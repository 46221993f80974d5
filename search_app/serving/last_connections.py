"""How is a listening socket closed so that nobody is reset?

Closing it resets who has connected and was not accepted. So its queue is emptied before, and nobody may join
it in between: Linux drops what a filter of the socket rejects. Who comes then asks again after a second, and
is refused. On other systems some microseconds remain in which a client can be reset.
"""

import ctypes
import socket
import struct
import sys

_ATTACH_FILTER = 26  # SO_ATTACH_FILTER of Linux's socket.h
_RETURN = 0x06  # BPF_RET | BPF_K of its filter.h: ends with what follows, here 0 bytes of a packet


def take_no_more(listener: socket.socket) -> None:
    """Lets nobody connect any more, in whichever process the socket is accepted from."""
    if sys.platform != "linux":
        return
    program = ctypes.create_string_buffer(struct.pack("HBBI", _RETURN, 0, 0, 0))
    listener.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(program)))
