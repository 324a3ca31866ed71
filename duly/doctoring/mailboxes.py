"""The doctor's look at the ways in by mail: each mailbox, where answers come back, and what nobody reads."""

from collections.abc import Iterator

from duly.doctoring.findings import Finding
from duly.errors import UserError
from duly.running.receiving import imap_account
from duly.settings import Settings
from notifications.inbound.imap.connection import Declined, connected
from notifications.inbound.imap.folder import Folder
from notifications.inbound.imap.troubles import Trouble
from store.cases import Store


def look_at_mailboxes(settings: Settings, store: Store) -> Iterator[Finding]:
    """Sign in to each mailbox; say which mailbox of the company is read by nobody, and what answers will lack."""
    for mailbox in settings.imap:
        name = f"邮箱 / mailbox {mailbox.address}"
        try:
            account = imap_account(settings, mailbox)
            with connected(account) as connection:
                folder = Folder.opened(connection)
        except UserError as error:
            yield Finding(name, "bad", error.message, error.remedy)
        except (Trouble, Declined) as error:
            yield Finding(name, "bad", str(error), "核对地址、账号、授权码和文件夹 / check address, account, folder")
        else:
            yield Finding(name, "good", f"{folder.messages} 封 / messages")
    yield from _unread(settings, store)
    if settings.imap or settings.inbox.listen_port:
        yield _replies(settings)


def _unread(settings: Settings, store: Store) -> Iterator[Finding]:
    if settings.inbox.listen_port:
        return
    read = {one.address.lower() for one in settings.imap}
    for name, box in store.programs.company.organisation.mailboxes.items():
        missing = [one for one in box.addresses if one.lower() not in read]
        if missing and settings.imap:
            yield Finding(
                f"邮箱 / mailbox {name}", "warning", f"{'、'.join(missing)} 无人读取 / is read by nobody",
                "在 [[imap]] 中加上，或由邮件服务器转投 / add it under [[imap]], or have your server relay it",
            )  # fmt: skip


def _replies(settings: Settings) -> Finding:
    name = "回信 / replies"
    if not settings.inbox.mail_servers:
        return Finding(
            name, "warning", "来信都算未核实 / every sender counts as unverified",
            "设置 inbox.mail_servers / set inbox.mail_servers",
        )  # fmt: skip
    if not settings.inbox.replies:
        return Finding(
            name, "warning", "没有回信地址 / answers have no address of their own", "设置 inbox.replies / set it"
        )
    return Finding(name, "good", settings.inbox.replies)
