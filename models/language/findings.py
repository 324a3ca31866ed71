"""Problems as text for people, JSON for programs and SARIF for code review tools."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any, Final
from unicodedata import east_asian_width
from urllib.parse import quote

from models.language.problem import Problem
from models.language.rule import Rule

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST_LINE: Final = 160
_DOCUMENTATION: Final = "explain with: duly explain {id}"


def as_text(problems: Iterable[Problem], lines: Mapping[str, Sequence[str]] | None = None) -> str:
    """One paragraph a problem, in the order of files and lines; empty if there are none.

    Args:
        problems: What was found.
        lines: The lines of each file by its path; with them, each problem shows its own.
    """
    return "\n\n".join(_paragraph(problem, (lines or {}).get(problem.path, ())) for problem in sorted(problems))


def _paragraph(problem: Problem, lines: Sequence[str]) -> str:
    said, arrow, advice = str(problem).partition("\n  → ")
    quoted = _quote(problem, lines[problem.line - 1]) if problem.line <= len(lines) else ""
    return said + quoted + arrow + advice


def _quote(problem: Problem, line: str) -> str:
    """The line and a mark below the column; empty for one that would not fit on a screen."""
    if not line.strip() or len(line) > _LONGEST_LINE:
        return ""
    number = f"{problem.line:>6}"
    before = "".join(_blank(sign) for sign in line[: problem.column - 1])
    return f"\n{number} | {line}\n{' ' * len(number)} | {before}^"


def _blank(sign: str) -> str:
    """What takes as much room in a terminal as a character, and shows nothing."""
    if sign == "\t":
        return sign
    return "\u3000" if east_asian_width(sign) in ("W", "F") else " "


def as_json(problems: Iterable[Problem]) -> str:
    """`{"problems": [...]}`, each with `path`, `line`, `column`, `rule`, `severity` and the texts in both languages."""
    return _dump({"problems": [asdict(problem) for problem in sorted(problems)]})


def as_sarif(problems: Iterable[Problem], rules: Mapping[str, Rule]) -> str:
    """A log of SARIF 2.1.0 (OASIS) with one run.

    Paths are taken as they are in the problems, relative to where the check was run.
    """
    order = {rule_id: index for index, rule_id in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "duly", "rules": [_descriptor(rule) for rule in rules.values()]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, order) for problem in sorted(problems)],
    }
    return _dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(rule: Rule) -> dict[str, Any]:
    example = f"```yaml\n{rule.wrong}```\n\n```yaml\n{rule.right}```"
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title_zh} / {rule.title}"},
        "fullDescription": {"text": f"{rule.why_zh}\n\n{rule.why}"},
        "help": {
            "text": _DOCUMENTATION.format(id=rule.id),
            "markdown": f"{rule.why_zh}\n\n{rule.why}\n\n{example}",
        },
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(problem: Problem, order: Mapping[str, int]) -> dict[str, Any]:
    texts = (
        problem.message_zh,
        problem.message,
        f"→ {problem.remedy_zh}" if problem.remedy_zh else "",
        f"→ {problem.remedy}",
    )
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "level": problem.severity,
        "message": {"text": "\n".join(text for text in texts if text)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(problem.path)},
                    "region": {"startLine": problem.line, "startColumn": problem.column},
                }
            }
        ],
    }
    if problem.rule in order:
        result["ruleIndex"] = order[problem.rule]
    return result


def _uri(path: str) -> str:
    """A relative reference (RFC 3986): `a b.yaml` is `a%20b.yaml`; an absolute path becomes a file URI."""
    pure = PurePosixPath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), safe="/")


def _dump(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
