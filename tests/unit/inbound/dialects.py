"""Bounces of servers that do not speak RFC 3464, in their manner and our words: one generator a dialect."""

from dataclasses import dataclass, field

from notifications.inbound.mail import Mail
from tests.unit.inbound.mails import OURS, copy_of_ours, mail

HU = "hu.jun@mingchuan.example"
LI = "li.na@partner.example"
RETURNED = "<2026-0001.5.hu.jun@mingchuan.example>"


@dataclass(frozen=True)
class Wild:
    """A bounce in a dialect, and what it says."""

    dialect: str
    mail: Mail
    failures: tuple[tuple[str, str, str], ...] = ((HU, "5.1.1", "failed"),)
    """Address, status, action."""
    message_id: str = RETURNED
    said: str = field(default="")
    """Words that belong into the first diagnosis."""


def qmail() -> Wild:
    text = f"""Hi. This is the qmail-send program at mx.mingchuan.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{HU}>:
198.51.100.7 does not like recipient.
Remote host said: 550 5.1.1 nobody of that name
Giving up on 198.51.100.7.

<{LI}>:
I'm not going to try again; this message has been in the queue too long. (#4.4.7)

--- Below this line is a copy of the message.

Return-Path: <{OURS}>
{copy_of_ours()}"""
    sent = mail("MAILER-DAEMON@mx.mingchuan.example", "failure notice", text, headers=[("return-path", "<>")])
    return Wild("qmail", sent, ((HU, "5.1.1", "failed"), (LI, "4.4.7", "failed")), said="nobody of that name")


def exim() -> Wild:
    text = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {HU}
    host mx.mingchuan.example [198.51.100.7]
    SMTP error from remote mail server after RCPT TO:<{HU}>:
    550 5.1.1 nobody of that name
  {LI}
    all hosts for 'partner.example' have been failing for a long time (4.4.1)

------ This is a copy of the message, including all the headers. ------

Return-path: <{OURS}>
{copy_of_ours()}"""
    headers = [("x-failed-recipients", f"{HU}, {LI}"), ("auto-submitted", "auto-replied")]
    sent = mail("Mailer-Daemon@a.example", "Mail delivery failed: returning message to sender", text, headers=headers)
    return Wild("Exim", sent, ((HU, "5.1.1", "failed"), (LI, "4.4.1", "failed")), said="nobody of that name")


def exim_delay() -> Wild:
    text = f"""This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on a.example.

The address to which the message has not yet been delivered is:

  {HU}
    host mx.mingchuan.example [198.51.100.7]: 451 4.7.1 come back later

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated."""
    sent = mail(
        "Mailer-Daemon@a.example", "Warning: message 1abc delayed 24 hours", text, headers=[("return-path", "<>")]
    )
    return Wild("Exim, delay", sent, ((HU, "4.7.1", "delayed"),), "", "come back later")


def sendmail() -> Wild:
    text = f"""   ----- The following addresses had permanent fatal errors -----
<{HU}>

   ----- Transcript of session follows -----
... while talking to mx.mingchuan.example.:
>>> RCPT TO:<{HU}>
<<< 550 5.1.1 nobody of that name

   ----- Original message follows -----
{copy_of_ours()}"""
    return Wild("Sendmail", mail("MAILER-DAEMON", "Returned mail: User unknown", text, name="MAILER-DAEMON"))


def postfix() -> Wild:
    text = f"""This is the Postfix program at host a.example.

I'm sorry to have to inform you that your message could not be
be delivered to one or more recipients. It's attached below.

For further assistance, please contact <postmaster@a.example>

<{HU}>: host mx.mingchuan.example[198.51.100.7] said: 550 5.1.1 <{HU}>:
    nobody of that name (in reply to RCPT TO command)
"""
    sent = mail("MAILER-DAEMON@a.example", "Undelivered Mail Returned to Sender", text, returned=copy_of_ours())
    return Wild("Postfix without a report part", sent, said="nobody of that name")


def exchange() -> Wild:
    text = f"""Your message did not reach some or all of the intended recipients.

      Subject:  请处理：快件延误
      Sent:     2026/3/10 10:00

The following recipient(s) could not be reached:

      {HU} on 2026/3/10 10:01
            The e-mail account does not exist at the organization this message was sent to. <mx.a.example #5.1.1>
"""
    sent = mail(
        "postmaster@a.example",
        "Undeliverable: 请处理：快件延误",
        text,
        name="System Administrator",
        in_reply_to=RETURNED,
    )
    return Wild("Exchange", sent, said="does not exist")


def exchange_chinese() -> Wild:
    text = f"""无法将您的邮件传递给以下收件人或组:

{HU}
找不到您输入的电子邮件地址。请检查收件人的电子邮件地址，然后重新发送。

管理员诊断信息:

生成服务器: a.example

{HU}
Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'

原始邮件头:

{copy_of_ours()}"""
    sender = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@a.example"
    return Wild("Exchange in Chinese", mail(sender, "未送达: 请处理：快件延误", text, name="Microsoft Outlook"))


def outlook_delay() -> Wild:
    text = f"""向以下收件人或组的传递已延迟:

{HU}

服务器会继续尝试传递该邮件。"""
    sent = mail("postmaster@outlook.example", "已延迟：请处理", text, headers=[("return-path", "<>")])
    return Wild("Outlook.com in Chinese, delay", sent, ((HU, "", "delayed"),), "")


def domino() -> Wild:
    text = f"""Your message

  Subject: 请处理：快件延误

