"""Acts: what a button means. Each becomes one event, named by the nonce of its form, recorded once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.events import ApproverAdded, Decided, Done, Event, HandedOver, Refused
from models.language.steps import Approve, Task
from store.attachments import Attachment, attach
from store.cases import Recording, record_in
from store.inbox import still_waits
from store.lists import event_known, still_asked
from store.notes import Note, note, noted_files
from web.decision.codes import try_code, use_code
from web.decision.sight import Sight
from web.frame.refusals import in_chinese
from web.services import Services


@dataclass(frozen=True, slots=True)
class Act:
    """What the person wants to do."""

    name: str
    reason: str = ""
    person: str = ""
    """To whom it is handed over, or who is to approve as well."""
    values: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Attachment, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: nothing wrong, or why not. `lost` says that somebody else was first."""

    problem: str = ""
    wrong_code: bool = False
    lost: bool = False


def possible(sight: Sight) -> tuple[str, ...]:
    """The buttons of a step, the main one first."""
    step = sight.step
    if isinstance(step, Approve):
        names = ["approve", "reject"]
        names += ["return"] if step.returned else []
        names += ["hand_over"] if step.delegable and sight.asked.assignment_id else []
        return (*names, "add", "note")
    if sight.asked.assignment_id is None:
        return ("done",)
    each = step.each if isinstance(step, Task) else None
    names = ["done"]
    names += ["refuse"] if each and each.refusable else []
    names += ["hand_over"] if isinstance(step, Task) and not (each and each.people) else []
    return (*names, "note")


def carry_out(services: Services, sight: Sight, act: Act, event_id: str) -> Outcome:
    """Record an act: its event, its files and the use of the code together, or nothing but the try of the code."""
    asked, now = sight.asked, services.clock()
    with services.store.database.writing() as connection:
        if event_known(connection, event_id):
            return Outcome()
        if asked.assignment_id and not still_asked(connection, asked.case_id, asked.assignment_id):
            return Outcome(lost=True)
        if act.name == "done" and still_waits(connection, asked.case_id):
            return Outcome("来信还没有分拣：请点“查看并分拣来信”，说明每封信如何处理；最后一封分拣后，本待办自动完成。")
        if act.name == "note":
            note(connection, asked.case_id, asked.person, _note(sight, act), event_id, now)
        else:
            needs_code = sight.needs_code
            if needs_code and (tried := try_code(connection, services, sight, act.code)) != "right":
                return Outcome(_CODE[tried], wrong_code=True)
            event = _EVENTS[act.name](sight, act)
            recorded = record_in(connection, services.store, (Recording(asked.case_id, event, event_id),), now)[0]
            if recorded.refusal is not None:
                return Outcome(in_chinese(recorded.refusal))
            if needs_code:
                use_code(connection, services, sight)
            if act.name not in _WITH_REASON and (act.files or (act.name == "done" and act.reason)):
                # The event has no room for these; they go on record beside it.
                note(connection, asked.case_id, asked.person, _note(sight, act), f"{event_id}/note", now)
        attach(connection, asked.case_id, asked.person, act.files, sight.case.sensitivity == "sealed", now)
    return Outcome()


def _note(sight: Sight, act: Act) -> Note:
    return Note(sight.asked.step, act.reason if act.name in ("note", "done") else "", act.files)


_WITH_REASON: Final = ("approve", "reject", "return")
"""Acts whose event keeps the reason, and in it the files."""

_CODE: Final = {
    "wrong": "验证码不对，操作未生效。请核对邮件中的六位数字后重试；连续错五次，验证码作废。",
    "dead": "验证码已失效，操作未生效。请点“发送验证码”重新获取。",
}


def _decided(sight: Sight, act: Act) -> Event:
    asked = sight.asked
    return Decided(
        step=asked.step, by=asked.person, answer=act.name, reason=act.reason + noted_files(act.files),  # type: ignore[arg-type]
        shown=asked.shown or None, key=asked.key, values=act.values,
    )  # fmt: skip


_EVENTS: Final[Mapping[str, Callable[[Sight, Act], Event]]] = {
    "approve": _decided,
    "reject": _decided,
    "return": _decided,
    "done": lambda sight, act: Done(
        step=sight.asked.step, by=sight.asked.person, values=act.values, key=sight.asked.key
    ),
    "refuse": lambda sight, act: Refused(
        step=sight.asked.step, by=sight.asked.person, reason=act.reason, key=sight.asked.key
    ),
    "hand_over": lambda sight, act: HandedOver(
        step=sight.asked.step, by=sight.asked.person, to=act.person, reason=act.reason, key=sight.asked.key
    ),
    "add": lambda sight, act: ApproverAdded(
        step=sight.asked.step, by=sight.asked.person, person=act.person, reason=act.reason
    ),
}
