"""Addresses: by which one flooder is told from another."""

import pytest
from fastapi import Request

from web.frame.surroundings import address_of


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_whoever_has_a_network_of_addresses_counts_as_one(first: str, second: str, same: bool) -> None:
    found = [address_of(Request({"type": "http", "client": (one, 1), "headers": []})) for one in (first, second)]
    assert (found[0] == found[1]) is same
