"""Intake: what a mail opens, by the rules that the officer wrote. Pure, so that policy tests play mails too.

The rules say which mails a procedure takes, which of them a person must look at first, and where the answers of the
form come from. What the form itself refuses is the engine's business when the case is opened.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.claim import LONGEST_LOOK, Claim, part_of
from engine.mail_answers import answers, missing
from models.language.intake import MailPart, Sign
from models.language.organisation import Organisation
from models.language.patterns import found
from models.language.procedure import Procedure, Start

STAFF: Final = frozenset({"staff", "verified_staff"})
VERIFIED: Final = frozenset({"verified", "verified_staff"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail opens a case of this procedure, with these answers."""

    procedure: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Aside:
    """A person must look at a mail first; `sealed` if only those may who read sealed matters."""

    why: str
    sealed: bool = False


def taken_by(procedures: Iterable[Procedure], organisation: Organisation, mail: Claim) -> Taken | Aside:
    """What becomes of a mail that is no reply, no bounce and no copy.

    A sign that it must be looked at first counts before anything else, whichever procedure wrote it down.
    """
    starts = [pair for pair in ways_in(procedures) if pair[1].mailbox == mail.mailbox]
    if not mail.mailbox or not starts:
        return Aside("收件地址不属于任何规程" if not mail.mailbox else "该邮箱没有对应的规程")
    signs = [sign for _, start in starts for sign in start.sets_aside if _in(sign, mail)]
    if signs:
        sign = next((one for one in signs if one.sealed), signs[0])
        return Aside(str(sign.why), sign.sealed)
    fitting = [(procedure, start) for procedure, start in starts if _fits(start, mail)]
    if not fitting:
        return Aside(_why_not([start for _, start in starts], mail))
    titles = dict.fromkeys(str(procedure.title) for procedure, _ in fitting)
    if len(titles) > 1:
        return Aside(f"同时符合几个规程：{'、'.join(titles)}")
    procedure, start = fitting[0]
    facts = answers(start, procedure.form, organisation, mail)
    lacking = missing(procedure.form, facts)
    if lacking:
        return Aside(f"来信中缺少：{'、'.join(lacking)}")
    return Taken(procedure.procedure, facts)


def may_be_sealed(procedures: Iterable[Procedure], mail: Claim, case_of: str = "") -> bool:
    """Whether only those may see a mail who read sealed matters: because of where it came to, or of a sign in it.

    Args:
        procedures: those in force.
        mail: one that is no more than set aside, listed or added to a case.
        case_of: the procedure of the case that it is about, if that is known. Of a mail that is about no case and came
            to no mailbox nobody knows what it is, so that every sign counts.
    """
    for procedure, start in ways_in(procedures):
        here = bool(mail.mailbox) and start.mailbox == mail.mailbox
        if here and procedure.sensitivity == "sealed":
            return True
        concerned = here or procedure.procedure == case_of or not (mail.mailbox or case_of)
        if concerned and any(sign.sealed and _in(sign, mail) for sign in start.sets_aside):
            return True
    return False


def ways_in(procedures: Iterable[Procedure]) -> Iterator[tuple[Procedure, Start]]:
    """Every start by mail."""
    for procedure in procedures:
        for start in procedure.starts:
            if start.by == "email":
                yield procedure, start


def unsorted(procedures: Iterable[Procedure]) -> tuple[Procedure, Start] | None:
    """The procedure for mails that no other takes; None if there is none."""
    return next(((one, start) for one in procedures for start in one.starts if start.by == "unsorted_email"), None)


def _fits(start: Start, mail: Claim) -> bool:
    if mail.automatic and not start.automatic:
        return False
    if start.senders in STAFF and mail.person is None:
        return False
    if start.senders in VERIFIED and not mail.verified:
        return False
    return all(_in(sign, mail) for sign in start.takes)


def _in(sign: Sign, mail: Claim) -> bool:
    return any(found(sign.pattern, text) is not None for text in _texts(mail, sign.parts))


def _why_not(starts: list[Start], mail: Claim) -> str:
    if all(start.senders in STAFF for start in starts) and mail.person is None:
        return "该邮箱只收员工来信，发件地址不是员工的"
    if all(start.senders in VERIFIED for start in starts) and not mail.verified:
        return "该邮箱要求核实发件人，来信未通过核实"
    return "来信不符合该邮箱各规程的条件"


def _texts(mail: Claim, parts: Iterable[MailPart]) -> Iterator[str]:
    for part in parts:
        value = part_of(mail, part)
        if isinstance(value, str):
            yield value[:LONGEST_LOOK]
