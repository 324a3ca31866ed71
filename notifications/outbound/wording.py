"""Wording: what a notice is called and why the reader gets it, kind by kind, in Chinese and in English."""

from collections.abc import Callable, Mapping
from typing import Final

from engine.case import Assignment
from engine.effects import Notice
from engine.titles import Titles
from models.language.steps import Approve, Step, Task
from notifications.outbound.contents import Matter, Tone
from notifications.outbound.values import one_line

TONES: Final[Mapping[str, Tone]] = {
    "asked": "ask", "substitute": "ask", "reminder": "remind", "target": "remind", "escalation": "alarm",
    "breach": "alarm", "vacancy": "alarm", "notice": "inform", "withdrawn": "inform", "deemed": "inform",
    "correspondence": "inform",
}  # fmt: skip

URGENCY: Final = (
    "escalation", "vacancy", "breach", "substitute", "asked", "target", "reminder", "deemed", "correspondence",
    "withdrawn", "notice",
)  # fmt: skip
"""Kinds of notices, the one that names the mail first."""

_UNREACHED: Final = "no mail reaches "

_ENDED: Final = (
    ("the facts have changed", "事项内容已变更，需重新审批"),
    ("no longer needed", "该步骤不再需要"),
    ("back to an earlier step", "事项已退回到前面的步骤"),
    ("the case has ended", "事项已结束"),
    ("decided by", "已由他人答复"),
    ("returned by", "已退回修改"),
    ("done by", "已由他人办理"),
)


