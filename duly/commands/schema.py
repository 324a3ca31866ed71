"""`duly schema`: the JSON Schemas with which an editor explains and completes keys."""

import json
from pathlib import Path

import click

from duly.errors import UserError
from duly.folders import policies_folder
from models.language.schema import KINDS, file_name, schema_of, title_of

FOLDER = "schema"

_HELP = """输出编辑器用的 JSON Schema。KIND 是文件种类，不写则列出种类。

Print the JSON Schema of a KIND of file, with which an editor explains and completes keys; without KIND, list the kinds.

规程文件的第一行告诉编辑器用哪一个 / the first line of a file tells the editor which to use:

    # yaml-language-server: $schema=../schema/procedure.schema.json
"""


@click.command(help=_HELP, short_help="输出编辑器用的 JSON Schema / the JSON Schema for editors")
@click.argument("kind", required=False)
@click.option("--write", is_flag=True, help="写入制度文件夹的 schema 文件夹 / write into the folder of policies")
def command(kind: str | None, write: bool) -> None:
    """Print or write schemas; exit code 2 for a kind that does not exist."""
    if kind is not None and kind not in KINDS:
        raise UserError(
            f"没有 `{kind}` 这种文件\nthere is no kind of file `{kind}`", f"可选 / choose one of: {', '.join(KINDS)}"
        )
    kinds = list(KINDS) if kind is None else [kind]
    if write:
        for path in _write(kinds, policies_folder() / FOLDER):
            click.echo(path.as_posix())
    elif kind is None:
        width = max(map(len, kinds))
        click.echo("\n".join(f"{name:{width}}  {title_of(name)}" for name in kinds))
    else:
        click.echo(as_text(kind), nl=False)


def as_text(kind: str) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def _write(kinds: list[str], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / file_name(kind) for kind in kinds]
    for kind, path in zip(kinds, paths, strict=True):
        path.write_text(as_text(kind), encoding="utf-8")
    return paths
