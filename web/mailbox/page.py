"""The built-in mailbox: every letter of the outbox, for a demonstration without a mail server. Never elsewhere."""

from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from store.lists import letters
from store.outbox import letter_of
from web.frame.rendering import page
from web.frame.surroundings import Given, company

router: Final = APIRouter()


@router.get("/mailbox")
def mailbox(request: Request, services: Given, to: str = "") -> Response:
    """Letters, the newest first; of one person if asked."""
    if not services.settings.demo or services.letters is None:
        raise HTTPException(404, "mailbox")
    with services.store.database.reading() as connection:
        rows = letters(connection)
    people = company(services).organisation.people
    shown = [
        (row, people[row.person].name if row.person in people else row.person, services.letters.render(letter_of(row)))
        for row in rows
        if not to or row.person == to
    ]
    readers = sorted({row.person for row in rows})
    return page(request, "mailbox/page.html", letters=shown, readers=readers, to=to)
