"""Values that are wrong: the right line and column, what was wanted, what was found, what to do."""

import pytest

from models.language.source import read_text
from models.language.validate import validate
from tests.unit.language.plan import Plan, Tell, only, place


def test_it_returns_the_model_of_a_good_file() -> None:
    source = read_text("title: a\nsteps:\n  - {kind: tell, except: [b]}\n", "plan.yaml")

    model, found = validate(Plan, source)

    assert found == []
    assert model is not None
    assert model.steps == (Tell.model_validate({"kind": "tell", "except": ["b"]}),)


@pytest.mark.parametrize(
    ("line", "column", "message", "remedy"),
    [
        ("title: 5", 8, "should be text, but is the number `5`", 'in quotes: "5"'),
        ("title: true", 8, "should be text, but is `true`", '"true"'),
        ("title:", 7, "has no value; expected text", "after the colon"),
        ("title: [a]", 8, "but is a list", "one value"),
        ('share: "1"', 8, "should be a number", "without quotes"),
        ("urgent: yes", 9, "true or false", "write `true`"),
        ("urgent: 否", 9, "true or false", "write `false`"),
        ("urgent: 1", 9, "true or false", "write `true`"),
        ("options: [a]", 10, "should be keys and values, but is a list", "remove the `- `"),
        ("steps: {kind: tell}", 8, "should be a list", "for each entry"),
        ("steps: [5]", 9, "entry 1 of `steps` should be keys and values", "indented lines"),
        ("tags: [a, 5]", 11, "entry 2 of `tags` should be text", "in quotes"),
        ("tags: 5", 7, "`tags` should be text", "in quotes"),
        ("when: x", 7, "should be a whole number or keys and values", "without quotes"),
    ],
)
def test_it_says_what_was_wanted_and_what_was_found(line: str, column: int, message: str, remedy: str) -> None:
    key = line.partition(":")[0]
    others = {"title": "title: a", "steps": "steps: [{kind: tell}]"}
    text = "\n".join([line, *(other for name, other in others.items() if name != key)])

    problem = only(text)

    assert place(problem) == ("DL011", 1, column)
    assert message in problem.message
    assert remedy in problem.remedy


def test_it_lists_the_values_that_are_allowed() -> None:
    problem = only("title: a\nlevel: seald\nsteps: [{kind: tell}]\n")

    assert place(problem) == ("DL013", 2, 8)
    assert "did you mean `sealed`?" in problem.message
    assert "normal, sealed" in problem.remedy


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("{kind: ask, who: b, times: 0}", 31, "must be at least 1"),
        ("{kind: ask, who: b, times: 10}", 31, "must be at most 9"),
        ("{kind: tell, text: 很长很长很长}", 23, "at most 5 characters"),
    ],
)
def test_it_says_which_bound_was_broken(line: str, column: int, message: str) -> None:
    problem = only(f"title: a\nsteps:\n - {line}\n")

    assert place(problem) == ("DL013", 3, column)
    assert message in problem.message


def test_it_shows_the_form_of_a_text() -> None:
    problem = only("title: a\ncode: 5a\nsteps: [{kind: tell}]\n")

    assert place(problem) == ("DL013", 2, 7)
    assert r"the code; its form is ^[a-z]-\d$" in problem.remedy


def test_it_passes_on_the_words_of_a_duration() -> None:
    problem = only("title: a\nsteps:\n  - {kind: ask, who: b, within: 1d}\n")

    assert place(problem) == ("DL012", 3, 33)
    assert "working day" in problem.remedy


def test_it_passes_on_the_words_and_the_place_of_a_mistake() -> None:
    problem = only("title: a\nwhen:\n  from: x\n  until: x\nsteps: [{kind: tell}]\n")

    assert place(problem) == ("DL099", 4, 10)
    assert (problem.message, problem.message_zh, problem.remedy, problem.remedy_zh) == (
        "ends where it starts",
        "终点与起点相同",
        "change it",
        "请修改",
    )


def test_it_passes_on_any_value_error() -> None:
    problem = only("title: AB\nsteps: [{kind: tell}]\n")

    assert place(problem) == ("DL013", 1, 8)
    assert "do not shout" in problem.message


def test_it_tells_a_label_of_pydantic_from_a_key_of_the_same_name() -> None:
    # The union's label `ask` is dropped; a key that is called like a label is not.
    assert place(only("title: a\nsteps:\n  - {kind: ask, who: b, task: 5}\n")) == ("DL011", 3, 31)


def test_it_leaves_out_the_types_that_were_not_meant() -> None:
    problem = only("title: a\nwhen:\n  from: x\nsteps: [{kind: tell}]\n")

    assert place(problem) == ("DL010", 3, 3)
    assert "`until`" in problem.message


def test_it_does_not_call_a_list_short_whose_entries_were_refused() -> None:
    assert place(only("title: a\nsteps:\n  - 5\n")) == ("DL011", 3, 5)


def test_it_does_not_repeat_what_the_reader_has_found() -> None:
    source = read_text("title: a\nlevel: *x\nsteps: [{kind: tell}]\n", "plan.yaml")

    assert [problem.rule for problem in source.problems] == ["DL006"]
    assert validate(Plan, source) == (None, [])


def test_it_has_nothing_to_say_about_a_file_that_cannot_be_read() -> None:
    assert validate(Plan, read_text("title: 'a\n", "plan.yaml")) == (None, [])


def test_it_never_changes_what_it_read() -> None:
    model, _ = validate(Plan, read_text("title: a\nsteps: [{kind: tell}]\n", "plan.yaml"))

    with pytest.raises(ValueError, match="frozen"):
        model.title = "b"  # type: ignore[union-attr, misc]
