"""Delivery status reports: fields in a fixed form, a block a recipient (RFC 3464, 2)."""

from collections.abc import Iterable, Mapping
from typing import Final

from notifications.inbound.bounces.codes import address_in, one_line, status_in
from notifications.inbound.bounces.values import MOST_FAILURES, Action, Failure

ACTIONS: Final[Mapping[str, Action]] = {
    "failed": "failed",
    "failure": "failed",
    "expired": "failed",
    "undeliverable": "failed",
    "delayed": "delayed",
    "deferred": "delayed",
    "delivered": "delivered",
    "deliverable": "delivered",
    "relayed": "relayed",
    "expanded": "expanded",
}
OF_CLASS: Final[Mapping[str, Action]] = {"2": "delivered", "4": "delayed", "5": "failed"}
RECIPIENTS: Final = ("original-recipient", "final-recipient")
KNOWN: Final = frozenset({*RECIPIENTS, "action", "status", "diagnostic-code", "x-original-message-id"})
MOST_VALUE: Final = 2000


def blocks(lines: Iterable[str]) -> list[dict[str, str]]:
    """The fields we know, a mapping a recipient; those before the first recipient are in a mapping of their own.

    A blank line ends a block only once it is whole: some servers put one after every field.
    """
    found: list[dict[str, str]] = [{}]
    last = ""
    for line in lines:
        if line[:1] in {" ", "\t"} and last and line.strip():
            found[-1][last] = (found[-1][last] + " " + line.strip())[:MOST_VALUE]
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon else ""
        known = found[-1].keys()
        named = any(field in known for field in RECIPIENTS)
        whole = named and not line.strip() and {"action", "status"} <= known
        another = last in RECIPIENTS and (last in known or (named and bool({"action", "status"} & known)))
        if whole or another:
            found.append({})
        if last not in KNOWN:
            last = ""
        elif len(found) <= MOST_FAILURES:
            found[-1].setdefault(last, value.strip()[:MOST_VALUE])
        else:
            break
    return found


def failures_in(text: str) -> tuple[Failure, ...]:
    """What a report says of each recipient it names, each once; nothing if it names none."""
    found: dict[str, Failure] = {}
    for fields in blocks(text.split("\n")):
        if any(name in fields for name in RECIPIENTS) or {"action", "status"} <= fields.keys():
            failure = _failure(fields)
            found.setdefault(failure.address, failure)
    if len(found) > 1:
        found.pop("", None)
    return tuple(found.values())


def original_message_id(text: str) -> str:
    """Message-ID of the mail it is about, where the report itself says it; else empty."""
    return next(
        (fields["x-original-message-id"] for fields in blocks(text.split("\n")) if fields.get("x-original-message-id")),
        "",
    )


def _failure(fields: Mapping[str, str]) -> Failure:
    # The address that was written to comes first: Final-Recipient may be where a colleague's mail is forwarded.
    address = next((found for name in RECIPIENTS if (found := address_in(fields.get(name, "")))), "")
    kind, semicolon, rest = fields.get("diagnostic-code", "").partition(";")
    diagnosis = rest if semicolon and len(kind) < 20 and " " not in kind.strip() else f"{kind}{semicolon}{rest}"
    status = status_in(fields.get("status", ""))
    if not status or status.endswith(".0.0"):
        said = status_in(diagnosis)
        status = said if said and said[0] == (status or said)[0] else status
    words = fields.get("action", "").lower().replace("(", " ").replace(";", " ").split()
    action = ACTIONS.get(words[0]) if words else None
    return Failure(address, status, action or OF_CLASS.get(status[:1], "failed"), one_line(diagnosis))
