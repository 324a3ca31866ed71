"""Surroundings of a request: the services, the company of today, and who is signed in."""

from ipaddress import IPv6Address, IPv6Network
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from engine.company import Company
from store.sessions import session_person
from web.security.floods import Floods
from web.security.visits import SESSION
from web.services import Services


def services_of(request: Request) -> Services:
    """What the application was made with."""
    found: Services = request.app.state.services
    return found


def floods_of(request: Request) -> Floods:
    """The flood protection of this process."""
    found: Floods = request.app.state.floods
    return found


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy, uvicorn has put the real address there.

    Of an IPv6 address the first 64 bits: the rest its owner may choose anew for every request.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = IPv6Address(host.partition("%")[0])
    except ValueError:
        return host
    return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))


def company(services: Services) -> Company:
    """The company as published; read again when something is published."""
    programs = services.store.programs
    with services.store.database.reading() as connection:
        programs.refresh(connection)
    return programs.company


def signed_in(request: Request) -> str | None:
    """Who is signed in; None for a stranger, and for somebody who no longer works here."""
    token = request.cookies.get(SESSION)
    if not token:
        return None
    services = services_of(request)
    with services.store.database.reading() as connection:
        person = session_person(connection, token, services.wall())
    return person if person and company(services).employed(person, services.clock()) else None


def require_signed_in(request: Request) -> str:
    """Who is signed in. Raises 401, which shows the sign-in page."""
    person = signed_in(request)
    if person is None:
        raise HTTPException(401, "sign in")
    return person


Given = Annotated[Services, Depends(services_of)]
"""The services, as a parameter of a page."""

Reader = Annotated[str, Depends(require_signed_in)]
"""Who is signed in, as a parameter of a page that strangers may not see."""
