"""Choosing: the procedure that a command is asked about, by its id or by the path of its file."""

from pathlib import Path
from typing import Final

from duly.errors import UserError
from duly.folders import policies_folder
from duly.policies import FaultyFile, Policies
from engine.program import Program
from models.expressions.suggestions import is_near, nearest_first

_SUFFIXES: Final = (".yaml", ".yml")


def program_named(name: str) -> Program:
    """The procedure with an id, or in a file, ready to run. Raises `UserError` if there is none or it has errors."""
    policies = Policies(policies_folder())
    by_path = name.endswith(_SUFFIXES) or "/" in name
    if not by_path and name not in policies.procedure_files:
        raise _unknown(name, policies)
    try:
        return policies.program_at(Path(name)) if by_path else policies.program(name)
    except FaultyFile as fault:
        raise UserError(
            "\n".join(["规程有错，无法运行 / the procedure has errors:", *map(str, fault.problems)]),
            "请先改正；用 duly check 可查看全部问题\n    correct them first; `duly check` lists them all",
        ) from None


def _unknown(name: str, policies: Policies) -> UserError:
    known = nearest_first(name, policies.procedure_files)
    if not known:
        return UserError(
            f"文件夹 {policies.folder} 里没有规程\nthe folder {policies.folder} holds no procedure",
            "请先写一个规程，或给出文件路径\n    write a procedure, or name a file",
        )
    near = is_near(name, known[0])
    every = ", ".join(known)
    return UserError(
        f"没有规程 `{name}`\nthere is no procedure `{name}`",
        f"{f'是否想写 `{known[0]}`？' if near else ''}全部规程：{every}\n"
        f"    {f'did you mean `{known[0]}`? ' if near else ''}there are: {every}; a path to a YAML file works as well",
    )
