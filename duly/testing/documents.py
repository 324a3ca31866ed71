"""Documents: the outcome of tests for programs, as JSON and as JUnit XML."""

import json
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

from duly.testing.running import Outcome, Run
from engine.scenarios.timeline import Line
from models.language.moments import format_moment


def as_json(run: Run) -> str:
    """`{"passed", "failed", "tests": [...], "problems": [...]}`.

    A test has `name`, `procedure`, `file`, `line`, `passed` and `lines`, each of these with `at`
    (China time), `expected`, `actual` and `differs`; an empty side means that there was nothing.
    """
    document = {
        "passed": len(run.outcomes) - run.failed,
        "failed": run.failed,
        "tests": [_test(one) for one in run.outcomes],
        "problems": [asdict(problem) for problem in run.problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_junit(run: Run) -> str:
    """A JUnit report: a suite for each procedure, and one named `problems` for files that cannot be used."""
    root = ET.Element("testsuites", name="duly test")
    by_procedure: dict[str, list[Outcome]] = {}
    for one in run.outcomes:
        by_procedure.setdefault(one.selected.test.procedure, []).append(one)
    for procedure, outcomes in by_procedure.items():
        failed = sum(not one.result.passed for one in outcomes)
        suite = _suite(root, procedure, len(outcomes), failures=failed)
        for one in outcomes:
            _case(suite, one)
    if run.problems:
        suite = _suite(root, "problems", len(run.problems), errors=len(run.problems))
        for problem in run.problems:
            case = ET.SubElement(suite, "testcase", name=problem.rule, classname="problems", file=problem.path)
            case.set("line", str(problem.line))
            ET.SubElement(case, "error", message=problem.message_zh or problem.message).text = str(problem)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _suite(root: ET.Element, name: str, tests: int, failures: int = 0, errors: int = 0) -> ET.Element:
    return ET.SubElement(root, "testsuite", name=name, tests=str(tests), failures=str(failures), errors=str(errors))


def _case(suite: ET.Element, one: Outcome) -> None:
    test = one.selected.test
    case = ET.SubElement(suite, "testcase", name=test.name, classname=test.procedure, file=one.selected.file)
    case.set("line", str(one.selected.line))
    different = [line for line in one.result.lines if line.differs]
    if different:
        said = "\n".join(_difference(line) for line in different)
        ET.SubElement(case, "failure", message=_difference(different[0])).text = said


def _difference(line: Line) -> str:
    return f"{format_moment(line.at)} expected: {line.expected or 'nothing'}; actual: {line.actual or 'nothing'}"


def _test(one: Outcome) -> dict[str, Any]:
    return {
        "name": one.selected.test.name,
        "procedure": one.selected.test.procedure,
        "file": one.selected.file,
        "line": one.selected.line,
        "passed": one.result.passed,
        "lines": [
            {"at": format_moment(line.at), "expected": line.expected, "actual": line.actual, "differs": line.differs}
            for line in one.result.lines
        ],
    }
