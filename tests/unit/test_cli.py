import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from duly.cli import COMMANDS, duly, run
from duly.errors import UserError

ROOT = Path(__file__).parents[2]

ENDINGS = """
import os, signal, sys
import click
from duly.cli import run
from duly.errors import UserError

@click.command()
@click.argument("ending")
def play(ending):
    if ending == "interrupt":
        os.kill(os.getpid(), signal.SIGINT)
    elif ending == "wrong":
        raise UserError("the file a.yaml is empty", "write a procedure into it.")
    elif ending == "unflushed":
        sys.stdout.write("a line")

sys.exit(run(play))
"""


def python(
    *arguments: str, stdout: int = subprocess.PIPE, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=None if environment is None else os.environ | environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def closed_pipe() -> int:
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def test_it_lists_every_command_with_its_help() -> None:
    shown = CliRunner().invoke(duly, ["--help"]).output

    assert [name for name, summary in COMMANDS.items() if f"  {name} " not in shown or summary not in shown] == []


def test_it_lists_the_commands_without_importing_them() -> None:
    answer = python(
        "-c",
        "import sys; from duly.cli import main; sys.argv = ['duly', '--help']; main();"
        "print([name for name in sys.modules if name.startswith(('duly.commands', 'engine', 'models', 'pydantic'))])",
    )

    assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_it_can_run_every_command_of_the_table(name: str) -> None:
    command = duly.get_command(click.Context(duly), name)

    assert isinstance(command, click.Command)


def test_it_suggests_the_closest_command() -> None:
    answer = CliRunner().invoke(duly, ["chekc"])

    assert (answer.exit_code, "Did you mean 'check'?" in answer.output) == (2, True)


def test_it_runs_as_a_module() -> None:
    assert python("-m", "duly", "--version").stdout.startswith("duly ")


def test_it_says_what_to_do_about_an_expected_error_and_shows_no_traceback() -> None:
    answer = python("-c", ENDINGS, "wrong")

    assert (answer.returncode, answer.stdout, answer.stderr) == (
        2,
        "",
        "Error: the file a.yaml is empty\n  → write a procedure into it.\n",
    )


def test_it_says_the_same_to_tests_as_to_a_terminal() -> None:
    @click.command()
    def play() -> None:
        raise UserError("the file a.yaml is empty", "write a procedure into it.")

    answer = CliRunner().invoke(play)

    assert (answer.exit_code, answer.stderr) == (
        2,
        "Error: the file a.yaml is empty\n  → write a procedure into it.\n",
    )


def test_it_ends_with_130_when_interrupted() -> None:
    answer = python("-c", ENDINGS, "interrupt")

    assert (answer.returncode, answer.stdout, answer.stderr.strip()) == (130, "", "")


def test_it_passes_on_the_exit_code_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    @click.pass_context
    def play(ctx: click.Context) -> None:
        ctx.exit(1)

    monkeypatch.setattr(sys, "argv", ["duly"])

    assert run(play) == 1


@pytest.mark.parametrize("command", [["-m", "duly", "--help"], ["-c", ENDINGS, "unflushed"]])
def test_it_is_quiet_when_the_reader_of_a_pipe_has_gone(command: list[str], closed_pipe: int) -> None:
    answer = python(*command, stdout=closed_pipe)

    assert (answer.returncode, answer.stderr) == (1, "")


def test_it_writes_chinese_even_where_the_locale_is_ascii() -> None:
    answer = python(
        "-c",
        "from duly.bootstrap import speak_utf8; speak_utf8(); print('\\u4e8b\\u9879')",
        environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )

    assert (answer.stdout, answer.stderr) == ("事项\n", "")
