"""Does an address lead to this machine alone? Asked of clients of the server, and of what it listens on."""

from ipaddress import IPv6Address, ip_address


def is_own_address(address: str) -> bool:
    """Whether an IP address is a loopback address; of anything else, as the name of a socket, false.

    >>> [is_own_address(address) for address in ("127.0.0.1", "::1", "::ffff:127.8.0.1", "192.0.2.1", "")]
    [True, True, True, False, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (mapped or found).is_loopback
