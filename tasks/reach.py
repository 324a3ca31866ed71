"""Reach: which addresses a worker may ask. The address that was checked is the one that is connected to.

A procedure takes addresses from forms, so a stranger may choose them. A worker stands inside the company's network, and
its own machine answers it without a password. So a name is resolved once, every address it gives is judged, and the
connection goes to one that was judged; a name that means something else a moment later gains nothing. A redirect is a
request like any other and is judged again.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

import httpx

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a name and a port to addresses, best first. Raises `OSError`."""

INTRANET: Final = tuple(
    ip_network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
"""RFC 1918, 6598 and 4193: the company's own sites, which its procedures are there to watch."""

METADATA: Final = frozenset(
    ip_address(one) for one in ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")
)
"""Where clouds give a machine its own secrets, outside 169.254.0.0/16: Alibaba, Azure, Oracle, Amazon over IPv6."""

_NAT64: Final = ip_network("64:ff9b::/96")
_NOWHERE: Final = (IPv6Network("::/96"), IPv6Network("64:ff9b:1::/48"))
"""IPv6 that Python takes for public and that leads to IPv4 addresses nobody has judged (RFC 4291, 8215)."""


class AddressRefused(httpx.RequestError):
    """An address that no work may ask; it says which, and which setting allows it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be asked."""

    hosts: tuple[str, ...] = ()
    """Names, `.example.cn` for all below a name; any name if empty."""
    networks: tuple[Network, ...] = ()
    """Networks that are refused otherwise: loopback, link-local, metadata."""

    def allows_host(self, host: str) -> bool:
        """Whether a name, or an address written in place of one, may be asked for at all."""
        name = host.rstrip(".").casefold()
        wanted = [one.rstrip(".").casefold().removeprefix("*") for one in self.hosts]
        return not wanted or any(name == one or (one.startswith(".") and name.endswith(one)) for one in wanted)

    def allows_address(self, address: Address) -> bool:
        """Whether an address may be connected to."""
        plain = _unwrapped(address)
        if any(plain in network for network in self.networks if network.version == plain.version):
            return True
        if plain in METADATA or plain.is_multicast or any(plain in one for one in _NOWHERE):
            return False
        return plain.is_global or any(plain in network for network in INTRANET if network.version == plain.version)


class GuardedTransport(httpx.AsyncBaseTransport):
    """Asks only what the reach allows. TLS is still judged by the name: an address has no certificate."""

    def __init__(self, reach: Reach, tls: ssl.SSLContext | bool = True, resolve: Resolve | None = None) -> None:
        self._reach, self._resolve = reach, resolve or _resolve
        # No connection is kept: two names at one address must not share one that was opened for the other.
        self._inner = httpx.AsyncHTTPTransport(
            verify=tls, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises `AddressRefused`, or `httpx.TransportError` if no address answers."""
        if request.url.scheme not in ("http", "https"):
            raise AddressRefused(f"`{request.url.scheme}` is neither http nor https", request=request)
        host = request.url.raw_host.decode("ascii")
        trouble: httpx.TransportError | None = None
        for address in await self._addresses(host, request):
            try:
                return await self._inner.handle_async_request(_sent_to(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                trouble = error
        assert trouble is not None  # noqa: S101 - there is an address, or `_addresses` has raised
        raise trouble

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()

    async def _addresses(self, host: str, request: httpx.Request) -> list[Address]:
        if not self._reach.allows_host(host):
            raise AddressRefused(f"`{host}` is not among the setting `machines.hosts`", request=request)
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            found = [_parsed(one) for one in await self._resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"`{host}` cannot be resolved: {error}", request=request) from error
        allowed = [one for one in dict.fromkeys(found) if self._reach.allows_address(one)]
        if not allowed:
            shown = ", ".join(map(str, found)) or "no address"
            raise AddressRefused(
                f"`{host}` means {shown}, which work may not ask; the setting `machines.networks` allows it",
                request=request,
            )
        return allowed


def _sent_to(request: httpx.Request, host: str, address: Address) -> httpx.Request:
    """The same request to an address; the header `Host` and the name for TLS stay those of the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )


def _parsed(text: str) -> Address:
    return ip_address(text.partition("%")[0])


def _unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, where it would be connected to."""
    if isinstance(address, IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inside is None and address in _NAT64:
        inside = IPv4Address(int(address) & 0xFFFF_FFFF)
    return inside or address


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]
