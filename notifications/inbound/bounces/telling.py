"""Is this mail a bounce? Its form decides first; words decide only where a program sent it."""

from typing import Final

from notifications.inbound.bounces import returned
from notifications.inbound.bounces.codes import addresses
from notifications.inbound.bounces.dialects import CHALLENGES, Verdict, verdict
from notifications.inbound.bounces.prose import failures_told
from notifications.inbound.bounces.reports import failures_in, original_message_id
from notifications.inbound.bounces.values import Bounce, Failure
from notifications.inbound.mail import Mail
from notifications.inbound.senders import has_null_sender, is_daemon, is_unattended
from notifications.inbound.subjects import is_answer, is_automatic_reply

MOST_TEXT: Final = 100_000
HEAD: Final = 1500
"""Characters in which a server that does not say its name must come to the point."""
STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})


def bounce_of(mail: Mail) -> Bounce | None:
    """What became of a mail, if this one reports it; None for every other mail, also other automatic ones.

    Disposition notifications (RFC 8098) and feedback reports (RFC 5965) are no bounces; a person who forwards or
    discusses a bounce has sent none. Anybody can write a mail that looks like a bounce: match it with what was sent.
    """
    if mail.reports and mail.reports[0].kind != "delivery-status":
        return None
    said, copied = returned.split(mail.text[:MOST_TEXT])
    failures, report = _reported(mail, said)
    headers = returned.of_mail(mail, copied)
    fields = dict(headers)
    written_to = [found.address for found in addresses(fields.get("to", ""))]
    if not failures:
        told = _told(mail, said)
        if told is None:
            return None
        failures = failures_told(mail, said, told, written_to)
    if [failure.address for failure in failures] == [""] and len(written_to) == 1:
        failures = (_addressed(failures[0], written_to[0]),)
    message_id = fields.get("message-id", "") or original_message_id(report)
    if not message_id and len(mail.in_reply_to) == 1:
        message_id = mail.in_reply_to[0]
    return Bounce(failures, message_id, headers)


def _reported(mail: Mail, said: list[str]) -> tuple[tuple[Failure, ...], str]:
    """What a report part says, and its text; also where it lies loose in a mail of a server."""
    sure = mail.type == "multipart/report"
    loose = not sure and (is_daemon(mail) or has_null_sender(mail))
    texts: list[str] = []
    if sure or loose:
        texts += [report.text for report in mail.reports]
        texts += [file.content[:65536].decode("ascii", "replace") for file in mail.files if file.type in STATUS_TYPES]
    if is_daemon(mail):
        texts.append("\n".join(said))
    for text in texts:
        failures = failures_in(text.replace("\r\n", "\n"))
        if failures:
            return failures, text
    return (), ""


def _told(mail: Mail, said: list[str]) -> Verdict | None:
    """What words of a server say; None where no server speaks or it says nothing of a delivery."""
    subject = _plain(mail.subject)
    if is_automatic_reply(subject):
        return None
    text = _plain(" ".join(line for line in said if not line.startswith(">")))
    failed = bool(mail.header("x-failed-recipients"))
    if (is_daemon(mail) and not is_answer(subject)) or failed:
        return verdict(subject) or verdict(text) or ("failed" if failed or mail.reports else None)
    written = mail.header("auto-submitted").lower().startswith("auto-") or has_null_sender(mail)
    if not written and not is_unattended(mail.sender.address) and not is_daemon(mail):
        return None
    head = text[:HEAD]
    if any(word in head for word in CHALLENGES):
        return None
    return (None if is_answer(subject) else verdict(subject)) or verdict(head)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("：", ":").split())


def _addressed(failure: Failure, address: str) -> Failure:
    return Failure(address, failure.status, failure.action, failure.diagnosis)
