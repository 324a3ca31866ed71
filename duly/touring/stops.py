"""The stops of the tour: a complaint that is handled, one that nobody handles, and an incident."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from duly.touring.visitor import Visitor, link_in
from models.language.moments import CHINA

ACCEPTORS: Final = ("zhao.lei", "sun.yue")
DOMAIN: Final = "@mingchuan.example"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at."""

    what: str
    good: bool
    seen: str = ""


def complaint(address: str, now: datetime) -> Iterator[Look]:
    """A complaint is opened in a form, and forwarded by the link of a mail."""
    clerk = Visitor(address).become("zhao.lei")
    case = clerk.open_case("complaint-handling", _complaint(now - timedelta(minutes=5), "资费争议"))
    yield Look("填表立项，回执上有编号 / a form opens a case", bool(case), case)
    mail = clerk.wait_for(case, lambda one: one["to"] == f"zhao.lei{DOMAIN}")
    yield Look("受理人收到邮件 / the acceptor gets a mail", mail is not None, _subject(mail))
    if mail is None:
        return
    yield Look(
        "邮件写明条款、时限和不办的后果 / it says why, by when, and what follows",
        all(words in mail["text"] for words in ("7-4.2.2", "到期", "按规程")),
    )
    yield from _by_link(address, mail)
    handler = clerk.wait_for(case, lambda one: "联系客户" in one["subject"])
    yield Look("责任部门收到下一封邮件 / the department is asked next", handler is not None, _subject(handler))
    page = clerk.client.get(f"/cases/{case}")
    yield Look("事项页上有台账 / the page of the case shows what happened", "办结" in page.text and case in page.text)


def _by_link(address: str, mail: dict[str, Any]) -> Iterator[Look]:
    phone, other = Visitor(address), Visitor(address)
    link = link_in(mail)
    page = phone.client.get(link)
    yield Look("不登录也能打开邮件里的链接 / the link opens without signing in", page.status_code == 200, str(page.url))
    yield Look("地址栏里没有令牌 / the token is out of the address bar", link.rpartition("/")[2] not in str(page.url))
    seen = [other.client.get(link).status_code, other.client.head(link).status_code, phone.client.get(link).status_code]
    yield Look("打开几次都不会办理 / opening it decides nothing", seen[0] == seen[2] == 200, str(seen))
    done = phone.press(page, "done", {"department": "delivery"})
    yield Look("按下按钮才办理 / pressing the button does", done.is_success, str(done.status_code))
    again = other.client.get(link)
    yield Look("用过的链接不能再办 / a used link decides nothing more", 'name="act"' not in again.text)


def silence(address: str, now: datetime) -> Iterator[Look]:
    """A complaint typed in two hours late: its hour has passed, and the ladder climbs at once."""
    clerk = Visitor(address).become("sun.yue")
    case = clerk.open_case("complaint-handling", _complaint(now - timedelta(hours=2), "无人回电"))
    yield Look("两小时前的投诉现在才录入 / a complaint entered two hours late", bool(case), case)
    for person, level in (("wang.fang", "L1"), ("shen.hui", "L2")):
        found = clerk.wait_for(case, partial(_escalates, f"{person}{DOMAIN}"))
        yield Look(f"逾期升级到 {level} / the missed deadline climbs to {level}", found is not None, _subject(found))


def incident(address: str, now: datetime) -> Iterator[Look]:
    """Harmful content is reported; the mails about it carry no content."""
    finder = Visitor(address).become("pan.ting")
    moment, place = f"{now.astimezone(CHINA):%Y-%m-%dT%H:%M}", "内部留言板第三页"
    case = finder.open_case(
        "harmful-content-handling",
        {"discovered_at": moment, "reported_at": moment, "place_kind": "column", "place": place, "category": "C2"},
    )
    yield Look("员工报告有害信息 / an incident is reported", bool(case), case)
    mail = finder.wait_for(case, lambda one: bool(link_in(one)))
    yield Look("值班人员收到邮件 / whoever is on duty gets a mail", mail is not None, _subject(mail))
    if mail is None:
        return
    told = finder.mails(case)
    leaks = [one for one in told if place in one["text"] or place in one["subject"]]
    yield Look("邮件不带内容 / no mail carries the content", not leaks, str(len(told)))
    phone = Visitor(address)
    page = phone.client.get(link_in(mail))
    yield Look("值班人员打开链接 / the link opens", page.status_code == 200, str(page.status_code))


def letter(address: str) -> Iterator[Look]:
    """A customer writes to the complaints mailbox, gets a receipt, and adds to the case by answering it."""
    customer = Visitor(address)
    before = {mail["id"] for mail in customer.client.get("/mailbox.json").json()}
    told = customer.write(
        "sun@customer.example", "complaints@mingchuan.example", "无法开票", "上个月的发票一直开不出来。"
    )
    yield Look("客户写信到投诉邮箱 / a customer writes to the mailbox", told)
    receipt = customer.wait_for_mail(lambda one: one["to"] == "sun@customer.example" and one["id"] not in before)
    yield Look("客户收到带编号的回执 / a receipt with the number", receipt is not None, _subject(receipt))
    if receipt is None:
        return
    case = str(receipt["subject"]).partition("〔")[2].partition("〕")[0]
    mail = customer.wait_for(case, lambda one: one["to"] == f"zhao.lei{DOMAIN}")
    yield Look("受理人收到邮件，时限已开始 / the acceptor is asked", mail is not None, _subject(mail))
    customer.write("sun@customer.example", str(receipt["reply_to"]), f"Re: 〔{case}〕", "补充：发票号 123。")
    more = customer.wait_for(case, lambda one: "来信补充" in one["subject"])
    yield Look("回信并入事项，有关人员收到通知 / a reply joins the case", more is not None, _subject(more))
    clerk = Visitor(address).become("zhao.lei")
    page = clerk.client.get(f"/cases/{case}")
    yield Look("事项页上有来信 / the page of the case shows the mails", "补充：发票号 123。" in page.text)


def _complaint(received: datetime, subject: str) -> dict[str, str]:
    return {
        "customer": "参观客户", "channel": "phone", "subject": subject,
        "received_at": f"{received.astimezone(CHINA):%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def _escalates(person: str, mail: dict[str, Any]) -> bool:
    return mail["to"] == person and "逾期升级" in mail["subject"]


def _subject(mail: dict[str, Any] | None) -> str:
    return str(mail["subject"]) if mail else ""
