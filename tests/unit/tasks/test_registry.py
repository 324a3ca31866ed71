"""The registry knows every kind of work by its name, and nothing in the room needs the registry."""

import ast
from pathlib import Path

from tasks.registry import registry

ROOM = Path(__file__).parents[3] / "tasks"


def test_every_work_that_is_written_is_registered() -> None:
    written = {
        node.args[0].value
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Registered"
        if isinstance(node.args[0], ast.Constant)
    }

    assert written == set(registry())


def test_no_task_imports_the_registry() -> None:
    importing = [
        path.name
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "tasks.registry"
    ]

    assert importing == []
