"""Authority: what the company's own mail server says of a sender. All else in a mail is a claim.

Only the topmost Authentication-Results field is read (RFC 8601), and only if it names one of the company's servers;
those servers must take away fields with their name from what comes from outside (RFC 8601, 5). A signature counts if it
is of the domain of From or of one above it; so does the envelope's sender. DMARC has the last word where it spoke.

The field repeats what the sender gave: the address of the envelope may be `"x; dmarc=pass"@example.com`, or an encoded
word that says so once it is decoded. So it is read as it was written, and what is quoted in it says nothing.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notifications.inbound.reading.addresses import mailboxes
from notifications.inbound.reading.bounds import HEADER_BYTES, Reading
from notifications.inbound.reading.fields import Fields, message_fields
from notifications.inbound.reading.source import with_line_feeds
from store.inbox import Standing

LONGEST: Final = 8_000
MOST_RESULTS: Final = 40

_TOKEN: Final = re.compile(r"[a-z0-9._+\-]+")
_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"();\\]+|.', re.DOTALL)
_FORGED: Final = frozenset({"fail", "permerror"})


@dataclass(frozen=True, slots=True)
class Result:
    """One method of an Authentication-Results field, e.g. `dkim=pass header.d=example.com`, in lower case."""

    method: str
    verdict: str
    properties: dict[str, str]


def written(original: Path) -> Fields:
    """The fields of a message as they were written, their encoded words not decoded. Raises `OSError`."""
    with original.open("rb") as file:
        beginning = file.read(HEADER_BYTES + 1_000)
    reading = Reading()
    return message_fields(with_line_feeds(beginning, reading), reading)[0]


def standing(fields: Fields, sender: str, trusted: Collection[str]) -> Standing:
    """`pass` if the company's server vouches for the one address of From, `fail` if it calls it forged, else `none`.

    Args:
        fields: as they were `written`.
        sender: the address that the mail is taken to be from.
        trusted: names of the company's servers.
    """
    address = sender.lower()
    domain = address.rpartition("@")[2]
    # Of several senders the server may have looked at another one than we did.
    named = [one.address.lower() for value in fields.all("from") for one in mailboxes(value)]
    if not domain or named != [address]:
        return "none"
    server, results = parse(fields.first("authentication-results"))
    if server not in {one.lower() for one in trusted}:
        return "none"
    return _verdict(results, address, domain)


def _verdict(results: list[Result], address: str, domain: str) -> Standing:
    dmarc = {
        one.verdict for one in results if one.method == "dmarc" and one.properties.get("header.from", domain) == domain
    }
    if dmarc & _FORGED:
        # A list or a forwarder that our server trusts may have changed the mail: no forgery, and no proof.
        return "none" if any(one.method == "arc" and one.verdict == "pass" for one in results) else "fail"
    if "pass" in dmarc or any(one.verdict == "pass" and _of_sender(one, address, domain) for one in results):
        return "pass"
    return "fail" if any(one.method == "spf" and one.verdict == "fail" for one in results) else "none"


def _of_sender(result: Result, address: str, domain: str) -> bool:
    given = result.properties
    match result.method:
        case "dkim":
            signer = given.get("header.d") or given.get("header.i", "").rpartition("@")[2]
            return aligned(signer, domain)
        case "spf":
            return aligned(given.get("smtp.mailfrom", "").rpartition("@")[2], domain)
        case "auth":
            # Somebody who signed in to the company's own server: as whom they signed in, that is who they are.
            return given.get("smtp.auth") == address
    return False


def aligned(signer: str, domain: str) -> bool:
    """Whether a domain is that of From, or one above it that is more than a top level (RFC 7489, 3.1, relaxed)."""
    return bool(signer) and (domain == signer or (domain.endswith(f".{signer}") and signer.count(".") >= 1))


def parse(field: str) -> tuple[str, list[Result]]:
    """The server of an Authentication-Results field and its results, in lower case; empty if it cannot be read."""
    parts = _parts(field.lower()) if len(field) <= LONGEST else None
    named = parts[0] if parts else []
    if not parts or not named or not _TOKEN.fullmatch(named[0]):
        return "", []
    results = [_result(words) for words in parts[1 : MOST_RESULTS + 1]]
    return named[0], [one for one in results if one is not None]


def _parts(text: str) -> list[list[str]] | None:
    """The words of each part between semicolons, without comments; None if a quotation or a comment has no end."""
    parts: list[list[str]] = [[]]
    depth, joins = 0, False
    for piece in _pieces(text):
        if piece in ("(", ")"):
            depth += 1 if piece == "(" else -1
            joins = False
            if depth < 0:
                return None
        elif depth:
            continue
        elif piece == '"':
            return None
        elif piece == ";":
            parts.append([])
            joins = False
        elif piece.isspace():
            joins = False
        elif joins:
            parts[-1][-1] += piece
        else:
            parts[-1].append(piece)
            joins = True
    return parts if not depth else None


def _pieces(text: str) -> Iterator[str]:
    """Quotations, words and marks. Within a comment a quotation mark is a mark like any other (RFC 5322, 3.2.2)."""
    place, depth = 0, 0
    while place < len(text):
        if depth and text[place] == "\\":
            place += 2
            continue
        if depth and text[place] not in "()":
            place += 1
            continue
        found = _PIECE.match(text, place)
        piece = found[0] if found else text[place]
        depth += {"(": 1, ")": -1}.get(piece, 0)
        place += len(piece)
        yield piece


def _result(words: list[str]) -> Result | None:
    method, equals, verdict = words[0].partition("=") if words else ("", "", "")
    if not equals or '"' in words[0]:
        return None
    properties: dict[str, str] = {}
    for word in words[1:]:
        name, sign, value = word.partition("=")
        if not sign or '"' in name:
            continue
        if properties.setdefault(name, _unquoted(value)) != _unquoted(value):
            return None  # said twice, and not the same
    return Result(method.partition("/")[0], verdict, properties)


def _unquoted(value: str) -> str:
    whole = len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1]
    return value[1:-1] if whole else value
