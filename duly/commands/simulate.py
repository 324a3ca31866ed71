"""`duly simulate`: what would happen, and when, if nobody answered, if everybody did, or as a file says."""

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import click

from duly.answer_files import read_answers, read_form
from duly.choosing import program_named
from duly.errors import UserError
from duly.simulation_text import as_json, as_lines
from duly.writing import write
from engine.playing import Endless
from engine.program import Program
from engine.simulate import Answers, NotOpened, Simulation, simulate
from models.language.moments import CHINA, MomentError, parse_moment

_PLAIN_WIDTH: Final = 100
_HELP: Final = """推演一个事项，列出何时提醒谁、升级到谁。PROCEDURE 是规程代码或 YAML 文件路径。

Play a case through and show who is reminded and told when. PROCEDURE is an id or the path of a file.
"""


@click.command(help=_HELP, short_help="推演一个事项，列出时间线 / play a case through and show what happens when")
@click.argument("procedure")
@click.option("--start", metavar="TIME", help='立项时间，如 "2026-02-13 15:00"，默认现在 / when it opens; now')
@click.option(
    "--answers",
    metavar="silent|prompt|FILE",
    default="silent",
    help="silent 无人办理，prompt 人人即办，或写明经过的文件 / nobody acts, everybody does, or what a file says",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "svg"]),
    help="格式，默认按文件名，否则 text / format; by the name of the file, else text",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写入文件 / write to a file")
@click.option(
    "--form",
    "form_file",
    type=click.Path(path_type=Path),
    help="表单内容文件，缺的用样例 / answers of the form; samples for the rest",
)
@click.option("--until", metavar="TIME", help="推演到何时为止 / play until this time")
def command(  # noqa: PLR0913, PLR0917 - an option each
    procedure: str,
    start: str | None,
    answers: str,
    form: Literal["text", "json", "svg"] | None,
    output: Path | None,
    form_file: Path | None,
    until: str | None,
) -> None:
    """Print the timeline; exit code 2 for input that cannot be meant."""
    begins = _moment("--start", start) if start else datetime.now(CHINA).replace(second=0, microsecond=0)
    ends = _moment("--until", until) if until else None
    program = program_named(procedure)
    lines: Answers = answers if answers in ("silent", "prompt") else _answers(answers)  # type: ignore[assignment]
    simulation = _simulate(program, begins, form_file, lines, ends)
    match form or _format_of(output):
        case "json":
            write(as_json(simulation), output)
        case "svg":
            from engine.pictures.timeline import timeline  # noqa: PLC0415 - only what is shown is loaded

            write(timeline(simulation), output)
        case _:
            _show(simulation, output)


def _simulate(
    program: Program, start: datetime, form: Path | None, answers: Answers, until: datetime | None
) -> Simulation:
    try:
        return simulate(program, start, read_form(form) if form else None, answers, until)
    except NotOpened as error:
        refusal = error.refusal
        raise UserError(
            f"无法立项：{refusal.message}\nthe case cannot be opened: {refusal.message}",
            "请用 --form 文件写明表单\n    write the answers of the form in a file for --form",
        ) from None
    except Endless as error:
        raise UserError(f"规程不会停下：{error}\nthe procedure never comes to rest", "duly prove") from None


def _show(simulation: Simulation, output: Path | None) -> None:
    """Colours on a screen; plain text in a file, in a pipe, and where NO_COLOR asks for it."""
    on_screen = output is None and sys.stdout.isatty()
    room = shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns if on_screen else _PLAIN_WIDTH
    lines = list(as_lines(simulation, max(min(room, 120), 50)))
    if not on_screen or os.environ.get("NO_COLOR"):
        write("\n".join(line for line, _ in lines) + "\n", output)
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only a screen needs it
    from rich.text import Text  # noqa: PLC0415 - same

    console = Console(soft_wrap=True, highlight=False)
    for line, style in lines:
        console.print(Text(line, style=style))


def _answers(name: str) -> Answers:
    path = Path(name)
    if not path.exists():
        raise UserError(
            f"--answers 只能是 silent、prompt 或文件，没有文件 {name}\n"
            f"--answers is `silent`, `prompt` or a file, and there is no file {name}",
            "请写 silent、prompt，或一个列出经过的 YAML 文件\n    write `silent`, `prompt` or a YAML file of lines",
        )
    return read_answers(path)


def _format_of(output: Path | None) -> str:
    return {".json": "json", ".svg": "svg"}.get(output.suffix if output else "", "text")


def _moment(option: str, text: str) -> datetime:
    try:
        return parse_moment(text)
    except MomentError as error:
        raise UserError(
            f"{option} 的时间写法不对：{text}\n{option}: {error}",
            f'请写 {option} "2026-02-13 15:00"（北京时间）\n    write {option} "2026-02-13 15:00", China time',
        ) from None
