"""Troubles: what can be wrong between Duly and a mailbox, in words for the one who must mend it.

No text in here holds a password: what a server says is shown with the password taken out, should it repeat it.
"""

import re
from datetime import timedelta
from imaplib import IMAP4
from typing import ClassVar, Final

from imapclient.exceptions import LoginError

from notifications.inbound.imap.account import ImapAccount

FAILURES: Final = (IMAP4.error, OSError, ValueError)
"""All that can go wrong while talking to a server: refusals, cut lines, timeouts, certificates, unreadable answers."""

MOST_SAID: Final = 160

_NOT_NOW: Final = re.compile(r"\[(UNAVAILABLE|LIMIT|INUSE|THROTTLED)\b", re.IGNORECASE)
"""Response codes, some of RFC 5530."""

_PASSWORD: Final = re.compile(r"password|credential|密码|授权码", re.IGNORECASE)
"""Tencent has one answer for a wrong password, too many sign-ins and a busy system; the first is likeliest."""

_LATER: Final = re.compile(
    r"too many|too frequent|frequency|rate limit|throttl|temporar|"
    r"try again|later|busy|exceed|maximum number|频繁|频率|稍后|过多|超过",
    re.IGNORECASE,
)


class Trouble(Exception):  # noqa: N818 - it says what is the case
    """Why the mailbox cannot be looked into now. `str()` says it in Chinese and English and what to do."""

    first: ClassVar = timedelta(seconds=5)
    longest: ClassVar = timedelta(minutes=5)


class Cut(Trouble):
    """The server cannot be reached, is not who it says, fell silent, or the line was cut."""


class Throttled(Trouble):
    """The server wants to be left alone for a while."""

    first: ClassVar = timedelta(minutes=1)
    longest: ClassVar = timedelta(minutes=15)


class Refused(Trouble):
    """The password is wrong. Asked again and again, a provider locks the mailbox."""

    first: ClassVar = timedelta(minutes=30)
    longest: ClassVar = timedelta(minutes=30)


class Unusable(Trouble):
    """We are in, but the folder is not there or cannot be used."""

    first: ClassVar = timedelta(minutes=1)
    longest: ClassVar = timedelta(minutes=15)


class OurSide(Trouble):
    """The database or the disk is away; the mailbox waits."""


def said(error: BaseException, account: ImapAccount) -> str:
    """What the server or the network said, in one short line without the password."""
    if isinstance(error, LoginError) and error.__context__ is not None:
        error = error.__context__  # The bytes of the server; `LoginError` has only their repr.
    words = error.args[0] if len(error.args) == 1 else str(error)
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    text = text.replace(account.password.get_secret_value(), "***")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text[:MOST_SAID] or type(error).__name__


def cut(error: BaseException, account: ImapAccount) -> Trouble:
    """The trouble that a failure of the line is."""
    words = said(error, account)
    if isinstance(error, IMAP4.error) and _not_now(words):
        return throttled(error, account)
    where = f"{account.host}:{account.port}"
    return Cut(f"邮箱 {account.name}：与 {where} 的连接失败或中断 / cannot talk to {where}: {words}")


def throttled(error: BaseException, account: ImapAccount) -> Trouble:
    """The server named a reason that passes."""
    words = said(error, account)
    return Throttled(f"邮箱 {account.name}：服务器要求稍后再试 / {account.host} asks us to come back later: {words}")


def refused(error: BaseException, account: ImapAccount) -> Trouble:
    """What a refused sign-in is: a line that was cut, a server that is busy, or a wrong password."""
    if isinstance(error.__context__, IMAP4.abort):
        return cut(error.__context__, account)
    words = said(error, account)
    if _not_now(words) and (_NOT_NOW.search(words) or not _PASSWORD.search(words)):
        return throttled(error, account)
    zh, en = _password_of(account.host)
    return Refused(
        f"邮箱 {account.name}：{account.host} 拒绝登录，{zh} / "
        f"{account.host} refuses user name or password; {en}: {words}"
    )


def unusable(error: BaseException, account: ImapAccount, folders: tuple[str, ...] = ()) -> Trouble:
    """The folder cannot be opened or written to."""
    if isinstance(error, IMAP4.readonly):
        return Unusable(
            f"邮箱 {account.name}：文件夹 {account.folder} 只读，请授予写权限 / "
            f"folder {account.folder} can only be read: give {account.username} the right to mark messages"
        )
    words = said(error, account)
    if "unsafe login" in words.lower():
        return Unusable(
            f"邮箱 {account.name}：服务商判定登录不安全，请在网页邮箱确认并开启 IMAP / "
            f"the provider calls this client unsafe; sign in to its web mail and allow IMAP there: {words}"
        )
    if _not_now(words):
        return throttled(error, account)
    known = f" (有/has: {', '.join(folders)})" if folders else ""
    return Unusable(
        f"邮箱 {account.name}：打不开文件夹 {account.folder}，请改正设置 / "
        f"cannot open folder {account.folder}, correct the setting{known[:80]}: {words}"
    )


def declined_for_now(error: Exception, account: ImapAccount) -> None:
    """Raise `Throttled` if what the server declined is a matter of time, e.g. too many commands."""
    if _not_now(said(error, account)):
        raise throttled(error, account) from None


def our_side(error: BaseException, account: ImapAccount, what: tuple[str, str]) -> Trouble:
    """The database or the disk; its own words stay out, as they may quote a mail."""
    return OurSide(
        f"邮箱 {account.name}：{what[0]}不可用，邮件留在邮箱中 / "
        f"{what[1]} cannot be used, the mails wait in the mailbox: {type(error).__name__}"
    )


DATABASE: Final = ("数据库", "the database")
DISK: Final = ("磁盘", "the disk")


def _not_now(words: str) -> bool:
    return bool(_NOT_NOW.search(words) or _LATER.search(words))


def _password_of(host: str) -> tuple[str, str]:
    """What the providers want in place of the password of their web mail."""
    for providers, what, then in _PASSWORDS:
        if any(host == one or host.endswith(f".{one}") for one in providers):
            return what, then
    return "请核对用户名和密码，并确认已开启 IMAP", "check both, and that IMAP is allowed for this mailbox"


_PASSWORDS: Final = (
    (
        ("qq.com", "foxmail.com"),
        "请开启 IMAP，并改用腾讯的客户端专用密码（授权码）",
        "allow IMAP and use Tencent's client password (授权码), not that of the web mail",
    ),
    (
        ("aliyun.com", "mxhichina.com", "alibaba-inc.com"),
        "请开启 IMAP，并改用阿里邮箱的第三方客户端安全密码",
        "allow IMAP and use Aliyun's password for third-party clients (第三方客户端安全密码)",
    ),
    (
        ("163.com", "126.com", "yeah.net", "188.com", "netease.com", "ym.163.com"),
        "请开启 IMAP，并改用网易的客户端授权密码（授权码）",
        "allow IMAP and use NetEase's client password (授权码), not that of the web mail",
    ),
)
