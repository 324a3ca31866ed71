"""Screening: mails that open nothing and answer nothing: our own, copies, those of machines, spam."""

from datetime import timedelta
from typing import Final

from notifications.inbound.automatic import Kind
from notifications.inbound.desk import Outcome, Sheet, sealed_mailboxes
from notifications.inbound.senders import without_tag
from notifications.inbound.setting_aside import set_aside
from notifications.inbound.writing_down import write_down
from notifications.replies import CasePointer
from store.inbox import Incoming, alike, with_id

COPIES: Final = timedelta(days=30)
"""How long the same words of the same person, without a Message-ID, count as a copy."""


def own(sheet: Sheet) -> Outcome | None:
    """A mail that Duly wrote itself has come back: it would answer itself for ever."""
    address = without_tag(sheet.mail.sender.address)
    ours = {without_tag(one) for one in sheet.desk.own}
    signed = sheet.desk.replies.signed(sheet.mail.message_id) is not None
    if not signed and (address not in ours or not address):
        return None
    return write_down(sheet, Outcome("automatic", "本系统自己发出的邮件"))


def copied(sheet: Sheet) -> Outcome | None:
    """A copy of a mail that has been taken; the same Message-ID over other words is no copy (S-36)."""
    mail, connection = sheet.mail, sheet.connection
    if not mail.message_id:
        same = [one for one in alike(connection, sheet.likeness, sheet.now - COPIES) if not one.message_id]
        return _copy(sheet, same)
    known = with_id(connection, mail.message_id)
    if copy := _copy(sheet, [one for one in known if one.likeness == sheet.likeness]):
        return copy
    others = [one for one in known if one.likeness != sheet.likeness]
    if others and sheet.desk.replies.signed(mail.message_id) is None:
        return set_aside(sheet, "与先前一封来信的 Message-ID 相同而内容不同，可能是伪造")
    return None


def _copy(sheet: Sheet, same: list[Incoming]) -> Outcome | None:
    """Sent to two mailboxes it is no copy: each may have a procedure of its own."""
    sealed = sealed_mailboxes(sheet.procedures)
    # The copy of a letter to the sealed circle opens nothing elsewhere, where others would read it.
    here = next((one for one in same if one.mailbox == sheet.mailbox[0] or one.mailbox in sealed), None)
    if here is None:
        return None
    case_id = None if here.sealed else here.case_id
    return write_down(sheet, Outcome("duplicate", f"与 {here.id} 号来信相同", case_id, here.sealed))


def automatic(sheet: Sheet) -> Outcome | None:
    """A machine wrote it. Alerts may open a case where a procedure says so; nothing else does, and none is answered."""
    sign = sheet.sign
    if sign is None or (sign.kind is Kind.MACHINE and _wanted(sheet)) or _of_a_group(sheet, sign.kind):
        return None
    if sign.kind in (Kind.MACHINE, Kind.LIST) and _to_the_sealed_circle(sheet):
        return copied(sheet) or set_aside(sheet, f"寄到密封邮箱的{sign.reason}")
    pointer = sheet.pointer
    case_id = pointer.case_id if isinstance(pointer, CasePointer) else None
    return write_down(sheet, Outcome("automatic", sign.reason, case_id))


def _of_a_group(sheet: Sheet, kind: Kind) -> bool:
    """A person's mail that a group address of the company has passed on to a mailbox of ours; newsletters let go."""
    newsletter = sheet.mail.header("list-unsubscribe") or sheet.mail.header("precedence").lower() in ("bulk", "junk")
    return kind is Kind.LIST and not newsletter and bool(sheet.mailbox[0] or sheet.pointer)


def _wanted(sheet: Sheet) -> bool:
    starts = (start for procedure in sheet.procedures for start in procedure.starts if start.by == "email")
    return any(start.automatic and start.mailbox == sheet.mailbox[0] for start in starts)


def spam(sheet: Sheet) -> Outcome | None:
    """What the company's mail server has marked. It is listed and not answered.

    Staff are never taken for spam, and neither is whoever answers to the address that we gave them.
    """
    mail = sheet.mail
    marked = mail.header("x-spam-flag").strip().lower() == "yes" or mail.header("x-spam-status").lower().startswith(
        "yes"
    )
    if not marked or (sheet.person is not None and sheet.standing == "pass") or sheet.answers_us:
        return None
    if _to_the_sealed_circle(sheet):
        return set_aside(sheet, "邮件服务器标记为垃圾邮件")
    return write_down(sheet, Outcome("spam", "邮件服务器标记为垃圾邮件"))


def _to_the_sealed_circle(sheet: Sheet) -> bool:
    """What is listed there is read by nobody: its opener must see also what looks like rubbish."""
    return bool(sheet.mailbox[0]) and sheet.secret()
