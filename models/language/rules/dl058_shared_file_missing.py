"""DL058: shared files without which a procedure cannot be checked or run."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.procedure import Procedure
from models.language.rule import Rule
from models.language.subject import Subject

_MISSING: Final = Wording(
    "DL058",
    Words(
        "{names} not found in {folder}, so what procedures name in it is not checked",
        "{folder} 中没有 {names}，因此规程中引用它的内容没有检查",
    ),
    Words(
        "write it beside the folder `procedures`, or check the file inside the folder of policies that it belongs to",
        "请在 `procedures` 文件夹旁编写该文件，或在规程所属的制度文件夹中检查",
    ),
)
_NOT_UNDERSTOOD: Final = Wording(
    "DL058",
    Words(
        "{names} has errors of its own, so what procedures name in it is not checked",
        "{names} 本身有错误，因此规程中引用它的内容没有检查",
    ),
    Words("correct it first: run `duly check {names}`", "请先改正：运行 `duly check {names}`"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    context = subject.context
    # Once is enough, however many procedures are checked.
    first = next((page for page in context.pages if isinstance(page.content, Procedure)), None)
    if first is not subject.page:
        return
    if context.missing:
        folder = context.folder or "."
        yield subject.say(_MISSING, ("procedure",), names=", ".join(context.missing), folder=folder)
    for page in context.misunderstood:
        yield subject.say(_NOT_UNDERSTOOD, ("procedure",), names=page.source.name)


_RIGHT: Final = """\
# file: organisation.yaml
company: 示例公司
departments:
  office: {name: 办公室, head: zhang.wei}
people:
  zhang.wei: {name: 张伟, email: zhang.wei@example.com, department: office}
roles:
  manager:
    title: 负责人
    holders: [zhang.wei]
duty:
  office:
    title: 办公室值班
    shifts:
      - {from: "00:00", until: "00:00", rota: [zhang.wei], since: 2026-01-01}
duty_person: office
vacancy: manager
# file: ladders.yaml
ladders:
  OFFICE:
    rungs:
      - tell: L1
chains:
  office: {L1: manager}
defaults: {short: OFFICE, hours: OFFICE, days: OFFICE, campaign: OFFICE, target: OFFICE}
# file: clauses.yaml
clauses:
  1-1.1: {title: 目的, kind: GOVERNANCE}
# file: terms.yaml
terms:
  promptly: {title: 及时, within: 1 working day, least: 1 working day, most: 3 working days}
# file: modes.yaml
modes: {sensitive: 敏感时期}
# file: visitor-registration.yaml
procedure: visitor-registration
title: 来访登记
owner: manager
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: manager
    within: 1 working day
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL058",
    title="a shared file is missing",
    title_zh="缺少公用文件",
    why=(
        "Procedures name roles, ladders, clauses, terms and modes that stand in files of their own beside them. Where "
        "one is missing, what depends on it is not checked, and this says so once instead of complaining of every name."
    ),
    why_zh=(
        "规程中的角色、升级链、条款、用语和特殊时期写在各自的公用文件里。缺了哪一个，依赖它的内容就无法检查；"
        "这里只提示一次，而不是对每个名称都报错。"
    ),
    wrong=_RIGHT.replace("# file: terms.yaml\n", "").replace(
        "terms:\n  promptly: {title: 及时, within: 1 working day, least: 1 working day, most: 3 working days}\n", ""
    ),
    right=_RIGHT,
    check=_check,
)
