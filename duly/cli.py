"""The `duly` command: a table of subcommands, each imported only when somebody calls it.

`duly --help` is what a newcomer types first and a shell completion types often, so
it must not wait for the imports of commands that it only lists.
"""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

from duly import __version__
from duly.bootstrap import refuse_foreign_rooms, speak_utf8

RUNNING: Final[Mapping[str, str]] = {
    "demo": "启动演示 / start a demonstration",
    "tour": "走一遍演示 / tour a running demonstration",
    "up": "启动全部 / start everything on one machine",
    "apply": "发布制度文件夹 / publish the folder of policies",
    "web": "只运行网页 / run the pages alone",
    "clock": "只运行时钟 / run the clock alone",
    "mail": "只运行邮件收发 / run mail alone, both ways",
    "worker": "只运行自动作业 / run machine work alone",
    "open": "立项 / open a case",
    "cases": "列出进行中的事项 / list open cases",
    "case": "显示一个事项 / show one case",
    "doctor": "体检 / what is wrong, and what to do",
    "bench": "测速 / measure how fast it is",
    "ledger": "核验台账 / verify the ledger",
}
"""Commands of the running system: name and one-line help."""

WRITING: Final[Mapping[str, str]] = {
    "check": "检查规程文件，列出全部问题 / list every problem in procedure files",
    "explain": "解释一条检查规则 / explain a rule, with an example",
    "tasks": "列出自动作业 / what machines can do, with inputs and outputs",
    "prove": "证明没有事项会悬着 / prove that no case can hang",
    "test": "用虚拟时钟运行规程测试 / run the policy tests on a virtual clock",
    "simulate": "推演一个事项，列出时间线 / play a case through and show what happens when",
    "draw": "画出规程流程图 / draw a procedure as a diagram",
    "due": "计算时限并列出算式 / work out a deadline and show the arithmetic",
    "schema": "输出编辑器用的 JSON Schema / the JSON Schema for editors",
}
"""Commands that work on files alone, in the order in which an author needs them."""

COMMANDS: Final[Mapping[str, str]] = {**RUNNING, **WRITING}
"""Every command; the officer reads Chinese, the operator may not.

`name` is `command` in the module `duly.commands.<name>`. A command ends with code 0, with
`ctx.exit(1)` if it did its work and the answer is bad news, or by raising `UserError`.
"""

_INTERRUPTED: Final = 128 + 2  # what a shell reports for a process ended by SIGINT


class CommandTable(click.Group):
    """A group whose subcommands come from `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return one command; None if there is no such."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"duly.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the closest: click alone would only suggest those imported already."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands from the tables, without importing them."""
        for title, table in (("运行 / Running", RUNNING), ("编写规程 / Writing procedures", WRITING)):
            with formatter.section(title):
                formatter.write_dl(list(table.items()))


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="duly", message="%(prog)s %(version)s")
def duly() -> None:
    """Duly 执行公司的书面信息安全制度：每个规程是一个 YAML 文件。

    Duly runs a company's written security policy: every procedure is a YAML file.
    """


def main() -> int:
    """Run Duly's command line and return the exit code."""
    speak_utf8()
    return run(duly)


def run(command: click.Command) -> int:
    """Run a click command on `sys.argv`; every expected end is an exit code and a message, never a traceback."""
    try:
        refuse_foreign_rooms()
        code = command.main(prog_name="duly", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has seen enough. Python would flush once more at exit and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code if isinstance(code, int) else 0
