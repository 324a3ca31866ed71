"""Forms: GET shows the fields of a procedure, POST opens a case and leads to its receipt."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from engine.errors import Refusal
from engine.events import Opened
from engine.mail_answers import answers
from engine.titles import Titles
from models.language.fields import DateTimeField
from store.attachments import attach
from store.cases import load_case, open_case
from store.lists import case_of_event
from web.answers.inputs import Surroundings, as_typed, inputs
from web.answers.reading import read_answers
from web.answers.tables import change_rows
from web.answers.typed import Sent
from web.attachments.keeping import Handed, take_files
from web.forms.opening import Opening, forms_for, opening, opening_from_mail
from web.frame.refusals import in_chinese
from web.frame.rendering import page
from web.frame.surroundings import Given, address_of, floods_of, services_of, signed_in
from web.security.seals import open_sealed, sealed_text
from web.security.visits import VISIT, event_of, require_seal, seal_form, set_cookie, visitor
from web.showing.clocks import deadlines
from web.showing.mails import shown
from web.triage.acts import Taken, Unable, begin_sorting, move_into
from web.triage.sorting import claim_of

router: Final = APIRouter()

STRANGERS_MEGABYTES: Final = 200
"""That one address may send in an hour without being signed in; what is not handed in stays for days."""

TRAP: Final = "website"
"""An input that people do not see and programs fill in."""

STRANGER: Final = "public"
"""Who opens a case by a public form; no person of the organisation is called so."""


def _stem(request: Request, services: Given) -> None:
    # Before the body is read, so that a flood of large files is stopped at the door. A new row is a POST too.
    most = services.settings.forms_a_minute * 6
    if not floods_of(request).allow("form post", address_of(request), most, services.wall()):
        raise HTTPException(429, "form")


@router.get("/f")
def index(request: Request, services: Given) -> Response:
    """All forms that the reader may fill in."""
    return page(request, "forms/index.html", programs=forms_for(services, signed_in(request)))


@router.get("/f/receipt")
def receipt(request: Request, services: Given) -> Response:
    """The case number and the deadlines that run now; only for the browser that sent the form."""
    case_id = open_sealed(
        services.secret, f"receipt {visitor(request)}", request.query_params.get("of", ""), services.wall()
    )
    if case_id is None:
        raise HTTPException(404, "receipt")
    with services.store.database.reading() as connection:
        case, program = load_case(connection, services.store, case_id)
    running = [one for one in deadlines(program, case, services.clock()) if one.left]
    stranger = case.requester is None
    return page(request, "forms/receipt.html", case=case, titles=Titles(program), deadlines=running, stranger=stranger)


@router.get("/f/{procedure}")
def show(request: Request, procedure: str) -> Response:
    """An empty form, or one that a mail has filled in."""
    found = _found(request, procedure)
    return _form(request, found, Handed(_from_mail(found)), "")


@router.post("/f/{procedure}", dependencies=[Depends(_stem)])
def send(request: Request, procedure: str, sent: Sent, services: Given) -> Response:
    """Open a case, once however often the button is clicked; or show again what was typed, with what is wrong."""
    holder, now, event_id = visitor(request), services.wall(), event_of(procedure, sent.text("nonce"))
    require_seal(services, request, holder, sent.text("nonce"), sent.text("mark"))
    with services.store.database.reading() as connection:
        before = case_of_event(connection, event_id)
    if before is not None:  # the second click; by now the mail that it was opened from is sorted
        return _to_receipt(request, before)
    found = _found(request, procedure)
    if not floods_of(request).allow("form", address_of(request), services.settings.forms_a_minute, now):
        raise HTTPException(429, "form")
    form = found.program.procedure.form
    megabytes = sum(file.size or 0 for file in sent.files.values()) / 1024 / 1024
    if found.person is None and not floods_of(request).allow(
        "megabytes", address_of(request), STRANGERS_MEGABYTES, now, timedelta(hours=1), megabytes
    ):
        raise HTTPException(429, "form")
    handed = take_files(services, form, sent, holder)
    if change_rows(sent.text("act"), form, handed.texts):
        return _form(request, found, handed, "")
    typed = read_answers(form, handed.texts, _around(request, found))
    handed.wrong = {**typed.wrong, **handed.wrong}
    if sent.text(TRAP):
        return _form(request, found, handed, "未能提交：请不要填写隐藏的“网站”一栏，清空后重试。")
    if handed.wrong:
        return _form(request, found, handed, "有内容需要改正，尚未提交。请看标红的各项；已填的内容都已保留。")
    whole = not found.splits or sent.text("whole") == "yes"
    return _open(request, found, handed, typed.values, (event_id, whole))


def _open(
    request: Request, found: Opening, handed: Handed, values: dict[str, object], how: tuple[str, bool]
) -> Response:
    services, now, (event_id, whole) = services_of(request), services_of(request).clock(), how
    opened = Opened(case="", by=found.person or STRANGER, facts=values, channel=found.way)
    procedure = found.program.procedure
    try:
        with services.store.database.writing() as connection:
            if found.sorting:
                begin_sorting(connection, found.sorting)
            recorded = open_case(services.store, procedure.procedure, opened, event_id, now, connection)
            if recorded.state and not recorded.repeated:
                sealed = procedure.sensitivity == "sealed"
                attach(connection, recorded.state.id, opened.by, handed.files, sealed, now)
                if found.sorting and whole:
                    move_into(connection, services, found.sorting, recorded.state.id, f"{event_id}/sorted")
    except Refusal as refusal:
        return _form(request, found, handed, in_chinese(refusal))
    except Unable as unable:
        return _form(request, found, handed, str(unable))
    except Taken:
        return _form(request, found, handed, "此信刚刚已由他人分拣，没有立项。")
    return _to_receipt(request, recorded.state.id if recorded.state else "")


def _to_receipt(request: Request, case_id: str) -> Response:
    services = services_of(request)
    ends = services.wall() + services.settings.session
    of = sealed_text(services.secret, f"receipt {visitor(request)}", case_id, ends)
    return RedirectResponse(f"/f/receipt?of={of}", 303)


def _found(request: Request, procedure: str) -> Opening:
    number = request.query_params.get("mail", "")
    if number.isascii() and number.isdigit() and len(number) < 12:
        return opening_from_mail(request, procedure, int(number))
    return opening(request, procedure)


def _from_mail(found: Opening) -> dict[str, str]:
    """What a mail fills in by the rules of the procedure; of one that may not leave its circle, times only."""
    if found.sorting is None:
        return {}
    procedure, organisation = found.program.procedure, found.program.company.organisation
    start = next((one for one in procedure.starts if one.by == "email"), None)
    claim = claim_of(found.sorting.mail, organisation)
    values = answers(start, procedure.form, organisation, claim) if start else {}
    if found.splits:
        values = {name: value for name, value in values.items() if isinstance(procedure.form[name], DateTimeField)}
    return as_typed(values, procedure.form)


def _around(request: Request, found: Opening) -> Surroundings:
    return Surroundings(found.program.company, services_of(request).clock(), public=found.person is None)


def _form(request: Request, found: Opening, handed: Handed, problem: str) -> Response:
    services, holder = services_of(request), visitor(request)
    new_visit = "" if holder else services.new_token()
    form = found.program.procedure.form
    response = page(
        request, "forms/page.html", 422 if problem else 200, program=found.program, titles=Titles(found.program),
        found=found, mail=shown(found.sorting.mail) if found.sorting else None,
        texts=handed.texts, wrong=handed.wrong, problem=problem, trap=TRAP, stranger=found.person is None,
        inputs=inputs(form, handed.texts, handed.wrong, _around(request, found)),
        seal=seal_form(services, holder or new_visit),
    )  # fmt: skip
    if new_visit:
        set_cookie(services, response, VISIT, new_visit, 24 * 3600)
    return response
