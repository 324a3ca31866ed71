"""`duly mail receive`: messages from files, taken as if they had come by mail."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import click
import msgspec

from duly.errors import UserError

_HELP = """像来信一样处理文件中的邮件，逐封列出去向和原因。PATH 是一封邮件的文件，或放邮件的文件夹。

Take messages from files as if they had come by mail, and print what became of each and why. A PATH is a file with one
message, or a folder of them.

    duly mail receive complaint.eml
    duly mail receive ~/Maildir/new --format json
"""

MOST_HEADER: Final = 256 * 1024
OLDEST: Final = timedelta(days=366)
"""A Received field older than this says when the file was made, not when a clock should have begun."""


class Line(msgspec.Struct):
    """What became of one message."""

    path: str
    outcome: str
    case: str | None
    reason: str


@click.command(help=_HELP, short_help="处理文件中的邮件 / take messages from files")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
def receive(paths: tuple[Path, ...], form: str) -> None:
    """Take every message; what cannot be read from the disk is named in the end."""
    from duly.running.assembly import at_the_terminal, desk_of, mails_folder  # noqa: PLC0415 - costly to import
    from duly.settings import load_settings  # noqa: PLC0415 - same
    from notifications.inbound.mail import Original  # noqa: PLC0415 - same
    from notifications.inbound.originals import keep_original  # noqa: PLC0415 - same
    from notifications.inbound.taking import Inbox  # noqa: PLC0415 - same

    settings = load_settings()
    store, clock = at_the_terminal(settings)
    inbox, folder = Inbox(desk_of(settings, store, clock)), mails_folder(settings)
    largest = settings.inbox.largest_mb * 1024 * 1024
    lines: list[Line] = []
    unread: list[str] = []
    for path in _files(paths):
        try:
            size, arrived = path.stat().st_size, arrived_at(path, clock.now())
            kept = keep_original(folder, _chunks(path, largest), largest)
        except OSError as error:
            unread.append(f"{_in_words(path)} cannot be read: {error.strerror}.")
            continue
        origin = f"file/{_in_words(path.resolve())}/{kept.sha256}"[-300:]
        whole = None if size <= largest else size
        outcome = inbox.take(Original(kept.path, kept.sha256, kept.size, origin, arrived, full_size=whole))
        reason = f"此前已收取：{outcome.reason}" if outcome.repeated else outcome.reason
        shown = "duplicate" if outcome.repeated else outcome.outcome
        line = Line(_in_words(path), shown, outcome.case_id, reason)
        lines.append(line)
        if form == "text":
            click.echo(f"{line.path}\t{line.outcome}\t{line.case or '-'}\t{line.reason}")
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(lines), indent=2).decode())
    if unread:
        raise UserError("\n".join(unread), "check the files and their rights; all others have been taken.")


def _in_words(path: Path) -> str:
    """A path as text that can be printed and kept, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        else:
            yield path


def _chunks(path: Path, largest: int) -> Iterator[bytes]:
    """The message; of one that is too large the beginning, like from a mailbox."""
    left = largest
    with path.open("rb") as file:
        while left and (chunk := file.read(min(1024 * 1024, left))):
            left -= len(chunk)
            yield chunk


def arrived_at(path: Path, now: datetime) -> datetime:
    """When a message reached its last server, by its topmost Received field (RFC 5321, 4.4); now if that says nothing.

    A time in the future, or more than a year ago, is not believed.
    """
    with path.open("rb") as file:
        head = file.read(MOST_HEADER)
    value = b""
    for line in head.splitlines():
        if not line:
            break
        if value and line[:1] in b" \t":
            value += b" " + line.strip()
        elif value:
            break
        elif line[:9].lower() == b"received:":
            value = line[9:]
    stamp = value.rpartition(b";")[2].decode("ascii", "replace").strip()
    try:
        found = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return now
    if found.tzinfo is None or not now - OLDEST <= found.astimezone(now.tzinfo) <= now:
        return now
    return found.astimezone(now.tzinfo)
