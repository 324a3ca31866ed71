"""`duly due`: when something is due, counted day by day, so that anybody can check it by hand."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from duly.errors import UserError
from duly.folders import policies_folder
from engine.calendars import Calendar
from engine.days import BeyondCalendar
from engine.due import Due, Hours
from models.language.calendar import load_calendars
from models.language.durations import Duration
from models.language.element import Mistake
from models.language.moments import CHINA, format_moment, parse_moment

_CALENDARS: Final = "calendars"
_HELP: Final = """计算时限，列出逐日算式。时长写法："24 hours"、"3 working days"、"30 calendar days"。

Work out when something is due DURATION after its start, and show how it was counted, day by day.
"""


@click.command(help=_HELP, short_help="计算时限并列出算式 / work out a deadline and show the arithmetic")
@click.argument("duration")
@click.option("--from", "start", metavar="TIME", help='起算时间，如 "2026-02-13 15:00" / start, China time')
@click.option("--now", is_flag=True, help="从现在起算 / start now")
@click.option(
    "--hours",
    type=click.Choice(["business", "service"]),
    default="business",
    help="工作分钟和工作小时按哪个时段计 / hours that working minutes and hours are counted in",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
@click.option(
    "--calendar",
    "folder",
    type=click.Path(path_type=Path),
    help="日历文件夹，默认制度文件夹中的 calendars / folder of calendar files",
)
def command(duration: str, start: str | None, now: bool, hours: Hours, form: str, folder: Path | None) -> None:
    """Print when DURATION from a start is due; exit code 2 for input that cannot be meant."""
    try:
        span, moment = Duration.parse(duration), _start(start, now)
        due = _calendar(folder or policies_folder()).add(moment, span, hours)
    except Mistake as mistake:
        raise UserError(
            f"{mistake.message_zh}\n{mistake.message}", f"{mistake.remedy_zh}\n    {mistake.remedy}"
        ) from None
    except BeyondCalendar as refusal:
        raise UserError(f"日期太远，无法计算\n{refusal.message}", f"请核对年份\n    {refusal.remedy}") from None
    click.echo(json.dumps(as_data(due), ensure_ascii=False, indent=2) if form == "json" else _as_text(due))


def as_data(due: Due) -> dict[str, Any]:
    """The answer for programs: moments as ISO 8601 with +08:00, the receipt with a list of its days."""
    receipt = due.receipt()
    return {
        "due": due.at.isoformat(),
        "provisional": due.provisional,
        "receipt": {
            "start": due.start.isoformat(),
            "duration": str(due.duration),
            "hours": due.hours,
            "calendar_version": due.version,
            "days": [
                {
                    "date": each.day.isoformat(),
                    "counted": each.counts,
                    "reason": each.why,
                    "reason_zh": each.why_zh,
                    "provisional": each.provisional,
                }
                for each in receipt.days
            ],
            "lines_zh": list(receipt.zh),
            "lines_en": list(receipt.en),
        },
    }


def _as_text(due: Due) -> str:
    receipt, mark = due.receipt(), "（暂定 / provisional）" if due.provisional else ""
    return "\n".join([f"{format_moment(due.at)}{mark}", "", *receipt.zh, "", *receipt.en])


def _start(start: str | None, now: bool) -> datetime:
    if (start is None) == (not now):
        raise UserError(
            "起算时间要么用 --from 给出，要么用 --now\nthe start is either given with --from or is --now",
            '请加上 --from "2026-02-13 15:00"，或 --now，二者只用其一\n'
            '    add --from "2026-02-13 15:00" or --now, one of the two',
        )
    return datetime.now(CHINA) if start is None else parse_moment(start)


def _calendar(folder: Path) -> Calendar:
    # People name the folder of all policies as readily as the one of the calendars in it.
    if (folder / _CALENDARS).is_dir():
        folder /= _CALENDARS
    years, hours, problems = load_calendars(folder)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise UserError(
            "\n".join(["日历文件有错 / the calendar files have errors:", *map(str, errors)]),
            "请先改正，否则算出的时限不可靠\n    correct them first: a deadline counted from them could be wrong",
        )
    for warning in problems:
        click.echo(str(warning), err=True)
    return Calendar.build(years, hours)
