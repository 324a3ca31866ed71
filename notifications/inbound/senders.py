"""Who sent it: names under which programs write, and what cannot be an address to answer.

From and Return-Path are claims; they serve to leave a mail unanswered or to read it as a report, never to trust it.
"""

import re
from typing import Final

from notifications.inbound.mail import Mail

MOST_ADDRESS: Final = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3, less the angle brackets)."""

DAEMONS: Final = ("mailerdaemon", "maildaemon", "maildeliver", "microsoftexchange")
"""Beginnings of local parts and display names of mail servers, in lower case, without marks between the letters."""
UNATTENDED: Final = frozenset({"noreply", "noreplies", "donotreply", "dontreply", "neverreply", "notreply", "nobody"})
"""Local parts that nobody reads, written the same way."""
UNATTENDED_BEGINNINGS: Final = ("noreply", "donotreply")
PROGRAM_BEGINNINGS: Final = ("owner-", "bounce", "listserv", "majordomo", "sympa", "autoreply", "auto-reply")
PROGRAM_ENDS: Final = ("-request", "-owner", "-bounce", "-bounces", "-errors", "-admin-bounces", "-unsubscribe")
"""How local parts begin and end to which lists and other programs have their errors sent (RFC 3834, 2)."""

_MARKS: Final = re.compile(r"[\s._\-+=\"'<>()]")
_ATOM: Final = r"[^\s@<>()\[\],;:\\\"]"
_ADDRESS: Final = re.compile(rf"{_ATOM}{{1,64}}@(?:[^\W_][\w-]{{0,62}}\.){{1,20}}[^\W\d_][\w-]{{1,62}}")


def is_address(text: str) -> bool:
    """Whether a mail may go there: one `local@domain.top`, without quotes, comments or control characters."""
    if len(text) > MOST_ADDRESS or not text.isprintable() or not _ADDRESS.fullmatch(text):
        return False
    local = text.rpartition("@")[0]
    return not (local.startswith(".") or local.endswith(".") or ".." in text)


def bare(name: str) -> str:
    """A local part or a display name in lower case, without marks between the letters, at most 100 characters."""
    return _MARKS.sub("", name[:100].lower())


def local_part(address: str) -> str:
    """What stands before the last `@`; empty if there is none."""
    return address.rpartition("@")[0]


def is_daemon(mail: Mail) -> bool:
    """Whether a mail server wrote it, going by From; it may have no address but only a name, e.g. `MAILER-DAEMON`."""
    shown = mail.header("from").strip()
    if not mail.sender.address and (shown == "<>" or bare(shown).startswith(DAEMONS)):
        return True
    names = (local_part(mail.sender.address), mail.sender.name, local_part(mail.header("sender")))
    return any(bare(name).startswith(DAEMONS) for name in names)


def is_postmaster(address: str) -> bool:
    """Whether it is the address under which people look after a mail server, and many servers write as well."""
    return bare(local_part(address)).startswith("postmaster")


def is_unattended(address: str) -> bool:
    """Whether nobody reads what is sent there, going by its name, e.g. `no-reply@…`."""
    name = bare(local_part(address))
    return name in UNATTENDED or name.startswith(UNATTENDED_BEGINNINGS) or name.endswith("noreply")


def is_program(address: str) -> bool:
    """Whether an address belongs to a program, going by its name: nothing automatic may be sent there."""
    local = local_part(address).lower()
    name = bare(local)
    listed = local.startswith(PROGRAM_BEGINNINGS) or local.partition("+")[0].endswith(PROGRAM_ENDS)
    return listed or name.startswith(DAEMONS) or is_postmaster(address) or is_unattended(address)


def without_tag(address: str) -> str:
    """An address in lower case without what follows a `+` in its local part: for comparing, not for sending."""
    local, at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def has_null_sender(mail: Mail, envelope_sender: str | None = None) -> bool:
    """Whether the envelope had no sender (RFC 5321, 4.5.5); Return-Path tells where the way in does not know it."""
    if envelope_sender is not None:
        return envelope_sender.strip() in {"", "<>"}
    return any(value.strip() == "<>" for value in mail.all_of("return-path")[:1])
