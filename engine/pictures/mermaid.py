"""Mermaid: the procedure as the text of a Mermaid flowchart, for wikis and merge requests that draw it themselves."""

from typing import Final

from engine.pictures.boxes import WAYS
from engine.pictures.flow import START, Flow, Group, flow_of, joins, jumps_to
from engine.pictures.graph import Link
from engine.pictures.limits import between_events, limit_of
from engine.pictures.steps_in_words import KINDS, Description, describe
from engine.pictures.text_width import clean, clip
from engine.program import Program
from engine.titles import Titles

_SHAPES: Final = {
    "task": ("[", "]"),
    "approve": ("{{", "}}"),
    "notify": (">", "]"),
    "machine": ("[[", "]]"),
    "call": ("[/", "/]"),
    "wait": ("(", ")"),
    "end": ("([", "])"),
}
_STYLES: Final = {
    "task": "fill:#eff4ff,stroke:#2563eb,color:#19212d",
    "approve": "fill:#f5f0ff,stroke:#7c3aed,color:#19212d",
    "notify": "fill:#e6f6f4,stroke:#0f8a80,color:#19212d",
    "machine": "fill:#eef1f5,stroke:#52606f,color:#19212d",
    "call": "fill:#e8f4fa,stroke:#0b6fa4,color:#19212d",
    "wait": "fill:#faf4e0,stroke:#97730d,color:#19212d",
    "end": "fill:#e7f5ec,stroke:#1d7d46,color:#19212d",
    "start": "fill:#19212d,stroke:#19212d,color:#ffffff",
    "asked": "stroke-dasharray:5 4",
}
# Besides what ends a label: `%%{` would begin a directive, `#` an entity, a backtick Markdown.
_ESCAPES: Final = str.maketrans({character: f"#{ord(character)};" for character in '#"&<>`%{}\\[]|'})


def mermaid(program: Program) -> str:
    """The procedure as Mermaid text. Titles are escaped; the same procedure always gives the same text."""
    titles, flow = Titles(program), flow_of(program)
    numbers = _numbers(flow)
    lines = [f"%% {_comment(program.procedure.procedure)} {_comment(program.version)}", "flowchart TD"]
    lines += _boxes(flow.main, program, titles, numbers)
    for number, group in enumerate(flow.requests, start=1):
        after = "、".join(f"「{titles.step(name)}」" for name in group.after)
        words = f"可随时发起：{after}办结后" if after else "可随时发起"
        lines += [f'  subgraph r{number}["{escaped(words)}"]']
        lines += [f"  {line}" for line in _boxes(group, program, titles, numbers)]
        lines += ["  end"]
    for group in (flow.main, *flow.requests):
        lines += [_arrow(link, numbers) for link in group.links]
        lines += [
            f"  {numbers[name]} -. 可发起 .-> {numbers[group.boxes[0]]}" for name in group.after if name in numbers
        ]
    lines += [f"  classDef {_class(name)} {style}" for name, style in _STYLES.items()]
    lines += [f"  %% {_comment(line)}" for line in _deadlines(program, titles)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """An author's text inside a quoted label; Mermaid breaks no lines in Chinese, so it is cut where ours would be."""
    return clip(clean(text), 60).translate(_ESCAPES)


def _comment(text: str) -> str:
    """Text in a comment: one line, and never a directive (`%%{`)."""
    return clean(text).replace("%", "").replace("{", "（").replace("}", "）")


def _numbers(flow: Flow) -> dict[str, str]:
    """Short names of our own: a step may be called `end` or have a Chinese name, which Mermaid does not take."""
    boxes = [name for group in (flow.main, *flow.requests) for name in group.boxes]
    return {name: f"s{number}" for number, name in enumerate(boxes)}


def _boxes(group: Group, program: Program, titles: Titles, numbers: dict[str, str]) -> list[str]:
    return [f"  {numbers[name]}{_box(name, program, titles)}" for name in group.boxes]


def _box(name: str, program: Program, titles: Titles) -> str:
    if name == START:
        ways = "、".join(WAYS[start.by] for start in program.procedure.starts)
        return f'(["<b>立项</b><br/>{escaped(ways)}"]):::{_class("start")}'
    if target := jumps_to(name):
        return f'(["转到「{escaped(titles.step(target))}」"]):::{_class("asked")}'
    if joins(name):
        return '(("汇合"))'
    description = describe(program, name, titles)
    left, right = _SHAPES[description.kind]
    style = _class("asked" if description.on_request else description.kind)
    return f'{left}"{_label(description)}"{right}:::{style}'


def _class(name: str) -> str:
    """A name of our own: `end` and `call` are words of Mermaid."""
    return f"is_{name}"


def _label(description: Description) -> str:
    parts = [f"🔒 {gate}" for gate in description.gates]
    parts.append(f"{KINDS[description.kind]} {description.clause}".rstrip())
    rest = [description.who] if description.who else []
    rest += [remark.text for remark in description.remarks]
    rest += [
        f"时限 {limit.span}（{limit.tag}{'，' if limit.clause else ''}{limit.clause}）" for limit in description.limits
    ]
    title = f"<b>{escaped(description.title)}</b>"
    return "<br/>".join([*(escaped(one) for one in parts), title, *(escaped(one) for one in rest)])


def _arrow(link: Link, numbers: dict[str, str]) -> str:
    line = "-.->" if link.kind == "back" else "-->"
    words = f'|"{escaped(link.label)}"|' if link.label else ""
    return f"  {numbers[link.source]} {line}{words} {numbers[link.target]}"


def _deadlines(program: Program, titles: Titles) -> list[str]:
    found = []
    for rule in between_events(program):
        limit = limit_of(rule, titles)
        starts = "或".join(titles.event(one) for one in rule.starts)
        span = f"{limit.span}（{limit.tag}，{limit.clause}）"
        found.append(f"时限 {titles.deadline(rule.id)}：从 {starts} 到 {titles.event(rule.until)}，{span}")
    return found
