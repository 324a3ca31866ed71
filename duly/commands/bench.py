"""`duly bench`: how fast it is on this machine."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from duly.benching.deadlines import burst, outage, steady
from duly.benching.figures import Figure
from duly.benching.letters import letters
from duly.benching.people import people
from duly.benching.recording import recording

_HELP: Final = """在本机测速：真实的进程、真实的磁盘、真实的邮件，与同一磁盘的裸提交速度相比。

Measure how fast it is on this machine: real processes, this disk, real mail; beside raw commits of the same disk in the
same run. It takes about two minutes, works in a folder of its own and removes it.
"""

WORKLOADS: Final = ("record", "burst", "outage", "steady", "people", "letters")

_SIZES: Final = {False: (600, 10_000, 100_000, 20, 10_000, 100), True: (100, 500, 2_000, 5, 1_000, 15)}


@click.command(help=_HELP, short_help="测速 / measure how fast it is")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
@click.option("--quick", is_flag=True, help="小规模 / small sizes, to see that it works")
@click.option("--only", type=click.Choice(WORKLOADS), help="只测一项 / only one")
@click.option(
    "--postgres", default="", help="另测此 PostgreSQL 数据库（空库）/ record on this empty PostgreSQL as well"
)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="在此磁盘上测 / measure on this disk")
@click.pass_context
def command(ctx: click.Context, form: str, quick: bool, only: str | None, postgres: str, folder: Path | None) -> None:
    """Measure and print; exit code 1 if a figure is not what it should be, which a loaded machine may cause."""
    events, due, crowd, seconds, others, clicks = _SIZES[quick]
    workloads: dict[str, list[Callable[[Path], Iterator[Figure]]]] = {
        "record": [lambda where: recording(where, events)],
        "burst": [lambda where: burst(where, due, crowd)],
        "outage": [lambda where: outage(where, due)],
        "steady": [lambda where: steady(where, seconds, 5, others)],
        "people": [lambda where: people(where, clicks)],
        "letters": [lambda where: letters(where, clicks)],
    }
    if postgres:
        workloads["record"].append(lambda where: recording(where, events, postgres))
    found: list[Figure] = []
    for name, runs in workloads.items():
        if only in (None, name):
            for run in runs:
                for figure in _in_a_folder(run, folder):
                    found.append(figure)
                    if form == "text":
                        click.echo(_line(figure))
    if form == "json":
        click.echo(json.dumps([_data(figure) for figure in found], ensure_ascii=False, indent=2))
    ctx.exit(1 if any(figure.good is False for figure in found) else 0)


def _in_a_folder(run: Callable[[Path], Iterator[Figure]], folder: Path | None) -> Iterator[Figure]:
    where = Path(tempfile.mkdtemp(prefix="duly-bench-", dir=folder))
    try:
        yield from run(where)
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _line(figure: Figure) -> str:
    aim = ""
    if figure.at_most is not None:
        aim = f"≤ {figure.at_most:g}"
    elif figure.at_least is not None:
        aim = f"≥ {figure.at_least:g}"
    mark = {True: click.style("✓", fg="green"), False: click.style("✗", fg="red"), None: " "}[figure.good]
    return f"{mark} {figure.workload}: {figure.metric}  {figure.value:,.3g} {figure.unit}  {aim}".rstrip()


def _data(figure: Figure) -> dict[str, object]:
    found = asdict(figure)
    return {name: found[name] for name in ("workload", "metric", "value", "unit")}
