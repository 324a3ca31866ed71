"""Codes: six digits sent apart from the link, for steps that ask for more. Ten minutes, five tries, hash only."""

from datetime import timedelta
from typing import Final

from fastapi import BackgroundTasks, HTTPException
from sqlalchemy import Connection

from store.one_time import Guess, guess, keep_secret, spend
from web.decision.sight import Sight
from web.security.floods import Floods
from web.security.seals import seal
from web.services import Services

VALID: Final = timedelta(minutes=10)
MOST_CODES: Final = 3
"""Codes for one assignment within ten minutes."""


def send_code(services: Services, floods: Floods, sight: Sight, later: BackgroundTasks) -> None:
    """Send a new code to the person asked; an earlier one is dead from now on. Raises 429."""
    asked, now = sight.asked, services.wall()
    subject = asked.subject
    if not floods.allow("code", subject, MOST_CODES, now, VALID):
        raise HTTPException(429, "code")
    code = services.new_code()
    ends = now + VALID
    with services.store.database.writing() as connection:
        keep_secret(connection, ("code", subject), asked.person, _hash(services, subject, code), now, ends)
    # As in every other mail: of a confidential case the number alone (S-13).
    title = asked.case_id if sight.confidential else f"{asked.case_id} {sight.titles.step(asked.step)}"
    later.add_task(services.post.send_code, asked.person, code, title, ends)


def try_code(connection: Connection, services: Services, sight: Sight, code: str) -> Guess:
    """Whether the code is right; the try is counted."""
    subject = sight.asked.subject
    plain = "".join(one for one in code if one.isdigit())
    return guess(connection, ("code", subject), _hash(services, subject, plain), services.wall())


def use_code(connection: Connection, services: Services, sight: Sight) -> None:
    """The code has done its work."""
    spend(connection, ("code", sight.asked.subject), services.wall())


def _hash(services: Services, subject: str, code: str) -> str:
    # Sealed, not just hashed: six digits are guessed from a plain hash in a second.
    return seal(services.secret, "code", f"{subject}\n{code}")
