"""Stories: who answers whom with what, before any client has made a mail of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random
from textwrap import dedent
from typing import Final, Literal

Language = Literal["zh", "tw", "en"]

CHINA: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Person:
    """A name, which may be missing, and an address."""

    name: str
    address: str

    @property
    def shown(self) -> str:
        """`Name <address>`, or the address alone."""
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Story:
    """An answer to a mail."""

    language: Language
    answer: str
    """What the writer typed, with a name below if they are polite."""
    writer: Person
    asker: Person
    others: tuple[Person, ...]
    at: datetime
    """When the mail that is answered was sent."""
    subject: str
    body: str
    """Of the mail that is answered."""


PEOPLE: Final[dict[Language, tuple[Person, ...]]] = {
    "zh": (
        Person("王芳(信息安全部)", "wang.fang@mingchuan.example"),
        Person("张三", "zhangsan@qq.example"),
        Person("李雷/Lei Li", "li.lei@mingchuan.example"),
        Person("赵磊【运维】", "zhao.lei@mingchuan.example"),
        Person("", "hu.jun@mingchuan.example"),
        Person("欧阳 明", "ouyang-ming@customer.example"),
        Person("Duly 流程平台", "duly@mingchuan.example"),
        Person("李四；审批", "li.si@mingchuan.example"),
    ),
    "tw": (
        Person("陳怡君", "chen.yichun@partner.example"),
        Person("林志明 (資安)", "lin@partner.example"),
        Person("Duly 流程平台", "duly@mingchuan.example"),
    ),
    "en": (
        Person("Liu, Wei (CN-SH)", "wei.liu@mingchuan.example"),
        Person("Pat O'Neil", "pat.oneil@customer.example"),
        Person("Duly", "duly@mingchuan.example"),
        Person("", "audit@auditor.example"),
        Person("Maria del Carmen Fernandez-Rodriguez", "maria.fernandez-rodriguez@very-long-company-name.example"),
    ),
}

ANSWERS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": (
        "同意",
        "同意。\n\n请按规程 7-4.2.2 办理，处理完后告诉我。",
        "收到，谢谢！",
        "不同意，理由如下\n1. 影响面没有写清楚\n2. 没有回退方案\n\n请补充后重新提交。",
        "您好：\n\n    附件是整改报告，请查收。\n\n王芳\n信息安全部 | 电话：010-5555 0100",
        "发件人显示的是财务部，但我们核实过，不是他们发的。请按钓鱼邮件处理。",
        "客户在邮件里写道，数据已经删除，我们还没有核实。",
        "已于3月10日 10:00完成漏洞修复，截图见附件。\n复查时间：3月12日",
        "原始邮件我已经转给法务了，他们说主题里要写上编号。",
        "好的 👌",
        "请看 https://duly.mingchuan.example/d/abc?x=1 里的说明，\n密码另发。",
        "主题：关于停机的说明\n时间：周六 22:00 至 24:00\n地点：二号机房\n以上请确认。",
    ),
    "tw": (
        "同意，請依規定辦理。",
        "您好，\n\n附件為改善報告，請查收。\n謝謝！",
        "寄件者看起來是財務部，但不是他們寄的，請查明。",
        "收到。",
    ),
    "en": (
        "Approved.",
        "Hi,\n\nplease go ahead. We will restore the backup tonight.\n\nBest regards,\nWei",
        "No. The vendor wrote that the patch is not ready, so we have to wait.",
        "From what I see: the subject line was forged, and the date is wrong.\nPlease escalate.",
        "Thanks, got it!",
        "On Monday we met the auditor. He wrote:\nnothing new.\nTo be continued.",
    ),
}

SUBJECTS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("【待办】漏洞整改 2026-0017", "关于服务器停机的申请", "Re: 回复: 权限开通：李四"),
    "tw": ("【待辦】弱點改善 2026-0017", "關於停機申請"),
    "en": ("[To do] Fix the finding 2026-0017", "Re: access for Li Si"),
}

BODIES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": (
        """
        王芳，您好：

        事项 2026-0017　漏洞整改

        ■ 请处理
        为何收到：您是整改负责人
        依据：7-4.2.2
        """,
        """
        各位同事：

        请于本周五前完成。
        谢谢

        张三
        运维部
        """,
        "同意\n\n另外请抄送李四。",
        """
        请在此线以上回复 / Reply above this line

        王芳，您好：

        事项 2026-0017　漏洞整改
        批准：
          https://duly.mingchuan.example/d/abc
        """,
        """
        不同意

        发自我的iPhone

        ------------------ 原始邮件 ------------------
        发件人: "李四"<li.si@qq.example>;
        发送时间: 2026年2月27日(星期五) 上午9:30
        收件人: "张三"<zhangsan@qq.example>;
        主题: 申请

        请批准。
        """,
        """
        收到

        发件人: 李四 <li.si@mingchuan.example>
        发送时间: 2026年2月27日 9:30
        收件人: 张三 <zhangsan@qq.example>
        主题: 申请

        在 2026/2/26 09:00, 王五 写道:
        > 请看
        >> 再看
        """,
    ),
    "tw": ("各位好：\n\n請於本週五前完成。\n\n陳怡君", "同意"),
    "en": (
        "Dear Wei,\n\nplease fix this until Friday.\n\nRegards\nPat",
        "Approved\n\nPlease copy Li Si.",
        """
        Not approved.

        Sent from my iPhone

        > On Feb 27, 2026, at 9:30 AM, Li Si <li.si@mingchuan.example> wrote:
        >
        > Please.
        """,
        "请在此线以上回复 / Reply above this line\n\nDear Wei,\n\ncase 2026-0017: please approve.",
    ),
}


def story(rng: Random, language: Language) -> Story:
    """A story made by chance."""
    writer, asker, *others = rng.sample(PEOPLE[language], 3)
    at = datetime(2026, 3, 1, 8, tzinfo=CHINA) + timedelta(minutes=rng.randrange(400_000), seconds=rng.randrange(60))
    return Story(
        language, rng.choice(ANSWERS[language]), writer, asker, tuple(others[: rng.randrange(3)]), at,
        rng.choice(SUBJECTS[language]), dedent(rng.choice(BODIES[language])).strip("\n"),
    )  # fmt: skip
