"""Report: a proof for people, and as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from duly.proving.subjects import Outcome, Subject
from engine.proving import PROPERTIES, Finding, Verdict
from models.language.moments import format_moment
from models.language.problem import Words

_INDENT = " " * 4


def as_lines(subject: Subject) -> Iterator[str]:
    """A line for each property, below it how it fails, and at the end what was looked at."""
    proof = subject.proof
    yield click.style(proof.procedure, bold=True)
    for verdict in proof.verdicts:
        yield from _verdict(subject, verdict)
    yield f"  探索了 {proof.states} 个状态、{proof.moves} 次变化 / {proof.states} states, {proof.moves} moves"
    for limit in proof.limits:
        yield from (f"  {limit.zh}", f"  {limit.en}")
    yield ""


def _verdict(subject: Subject, verdict: Verdict) -> Iterator[str]:
    title = PROPERTIES[verdict.name]
    yield f"  {_mark(verdict)} {title.zh} / {title.en}"
    yield f"{_INDENT}{verdict.looked_at.zh}；{verdict.looked_at.en}"
    for finding in verdict.findings:
        yield from _finding(subject, finding)


def _mark(verdict: Verdict) -> str:
    """Proved, no counter-example found as far as was looked, or a counter-example."""
    if not verdict.holds:
        return click.style("✗", fg="red")
    return click.style("✓", fg="green") if verdict.complete else click.style("○", fg="yellow")


def _finding(subject: Subject, finding: Finding) -> Iterator[str]:
    yield f"{_INDENT}{subject.page.source.name}:{line_of(subject, finding)} {finding.message.zh}"
    yield f"{_INDENT}{_INDENT}{finding.message.en}"
    for line in finding.story:
        yield from _both(f"{format_moment(line.at)}  ", line.said)
    for remark in finding.remarks:
        yield from _both("→ ", remark)


def _both(mark: str, said: Words) -> Iterator[str]:
    yield f"{_INDENT * 2}{mark}{said.zh}"
    if said.en != said.zh:
        yield f"{_INDENT * 2}{' ' * len(mark)}{said.en}"


def line_of(subject: Subject, finding: Finding) -> int:
    """The line of the file that a finding is about."""
    return subject.page.source.at(finding.loc)[0]


def as_json(outcome: Outcome) -> str:
    """`{"procedures": [...], "problems": [...]}`.

    A procedure has `procedure`, `file`, `holds`, `complete`, `states`, `moves`, `limits` and `properties`; a property
    `name`, `holds`, `complete`, `looked_at` and `findings`; a finding `line`, `message`, `story` (`at`, `said`) and
    `remarks`. Every text is `{"en", "zh"}`.
    """
    document = {
        "procedures": [_as_data(one) for one in outcome.subjects],
        "problems": [asdict(problem) for problem in outcome.problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _as_data(subject: Subject) -> dict[str, Any]:
    proof = subject.proof
    return {
        "procedure": proof.procedure,
        "file": subject.page.source.name,
        "holds": proof.holds,
        "complete": proof.complete,
        "states": proof.states,
        "moves": proof.moves,
        "limits": [_words(one) for one in proof.limits],
        "properties": [
            {
                "name": verdict.name,
                "title": _words(PROPERTIES[verdict.name]),
                "holds": verdict.holds,
                "complete": verdict.complete,
                "looked_at": _words(verdict.looked_at),
                "findings": [_finding_data(subject, one) for one in verdict.findings],
            }
            for verdict in proof.verdicts
        ],
    }


def _finding_data(subject: Subject, finding: Finding) -> dict[str, Any]:
    return {
        "line": line_of(subject, finding),
        "message": _words(finding.message),
        "story": [{"at": format_moment(line.at), "said": _words(line.said)} for line in finding.story],
        "remarks": [_words(one) for one in finding.remarks],
    }


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}
