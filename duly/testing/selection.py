"""Selection: the policy tests that a command line asks for, each with the place where it is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from duly.errors import UserError
from duly.policies import Policies
from models.expressions.suggestions import suggest
from models.expressions.words import Words as Suggestion
from models.language.context import glance
from models.language.policy_test import PolicyTest, PolicyTests
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Procedure
from models.language.rulebook import Page, open_page, yaml_files

_UNKNOWN_PROCEDURE: Final = Wording(
    "DL049",
    Words("there is no procedure `{found}`", "没有名为 `{found}` 的规程"),
    Words("{hint}", "{hint_zh}"),
)
_NO_TESTS: Final = Wording(
    "DL013",
    Words("this file holds neither policy tests nor a procedure", "这个文件既没有规程测试，也不是规程"),
    Words("name a file with a list `tests:`, a procedure or a folder", "请给出含有 `tests:` 的文件、规程文件或文件夹"),
)
_NONE: Final = Suggestion("the folder has no procedure yet", "文件夹里还没有规程")


@dataclass(frozen=True, slots=True)
class Selected:
    """One test that is to run, and where it stands."""

    test: PolicyTest
    page: Page
    index: int

    @property
    def file(self) -> str:
        """The file, as it was named."""
        return self.page.source.name

    @property
    def line(self) -> int:
        """The line on which the test begins."""
        return self.page.source.at(("tests", self.index, "name"))[0]

    def unknown_procedure(self, policies: Policies) -> Problem:
        """That the procedure does not exist, said where the test names it."""
        hint = suggest(self.test.procedure, policies.procedure_files, _NONE)
        place = self.page.source.at(("tests", self.index, "procedure"))
        return _UNKNOWN_PROCEDURE.at(self.file, *place, found=self.test.procedure, hint=hint.en, hint_zh=hint.zh)


@dataclass(slots=True)
class Selection:
    """What will run, and what is wrong with the files that were asked for."""

    tests: list[Selected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def select(policies: Policies, paths: Iterable[Path], name: str = "") -> Selection:
    """Tests of some files and folders, or of all the policies; the file of a procedure stands for its tests.

    Only tests whose name contains `name`. Raises `UserError` for a path that does not exist.
    """
    found, files, procedures = Selection(), [], set()
    for path in paths or policies.test_files:
        if not path.exists():
            raise UserError(
                f"没有 {path} 这个文件或文件夹\nthere is no file or folder {path}", "请核对路径 / check the path"
            )
        for file in yaml_files(path) if path.is_dir() else [path]:
            kind, procedure = glance(file)
            if kind is PolicyTests:
                files.append(file)
            elif kind is Procedure:
                procedures.add(procedure)
            elif not path.is_dir():
                page = open_page(file)
                found.problems += page.problems or [_NO_TESTS.at(page.source.name, 1, 1)]
    for file in dict.fromkeys(files):
        _take(found, file, name)
    seen = {file.resolve() for file in files}
    for file in policies.test_files if procedures else ():
        if file.resolve() not in seen:
            _take(found, file, name, procedures)
    return found


def _take(found: Selection, file: Path, name: str, procedures: set[str] | None = None) -> None:
    """Add the tests of a file, all or those of some procedures."""
    page = open_page(file)
    if page.content is None:
        found.problems += page.problems
        return
    for index, test in enumerate(page.content.tests):
        if name in test.name and (procedures is None or test.procedure in procedures):
            found.tests.append(Selected(test, page, index))
