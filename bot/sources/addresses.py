"""Which network addresses are the public internet, and which an outsider must never make us talk to."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA's special-purpose registries, written out: what `ipaddress` calls global differs between Python versions, and
# counts multicast, 6to4 and more as global.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and one cloud's metadata service
        "127.0.0.0/8",
        "168.63.129.16/32",  # a public address that is Azure's own host, and answers its guests
        "169.254.0.0/16",  # link-local, with the other clouds' metadata services
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")  # all that was ever handed out
_NOT_PUBLIC_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, with Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_address(text: str) -> bool:
    """Say whether a text is an IP address, and not a name."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Say whether an IP address, as text, is on the public internet.

    An IPv6 address that stands for an IPv4 one (mapped, or NAT64's well-known prefix, the way to IPv4 from a network
    that has IPv6 only) is judged by that one; other ways to wrap an IPv4 address are never public.
    """
    if not is_address(address):
        return False
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return _is_public_4(ip)
    inner = _wrapped(ip)
    if inner is not None:
        return _is_public_4(inner)
    return ip.scope_id is None and ip in _PUBLIC_6 and not any(ip in block for block in _NOT_PUBLIC_6)


def _is_public_4(ip: IPv4Address) -> bool:
    return not any(ip in block for block in _NOT_PUBLIC_4)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
