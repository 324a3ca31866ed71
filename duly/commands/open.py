"""`duly open`: opens a case from the command line."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

import click

from duly.errors import UserError
from duly.running.assembly import at_the_terminal
from duly.settings import load_settings
from engine.errors import Refusal
from engine.events import Opened
from models.language.fields import FormField, NumberField, TableField, YesNoField
from store.cases import open_case
from store.programs import NotPublished

_YES_NO: Final = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}

_HELP: Final = """立项。PROCEDURE 是规程代码，FIELD=VALUE 是表单内容，如 customer=某客户。

时间写 "2026-02-13 15:00"，是否写 yes 或 no，表格写 JSON。

Open a case. PROCEDURE is the id of a procedure; FIELD=VALUE fills its form. Moments are written "2026-02-13 15:00", a
yes or no `yes` or `no`, a table as JSON.
"""


@click.command("open", help=_HELP, short_help="立项 / open a case")
@click.argument("procedure")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--by", required=True, help="由谁立项（人员代码）/ who opens it, an id of the organisation")
@click.option("--once", default="", help="防重复的标识 / with the same text it is opened once however often it is sent")
def command(procedure: str, fields: tuple[str, ...], by: str, once: str) -> None:
    """Open a case and print its number; exit code 2 if the form is not filled in as it must be."""
    store, clock = at_the_terminal(load_settings())
    people = store.programs.company.organisation.people
    if by not in people:
        raise UserError(
            f"没有人员 `{by}`\nthere is no person `{by}`", "请写人员代码\n    write an id of organisation.yaml"
        )
    try:
        with store.database.reading() as connection:
            form = store.programs.current(connection, procedure).procedure.form
        event = Opened(case="", facts=_facts(fields, form), by=by, channel="command")
        recorded = open_case(store, procedure, event, f"command/{once or uuid4()}", clock.now())
    except NotPublished:
        known = ", ".join(store.programs.rulebook.procedures)
        raise UserError(
            f"没有规程 `{procedure}`\nthere is no procedure `{procedure}`", f"可选 / there are: {known}"
        ) from None
    except Refusal as refusal:
        raise UserError(refusal.message, refusal.remedy or f"see the form of `{procedure}`") from None
    click.echo(recorded.recording.case_id)


def _facts(fields: tuple[str, ...], form: Mapping[str, FormField]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in fields:
        name, sign, value = one.partition("=")
        if not sign:
            raise UserError(f"`{one}` 不是 FIELD=VALUE\n`{one}` is not FIELD=VALUE", "e.g. customer=某客户")
        found[name.strip()] = _value(form.get(name.strip()), value)
    return found


def _value(field: FormField | None, text: str) -> Any:
    """A text as what its field takes; what cannot be that goes on as it is, and the engine says what is wrong."""
    match field:
        case YesNoField():
            return _YES_NO.get(text.strip().casefold(), text)
        case NumberField() | TableField():
            with suppress(ValueError):
                return json.loads(text)
    return text
