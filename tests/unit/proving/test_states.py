"""States that are taken for one another must have the same future: what only looks alike is kept apart."""

from engine.proving import Finding, prove
from tests.unit.engine.small import program


def failing(text: str) -> dict[str, tuple[Finding, ...]]:
    """The properties that fail, staffing apart: the small company has nobody for its general manager."""
    verdicts = prove(program(text)).verdicts
    return {one.name: one.findings for one in verdicts if not one.holds and one.name != "waits"}


def test_how_often_something_was_done_is_counted_as_far_as_some_condition_looks() -> None:
    """A gate that opens at the fifth time: three times and four times are not the same."""
    assert not failing(
        """
steps:
  - {id: take, kind: task, who: clerk, within: 1 hour}
  - {id: again, kind: task, start: on_request, times: 20, who: clerk, back_to: take}
  - {id: end, kind: end, after: take, outcome: done}
gates: [{id: enough, holds: [end], until: take.times > 4, says: 不够}]
"""
    )


def test_options_that_some_condition_tells_apart_are_all_tried() -> None:
    found = failing(
        """
form: {kind: {type: choice, default: a, options: {a: 甲, b: 乙, c: 丙, d: 丁}}}
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: usual, kind: end, after: take, when: "kind in ['a', 'b', 'd']", outcome: usual}
  - {id: never, kind: end, after: take, when: "kind == 'c' and take.times > 1", outcome: never}
"""
    )

    assert list(found) == ["ends"]
    assert "kind=丙" in found["ends"][0].story[0].said.zh


def test_a_finding_of_a_machine_counts_until_it_is_found_anew() -> None:
    """It is looked at only while the machine is done; a bad finding that stays is not taken for a good one."""
    found = failing(
        """
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - id: scan
    kind: machine
    title: 扫描
    runs: compare_page
    inputs: {url: "'http://a.example'"}
    outputs: {dirty: {type: yes_no}}
    otherwise: manager
    within: 1 hour
  - {id: file_it, kind: task, title: 归档, who: clerk, within: 1 hour}
  - {id: again, kind: task, title: 重来, after: take, start: on_request, times: 2, who: clerk, back_to: take}
  - {id: end, kind: end, after: file_it, when: scan.done and not scan.dirty, outcome: done}
"""
    )

    assert list(found) == ["ends"]
    assert any("完成（dirty=是）" in line.said.zh for line in found["ends"][0].story)
