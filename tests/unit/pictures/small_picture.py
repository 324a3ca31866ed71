"""A small procedure with one of everything that a picture shows, and procedures at random."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from engine.compiling import compile_procedure
from engine.program import Program
from models.language.procedure import Procedure
from tests.unit.engine.small import company, program

GOLDEN = Path(__file__).parent / "golden"

SMALL = """
clauses: [7-1.1, 7-1.2]
form:
  found_at: {type: datetime, title: 发现时间}
  urgent: {type: yes_no, title: 是否紧急, default: false}
  parts:
    type: table
    title: 部件
    at_least: 0
    columns: {name: {type: text, title: 名称}}
steps:
  - id: write
    kind: task
    title: {zh: 写报告, en: Write the report}
    clause: 7-1.1
    who: clerk
    deadline: {clause: 7-1.1, basis: explicit, within: 4 hours, from: found_at}
  - {id: parts_checked, kind: task, title: 逐项检查, who: both, after: write, each: {rows: parts}, within: 1 hour}
  - id: check
    kind: approve
    title: 审核
    after: write
    who: checker
    returned: write
    rejected: end refused
    deadline: {basis: law, within: 24 hours, clause: L-2025-report}
  - {id: tell, kind: notify, title: 告知主管, tells: manager, when: urgent, after: check}
  - {id: archive, kind: machine, title: 归档, runs: archive, otherwise: clerk, after: [check, parts_checked]}
  - {id: watch, kind: wait, title: 观察, lasts: 72 hours}
  - {id: end, kind: end, title: 完成, outcome: done, after: [watch, tell]}
  - {id: ask, kind: task, title: 追问, start: on_request, times: 3, who: staff, after: write, while: not check.done}
  - {id: answer, kind: task, title: 答复, who: clerk, within: 2 hours, back_to: write}
deadlines:
  - {id: whole, title: 全程, from: found_at, until: archive.done, within: 3 working days, target: true}
gates:
  - {id: told, holds: archive, until: not urgent or tell.done, says: 紧急的须先告知主管, override: gm}
"""


@cache
def small() -> Program:
    """The small procedure, ready to run."""
    return program(SMALL)


def titled(titles: list[str]) -> Program:
    """A procedure whose steps have these titles."""
    steps = [{"id": f"s{n}", "kind": "task", "who": "clerk", "title": title} for n, title in enumerate(titles)]
    gates = [{"id": "g", "holds": ["s0"], "until": "True", "says": titles[0]}]
    head = {"procedure": "small", "title": titles[0], "owner": "manager", "chain": "desk", "starts": [{"by": "form"}]}
    # Past the reader, which would refuse some of these characters.
    return compile_procedure(Procedure.model_validate({**head, "steps": steps, "gates": gates}), company())


@st.composite
def procedures(draw: st.DrawFn) -> Program:
    """A procedure of up to twelve steps of all kinds, branching and joining at random."""
    count = draw(st.integers(1, 12))
    steps: list[dict[str, Any]] = []
    for number in range(count):
        step: dict[str, Any] = {"id": f"s{number}", "title": draw(st.text("受理转办 ab，。", min_size=1, max_size=60))}
        if number:
            step["after"] = draw(st.lists(st.sampled_from([s["id"] for s in steps]), max_size=3, unique=True))
        step |= draw(st.sampled_from(_KINDS))
        if step["kind"] == "approve" and number:
            step["returned"] = draw(st.sampled_from(steps))["id"]
        steps.append(step)
    return program(f"steps: {json.dumps(steps, ensure_ascii=False)}")


_KINDS: list[dict[str, Any]] = [
    {"kind": "task", "who": "clerk", "within": "1 hour"},
    {"kind": "task", "who": "clerk"},
    {"kind": "task", "who": "staff", "start": "on_request"},
    {"kind": "task", "who": "staff", "start": "on_request", "back_to": "s0"},
    {"kind": "approve", "who": "manager", "within": "2 working days"},
    {"kind": "notify", "tells": "gm"},
    {"kind": "wait", "lasts": "72 hours"},
    {"kind": "end", "outcome": "done"},
]
