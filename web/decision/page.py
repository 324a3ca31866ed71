"""The page behind a link: GET shows, POST decides. The token is in the address of the very first request only."""

from typing import Annotated, Final

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from models.language.fields import FileField
from store.links import find_link, token_hash
from web.answers.inputs import Surroundings, as_typed, inputs
from web.answers.pickers import people
from web.answers.reading import read_answers
from web.answers.tables import change_rows
from web.answers.typed import Sent, Typed
from web.attachments.keeping import Handed, take_files
from web.decision.acts import Act, Outcome, carry_out, possible
from web.decision.asked import LINK, Asked, asked, cookie_of, link_name
from web.decision.codes import send_code
from web.decision.dead import NO_LINK, SEALED, WITHDRAWN, why_dead
from web.decision.sight import Sight, look
from web.frame.rendering import page
from web.frame.surroundings import Given, company, floods_of, services_of
from web.security.seals import sealed_text
from web.security.visits import event_of, require_seal, seal_form, set_cookie

router: Final = APIRouter()

Reader = Annotated[Asked, Depends(asked)]
"""Who is asked. It stands before the form, so that nobody else's files are read at all."""

_ATTACHMENT: Final = {"attachment": FileField(type="file", required=False)}
_NEEDS_REASON: Final = {"reject": "不同意时请写明理由", "return": "退回时请写明要改什么", "refuse": "拒绝时请写明理由"}


@router.get("/d/{token}")
def enter(request: Request, token: str, services: Given) -> Response:
    """Put the token away: a sealed cookie stands for it, and the address bar shows nothing that could be passed on."""
    with services.store.database.reading() as connection:
        link = find_link(connection, token, services.clock())
    if link is None:
        return page(request, "decision/dead.html", 404, reason=NO_LINK, sight=None)
    hashed = token_hash(token)
    name, span = link_name(hashed), services.settings.link_session
    response = RedirectResponse(f"/d?link={name}", 303)
    sealed = sealed_text(services.secret, LINK, hashed, services.wall() + span)
    set_cookie(services, response, cookie_of(name), sealed, int(span.total_seconds()), "/d")
    return response


@router.get("/d")
def show(request: Request) -> Response:
    """What is asked, by when, of whom else; or why the link is dead."""
    sight = look(request, asked(request))
    if sight.asked.status != "open":
        return _dead(request, sight)
    return _form(request, sight, Handed(as_typed(sight.known, sight.fields)), Outcome())


@router.post("/d")
def decide(request: Request, who: Reader, sent: Sent, later: BackgroundTasks, services: Given) -> Response:
    """Record what the person decided, once; then show what came of it."""
    require_seal(services, request, who.holder, sent.text("nonce"), sent.text("mark"))
    sight = look(request, who)
    name = sent.text("act")
    if who.status != "open" or sight.must_sign_in:
        return RedirectResponse(f"/d?{who.query}", 303)
    handed = take_files(services, sight.fields, sent, who.holder)
    if change_rows(name, sight.fields, handed.texts):
        return _form(request, sight, handed, Outcome())
    if name == "code" and sight.needs_code:
        send_code(services, floods_of(request), sight, later)
        return RedirectResponse(f"/d?{who.query}", 303)
    if name not in possible(sight):
        raise HTTPException(400, "act")
    return _carry_out(request, sight, sent, handed)


def _carry_out(request: Request, sight: Sight, sent: Typed, handed: Handed) -> Response:
    services, name = services_of(request), sent.text("act")
    act = _act(request, sight, sent, handed)
    if handed.wrong:
        return _form(request, sight, handed, Outcome("有内容需要改正，尚未提交。请看标红的各项。"))
    # The button belongs to the name: a comment and then, on the page that the browser kept, a decision are two events.
    outcome = carry_out(services, sight, act, event_of(sight.asked.case_id, f"{name}\n{sent.text('nonce')}"))
    if outcome.lost:
        return _dead(request, look(request, sight.asked), 409)
    if outcome.problem:
        return _form(request, sight, handed, outcome)
    if sight.asked.assignment_id is None:
        return RedirectResponse(f"/cases/{sight.asked.case_id}", 303)
    done = "&noted=1" if name == "note" else ""
    return RedirectResponse(f"/d?{sight.asked.query}{done}", 303)


def _act(request: Request, sight: Sight, sent: Typed, handed: Handed) -> Act:
    """What was typed, checked; what is wrong goes to `handed.wrong`."""
    services, name = services_of(request), sent.text("act")
    reason, person = sent.text("reason")[:2000], sent.text(f"{name}_person")
    around = Surroundings(sight.program.company, sight.now)
    answers = read_answers(sight.fields, handed.texts, around) if name in ("approve", "done") else None
    if answers:
        handed.wrong.update({key: text for key, text in answers.wrong.items() if key not in handed.wrong})
    if name in _NEEDS_REASON and not reason:
        handed.wrong["reason"] = _NEEDS_REASON[name]
    if name in ("hand_over", "add") and not person:
        handed.wrong[f"{name}_person"] = "请选择人员"
    if name == "note" and not (reason or "f.attachment" in sent.files):
        handed.wrong["reason"] = "请写明要补充的内容，或选择附件"
    if name == "done" and sight.statement and sent.text("statement") != "yes":
        handed.wrong["statement"] = "请勾选确认"
    extra = take_files(services, _ATTACHMENT, sent, sight.asked.holder)
    handed.wrong.update({key.removeprefix("f."): text for key, text in extra.wrong.items()})
    values = answers.values if answers else {}
    return Act(name, reason, person, values, (*handed.files, *extra.files), sent.text("code"))


def _dead(request: Request, sight: Sight, status: int = 0) -> Response:
    reason = why_dead(sight)
    shown = None if reason in (SEALED, WITHDRAWN) else sight
    return page(request, "decision/dead.html", status or (200 if reason.good else 410), reason=reason, sight=shown)


def _form(request: Request, sight: Sight, handed: Handed, outcome: Outcome) -> Response:
    services = services_of(request)
    around = Surroundings(sight.program.company, sight.now)
    bad = bool(outcome.problem or handed.wrong)
    return page(
        request, "decision/page.html", 422 if bad else 200, sight=sight, outcome=outcome, wrong=handed.wrong,
        texts=handed.texts, inputs=inputs(sight.fields, handed.texts, handed.wrong, around),
        buttons=possible(sight), seal=seal_form(services, sight.asked.holder),
        people=people(company(services), sight.now, without=(sight.asked.person,)),
        noted="noted" in request.query_params,
    )  # fmt: skip
