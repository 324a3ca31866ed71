"""Replies: addresses that a reply comes back to, and Message-IDs that prove that somebody had our mail.

Both carry a keyed digest, so that nobody can make one for a case or a letter that was not sent to them.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Final

_CASE: Final = re.compile(r"(\d{4}-\d{4,12})-([0-9a-f]{16})")
_DECISION: Final = re.compile(r"ok-([0-9a-f]{40})")
_SIGNED: Final = re.compile(r"<?([^<>@\s]{1,180})\.([0-9a-f]{16})@[^<>@\s]{1,200}>?")

SLOT: Final = "{}"


@dataclass(frozen=True, slots=True)
class CasePointer:
    """The address of a case, made for one person."""

    case_id: str
    tag: str


@dataclass(frozen=True, slots=True)
class DecisionPointer:
    """The address that takes one decision of one person, once."""

    token: str


@dataclass(frozen=True, slots=True)
class Replies:
    """Makes and reads the addresses of one installation.

    `template` is where replies come in, with `{}` for what differs: `duly+{}@example.com`; without it, what differs
    goes behind a plus sign. Empty if the company's mail has no such addresses.
    """

    template: str
    secret: bytes = field(repr=False)

    def to_case(self, case_id: str, person: str) -> str:
        """The address of a case for one person; empty if replies have no address.

        Mail servers on the way write an address now so and now so: `Sun@…` and `sun@…` are one person.
        """
        return self._address(f"{case_id}-{self._tag('case', case_id, person.lower())}")

    def to_decision(self, token: str) -> str:
        """The address of one decision; `token` has 40 hexadecimal digits."""
        return self._address(f"ok-{token}")

    def read(self, address: str) -> CasePointer | DecisionPointer | None:
        """What an address points to; None if it is none of ours. Says nothing about whether its tag is right."""
        before, _, after = self._full.lower().partition(SLOT)
        given = address.lower()
        if not self.template or not (given.startswith(before) and given.endswith(after)):
            return None
        inner = given[len(before) : len(given) - len(after)]
        if decision := _DECISION.fullmatch(inner):
            return DecisionPointer(decision[1])
        case = _CASE.fullmatch(inner)
        return CasePointer(case[1], case[2]) if case else None

    def is_for(self, pointer: CasePointer, person: str) -> bool:
        """Whether the address was made for this person."""
        return hmac.compare_digest(pointer.tag, self._tag("case", pointer.case_id, person.lower()))

    def sign(self, local: str) -> str:
        """The left part of a Message-ID with its proof."""
        return f"{local}.{self._tag('sent', local, '')}"

    def signed(self, message_id: str) -> str | None:
        """The left part that a Message-ID of ours was made from; None if it is not ours."""
        found = _SIGNED.fullmatch(message_id.strip())
        if found is None or not hmac.compare_digest(found[2], self._tag("sent", found[1], "")):
            return None
        return found[1]

    @property
    def _full(self) -> str:
        local, at, domain = self.template.partition("@")
        return self.template if SLOT in local else f"{local}+{SLOT}{at}{domain}"

    def _address(self, inner: str) -> str:
        return self._full.replace(SLOT, inner, 1) if self.template else ""

    def _tag(self, kind: str, first: str, second: str) -> str:
        said = f"{kind}\n{first}\n{second}".encode()
        return hmac.new(self.secret, said, hashlib.sha256).hexdigest()[:16]
