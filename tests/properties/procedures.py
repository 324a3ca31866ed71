"""Random procedures: valid, small, and as crooked as the language allows."""

from typing import Any

from hypothesis import strategies as st

from engine.compiling import compile_procedure
from engine.program import Program
from models.language.procedure import Procedure
from tests.unit.engine.small import company

FORM: dict[str, Any] = {
    "flag": {"type": "yes_no", "default": False, "editable": True},
    "other": {"type": "yes_no", "default": True, "editable": True},
    "seen": {"type": "datetime", "required": False, "editable": True},
    "limit": {"type": "datetime", "required": False, "editable": True},
    "accused": {"type": "person", "required": False, "editable": True},
    "text": {"type": "text", "required": False, "editable": True},
    "rows": {
        "type": "table", "required": False, "at_least": 0, "at_most": 4, "editable": True,
        "columns": {"name": {"type": "text"}, "owner": {"type": "person"}},
    },
}  # fmt: skip
PERIODS = (("2026-03-10 12:00", "2026-03-10 15:00"), ("2026-03-10 14:00", "2026-03-12 00:00"))

_WHO = st.sampled_from(
    [
        "clerk", "both", "checker", "manager", "gm", "nobody", "owner", "requester", {"field": "accused"},
        {"on_duty": "desk"}, {"superior_of": "requester"}, {"role": "both", "except": ["owner"]},
    ]
)  # fmt: skip
_WHOM = st.lists(_WHO, min_size=1, max_size=2)
_SPAN = st.sampled_from(["5 minutes", "30 minutes", "1 hour", "24 hours", "2 working hours", "1 working day",
                         "3 working days", "2 calendar days"])  # fmt: skip
_TIMETABLES: list[dict[str, Any]] = [
    {},
    {"every": "2 hours"},
    {"on": {"daily": "17:00"}},
    {"on": {"weekly": "monday", "at": "10:00"}},
]
_FIELDS: dict[str, Any] = {
    "note": {"type": "text", "required": False},
    "moment": {"type": "datetime", "required": False},
}


def _conditions(steps: list[str], clocks: list[str]) -> st.SearchStrategy[str]:
    simple = ["flag", "not other", "given(accused)", "mode.sensitive", "case.reopened > 0", "given(seen)"]
    simple += [f"{step}.{what}" for step in steps for what in ("done", "missed", "skipped")]
    simple += [f"{step}.times < 2" for step in steps]
    simple += [f"deadline.{clock}.{what}" for clock in clocks for what in ("missed", "running")]
    one = st.sampled_from(simple)
    return one | st.builds("{} and not ({})".format, one, one) | st.builds("{} or {}".format, one, one)


