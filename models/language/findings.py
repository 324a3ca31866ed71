"""Problems as text for people, JSON for programs and SARIF for code review tools."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from models.language.problem import Problem
from models.language.rule import Rule

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_DOCUMENTATION: Final = "explain with: duly explain {id}"


def as_text(problems: Iterable[Problem]) -> str:
    """One paragraph a problem, in the order of files and lines; empty if there are none."""
    return "\n".join(str(problem) for problem in sorted(problems))


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
