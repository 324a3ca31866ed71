"""A worker asks nothing of its own machine or its cloud, whatever a name means, unless the operator allows it."""

from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from tasks.fetching import fetch
from tasks.reach import Reach
from tasks.registered import WorkFailed
from tests.integration.tasks.sites import LOOPBACK, Names, done, serving


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::", "169.254.169.254", "169.254.0.1", "fe80::1", "224.0.0.1",  # noqa: S104 - refused
        "255.255.255.255", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "::ffff:127.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "240.0.0.1",
    ],
)  # fmt: skip
def test_what_is_nobodys_site_is_refused(address: str) -> None:
    assert not Reach().allows_address(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12::1"])
def test_the_public_and_the_companys_own_sites_are_allowed(address: str) -> None:
    assert Reach().allows_address(ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_what_the_operator_lists_is_allowed(address: str) -> None:
    assert Reach(networks=(LOOPBACK,)).allows_address(ip_address(address))


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("www.site.example", True), ("WWW.SITE.EXAMPLE.", True), ("oa.corp.example", True), ("a.b.corp.example", True),
        ("corp.example", False), ("evilcorp.example", False), ("www.site.example.evil.example", False),
        ("127.0.0.1", False),
    ],
)  # fmt: skip
def test_a_list_of_hosts_names_all_that_may_be_asked(host: str, allowed: bool) -> None:
    assert Reach(hosts=("www.site.example", "*.corp.example")).allows_host(host) is allowed


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_asked_under_any_of_its_names(host: str, tmp_path: Path) -> None:
    with serving() as site, pytest.raises(WorkFailed, match=r"machines\.networks"):
        done(lambda tools: fetch(tools, "GET", site.url(host=host), 100), tmp_path, Reach())

    assert site.asked == []


def test_a_host_that_is_not_listed_is_not_even_looked_up(tmp_path: Path) -> None:
    names = Names({})

    with pytest.raises(WorkFailed, match=r"`other\.example` is not among the setting `machines\.hosts`"):
        done(lambda tools: fetch(tools, "GET", "http://other.example/", 100), tmp_path, Reach(("site.example",)), names)
    assert names.asked == []


def test_a_name_is_looked_up_once_and_what_it_meant_then_is_connected_to(tmp_path: Path) -> None:
    names = Names({"site.example": ["127.0.0.1"]})
    with serving() as site:
        site.says("/", b"here")
        url = site.url(host="site.example")
        done(lambda tools: fetch(tools, "GET", url, 100), tmp_path, names=names)

    assert (names.asked, site.asked[0][2]) == (["site.example"], f"site.example:{site.port}")


def test_of_several_addresses_only_the_allowed_are_tried_one_after_another(tmp_path: Path) -> None:
    reach = Reach(networks=(LOOPBACK, ip_network("127.0.0.3/32")))
    names = Names({"site.example": ["127.0.0.2", "127.0.0.3", "127.0.0.1"]})
    with serving() as site:
        site.says("/", b"here")
        url = site.url(host="site.example")
        found = done(lambda tools: fetch(tools, "GET", url, 100), tmp_path, reach, names)

    assert found.content == b"here"


def test_a_redirect_to_what_may_not_be_asked_is_refused(tmp_path: Path) -> None:
    names = Names({"site.example": ["127.0.0.1"], "inside.example": ["169.254.169.254"]})
    with serving() as site:
        site.sends_on("/", "http://inside.example/latest/meta-data")
        url = site.url(host="site.example")
        with pytest.raises(WorkFailed, match=r"`inside\.example` means 169\.254\.169\.254"):
            done(lambda tools: fetch(tools, "GET", url, 100), tmp_path, names=names)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://site.example/", "gopher://site.example/"])
def test_a_redirect_to_something_other_than_a_page_is_refused(target: str, tmp_path: Path) -> None:
    with serving() as site:
        site.sends_on("/", target)
        with pytest.raises(WorkFailed, match="is neither http nor https"):
            done(lambda tools: fetch(tools, "GET", site.url(), 100), tmp_path)
