"""Addresses and codes in lines of a report. Every search looks at each character a bounded number of times."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notifications.inbound.bounces.values import MOST_DIAGNOSIS
from notifications.inbound.senders import is_address

_LOCAL: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
_DOMAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.[0-7]\.\d{1,3})(?!\.?\d)")
_REPLY: Final = re.compile(r"(?<![\d.])([45])[0-5]\d(?![\d.]\d|\d)")
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a line, from `start` to `end`."""

    address: str
    start: int
    end: int


def addresses(line: str) -> Iterator[Found]:
    """The addresses of a line, in order; those of other letters than ASCII are found in report parts only."""
    at = line.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > max(0, at - 64) and line[start - 1] in _LOCAL:
            start -= 1
        while end < min(len(line), at + 190) and line[end] in _DOMAIN:
            end += 1
        local, domain = line[start:at].lstrip("'*`{|=/.-"), line[at + 1 : end].rstrip(".-").lower()
        if is_address(f"{local}@{domain}"):
            yield Found(f"{local}@{domain}", at - len(local), at + 1 + len(domain))
        at = line.find("@", at + 1)


def address_in(value: str) -> str:
    """The address of a field like `rfc822; <a@b.example>`; empty if there is none, also where it hides another one."""
    kind, semicolon, rest = value.partition(";")
    text = (rest if semicolon else kind).strip().strip("<>\"' ")
    local, _, domain = text.rpartition("@")
    plain = f"{local}@{domain.lower()}"
    if not is_address(plain):
        plain = next((found.address for found in addresses(text)), "")
    # Exchange packs addresses of other systems into one of its own: IMCEAEX-_O=…@domain. Nobody wrote to that.
    return "" if plain.lower().startswith("imcea") else plain


def status_in(text: str) -> str:
    """The first code of RFC 3463 that says more than its class, else the first; empty if there is none."""
    codes = _STATUS.findall(text)
    return next((code for code in codes if not code.endswith(".0.0")), codes[0] if codes else "")


def message_id_in(value: str) -> str:
    """The first `<left@right>` of a header; empty if there is none."""
    found = _MESSAGE_ID.search(value)
    return found[0] if found else ""


def has_code(line: str) -> bool:
    """Whether a server's refusal stands there: a code of RFC 3463, or of RFC 5321 from 400 on."""
    return bool(_STATUS.search(line) or _REPLY.search(line))


def one_line(text: str) -> str:
    """Words of a server, on one line, bounded."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * MOST_DIAGNOSIS])
    return _SPACE.sub(" ", plain).strip()[:MOST_DIAGNOSIS]
