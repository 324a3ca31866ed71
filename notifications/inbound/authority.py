"""Authority: what the company's own mail server says of a sender. All else in a mail is a claim.

Only the topmost Authentication-Results field is read (RFC 8601), and only if it names one of the company's servers;
those servers must take away fields with their name from what comes from outside (RFC 8601, 5). A signature counts if it
is of the domain of From or of one above it; so does the envelope's sender. DMARC has the last word where it spoke.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from notifications.inbound.mail import Mail
from store.inbox import Standing

LONGEST: Final = 8_000
MOST_RESULTS: Final = 40

_TOKEN: Final = re.compile(r"[a-z0-9._+\-]+")
_COMMENT: Final = re.compile(r"\([^()]*\)")
_FORGED: Final = frozenset({"fail", "permerror"})


@dataclass(frozen=True, slots=True)
class Result:
    """One method of an Authentication-Results field, e.g. `dkim=pass header.d=example.com`, in lower case."""

    method: str
    verdict: str
    properties: dict[str, str]


def standing(mail: Mail, trusted: Collection[str]) -> Standing:
    """`pass` if the company's server vouches for the address of From, `fail` if it calls it forged, else `none`."""
    field = mail.header("authentication-results")
    domain = mail.sender.address.rpartition("@")[2].lower()
    if not field or not domain or len(mail.all_of("from")) != 1:
        return "none"
    server, results = parse(field)
    if server not in {one.lower() for one in trusted}:
        return "none"
    return _verdict(results, mail.sender.address.lower(), domain)


def _verdict(results: list[Result], address: str, domain: str) -> Standing:
    spoken = {one.method: one for one in results if one.method in ("dmarc", "arc")}
    dmarc = spoken.get("dmarc")
    if dmarc is not None and dmarc.properties.get("header.from", domain) == domain:
        if dmarc.verdict == "pass":
            return "pass"
        if dmarc.verdict in _FORGED:
            # A list or a forwarder that our server trusts may have changed the mail: no forgery, and no proof.
            return "none" if spoken.get("arc") and spoken["arc"].verdict == "pass" else "fail"
    if any(one.verdict == "pass" and _of_sender(one, address, domain) for one in results):
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
    plain, before = field[:LONGEST].lower(), ""
    while before != plain and plain.count("(") < 200:
        before, plain = plain, _COMMENT.sub(" ", plain)
    server, _, rest = plain.partition(";")
    named = server.split()
    if not named or not _TOKEN.fullmatch(named[0]):
        return "", []
    return named[0], list(_results(rest))


def _results(text: str) -> Iterator[Result]:
    for part in text.split(";")[:MOST_RESULTS]:
        words = part.replace('"', "").split()
        method, equals, verdict = words[0].partition("=") if words else ("", "", "")
        if not equals:
            continue
        pairs = (word.partition("=") for word in words[1:])
        properties = {name: value for name, sign, value in pairs if sign}
        yield Result(method.partition("/")[0], verdict, properties)