was not delivered to:

  {HU}

because:

  User hu.jun ({HU}) not listed in Domino Directory
"""
    sent = mail("Postmaster@a.example", "DELIVERY FAILURE: User hu.jun not listed in Domino Directory", text)
    return Wild("Domino", sent, ((HU, "", "failed"),), "", "not listed")


def notes() -> Wild:
    text = f"""------- Failure Reasons  --------

User not listed in public Name & Address Book
{HU}

------- Returned Message --------
{copy_of_ours()}"""
    sent = mail("Postmaster@a.example", "Undeliverable message", text)
    return Wild("Notes", sent, ((HU, "", "failed"),), said="not listed")


def gmail() -> Wild:
    text = f"""Delivery to the following recipient failed permanently:

     {HU}

Technical details of permanent failure:
The error that the other server returned was:
550 5.1.1 nobody of that name

----- Original message -----

{copy_of_ours()}"""
    headers = [("return-path", "<>"), ("x-failed-recipients", HU)]
    sent = mail("mailer-daemon@googlemail.com", "Delivery Status Notification (Failure)", text, headers=headers)
    return Wild("Gmail", sent, said="nobody of that name")


def gmail_delay() -> Wild:
    text = f"""THIS IS A WARNING MESSAGE ONLY.

Delivery to the following recipient has been delayed:

     {HU}

Message will be retried for 2 more day(s)

Technical details of temporary failure:
450 4.2.2 mailbox over quota
"""
    sent = mail("mailer-daemon@googlemail.com", "Delivery Status Notification (Delay)", text)
    return Wild("Gmail, delay", sent, ((HU, "4.2.2", "delayed"),), "", "over quota")


def yahoo() -> Wild:
    text = f"""Sorry, we were unable to deliver your message to the following address.

<{HU}>:
550: 5.1.1 nobody of that name

--- Below this line is a copy of the message.

{copy_of_ours()}"""
    return Wild("Yahoo", mail("MAILER-DAEMON@yahoo.com", "Failure Notice", text), said="nobody of that name")


def qq() -> Wild:
    text = f"""退信通知

您的邮件被退回到您的收件箱：
    主题：请处理：快件延误
    收件人：{HU}
    退信原因：
    该用户不存在 host mx.mingchuan.example said: 550 5.1.1 Mailbox not found
"""
    sent = mail("PostMaster@qq.com", "系统退信", text, headers=[("return-path", "<>")], in_reply_to=RETURNED)
    return Wild("QQ Mail", sent, said="Mailbox not found")


def tencent_enterprise() -> Wild:
    text = f"""您的邮件无法发送到 {HU}
原因：收件人空间不足
解决办法：请通过其他方式联系收件人。
"""
    sent = mail("postmaster@exmail.example", "退信通知：请处理：快件延误", text, returned=copy_of_ours())
    return Wild("Tencent for companies", sent, ((HU, "", "failed"),))


def netease() -> Wild:
    text = f"""抱歉，您的邮件被退回来了……
原邮件信息：
时  间
2026-03-10 10:00:00
主  题
请处理：快件延误
收件人
{HU}
退信原因：
收件人不存在，请核对后再发。
英文说明:User not found: {HU}
建议解决方案：
请通过电话等方式与收信方联系。
----------------
This message is generated by Coremail.
"""
    sent = mail("Postmaster@163.com", "系统退信", text, in_reply_to=RETURNED)
    return Wild("NetEase", sent, ((HU, "", "failed"),), said="收件人不存在")


def coremail() -> Wild:
    text = f"""尊敬的用户： 您的邮箱账号（{OURS}）发送的邮件被退回来了。
收件人/To : {HU}
退信原因/Bounce reason :
由于对方服务器不稳定，无法连接上对方服务器。
rcpt handle timeout, last handle info: 451 4.4.1 Can not connect
"""
    sent = mail("postmaster@a.example", "系统退信/The email is returned", text, returned=copy_of_ours())
    return Wild("Coremail", sent, ((HU, "4.4.1", "failed"),), said="Can not connect")


def aliyun() -> Wild:
    text = f"""邮件投递失败
您发送给 {HU} 的邮件投递失败。
远程响应：550 5.1.1 Mailbox not found
"""
    sent = mail("mailer-daemon@aliyun.example", "邮件退信：请处理：快件延误", text, returned=copy_of_ours())
    return Wild("Aliyun", sent, said="Mailbox not found")


def lark() -> Wild:
    text = f"""你的邮件未成功送达以下收件人：
• {HU}
原因：554 5.1.1 地址不存在
"""
    sent = mail(
        "mailer-daemon@larksuite.example", "退信提醒", text, headers=[("return-path", "<>")], returned=copy_of_ours()
    )
    return Wild("Lark", sent, said="地址不存在")


def opensmtpd() -> Wild:
    text = f"""    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

{HU}: 550 5.1.1 nobody of that name

    Below is a copy of the original message:

{copy_of_ours()}"""
    return Wild("OpenSMTPD", mail("MAILER-DAEMON@a.example", "Delivery status notification: error", text))


ALL = tuple(
    make()
    for make in (
        qmail, exim, exim_delay, sendmail, postfix, exchange, exchange_chinese, outlook_delay, domino, notes, gmail,
        gmail_delay, yahoo, qq, tencent_enterprise, netease, coremail, aliyun, lark, opensmtpd,
    )
)  # fmt: skip
