"""`duly test`: plays the policy tests on a virtual clock and shows where they differ."""

from pathlib import Path

import click

from duly.errors import UserError
from duly.settings import policies_folder
from engine.library import company_of, programs_of
from engine.scenarios.player import run_test
from engine.scenarios.timeline import Result
from models.language.moments import format_moment
from models.language.policy_test import PolicyTests
from models.language.rulebook import Page, open_page, read_folder, yaml_files


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--name", "-k", default="", help="只运行名称含此文字的测试 / only tests whose name contains this")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], name: str) -> None:
    """用虚拟时钟运行规程测试 / Run the policy tests on a virtual clock."""
    rulebook = read_folder(policies_folder())
    programs = programs_of(rulebook, company_of(rulebook))
    pages = _pages(paths) if paths else rulebook.of(PolicyTests)
    failed = count = 0
    for page in pages:
        if page.content is None:
            raise UserError("\n".join(str(problem) for problem in page.problems), "run `duly check` on the file")
        for test in page.content.tests:
            if name not in test.name:
                continue
            if test.procedure not in programs:
                raise UserError(f"{page.source.name}: no procedure `{test.procedure}`", "check its name")
            count += 1
            result = run_test(test, programs[test.procedure])
            if not result.passed:
                failed += 1
                _show(page, result)
    click.echo(f"{count - failed} passed, {failed} failed")
    ctx.exit(1 if failed else 0)


def _pages(paths: tuple[Path, ...]) -> list[Page]:
    files = [file for path in paths for file in (yaml_files(path) if path.is_dir() else [path])]
    return [open_page(file) for file in files]


def _show(page: Page, result: Result) -> None:
    click.echo(f"✗ {result.test.name}  ({page.source.name})")
    for line in result.lines:
        mark = "≠" if line.differs else " "
        expected = line.expected or "(nothing expected)"
        actual = "" if not line.differs else f"   but: {line.actual or 'nothing'}"
        click.echo(f"  {mark} {format_moment(line.at)}  {expected}{actual}")
