"""Sight: everything the page of an assignment shows, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import HTTPException, Request

from engine.case import Case
from engine.draft import Draft
from engine.errors import UnknownName
from engine.program import Program
from engine.rows import subjects
from engine.titles import Titles
from models.language.fields import FormField, TableField
from models.language.steps import Approve, Machine, Task
from store.attachments import Attachment, attachments_of
from store.cases import load_case
from store.inbox import waiting_in
from store.one_time import waiting_for
from web.cases.access import concerned, requestable
from web.decision.asked import Asked
from web.frame.surroundings import services_of, signed_in
from web.showing.clocks import DeadlineView, deadlines
from web.showing.facts import Fact, facts
from web.showing.mails import MailShown, mails_of


@dataclass(frozen=True, slots=True)
class Sight:
    """One assignment with its case."""

    asked: Asked
    case: Case
    program: Program
    step: Task | Approve | Machine
    titles: Titles
    unsealed: bool
    """Whether the reader has signed in as the person asked, and so may see what is sealed."""
    must_sign_in: bool
    """Whether nothing can be decided here before that."""
    code_waits: bool
    files: tuple[Attachment, ...]
    mails: tuple[MailShown, ...]
    """Mails of the case that the reader may see."""
    waiting_mail: int | None
    """The mail about which the step asks what becomes of it."""
    now: datetime

    @property
    def concerns_reader(self) -> bool:
        """Whether the person asked turned out to be somebody whom the matter is about (S-09)."""
        return self.asked.person in Draft(self.program, self.case, self.now).conflicted()

    @property
    def fields(self) -> dict[str, FormField]:
        """What the step asks for: its own fields, and those of the form it fills in."""
        if isinstance(self.step, Machine):
            return dict(self.step.outputs)
        form = self.program.procedure.form
        return {**{name: form[name] for name in self.step.asks if name in form}, **self.step.fields}

    @property
    def confidential(self) -> bool:
        """Whether a mail about the case may carry no content."""
        return self.case.sensitivity != "normal" or not self.program.procedure.content_in_mail

    @property
    def needs_code(self) -> bool:
        """Whether the step asks for a one-time code as well."""
        return isinstance(self.step, Task | Approve) and self.step.code

    @property
    def statement(self) -> str:
        """What the person must confirm; empty if nothing."""
        return self.step.statement.zh if isinstance(self.step, Task) and self.step.statement else ""

    @property
    def known(self) -> Mapping[str, Any]:
        """Values that the form of the step begins with."""
        asks = () if isinstance(self.step, Machine) else self.step.asks
        return {name: self.case.facts[name] for name in asks if name in self.case.facts}

    @property
    def facts(self) -> list[Fact]:
        """What the person must know to act: what an approval is bound to first, then the rest of the form."""
        form, bound = self.program.procedure.form, self.step.shows if isinstance(self.step, Approve) else ()
        names = list(dict.fromkeys((*bound, *form)))
        return facts(self.titles, form, self.case.facts, names, self.unsealed) + self._row()

    def _row(self) -> list[Fact]:
        each = getattr(self.step, "each", None)
        if each is None or not each.rows or self.asked.key is None:
            return []
        draft = Draft(self.program, self.case, self.now)
        row = subjects(draft, self.step.id).get(self.asked.key, {})
        columns = getattr(self.program.procedure.form.get(each.rows), "columns", {})
        return facts(self.titles, columns, row, columns, self.unsealed)

    @property
    def earlier(self) -> list[tuple[str, list[Fact]]]:
        """Answers of steps that are done."""
        found = []
        for name, state in self.case.steps.items():
            plan = self.program.plans.get(name)
            if plan is not None and state.values and isinstance(plan.step, Task | Approve):
                shown = facts(self.titles, plan.step.fields, state.values, plan.step.fields, self.unsealed)
                found.append((self.titles.step(name), shown))
        return found

    @property
    def deadlines(self) -> list[DeadlineView]:
        """The deadlines of this step that run."""
        return deadlines(self.program, self.case, self.now, self.step.id)

    @property
    def others(self) -> list[str]:
        """Who else is asked for the same."""
        return [
            self.titles.person(one.person)
            for one in self.case.assignments.values()
            if one.step == self.step.id and one.person != self.asked.person and one.key == self.asked.key
        ]

    @property
    def votes(self) -> list[tuple[str, str, datetime]]:
        """Who has answered already, and how."""
        words = {"approve": "同意", "reject": "不同意"}
        votes = self.case.steps[self.step.id].votes.values()
        return [(self.titles.person(vote.by), words.get(vote.answer, vote.answer), vote.at) for vote in votes]


def look(request: Request, asked: Asked) -> Sight:
    """Read all of it. Raises 404 for a step that no longer exists in the procedure.

    Without an assignment anybody can write the address, so there the case must be the reader's business (S-09).
    """
    services, now = services_of(request), services_of(request).clock()
    with services.store.database.reading() as connection:
        try:
            case, program = load_case(connection, services.store, asked.case_id)
        except UnknownName as error:
            raise HTTPException(404, "case") from error
        files = tuple(attachments_of(connection, asked.case_id))
        code_waits = waiting_for(connection, ("code", asked.subject), now)
        if asked.assignment_id is None and not concerned(services, connection, asked.person, case, program):
            raise HTTPException(404, "case")
        unsealed = not asked.by_link or signed_in(request) == asked.person
        mails = tuple(mails_of(connection, asked.case_id, unsealed))
        waiting = next((one.id for one in waiting_in(connection, [asked.case_id])), None)
    plan = program.plans.get(asked.step)
    if plan is None or not isinstance(plan.step, Task | Approve | Machine):
        raise HTTPException(404, "step")
    if asked.assignment_id is None:
        if not plan.on_request:
            raise HTTPException(404, "step")
        if asked.step not in requestable(services, asked.person, case, program):
            asked = replace(asked, status="not now")
    step = plan.step
    form = program.procedure.form
    bound = step.shows if isinstance(step, Approve) else ()
    filled_in = () if isinstance(step, Machine) else [name for name in step.asks if name in case.facts]
    # Who decides or corrects must see what is there; a link may have been forwarded, and is not enough for the sealed.
    hidden = case.sensitivity == "sealed" or any(name in form and _sealed(form[name]) for name in (*bound, *filled_in))
    return Sight(
        asked, case, program, step, Titles(program), unsealed, hidden and not unsealed, code_waits, files,
        mails, waiting, now
    )  # fmt: skip


def _sealed(field: FormField) -> bool:
    """Whether a field or one of its columns is sealed."""
    return field.sealed or (isinstance(field, TableField) and any(one.sealed for one in field.columns.values()))
