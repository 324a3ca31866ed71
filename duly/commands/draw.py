"""`duly draw`: a procedure as a picture, to be looked at, printed or put into a wiki."""

import shutil
import sys
from pathlib import Path
from typing import Final, Literal

import click

from duly.choosing import program_named
from duly.writing import write

_PLAIN_WIDTH: Final = 88
_HELP: Final = """画出规程流程图。PROCEDURE 是规程代码或 YAML 文件路径。

Draw a procedure as a diagram. PROCEDURE is the id of a procedure or the path of its file.
"""


@click.command(help=_HELP, short_help="画出规程流程图 / draw a procedure as a diagram")
@click.argument("procedure")
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "mermaid", "text"]),
    help="格式，默认按文件名，否则 text / format; by the name of the file, else text",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写入文件 / write to a file")
@click.option(
    "--columns",
    type=click.IntRange(1, 8),
    default=3,
    show_default=True,
    help="SVG 一行最多几张卡片，手机上用 2 / most cards side by side in an SVG; 2 for a phone",
)
def command(procedure: str, form: Literal["svg", "mermaid", "text"] | None, output: Path | None, columns: int) -> None:
    """Print or write the picture of PROCEDURE; exit code 2 if there is no such procedure or it has errors."""
    program = program_named(procedure)
    match form or _format_of(output):
        case "svg":
            from engine.pictures.flowchart import flowchart  # noqa: PLC0415 - only what is drawn is loaded

            write(flowchart(program, columns), output)
        case "mermaid":
            from engine.pictures.mermaid import mermaid  # noqa: PLC0415 - same

            write(mermaid(program), output)
        case _:
            from engine.pictures.outline import outline  # noqa: PLC0415 - same

            write(outline(program, _width(output)), output)


def _format_of(output: Path | None) -> str:
    return {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid"}.get(output.suffix if output else "", "text")


def _width(output: Path | None) -> int:
    on_screen = output is None and sys.stdout.isatty()
    return shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns if on_screen else _PLAIN_WIDTH
