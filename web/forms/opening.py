"""Opening: which forms there are, and for whom."""

from dataclasses import dataclass
from typing import Literal

from fastapi import HTTPException, Request

from engine.case import Case
from engine.people import Search
from engine.program import Program
from models.language.procedure import Start
from store.programs import NotPublished
from web.frame.surroundings import services_of, signed_in
from web.services import Services

Way = Literal["public_form", "form"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A form that this reader may fill in; `person` is None for a stranger."""

    program: Program
    way: Way
    person: str | None


def opening(request: Request, procedure: str) -> Opening:
    """The form of a procedure. Raises 404 where there is none, 401 for strangers, 403 for whom it is not meant."""
    services, person = services_of(request), signed_in(request)
    with services.store.database.reading() as connection:
        services.store.programs.refresh(connection)
        try:
            program = services.store.programs.current(connection, procedure)
        except NotPublished as error:
            raise HTTPException(404, "form") from error
    ways = {start.by: start for start in program.procedure.starts}
    if person and "form" in ways and may_open(services, program, ways["form"], person):
        return Opening(program, "form", person)
    if "public_form" in ways:
        return Opening(program, "public_form", person)
    if "form" not in ways:
        raise HTTPException(404, "form")
    raise HTTPException(403 if person else 401, "form")


def forms_for(services: Services, person: str | None) -> list[Program]:
    """Every form that somebody may fill in, by title."""
    with services.store.database.reading() as connection:
        programs = services.store.programs
        programs.refresh(connection)
        found = [programs.current(connection, name) for name in programs.rulebook.procedures]
    return [one for one in found if _offered(services, one, person)]


def may_open(services: Services, program: Program, start: Start, person: str) -> bool:
    """Whether a person is among those whom a form is meant for; everybody who works here where it names nobody."""
    now = services.clock()
    if not start.who:
        return True
    procedure = program.procedure
    case = Case("", procedure.procedure, program.version, now, now, requester=person)
    return person in Search(program.company, case, now).members(start.who)


def _offered(services: Services, program: Program, person: str | None) -> bool:
    for start in program.procedure.starts:
        if start.by == "public_form":
            return True
        if start.by == "form" and person and may_open(services, program, start, person):
            return True
    return False
