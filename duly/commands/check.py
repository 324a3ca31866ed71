"""`duly check`: every problem of the files of a policy, at once, with the line and what to do."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from duly.errors import UserError
from duly.folders import policies_folder, shortened
from duly.machine_tasks import known_tasks
from models.language.check import check
from models.language.context import ORGANISATION, read_context
from models.language.findings import as_json, as_sarif, as_text
from models.language.problem import Problem, Wording, Words
from models.language.rule import catalogue
from models.language.rulebook import Page, open_page, yaml_files

_HELP: Final = """检查规程和公用文件，一次列出全部问题。PATH 是文件或文件夹，默认为制度文件夹。

List every problem of procedures and shared files. PATH is a file or a folder; the folder of policies if left out.

没有错误时退出码为 0（可以有警告），有错误为 1 / ends with 0 if there are no errors, warnings allowed, and with 1 if
there are.
"""

NOT_READ: Final = Wording(
    "DL042",
    Words("Duly reads only files whose name ends with .yaml", "Duly 只读取以 .yaml 结尾的文件"),
    Words("rename the file to `{name}.yaml`, or move it out of the folder", "请改名为 `{name}.yaml`，或移出该文件夹"),
)


@click.command(help=_HELP, short_help="检查规程文件 / list every problem in procedure files")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="输出格式 / output format; sarif is what code review tools read",
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], form: str) -> None:
    """Check PATHs; exit code 1 if there is an error."""
    pages, problems = _check(paths or (shortened(policies_folder()),))
    if form == "json":
        click.echo(as_json(problems))
    elif form == "sarif":
        click.echo(as_sarif(problems, catalogue()))
    else:
        lines = {page.source.name: page.source.lines for page in pages} if problems else {}
        found = as_text(problems, lines)
        click.echo(f"{found}\n\n{_summary(len(pages), problems)}" if found else _summary(len(pages), problems))
    if any(problem.severity == "error" for problem in problems):
        ctx.exit(1)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """All that is read is kept to the end, so looking for garbage meanwhile costs a tenth of the time for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _check(paths: Sequence[Path]) -> tuple[list[Page], list[Problem]]:
    """Check the files, those of each folder of policies among themselves."""
    groups: dict[Path, list[Path]] = {}
    for file in dict.fromkeys(file for path in paths for file in _files(path)):
        groups.setdefault(_folder(file), []).append(file)
    pages: list[Page] = []
    problems: list[Problem] = []
    for folder, files in groups.items():
        group = [open_page(path) for path in files]
        problems += check(group, read_context(folder, group, known_tasks))
        pages += group
    problems += [NOT_READ.at(file.as_posix(), 1, 1, name=file.stem) for path in paths for file in _overlooked(path)]
    return pages, sorted(problems)


def _files(path: Path) -> Sequence[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UserError(
            f"没有 `{path}` 这个文件或文件夹\nthere is no file or folder `{path}`",
            "请核对路径，当前文件夹是 {0}\n    check the path; the current folder is {0}".format(Path.cwd()),
        )
    found = list(yaml_files(path))
    if not found:
        raise UserError(
            f"文件夹 `{path}` 中没有 .yaml 文件\nthere is no .yaml file in the folder `{path}`",
            "请指定规程所在的文件夹\n    name the folder that the procedures are in",
        )
    return found


def _folder(path: Path) -> Path:
    """The folder of policies that a file belongs to: the nearest above it with an organisation, else the usual one."""
    above = path.resolve().parents
    own = next((folder for folder in above if (folder / ORGANISATION).is_file()), None)
    return policies_folder() if own is None else own


def _overlooked(path: Path) -> list[Path]:
    """Files of a folder that look like ours and that Duly never reads."""
    return sorted(path.rglob("*.yml")) if path.is_dir() else []


def _summary(files: int, problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return f"检查了 {files} 个文件，没有问题 / {_count(files, 'file')} checked, no problems"
    rule = next(problem.rule for problem in problems if problem.severity == "error" or not errors)
    return (
        f"检查了 {files} 个文件：{errors} 个错误，{warnings} 个警告；说明和示例：duly explain {rule}\n"
        f"{_count(files, 'file')} checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}; "
        f"for the why and an example: duly explain {rule}"
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