@st.composite
def _deadline(draw: st.DrawFn, conditions: st.SearchStrategy[str], events: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if draw(st.integers(0, 5)) == 0:
        found["at"] = "limit"
        found |= draw(st.sampled_from([dict[str, str](), {"before": "1 working day"}, {"receiver": "authority"}]))
    else:
        found["within"] = draw(_SPAN)
    if draw(st.booleans()):
        found["from"] = draw(st.lists(st.sampled_from(events), min_size=1, max_size=2, unique=True))
    if draw(st.integers(0, 3)) == 0:
        found["replaced"] = [{"when": draw(conditions), "within": draw(_SPAN)}]
    if draw(st.integers(0, 3)) == 0:
        found["extended"] = [{"on": draw(st.sampled_from(events)), "by": draw(_SPAN), "at_most": 2}]
    if draw(st.integers(0, 4)) == 0:
        found["cancelled"] = draw(conditions)
    found["basis"] = draw(st.sampled_from(["default", "explicit"]))
    found["counts"] = draw(st.sampled_from(["first", "first", "latest"]))
    found["target"] = draw(st.sampled_from([False, False, False, True]))
    if draw(st.integers(0, 4)) == 0:
        found["override"] = "limit"
    if draw(st.integers(0, 4)) == 0:
        found["in_mode"] = {"sensitive": draw(_SPAN)}
    return found


@st.composite
def _people_step(draw: st.DrawFn, step: dict[str, Any], earlier: list[str], conditions: Any, events: list[str]) -> None:
    step["who"] = draw(_WHOM)
    if draw(st.integers(0, 5)) > 0:
        step["deadline"] = [draw(_deadline(conditions, events))]
    extras: dict[str, st.SearchStrategy[Any]] = {
        "fields": st.just(_FIELDS),
        "asks": st.lists(
            st.sampled_from(["flag", "seen", "accused", "text", "rows"]), min_size=1, max_size=2, unique=True
        ),
        "tells": _WHOM,
        "owner": _WHOM,
        "sets": st.sampled_from([{"flag": "not flag"}, {"seen": "at"}, {"accused": "by"}]),
        "hold": st.just(["logs"]),
        "release": st.just(["logs"]),
        "emergency": st.just(True),
        "while": conditions,
        "evidence": st.just([{"title": "proof", "custodian": ["manager"]}]),
        "each": st.sampled_from(
            [{"rows": "rows"}, {"people": "both", "joiners": True, "refusable": True, "latecomers": "2 hours"}]
        ),
    }
    for name in draw(st.lists(st.sampled_from(list(extras)), max_size=3, unique=True)):
        step[name] = draw(extras[name])
    if earlier and draw(st.integers(0, 7)) == 0:
        step["back_to"] = draw(st.sampled_from(earlier))


@st.composite
def _step(draw: st.DrawFn, number: int, names: list[str], clocks: list[str]) -> dict[str, Any]:
    name, earlier = names[number], names[:number]
    conditions = _conditions(names, clocks)
    events = ["case.opened", "seen", *(f"{one}.done" for one in names), f"{name}.opened"]
    step: dict[str, Any] = {"id": name}
    step["kind"] = draw(st.sampled_from(["task", "task", "approve", "approve", "notify", "machine", "call", "wait"]))
    if draw(st.booleans()):
        step["after"] = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        step["wait_for"] = draw(st.sampled_from(["all", "any"]))
    if draw(st.integers(0, 2)) == 0:
        step["when"] = draw(conditions)
    match step["kind"]:
        case "task":
            draw(_people_step(step, earlier, conditions, events))
            step["answers"] = draw(st.sampled_from(["any", "all"]))
            draw(_repeated(step, conditions))
        case "approve":
            draw(_people_step(step, earlier, conditions, events))
            draw(_approval(step, earlier))
        case "notify":
            step["tells"] = draw(_WHOM)
        case "machine":
            step |= {"runs": "work", "otherwise": draw(_WHOM), "outputs": _FIELDS, "within": draw(_SPAN)}
        case "call":
            step |= {"procedure": "small", "waits": draw(st.booleans()), "responsible": ["gm"], "within": draw(_SPAN)}
        case _:
            step["lasts"] = draw(_SPAN)
    return step


@st.composite
def _repeated(draw: st.DrawFn, step: dict[str, Any], conditions: Any) -> None:
    kind = draw(st.integers(0, 6))
    if kind == 0:
        step |= {"start": "on_request", "times": draw(st.integers(1, 3))}
    elif kind == 1:
        every: dict[str, Any] = draw(st.sampled_from(_TIMETABLES))
        step["repeat"] = {**every, "until": draw(conditions)}
    elif kind == 2:
        step["already"] = {"when": draw(conditions), "at": "seen"}


@st.composite
def _approval(draw: st.DrawFn, step: dict[str, Any], earlier: list[str]) -> None:
    step["rule"] = draw(st.sampled_from(["one", "all", "quorum", "sequence"]))
    step["rejected"] = draw(st.sampled_from(["stop", "continue", "end refused", *earlier]))
    step["delegable"] = draw(st.booleans())
    if step["rule"] == "quorum":
        step |= {"who": ["group"], "chair": ["gm"]}
    if draw(st.booleans()):
        step["shows"] = ["text", "flag"]
    if draw(st.booleans()) and earlier:
        step["returned"] = draw(st.sampled_from(earlier))


@st.composite
def procedures(draw: st.DrawFn) -> dict[str, Any]:
    """What a YAML file would hold: one to six steps and an end, perhaps gates, conflicts and a way to reopen."""
    names = [f"s{number}" for number in range(draw(st.integers(1, 6)))]
    steps = [draw(_step(number, names, ["whole"])) for number in range(len(names))]
    steps.append({"id": "end", "kind": "end", "outcome": "done", "after": draw(st.sampled_from([names[-1:], names]))})
    conditions = _conditions(names, ["whole"])
    found: dict[str, Any] = {
        "procedure": "small", "title": "t", "owner": ["manager"], "chain": "desk", "starts": [{"by": "form"}],
        "form": FORM, "steps": steps,
        "deadlines": [{"id": "whole", "until": "end.done", **draw(_deadline(conditions, ["case.opened", "seen"]))}],
    }  # fmt: skip
    found["deadlines"][0].setdefault("from", ["case.opened", "case.reopened"])
    if draw(st.booleans()):
        found["conflicts"] = ["accused"]
    if draw(st.booleans()):
        found["occurred"] = "seen"
    if draw(st.booleans()):
        held = draw(st.lists(st.sampled_from([*names, "end"]), min_size=1, max_size=2, unique=True))
        found["gates"] = [{"id": "gate", "holds": held, "until": draw(conditions), "says": "no", "override": ["gm"]}]
    if draw(st.booleans()):
        found["reopens"] = {"at": draw(st.sampled_from(names)), "owner": ["gm"]}
    return found


def compiled(procedure: dict[str, Any]) -> Program:
    """The procedure in the small company, through two overlapping sensitive periods."""
    return compile_procedure(Procedure.model_validate(procedure), company(PERIODS))


programs = procedures().map(compiled)
"""Random procedures, ready to run."""
