"""Is this mail a bounce? Its form decides first; words decide only where a program sent it."""

from dataclasses import replace
from typing import Final

from notifications.inbound.bounces import returned
from notifications.inbound.bounces.codes import addresses, has_code, message_id_in
from notifications.inbound.bounces.dialects import CHALLENGES, Verdict, verdict
from notifications.inbound.bounces.prose import MOST_LINE, MOST_LINES, failures_told
from notifications.inbound.bounces.reports import failures_in, original_message_id
from notifications.inbound.bounces.values import Bounce, Failure
from notifications.inbound.mail import Mail
from notifications.inbound.senders import DAEMONS, bare, has_null_sender, is_daemon, is_postmaster, is_unattended
from notifications.inbound.subjects import is_answer, is_automatic_reply

MOST_TEXT: Final = 100_000
HEAD: Final = 1500
"""Characters in which a server that does not say its name must come to the point."""
STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})


def bounce_of(mail: Mail, envelope_sender: str | None = None) -> Bounce | None:
    """What became of a mail, if this one reports it; None for every other mail, also other automatic ones.

    Disposition notifications (RFC 8098) and feedback reports (RFC 5965) are no bounces; a person who forwards or
    discusses a bounce has sent none. Anybody can write a mail that looks like a bounce: match it with what was sent.

    Args:
        mail: the mail.
        envelope_sender: empty for none, as bounces have it; None if the way in does not know it: Return-Path tells.
    """
    if mail.reports and mail.reports[0].kind != "delivery-status":
        return None
    by_nobody = has_null_sender(mail, envelope_sender)
    said, copied = returned.split(mail.text[:MOST_TEXT])
    failures, report = _reported(mail, said, by_nobody)
    headers = returned.of_mail(mail, copied)
    fields = dict(headers)
    written_to = [found.address for found in addresses(fields.get("to", ""))]
    if not failures:
        told = _told(mail, said, by_nobody, bool(headers))
        if told is None:
            return None
        failures = failures_told(mail, said, told, written_to)
    if [failure.address for failure in failures] == [""] and len(written_to) == 1:
        failures = (replace(failures[0], address=written_to[0]),)
    earlier = mail.in_reply_to[0] if len(mail.in_reply_to) == 1 else ""
    ids = (fields.get("message-id", ""), original_message_id(report), earlier)
    return Bounce(failures, next((id_ for value in ids if (id_ := message_id_in(value))), ""), headers)


def _reported(mail: Mail, said: list[str], by_nobody: bool) -> tuple[tuple[Failure, ...], str]:
    """What a report part says, and its text; also where it lies loose in a mail of a server."""
    texts: list[str] = []
    if mail.type == "multipart/report" or is_daemon(mail) or by_nobody:
        texts += [report.text for report in mail.reports]
        texts += [file.content[:65536].decode("ascii", "replace") for file in mail.files if file.type in STATUS_TYPES]
    if is_daemon(mail):
        texts.append("\n".join(said))
    for text in texts:
        failures = failures_in(text.replace("\r\n", "\n"))
        if failures:
            return failures, text
    return (), ""


def _told(mail: Mail, said: list[str], by_nobody: bool, came_back: bool) -> Verdict | None:
    """What words of a server say; None where no server speaks or it says nothing of a mail.

    The less it is sure that a server speaks, the more it must say: a notification of a parcel that could not be
    delivered has no sender either, and a postmaster is a person, too.
    """
    subject = _plain(mail.subject)
    if is_automatic_reply(subject):
        return None
    text = _plain(" ".join(line for line in said if not line.startswith(">")))
    titled = None if is_answer(subject) else verdict(subject)
    failed = bool(mail.header("x-failed-recipients"))
    if failed or (is_daemon(mail) and not is_answer(subject)):
        return titled or verdict(text) or ("failed" if failed or mail.reports else None)
    head = text[:HEAD]
    proof = came_back or any(has_code(line) for line in said[:MOST_LINES])
    if is_postmaster(mail.sender.address):
        named = titled and any(True for line in said[:MOST_LINES] for _ in addresses(line[:MOST_LINE]))
        convinced = bool(proof or named or by_nobody or _says_program(mail))
    else:
        convinced = proof and (by_nobody or _says_program(mail))
    if not convinced or any(phrase in head for phrase in CHALLENGES):
        return None
    return titled or verdict(head)


def _says_program(mail: Mail) -> bool:
    path, sent = mail.header("return-path"), mail.header("auto-submitted")
    unattended = is_unattended(mail.sender.address)
    return unattended or sent.lower().startswith("auto-") or bare(path).startswith(DAEMONS)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("：", ":").split())
