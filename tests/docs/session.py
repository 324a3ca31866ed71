"""Runs the examples of a page in a folder of its own, in order, and compares what they print."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from duly.cli import duly
from tests.docs.fences import Fence

PROMPT: Final = "$ "
WILDCARD: Final = "..."
HEAD: Final[Mapping[str, str]] = {
    "procedure": "example",
    "title": "示例",
    "owner": "info_head",
    "chain": "office",
    "starts": "[{by: form, who: all_staff}]",
    "steps": "[{id: act, kind: task, who: info_dept, within: 1 hour}, {id: finish, kind: end, outcome: done}]",
}
"""What `yaml part` is completed with, so that an example shows one thing only."""

RULE: Final = re.compile(r"^\S+:\d+:\d+ (DL\d+)\b", re.MULTILINE)


class ExampleError(AssertionError):
    """An example that does not do what its page says."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command line of a console fence and the output printed below it."""

    line: str
    expected: str


def play(fence: Fence, folder: Path) -> None:
    """Run one example inside `folder`, which is the current folder; raises `ExampleError`."""
    if fence.language == "console":
        _play_console(fence)
        return
    if "file" in fence.options:
        path = folder / fence.options["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fence.text, encoding="utf-8")
    if "procedure" in fence.options:
        _check(fence, fence.text, folder)
    if "part" in fence.options:
        _check(fence, whole(fence.text), folder)


def whole(part: str) -> str:
    """A procedure around some of its keys; those the part does not have are filled in."""
    missing = (f"{key}: {value}\n" for key, value in HEAD.items() if not re.search(rf"^{key}:", part, re.MULTILINE))
    return "".join(missing) + part


def matches(expected: str, printed: str) -> bool:
    """Whether the output is the expected one: `...` stands for any text, alone on a line for any lines."""
    return re.fullmatch("".join(map(_pattern, _lines(expected))), "".join(_lines(printed))) is not None


def calls(text: str) -> Iterator[Call]:
    """The commands of a console fence; a backslash at the end of a line continues a command."""
    first, *blocks = re.split(r"^\$ ", text, flags=re.MULTILINE)
    if first.strip() or not blocks:
        raise ExampleError(f"a console fence begins with a line `{PROMPT}duly ...`; found {text[:60]!r}.")
    for block in blocks:
        line, _, expected = block.replace("\\\n", " ").partition("\n")
        yield Call(line, expected)


def _play_console(fence: Fence) -> None:
    session = list(calls(fence.text))
    for call in session:
        program, *arguments = shlex.split(call.line)
        if program != "duly" or {"|", ">", "&&", ";"} & set(arguments):
            raise ExampleError(f"only plain duly commands can be run: mark the fence as fragment: {call.line}")
        result = CliRunner().invoke(duly, arguments, prog_name="duly")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        if not matches(call.expected, result.output):
            raise ExampleError(f"{PROMPT}{call.line}\n{_difference(call.expected, result.output)}")
        exit_code = int(fence.options.get("exit", "0")) if call is session[-1] else 0
        if result.exit_code != exit_code:
            raise ExampleError(f"{PROMPT}{call.line}\nexit code {result.exit_code}, expected {exit_code}.")


def _check(fence: Fence, text: str, folder: Path) -> None:
    name = re.search(r"^procedure: *([\w-]+)", text, re.MULTILINE)
    path = folder / f"{name[1] if name else 'example'}.yaml"
    path.write_text(text, encoding="utf-8")
    output = CliRunner().invoke(duly, ["check", str(path)], catch_exceptions=False).output
    wanted = set(fence.options["wrong"].split(",")) if "wrong" in fence.options else set()
    found = set(RULE.findall(output))
    if found != wanted:
        raise ExampleError(f"expected the problems {sorted(wanted)}, found {sorted(found)}:\n{output}")


def _lines(text: str) -> list[str]:
    return [line.rstrip() + "\n" for line in text.strip("\n").splitlines()]


def _pattern(line: str) -> str:
    if line.strip() == WILDCARD:
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split(WILDCARD)))


def _difference(expected: str, printed: str) -> str:
    return "".join(unified_diff(_lines(expected), _lines(printed), "the page", "the program"))
