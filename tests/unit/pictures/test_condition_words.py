import pytest

from engine.condition_words import in_words
from engine.titles import Titles
from tests.unit.engine.small import program

FORM = """
form:
  kind: {type: choice, title: 类型, options: {real: 属实, unclear: 待查}}
  urgent: {type: yes_no, title: 是否紧急}
  amount: {type: number, title: 金额}
  note: {type: text, title: 说明, required: false}
steps:
  - id: first
    kind: task
    title: 先办
    each: {people: both}
    within: 1 hour
    fields: {ok: {type: yes_no, title: 合格}}
  - {id: next, kind: task, title: 再办, who: clerk, when: CONDITION}
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("kind != 'unclear'", "类型不是“待查”"),
        ("kind in ['real', 'unclear']", "类型是“属实”、“待查”之一"),
        ("urgent", "紧急"),
        ("not urgent and first.done", "并非紧急，且「先办」已办结"),
        ("amount > 5000 or not given(note)", "金额＞5000，或未填写说明"),
        ("urgent or (first.done and amount <= 3)", "紧急，或（「先办」已办结，且金额≤3）"),
        ("deadline.first.missed", "「先办」已超时"),
        ("first.unfinished == 0", "「先办」的未办人数是0"),
        ("all(r.ok for r in first.rows)", "「先办」每一项都符合（合格）"),
        ("mode.sensitive", "处于敏感时期"),
        ("case.channel == 'email'", "立项渠道是“email”"),
        ("first.done_at - case.opened_at > hours(2)", "「先办」的办结时间 － 立项时间＞2 小时"),
    ],
)
def test_it_says_a_condition_in_chinese(condition: str, words: str) -> None:
    made = program(FORM.replace("CONDITION", f'"{condition}"'))

    assert in_words(made.plans["next"].when, Titles(made)) == words


def test_it_shows_only_the_part_without_words_as_it_is_written() -> None:
    made = program(FORM.replace("CONDITION", '"urgent and sum(1 for r in first.rows if r.ok) > 1"'))

    assert in_words(made.plans["next"].when, Titles(made)) == "紧急，且sum(1 for r in first.rows if r.ok) > 1"
