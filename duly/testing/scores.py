"""Scores: what no test would find, as a to-do list for the officer and as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from duly.testing.mutating import Score, Survivor
from engine.mutation import KINDS
from engine.pictures.text_width import pad


def as_lines(score: Score) -> Iterator[str]:
    """The survivors by place, then the figures by kind."""
    for one in score.survivors:
        yield f"{one.file}:{one.line} 没有测试会发现：{one.mutant.what.zh}"
        yield f"    no test would find: {one.mutant.what.en}"
    yield (
        f"{score.procedure}：{score.total} 处改动，测试发现 {score.found} 处（{_percent(score)}）"
        f" / tests found {score.found} of {score.total} changes"
    )
    for kind, (found, total) in score.kinds.items():
        name = f"{KINDS[kind].zh} / {KINDS[kind].en}"
        yield f"  {pad(name, 48)} {found}/{total}"


def as_json(scores: Iterable[Score]) -> str:
    """`{"procedures": [...]}`, each with `found`, `total`, `kinds` and `survivors` (`kind`, `file`, `line`, texts)."""
    document = {"procedures": [_as_data(score) for score in scores]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _as_data(score: Score) -> dict[str, Any]:
    return {
        "procedure": score.procedure,
        "found": score.found,
        "total": score.total,
        "kinds": {kind: {"found": found, "total": total} for kind, (found, total) in score.kinds.items()},
        "survivors": [_survivor(one) for one in score.survivors],
    }


def _survivor(one: Survivor) -> dict[str, Any]:
    what = one.mutant.what
    return {"kind": one.mutant.kind, "file": one.file, "line": one.line, "what": what.en, "what_zh": what.zh}


def _percent(score: Score) -> str:
    return f"{100 * score.found // score.total} %" if score.total else "—"
