"""A stranger's server, however bad, costs neither memory nor time, and its trouble is said in words."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tasks.fetching import Fetched, fetch
from tasks.registered import WorkFailed
from tests.integration.tasks.sites import Names, Site, done, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def fetched(site: Site, folder: Path, path: str = "/", most: int = 5_000, patience: float = 5.0) -> Fetched:
    return done(lambda tools: fetch(tools, "GET", site.url(path), most), folder, patience=patience)


def test_a_page_comes_with_what_the_server_says_it_is(site: Site, tmp_path: Path) -> None:
    site.says("/", b"<p>hello</p>", Content_Type="text/html; charset=GB2312")

    assert fetched(site, tmp_path) == Fetched(200, b"<p>hello</p>", False, "text/html", "gb2312")


def test_no_more_is_read_of_a_page_without_end_than_is_wanted(site: Site, tmp_path: Path) -> None:
    site.never_ends("/")

    found = fetched(site, tmp_path)

    assert (len(found.content), found.cut) == (5_000, True)


def test_a_server_that_dawdles_is_given_up(site: Site, tmp_path: Path) -> None:
    site.dawdles("/")

    with pytest.raises(WorkFailed, match=r"no complete answer within 0\.2 seconds"):
        fetched(site, tmp_path, patience=0.2)


def test_redirects_that_lead_in_a_ring_are_given_up(site: Site, tmp_path: Path) -> None:
    site.sends_on("/", "/again")
    site.sends_on("/again", "/")

    with pytest.raises(WorkFailed, match="maximum allowed redirects"):
        fetched(site, tmp_path)


def test_a_redirect_leads_to_the_page(site: Site, tmp_path: Path) -> None:
    site.sends_on("/", "/new")
    site.says("/new", b"moved")

    assert fetched(site, tmp_path).content == b"moved"


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_refusal_of_the_server_is_a_failure_that_names_it(site: Site, tmp_path: Path, status: int) -> None:
    site.says("/", b"sorry", status)

    with pytest.raises(WorkFailed, match=str(status)):
        fetched(site, tmp_path)


def test_what_a_post_has_done_is_not_done_again_at_another_address(site: Site, tmp_path: Path) -> None:
    site.sends_on("/", "/other", 307)

    with pytest.raises(WorkFailed, match="307"):
        done(lambda tools: fetch(tools, "POST", site.url(), 100, {"a": 1}), tmp_path)
    assert [(one[0], one[1]) for one in site.asked] == [("POST", "/")]


def test_a_server_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with serving() as gone:
        pass

    with pytest.raises(WorkFailed, match="connection attempts failed"):
        fetched(gone, tmp_path)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def over_tls(authority: trustme.CA, certified: str, folder: Path, tls: ssl.SSLContext | bool) -> bytes:
    names = Names({"site.example": ["127.0.0.1"]})
    with serving(secured(authority, certified)) as site:
        site.says("/", b"secret")
        url = site.url(host="site.example")
        return done(lambda tools: fetch(tools, "GET", url, 100), folder, names=names, tls=tls).content


def test_a_certificate_is_judged_by_the_name_though_the_address_is_what_is_connected_to(
    authority: trustme.CA, tmp_path: Path
) -> None:
    assert over_tls(authority, "site.example", tmp_path, trusting(authority)) == b"secret"


def test_a_certificate_of_another_name_is_refused(authority: trustme.CA, tmp_path: Path) -> None:
    with pytest.raises(WorkFailed, match=r"not valid for 'site\.example'"):
        over_tls(authority, "other.example", tmp_path, trusting(authority))


def test_a_certificate_of_an_unknown_authority_is_refused(authority: trustme.CA, tmp_path: Path) -> None:
    with pytest.raises(WorkFailed, match="CERTIFICATE_VERIFY_FAILED"):
        over_tls(authority, "site.example", tmp_path, ssl.create_default_context())
