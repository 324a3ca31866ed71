"""Answer files: what people do in a simulated case, as lines of a policy test, and the form it begins with."""

from pathlib import Path
from typing import Any

from duly.errors import UserError
from models.language.element import Element
from models.language.places import Place
from models.language.policy_test import Moment
from models.language.problem import Problem
from models.language.source import Source, read
from models.language.validate import validate


class _Lines(Element):
    then: tuple[Moment, ...]


def read_answers(path: Path) -> tuple[Moment, ...]:
    """The lines of a file: a list as under `then:` in a policy test, or a mapping with `then:`. Raises `UserError`."""
    source = read(path)
    content, problems = validate(_Lines, _with_key(source))
    if content is None or source.problems:
        raise _faulty(path, [*source.problems, *problems], "then:")
    return content.then


def read_form(path: Path) -> dict[str, Any]:
    """The answers of a form: a mapping from field to value. Raises `UserError`."""
    source = read(path)
    if source.problems or not isinstance(source.data, dict):
        raise _faulty(path, source.problems, "customer: …")
    return dict(source.data)


def _with_key(source: Source) -> Source:
    """A bare list, as if it stood under `then:`; its places stay where they are."""
    if not isinstance(source.data, list) or source.place is None:
        return source
    top = source.place
    root = Place(top.line, top.column, top.start, top.end, ":", None, {"then": top})
    return Source(source.name, source.text, {"then": source.data}, source.problems, root)


def _faulty(path: Path, problems: list[Problem] | tuple[Problem, ...], example: str) -> UserError:
    listed = "\n".join(map(str, problems)) or f"{path}：内容不对 / not what was expected"
    return UserError(
        f"文件 {path} 不能用 / this file cannot be used:\n{listed}",
        f"请改正后再试，例如以 `{example}` 开头\n    correct it and try again; it begins for example with `{example}`",
    )
