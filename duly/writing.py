"""Writing: a command's answer to a file or to the screen."""

from pathlib import Path

import click

from duly.errors import UserError


def write(text: str, file: Path | None) -> None:
    """Print a text, or write it to a file and say so on stderr. Raises `UserError` if that cannot be done."""
    if file is None or str(file) == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        file.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            f"无法写入 {file}：{error.strerror}\ncannot write {file}: {error.strerror}",
            "请换一个可写的位置\n    choose a place that can be written to",
        ) from None
    click.echo(f"已写入 {file} / written", err=True)
