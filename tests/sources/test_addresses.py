from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.addresses import is_public

PRIVATE_4 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10"]
OTHER_4 = ["0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "198.18.0.0/15", "192.0.2.0/24"]
NEVER_6 = [
    "::/128",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "2002::/16",
    "2001::/32",
    "2001:db8::/32",
]


def inside(block: str) -> st.SearchStrategy[str]:
    return st.ip_addresses(network=block).map(str)


@given(st.one_of([inside(block) for block in PRIVATE_4 + OTHER_4 + NEVER_6]))
@settings(deadline=None)
def test_no_address_of_a_block_that_is_not_the_internet_is_public(address: str) -> None:
    assert not is_public(address)


@given(st.one_of([st.ip_addresses(network=block) for block in PRIVATE_4 + OTHER_4]))
@settings(deadline=None)
def test_a_private_address_is_not_public_in_any_wrapping(inner: IPv4Address) -> None:
    number = int(inner)
    wrapped = [
        IPv6Address(0xFFFF << 32 | number),  # IPv4-mapped
        IPv6Address(number),  # IPv4-compatible
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),  # NAT64
        IPv6Address(int(IPv6Address("64:ff9b:1::")) | number),  # NAT64 of a local kind
        IPv6Address(0x2002 << 112 | number << 80),  # 6to4
        IPv6Address(int(IPv6Address("2001::")) | number ^ 0xFFFFFFFF),  # Teredo
    ]
    assert [str(address) for address in wrapped if is_public(str(address))] == []


@given(st.ip_addresses())
@settings(deadline=None, max_examples=500)
def test_whatever_python_calls_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    if address.is_private or address.is_multicast or address.is_link_local or address.is_loopback:
        assert not is_public(str(address))


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fe80::1%1",
        "0.0.0.0",  # noqa: S104 - the address is the case
        "::",
    ],
)
def test_the_metadata_services_of_clouds_are_out_of_reach(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
)
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_what_is_no_address_is_not_public(text: str) -> None:
    try:
        ip_address(text)
    except ValueError:
        assert not is_public(text)


def test_public_addresses_lie_between_the_refused_blocks() -> None:
    assert all(is_public(address) for address in ["9.255.255.255", "11.0.0.0", "172.32.0.0", "2001:200::", "2003::"])
