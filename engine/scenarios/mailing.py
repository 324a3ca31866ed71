"""Mailing: the mail of a policy test, sorted by the same rules as a real one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.claim import Claim
from engine.intake import Aside, taken_by
from engine.program import Program
from engine.scenarios.timeline import Line
from models.language.moments import parse_moment
from models.language.policy_test import GivenMail


def form_of_mail(program: Program, mail: GivenMail, now: datetime, lines: list[Line]) -> Mapping[str, Any] | None:
    """The answers that a mail gives; None if it opens no case. `lines` gets what was expected and what came of it."""
    organisation = program.company.organisation
    person = next((name for name, one in organisation.people.items() if one.email == mail.sender), None)
    box = organisation.mailboxes.get(mail.mailbox)
    claim = Claim(
        mail.mailbox, mail.subject, mail.text, mail.sender, mail.name, box.addresses[0] if box else "",
        parse_moment(mail.received) if mail.received else now, person, mail.verified, mail.automatic,
    )  # fmt: skip
    taken = taken_by([program.procedure], organisation, claim)
    if mail.set_aside is None:
        if isinstance(taken, Aside):
            lines.append(Line(now, "mail: opens a case", f"mail: set aside: {taken.why}"))
            return None
        return taken.facts
    expected = f"mail: set aside: {mail.set_aside}"
    why = taken.why if isinstance(taken, Aside) else None
    actual = expected if why is not None and mail.set_aside in why else f"mail: set aside: {why}"
    lines.append(Line(now, expected, actual if why is not None else "mail: opens a case"))
    return None
