"""Amendments: facts are corrected, and what was given for the old facts loses its force."""

from engine.answers import check_answers
from engine.draft import Draft
from engine.errors import NotPermitted, UnknownName
from engine.events import SYSTEM, Amended
from engine.facts import set_fact


def amended(draft: Draft, event: Amended) -> None:
    """Facts are corrected; clocks that run to or from them move, approvals bound to them are void."""
    form = draft.program.procedure.form
    for name in event.facts:
        if name not in form:
            raise UnknownName(f"the form has no field `{name}`", f"Its fields are: {', '.join(form)}")
        if not form[name].editable:
            raise NotPermitted(f"`{name}` cannot be changed any more", "Only fields marked `editable` can")
    allowed = {draft.base.requester, draft.owner, SYSTEM, *(one.person for one in draft.assignments.values())}
    if event.by not in allowed:
        raise NotPermitted(f"{event.by} has no part in this case", "Ask its owner to correct it")
    changed = {name: form[name] for name in event.facts}
    clean = check_answers(changed, event.facts, draft.company, draft.now)
    for name in event.facts:
        set_fact(draft, name, clean.get(name))
