"""Listening: mail servers of the company hand mails over to Duly by SMTP or LMTP.

It is the end of the road and never a relay: it takes mails for the addresses that are ours and for nobody else, from
the given networks only.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

import structlog

from notifications.inbound.callers import Caller, LmtpCaller, SmtpCaller
from notifications.inbound.door import Door

_log: Final = structlog.get_logger(__name__)


@asynccontextmanager
async def listening(door: Door) -> AsyncIterator[int]:
    """Take mails for as long as the block lasts; gives the port. Raises `OSError` if it is taken.

    Raises `ValueError` for a network that is none.
    """
    networks = tuple(ip_network(one) for one in door.networks)
    callers: set[Caller] = set()
    server = await asyncio.get_running_loop().create_server(
        lambda: _Gate(door, networks, callers), door.host, door.port
    )
    async with server:
        yield server.sockets[0].getsockname()[1]
        server.close()
        for caller in tuple(callers):
            await caller.hang_up()


class _Gate(asyncio.Protocol):
    """Lets a caller in, or says why not."""

    def __init__(self, door: Door, networks: Sequence[IPv4Network | IPv6Network], callers: "set[Caller]") -> None:
        self.door, self.networks, self.callers = door, networks, callers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - create_server gives no other
        peer = ip_address(str(transport.get_extra_info("peername")[0]).partition("%")[0])
        peer = getattr(peer, "ipv4_mapped", None) or peer
        if not any(peer in network for network in self.networks):
            _log.warning("mail_server_not_allowed", peer=str(peer))
            self._send_away(transport, "554 5.7.1 this host may not hand over mails: see Duly's setting of networks")
        elif len(self.callers) >= self.door.connections:
            _log.warning("too_many_mail_servers", peer=str(peer), connections=len(self.callers))
            self._send_away(transport, "421 4.3.2 too many connections, come again later")
        else:
            caller = (SmtpCaller if self.door.protocol == "smtp" else LmtpCaller)(self.door, self.callers, str(peer))
            transport.set_protocol(caller)
            caller.connection_made(transport)

    def _send_away(self, transport: asyncio.Transport, words: str) -> None:
        transport.write(f"{words}\r\n".encode())
        transport.close()
