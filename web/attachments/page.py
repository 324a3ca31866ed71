"""Downloads: always as a file to save, never as something a browser would show or run."""

from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, Response

from store.attachments import attachment
from store.files import path_of
from store.inbox import by_number
from web.cases.access import may_see
from web.decision.asked import asked
from web.decision.sight import look
from web.frame.surroundings import Given, Reader, services_of

router: Final = APIRouter()


@router.get("/cases/{case_id}/files/{sha256}")
def of_case(request: Request, case_id: str, sha256: str, reader: Reader, services: Given) -> Response:
    """A file of a case, for whoever may see the case."""
    if not may_see(services, reader, case_id):
        raise HTTPException(404, "file")
    return _download(request, case_id, sha256)


@router.get("/cases/{case_id}/mail/{number}")
def mail_of_case(case_id: str, number: int, reader: Reader, services: Given) -> Response:
    """A mail of a case as it came, for whoever may see the case."""
    if not may_see(services, reader, case_id):
        raise HTTPException(404, "mail")
    with services.store.database.reading() as connection:
        mail = by_number(connection, number)
    if mail is None or mail.case_id != case_id or mail.waits:
        raise HTTPException(404, "mail")
    return download(services.settings.mails, mail.sha256, f"mail-{mail.id}.eml")


@router.get("/d/file/{sha256}")
def of_assignment(request: Request, sha256: str) -> Response:
    """A file of the case whose page is open by a link."""
    sight = look(request, asked(request))
    if sight.asked.status != "open" or sight.must_sign_in:
        raise HTTPException(404, "file")
    return _download(request, sight.case.id, sha256, sight.unsealed)


def _download(request: Request, case_id: str, sha256: str, unsealed: bool = True) -> Response:
    services = services_of(request)
    with services.store.database.reading() as connection:
        found = attachment(connection, case_id, sha256)
    if found is None or (found.sealed and not unsealed):
        raise HTTPException(404, "file")
    return download(services.settings.attachments, found.sha256, found.name)


def download(folder: Path, sha256: str, name: str) -> Response:
    """A file that is kept under its hash, to be saved. Raises 404 if it is not there."""
    place = path_of(folder, sha256)
    if not place.is_file():
        raise HTTPException(404, "file")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return FileResponse(place, media_type="application/octet-stream", headers=headers)
