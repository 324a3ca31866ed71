"""Letters for tests: a complaint of the sample company, played by the engine, and what its people are written."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from engine.compiling import compile_procedure
from engine.effects import Notice, mails
from engine.events import Done, Event, Opened
from engine.library import company_of
from engine.playing import Play
from engine.program import Program
from models.language.moments import parse_moment
from models.language.procedure import Procedure
from models.language.rulebook import read_folder
from notifications.outbound.contents import Matter, Message
from notifications.outbound.letters import links_needed, write_message
from store.outbox import Letter

POLICIES = Path(__file__).parents[3] / "policies_as_yaml"


def at(clock: str, day: str = "2026-03-10") -> datetime:
    return parse_moment(f"{day} {clock}")


@cache
def program(**changes: Any) -> Program:
    """The complaint procedure, perhaps with some of its keys changed."""
    rulebook = read_folder(POLICIES)
    found = rulebook.procedures["complaint-handling"].content
    assert isinstance(found, Procedure)
    return compile_procedure(found.model_copy(update=changes), company_of(rulebook), "v1")


def complaint(facts: Mapping[str, Any] | None = None, **changes: Any) -> Play:
    """A complaint by telephone at 10:00."""
    play = Play(program(**changes))
    given = {"customer": "张三", "customer_contact": "13800000000", "channel": "phone", "subject": "快件延误三天未送达"}
    values = given | {"received_at": "2026-03-10 10:00"} | dict(facts or {})
    play.record(Opened(case="2026-0001", by="zhao.lei", facts=values), at("10:00"))
    return play


def forwarded(facts: Mapping[str, Any] | None = None, **changes: Any) -> Play:
    """The same, forwarded to the delivery department at 10:40."""
    play = complaint(facts, **changes)
    return then(play, Done(step="forward", by="zhao.lei", values={"department": "delivery"}), at("10:40"))


def then(play: Play, event: Event, now: datetime) -> Play:
    play.run_until(now)
    play.record(event, now)
    return play


def special(**changes: Any) -> Play:
    """The delivery department has asked for more time at 15:00."""
    values = {"reason_code": "third_party", "explanation": "等待承运商答复"}
    play = then(forwarded(**changes), Done(step="contact", by="zhu.lin", values={"result": "reached"}), at("14:00"))
    return then(play, Done(step="special_case", by="zhu.lin", values=values), at("15:00"))


def letters_to(play: Play, person: str, kind: str) -> list[Letter]:
    """All letters so far that tell a person something of a kind."""
    found = [
        letter(mail.notices, mail.to, revision, happening.recorded)
        for revision, happening in enumerate(play.happenings, start=1)
        for mail in mails(happening.effects)
    ]
    return [one for one in found if one.person == person and any(notice.kind == kind for notice in one.notices)]


def letter(notices: tuple[Notice, ...], person: str, revision: int, now: datetime, case: str = "2026-0001") -> Letter:
    return Letter(revision, case, revision, person, f"{case}.{revision}.{person}", notices, 1, now)


def matter(play: Play, person: str, kind: str) -> Matter:
    """The latest letter of a kind, with the case as it stands."""
    assert play.case is not None
    return Matter(letters_to(play, person, kind)[-1], play.case, play.program)


def message(*matters: Matter, now: datetime | None = None) -> Message:
    links = {name: f"https://duly.example/d/token-{n}" for n, name in enumerate(links_needed(matters))}
    return write_message(matters, links, now or matters[0].letter.created_at)


def numbered(play: Play, case: str) -> Play:
    """The same case under another number."""
    assert play.case is not None
    return Play(play.program, replace(play.case, id=case), happenings=play.happenings)
