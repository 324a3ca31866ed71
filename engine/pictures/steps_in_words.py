"""Steps in words: what a picture says about a step besides its title, the same in SVG, Mermaid and text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from engine.condition_words import in_words
from engine.pictures.limits import Limit, limit_of, of_step, schedule_words
from engine.program import Program, StepPlan
from engine.titles import Titles
from models.language.steps import CAMPAIGN_STEPS, Approve, Call, End, Machine, Notify, Step, Task, Wait

KINDS: Final = {
    "task": "任务",
    "approve": "审批",
    "notify": "通知",
    "machine": "自动作业",
    "call": "启动规程",
    "wait": "等待",
    "end": "结束",
}

RemarkKind = Literal["when", "request", "repeat", "each", "note", "exit"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth knowing about a step."""

    kind: RemarkKind
    text: str


@dataclass(frozen=True, slots=True)
class Description:
    """A step as pictures show it."""

    kind: str
    title: str
    clause: str
    gates: tuple[str, ...]
    who: str
    remarks: tuple[Remark, ...]
    limits: tuple[Limit, ...]
    many: bool
    """Whether it is carried out once for each of a roster."""
    on_request: bool


def describe(program: Program, name: str, titles: Titles) -> Description:
    """Everything a picture says about one step."""
    plan = program.plans[name]
    step = plan.step
    return Description(
        kind=step.kind,
        title=titles.step(name),
        clause=step.clause or "",
        gates=tuple(titles.text(gate.gate.says) for gate in plan.gates),
        who=_who(step, titles),
        remarks=tuple(_remarks(program, plan, titles)),
        limits=tuple(limit_of(rule, titles) for rule in of_step(program, name)),
        many=isinstance(step, CAMPAIGN_STEPS) and step.each is not None,
        on_request=plan.on_request,
    )


def _who(step: Step, titles: Titles) -> str:
    match step:
        case Task() | Approve():
            return titles.people(step.who)
        case Notify():
            return titles.people(step.tells)
        case Call(waits=True):
            return titles.people(step.responsible)
    return ""


def _remarks(program: Program, plan: StepPlan, titles: Titles) -> Iterator[Remark]:
    step = plan.step
    if plan.when is not None:
        yield Remark("when", f"仅当 {in_words(plan.when, titles)}")
    if step.wait_for == "any" and len(plan.after) > 1:
        yield Remark("note", "前面任一步骤办结即可开始")
    if plan.on_request and isinstance(step, Task | Approve):
        often = f"，最多 {step.times} 次" if step.times > 1 else ""
        yield Remark("request", f"可随时发起{often}")
    if plan.during is not None:
        yield Remark("when", f"限于 {in_words(plan.during, titles)}")
    yield from _each(plan, titles)
    if isinstance(step, Task | Machine) and step.repeat:
        every = titles.duration(step.repeat.every)
        often = f"每隔 {every}" if every else schedule_words(step.repeat.on, titles) if step.repeat.on else "办完再办"
        yield Remark("repeat", f"{often}，直到 {in_words(plan.repeat_until, titles)}")
    if isinstance(step, Task | Approve):
        yield from _of_people(plan, step, titles)
    else:
        yield from _of_others(step, titles)
    reopens = program.procedure.reopens
    if reopens and reopens.at == step.id:
        yield Remark("note", "重新开启后从这里开始")


def _each(plan: StepPlan, titles: Titles) -> Iterator[Remark]:
    each = plan.step.each if isinstance(plan.step, CAMPAIGN_STEPS) else None
    if each is None:
        return
    row = f"（{in_words(plan.each_when, titles)}）" if plan.each_when else ""
    if each.people:
        yield Remark("each", f"逐人办理：{titles.people(each.people)}{row}")
    elif each.of:
        yield Remark("each", f"随「{titles.step(each.of)}」逐项办理{row}")
    else:
        yield Remark("each", f"逐项办理：{titles.field(each.rows or '')}{row}")


def _of_people(plan: StepPlan, step: Task | Approve, titles: Titles) -> Iterator[Remark]:
    if isinstance(step, Task):
        yield from _of_task(plan, step, titles)
    else:
        yield from _of_approval(step, titles)
    if step.code:
        yield Remark("note", "须输入一次性验证码")
    if step.tells:
        yield Remark("note", f"办结后告知 {titles.people(step.tells)}")
    if step.owner:
        yield Remark("note", f"此后由 {titles.people(step.owner)} 负责")
    if step.evidence:
        yield Remark("note", f"留存证据：{titles.listed(titles.text(one.title) for one in step.evidence)}")


def _of_task(plan: StepPlan, step: Task, titles: Titles) -> Iterator[Remark]:
    if step.answers == "all":
        yield Remark("each", "每个人都要办理")
    if step.already:
        yield Remark("note", f"{in_words(plan.already, titles)}的，视为已办")


def _of_approval(step: Approve, titles: Titles) -> Iterator[Remark]:
    share = {"all": "须全部同意", "sequence": "依次审批", "quorum": f"表决，到会不少于 {step.quorum}"}.get(step.rule)
    if share:
        chair = f"，主持人 {titles.people(step.chair)}" if step.chair else ""
        yield Remark("note", share + chair)
    if step.ratifies:
        yield Remark("note", f"事后追认「{titles.step(step.ratifies)}」")
    if step.rejected == "stop":
        yield Remark("exit", "不同意 → 事项终止")
    elif step.rejected.startswith("end "):
        yield Remark("exit", f"不同意 → 结束（{step.rejected.removeprefix('end ').strip()}）")
    elif step.rejected == "continue":
        yield Remark("exit", "不同意 → 仍继续")


def _of_others(step: Step, titles: Titles) -> Iterator[Remark]:
    match step:
        case Machine():
            yield Remark("note", f"作业 {step.runs}，失败由 {titles.people(step.otherwise)} 接手")
        case Call():
            yield Remark("note", f"规程 {step.procedure}{'，等它办结' if step.waits else ''}")
        case Wait():
            until = titles.field(step.until) if step.until else ""
            yield Remark("note", f"等到 {until}" if until else f"等待 {titles.duration(step.lasts)}")
        case End():
            yield Remark("note", f"结局 {step.outcome}")
        case Notify() if step.text:
            yield Remark("note", titles.text(step.text))
