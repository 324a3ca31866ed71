"""DL042: procedures whose file has another name."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_OTHER: Final = Wording(
    "DL042",
    Words(
        "the procedure is called `{id}`, but its file is called `{file}`",
        "规程代码是 `{id}`，文件名却是 `{file}`",
    ),
    Words(
        "rename the file to `{id}.yaml`, or write `procedure: {stem}`",
        "请把文件改名为 `{id}.yaml`，或改写 `procedure: {stem}`",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    path, name = PurePosixPath(subject.page.source.name), subject.procedure.procedure
    if path.stem != name:
        yield subject.say(_OTHER, ("procedure",), id=name, file=path.name, stem=path.stem)


_RIGHT: Final = """\
# file: visitor-registration.yaml
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL042",
    title="a file with another name",
    title_zh="文件名与规程代码不同",
    why=(
        "Who looks for a procedure looks for its file. A copy that kept the old id inside would replace the procedure "
        "it was copied from."
    ),
    why_zh="找规程就是找文件。复制出来的文件如果忘了改里面的代码，就会顶替原来的规程。",
    wrong=_RIGHT.replace("# file: visitor-registration.yaml", "# file: visitors.yaml"),
    right=_RIGHT,
    check=_check,
)
