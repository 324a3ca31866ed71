"""Dead: why nothing can be done here any more. Whoever opens an old link learns what became of the matter."""

from dataclasses import dataclass

from engine.case import StepStatus
from models.language.moments import format_moment
from web.decision.sight import Sight
from web.showing.steps import outcome_in_words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and what to do instead."""

    title: str
    text: str
    todo: str
    good: bool = False
    """Whether the reader has done their part."""


NO_LINK = Reason(
    "链接无效", "找不到这个链接。可能复制不完整，或已被撤销。", "请从最新的邮件中重新打开，或登录后查看“我的待办”。"
)
LAPSED = Reason(
    "页面已失效", "为安全起见，从链接打开的页面只保留一段时间。", "请从邮件中再次打开链接。您的操作没有生效。"
)

SEALED = Reason(
    "链接已失效",
    "此事项含密封内容，进展须登录后才能查看。",
    "请登录后查看“我的待办”；那里没有的，您无需再办理。",
)
NOT_NOW = Reason("现在不能发起", "这一步的条件现在不成立，或不由您发起。", "请在事项页查看进展，或联系事项负责人。")
WITHDRAWN = Reason("已撤回", "此事现在不由您办理，原链接作废。", "您无需再做任何事。")


def why_dead(sight: Sight) -> Reason:
    """The reason that says most, to those who may know it.

    A forwarded link tells nothing of a sealed case, and whom the matter concerns learns nothing more of it (S-09).
    """
    if sight.concerns_reader:
        return WITHDRAWN
    return SEALED if sight.must_sign_in else _what_happened(sight)


def _what_happened(sight: Sight) -> Reason:
    asked, case = sight.asked, sight.case
    state = case.steps[asked.step]
    if own := _own_answer(sight):
        return own
    if asked.status == "expired":
        todo = "请登录后在“我的待办”中办理。事项时限不受链接过期影响，仍在计时。"
        return Reason("链接已过期", "出于安全，邮件链接有有效期，这个链接已超过有效期。", todo)
    if state.status is StepStatus.DONE and state.done_at:
        who = sight.titles.person(state.by) if state.by and state.by != "system" else "系统"
        outcome = f"，结果：{outcome_in_words(state.outcome)}" if outcome_in_words(state.outcome) else ""
        return Reason("已由他人办结", f"{who}已于 {format_moment(state.done_at)} 办结{outcome}。", "您无需再做任何事。")
    if case.closed_at:
        return Reason("事项已结束", f"事项已于 {format_moment(case.closed_at)} 结束。", "您无需再做任何事。")
    return NOT_NOW if asked.status == "not now" else _moved(sight)


def _own_answer(sight: Sight) -> Reason | None:
    asked, state = sight.asked, sight.case.steps[sight.asked.step]
    for vote in state.votes.values():
        if vote.by == asked.person:
            answer = {"approve": "同意", "reject": "不同意"}.get(vote.answer, vote.answer)
            return Reason("您的意见已记录", f"您已于 {format_moment(vote.at)} 答复：{answer}。", "可以关闭本页。", True)
    slot = state.slots.get(asked.key or asked.person)
    if slot and slot.by == asked.person and slot.at:
        return Reason("已记录", f"您已于 {format_moment(slot.at)} 办理。", "可以关闭本页。", True)
    if state.status is StepStatus.DONE and state.by == asked.person and state.done_at:
        outcome = outcome_in_words(state.outcome)
        text = f"您已于 {format_moment(state.done_at)} 办结{'：' + outcome if outcome else ''}。"
        return Reason("已记录", text, "可以关闭本页。", True)
    return None


def _moved(sight: Sight) -> Reason:
    asked, state = sight.asked, sight.case.steps[sight.asked.step]
    now_asked = [one for one in sight.case.assignments.values() if one.step == asked.step]
    heirs = [sight.titles.person(one.person) for one in now_asked if one.stands_for == asked.person]
    if heirs:
        return Reason("已转交他人", f"此事已转由{sight.titles.listed(heirs)}办理。", "您无需再做任何事。")
    if any(one.person == asked.person for one in now_asked) or (asked.shown and asked.shown != state.digest):
        return Reason("内容已变更", "您收到邮件后，事项内容有变更，原链接作废。", "新的邮件已发出，请按新邮件办理。")
    if state.status is StepStatus.WAITING:
        return Reason("已退回修改", "此事已退回前一步修改，原链接作废。", "修改完成后会另发邮件，现在无需操作。")
    return Reason("已撤回", "此事现在不由您办理，原链接作废。", "您无需再做任何事；如有疑问，请联系事项负责人。")
