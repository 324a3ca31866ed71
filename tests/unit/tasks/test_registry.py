"""The registry knows every kind of work by its name, and no work needs the registry."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tasks.registry import registry

ROOM = Path(__file__).parents[3] / "tasks"


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Everything that is written in the room, with the name of its file."""
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.stem, node


def test_every_work_that_is_written_is_registered() -> None:
    written = {
        node.args[0].value
        for _, node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Registered"
        if isinstance(node.args[0], ast.Constant)
    }

    assert written == set(registry())


def test_the_room_imports_itself_in_no_circle() -> None:
    imports: dict[str, set[str]] = {}
    for name, node in nodes():
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tasks."):
            imports.setdefault(name, set()).add((node.module or "").removeprefix("tasks."))

    # Whatever imports nothing of what is left is taken away; a circle stays.
    while free := {name for name in imports if not imports[name] & imports.keys()}:
        imports = {name: needed for name, needed in imports.items() if name not in free}
    assert imports == {}
