"""The engine is a pure function: what it must not do is searched for in its source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]

READS_THE_CLOCK: Final = {"now", "today", "utcnow"}
IMPURE_MODULES: Final = {"logging", "random", "secrets", "socket", "subprocess", "threading", "time", "uuid"}
IMPURE_BUILTINS: Final = {"input", "print"}
IMPURE_ATTRIBUTES: Final = {"environ", "getenv", "urandom"}

FILES_AND_PLATFORM: Final = {"glob", "io", "os", "pathlib", "shutil", "sys", "tempfile"}
FILE_BUILTINS: Final = {"open"}
"""Files are the business of `models.language`, which reads them; the engine gets what was read."""


def impurities(source: str, *, reads_files: bool) -> list[str]:
    """What in a source makes a result depend on more than the arguments: `line: what`."""
    modules = IMPURE_MODULES if reads_files else IMPURE_MODULES | FILES_AND_PLATFORM
    builtins = IMPURE_BUILTINS if reads_files else IMPURE_BUILTINS | FILE_BUILTINS
    return [
        f"{line}: {what}"
        for node in ast.walk(ast.parse(source))
        for line, what in (*_imports(node, modules), *_calls(node, builtins), *_attributes(node))
    ]


def _imports(node: ast.AST, forbidden: set[str]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    else:
        return
    yield from ((node.lineno, f"import {name}") for name in names if name.split(".")[0] in forbidden)


def _calls(node: ast.AST, forbidden: set[str]) -> Iterator[tuple[int, str]]:
    if not isinstance(node, ast.Call):
        return
    match node.func:
        case ast.Name(id=name) if name in forbidden:
            yield node.lineno, f"{name}()"
        case ast.Attribute(attr=name) if name in READS_THE_CLOCK:
            yield node.lineno, f".{name}()"


def _attributes(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Attribute) and node.attr in IMPURE_ATTRIBUTES:
        yield node.lineno, f".{node.attr}"


def sources(room: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("source", [*sources("engine"), *sources("models")])
def test_it_depends_on_nothing_but_its_arguments(source: str) -> None:
    text = (ROOT / source).read_text(encoding="utf-8")

    assert impurities(text, reads_files=source.startswith("models")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import random", "1: import random"),
        ("from time import time", "1: import time"),
        ("import os.path", "1: import os.path"),
        ("from pathlib import Path", "1: import pathlib"),
        ("datetime.now(CHINA)", "1: .now()"),
        ("datetime.datetime.now()", "1: .now()"),
        ("clock().now()", "1: .now()"),
        ("date.today()", "1: .today()"),
        ("x.environ['A']", "1: .environ"),
        ("open('a')", "1: open()"),
        ("print('a')", "1: print()"),
        ("import logging", "1: import logging"),
    ],
)
def test_it_finds_what_would_make_the_engine_impure(source: str, found: str) -> None:
    assert impurities(source, reads_files=False) == [found]


@pytest.mark.parametrize("source", ["decide(program, state, event, now)", "event.now", "due.time()"])
def test_it_lets_pure_code_pass(source: str) -> None:
    assert impurities(source, reads_files=False) == []


def test_it_lets_the_language_read_files() -> None:
    assert impurities("from pathlib import Path\nopen('a')", reads_files=True) == []
