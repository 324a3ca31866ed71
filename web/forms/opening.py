"""Opening: which forms there are, and for whom."""

from dataclasses import dataclass
from typing import Literal

from fastapi import HTTPException, Request

from engine.case import Case
from engine.people import Search
from engine.program import Program
from models.language.procedure import Start
from store.programs import NotPublished
from web.frame.surroundings import require_signed_in, services_of, signed_in
from web.services import Services
from web.triage.sorting import Sorting, sorting

Way = Literal["public_form", "form", "email"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A form that this reader may fill in; `person` is None for a stranger."""

    program: Program
    way: Way
    person: str | None
    sorting: Sorting | None = None
    """The mail from which the case is opened, and the assignment that asks the reader to sort it."""

    @property
    def query(self) -> str:
        """What the address of the form ends with."""
        return f"?mail={self.sorting.mail.id}" if self.sorting else ""

    @property
    def splits(self) -> bool:
        """Whether the mail may hold what must not leave the sealed circle, and the new case is not in it."""
        return bool(self.sorting and self.sorting.mail.sealed and self.program.procedure.sensitivity != "sealed")


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


def opening_from_mail(request: Request, procedure: str, number: int) -> Opening:
    """The form of a procedure for whoever sorts a mail, whichever way in it has. Raises 404 where there is none."""
    services, person = services_of(request), require_signed_in(request)
    with services.store.database.reading() as connection:
        services.store.programs.refresh(connection)
        found = sorting(services, connection, person, number)
        try:
            program = services.store.programs.current(connection, procedure)
        except NotPublished as error:
            raise HTTPException(404, "form") from error
    if not any(start.by in ("form", "public_form", "email") for start in program.procedure.starts):
        raise HTTPException(404, "form")
    return Opening(program, "email", person, found)


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