class Wording:
    """The words for one notice of one letter."""

    def __init__(self, matter: Matter, notice: Notice, titles: Titles) -> None:
        self.matter, self.notice, self.titles = matter, notice, titles
        plan = matter.program.plans.get(notice.step or "")
        self.step: Step | None = plan.step if plan else None

    @property
    def name(self) -> str:
        """What the notice is about: a step or a deadline; in a confidential mail nothing."""
        if self.matter.confidential:
            return ""
        if self.notice.step:
            return one_line(self.titles.step(self.notice.step), 80)
        return one_line(self.titles.deadline(self.notice.deadline or ""), 80)

    @property
    def unreached(self) -> str:
        """Who gets no mail and has nobody to stand in, where the notice is about that (S-03); empty otherwise."""
        found = self.notice.kind == "notice" and self.notice.reason.startswith(_UNREACHED)
        return self.notice.reason.removeprefix(_UNREACHED) if found else ""

    @property
    def tone(self) -> Tone:
        """How urgent it looks: somebody must do something about a mail that did not arrive."""
        return "alarm" if self.unreached else TONES[self.notice.kind]

    @property
    def verb(self) -> str:
        """What the notice wants, in a few words, e.g. `请审批`."""
        if self.unreached:
            return "邮件未送达"
        level = f"（{self.notice.level}）" if self.notice.level.startswith("L") else ""
        return {
            "asked": self._task("请"), "substitute": self._task("请代为"), "reminder": "时限提醒",
            "target": "目标时间已到", "escalation": f"逾期升级{level}", "breach": "逾期", "vacancy": "无人可办",
            "notice": "告知", "withdrawn": "不必再办", "deemed": "到期视为已办", "correspondence": "来信补充",
        }[self.notice.kind]  # fmt: skip

    @property
    def english_verb(self) -> str:
        """The same in English."""
        if self.unreached:
            return "A mail did not arrive, and nobody stands in"
        level = f" ({self.notice.level})" if self.notice.level.startswith("L") else ""
        do = "decide" if isinstance(self.step, Approve) else "do"
        return {
            "asked": f"You are asked to {do}", "substitute": f"You are asked, as deputy, to {do}",
            "reminder": "Reminder", "target": "Target date reached", "escalation": f"Escalation{level}",
            "breach": "Breach", "vacancy": "Nobody can be asked", "notice": "For your information",
            "withdrawn": "No longer needed", "deemed": "Deemed done", "correspondence": "A mail has joined the case",
        }[self.notice.kind]  # fmt: skip

    @property
    def about(self) -> str:
        """The name in quotation marks, or `一项事项`."""
        return self.titles.quoted(self.name) if self.name else ("一个步骤" if self.titles.zh else "a step")

    def why(self) -> str:
        """Why the reader gets this, as one sentence."""
        return _WHY[self.notice.kind](self)

    def asked(self) -> str:
        """Asked as one of those whom the step names, or for somebody who cannot."""
        one = self._assignment()
        if one and one.stands_for and not self.matter.confidential:
            return f"{self.titles.person(one.stands_for)}暂不能办理，{self.about}由您代办。{self._together()}"
        return f"按规程，{self.about}由您{self._task('')}。{self._together()}"

    def substitute(self) -> str:
        """Asked beside somebody who is silent or was not reached."""
        one = self._assignment()
        known = one and one.stands_for and not self.matter.confidential
        who = self.titles.person(one.stands_for or "") if one and known else "原办理人"
        return f"{who}尚未答复或未能送达，您作为代理人也可以{self._task('')}{self.about}，先答复者有效。"

    def reminder(self) -> str:
        """Reminded as assignee, or told beside them."""
        if self.notice.level:
            return f"{self.about}的时限将到，按升级链同时告知您。"
        return f"{self.about}的时限将到，尚未办结。"

    def escalation(self) -> str:
        """Told because a deadline has passed."""
        level = f"您是这条升级链的 {self.notice.level}。" if self.notice.level.startswith("L") else ""
        return f"{self.about}未按时办结，按升级链告知您。{level}升级不改派，原办理人仍须办理{self._whom()}。"

    def told(self) -> str:
        """Told by a step, or as the owner that somebody cannot be reached."""
        if self.unreached:
            who = "办理人" if self.matter.confidential else self.titles.person(self.unreached)
            return f"{who}的邮件未能送达，也没有代理人可以代办；时限照常计时。请您用其他方式联系，或安排他人办理。"
        if self.matter.confidential:
            return "按规程告知您本事项有进展，无需您办理。"
        if self.notice.reason:
            return one_line(self.notice.reason, 500)
        by = self.matter.case.steps[self.notice.step].by if self.notice.step else None
        who = self.titles.person(by) if by else ""
        return f"{who}已办结{self.about}，按规程告知您。" if who else f"{self.about}已办结，按规程告知您。"

    def withdrawn(self) -> str:
        """Asked before, and no longer."""
        return f"原请您办理的{self.about}不必再办{self._ended()}。先前邮件中的链接已失效。"

    def _ended(self) -> str:
        if self.matter.confidential or not self.notice.reason:
            return ""
        known = next((zh for start, zh in _ENDED if self.notice.reason.startswith(start)), None)
        return f"：{known or one_line(self.notice.reason)}"

    def _whom(self) -> str:
        people = dict.fromkeys(
            one.person for one in self.matter.case.assignments.values() if one.step == self.notice.step
        )
        if not people or self.matter.confidential:
            return ""
        shown = list(people)[:5]
        more = f"等 {len(people)} 人" if len(people) > len(shown) else ""
        return f"（{self.titles.listed(self.titles.person(one) for one in shown)}{more}）"

    def _together(self) -> str:
        """Who else is asked, where one answer is enough."""
        mine, cases = self._assignment(), self.matter.case.assignments.values()
        enough = isinstance(self.step, Task | Approve) and not self.step.each and (
            self.step.answers == "any" if isinstance(self.step, Task) else self.step.rule == "one"
        )  # fmt: skip
        others = [one.person for one in cases if mine and one.step == mine.step and one.person != mine.person]
        if not enough or not others or self.matter.confidential:
            return ""
        return f"同时请了{self.titles.listed(self.titles.person(one) for one in others)}，任一人办理即可。"

    def _assignment(self) -> Assignment | None:
        return self.matter.case.assignments.get(self.notice.assignment or "")

    def _task(self, before: str) -> str:
        if isinstance(self.step, Approve):
            return f"{before}审批"
        confirms = isinstance(self.step, Task) and self.step.statement
        return f"{before}确认" if confirms else f"{before}办理"


_WHY: Final[Mapping[str, Callable[[Wording], str]]] = {
    "asked": Wording.asked,
    "substitute": Wording.substitute,
    "reminder": Wording.reminder,
    "target": lambda words: f"{words.about}的内部目标时间已到，尚未办结；正式时限见下。",
    "escalation": Wording.escalation,
    "breach": Wording.escalation,
    "vacancy": lambda words: f"{words.about}找不到可以办理的人（空缺、离职或回避），请您安排。",
    "notice": Wording.told,
    "withdrawn": Wording.withdrawn,
    "deemed": lambda words: f"{words.about}到期未办，按规程视为已办，后续步骤照常进行。",
    "correspondence": lambda _words: "本事项收到一封新的来信，请打开事项查看。",
}
