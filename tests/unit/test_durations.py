"""Durations: what is read, what is refused with which remedy, and what can be compared."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from models.language.durations import Duration, DurationError, DurationField, Unit
from models.language.units import MOST

DURATIONS = st.sampled_from(list(Unit)).flatmap(
    lambda unit: st.builds(Duration, st.integers(1, MOST[unit]), st.just(unit))
)


class Step(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    within: DurationField


@pytest.mark.parametrize(
    ("text", "amount", "unit", "zh"),
    [
        ("24 hours", 24, Unit.HOURS, "24 小时"),
        ("1 hour", 1, Unit.HOURS, "1 小时"),
        ("30 minutes", 30, Unit.MINUTES, "30 分钟"),
        ("30 working minutes", 30, Unit.WORKING_MINUTES, "30 工作分钟"),
        ("8 working hours", 8, Unit.WORKING_HOURS, "8 工作小时"),
        ("1 working day", 1, Unit.WORKING_DAYS, "1 个工作日"),
        ("3 working days", 3, Unit.WORKING_DAYS, "3 个工作日"),
        ("30 calendar days", 30, Unit.CALENDAR_DAYS, "30 个自然日"),
    ],
)
def test_it_reads_and_writes_every_unit(text: str, amount: int, unit: Unit, zh: str) -> None:
    duration = Duration.parse(text)

    assert (duration, str(duration), duration.zh) == (Duration(amount, unit), text, zh)


@pytest.mark.parametrize("text", ["1 hours", "3 working day", " 3 working days\n"])
def test_it_writes_the_canonical_form_of_what_leaves_no_doubt(text: str) -> None:
    assert str(Duration.parse(text)) in ("1 hour", "3 working days")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("1d", ("1 working day", "1 calendar day")),
        ("1 day", ("1 working day", "1 calendar day")),
        ("3 days", ("3 working days", "3 calendar days")),
        ("P3D", ("3 working days", "3 calendar days")),
        ("3日内", ("3 working days", "3 calendar days")),
        ("3个工作日", ("3 working days",)),
        ("３个自然日", ("3 calendar days",)),
        ("24小时", ("24 hours",)),
        ("半小时", ("30 minutes",)),
        ("24h", ("24 hours",)),
        ("24 Hours", ("24 hours",)),
        ("24  hours", ("24 hours",)),
        ("PT24H", ("24 hours",)),
        ("within 24 hours", ("24 hours",)),
        ("two hours", ("2 hours",)),
        ("03 hours", ("3 hours",)),
        ("2 business days", ("2 working days",)),
        ("1 week", ("5 working days", "7 calendar days")),
        ("6 months", ("180 calendar days",)),
        ("1 hour 30 min", ("90 minutes",)),
        ("1.5 hours", ("90 minutes",)),
        ("0.5 calendar days", ("12 hours",)),
        ("1.5 working days", ("1 working day", "2 working days")),
        ("-1 hour", ("1 hour",)),
        ("0 hours", ("1 minute", "15 minutes")),
        ("30 seconds", ("1 minute",)),
        ("24", ("24 hours", "24 working days", "24 calendar days")),
        ("99999 hours", ("8760 hours",)),
        ("1000000000000 hours", ("8760 hours",)),
    ],
)
def test_it_refuses_with_exactly_what_to_write_instead(text: str, instead: tuple[str, ...]) -> None:
    with pytest.raises(DurationError) as caught:
        Duration.parse(text)

    assert caught.value.instead == instead
    assert all(f'"{each}"' in str(caught.value) for each in instead)


@pytest.mark.parametrize(
    "text", ["", "soon", "17:30", "尽快", "1e9 hours", "1 hour and a bit", "9" * 10_000 + " hours"]
)
def test_it_shows_examples_where_it_cannot_guess(text: str) -> None:
    with pytest.raises(DurationError) as caught:
        Duration.parse(text)

    assert "24 hours" in caught.value.instead


def test_a_refusal_says_what_was_written_and_what_is_wrong_in_both_languages() -> None:
    with pytest.raises(DurationError) as caught:
        Duration.parse("3 days")

    error = caught.value
    assert str(error) == (
        '"3 days" does not say which days are counted, working days or calendar days: '
        'write "3 working days" or "3 calendar days".'
    )
    assert (error.message_zh, error.remedy_zh) == (
        '"3 days" 没有说明是工作日还是自然日',
        '请写 "3 working days" 或 "3 calendar days"',
    )


@pytest.mark.parametrize(("amount", "unit"), [(0, Unit.HOURS), (-1, Unit.HOURS), (36_501, Unit.CALENDAR_DAYS)])
def test_it_cannot_be_made_out_of_bounds_either(amount: int, unit: Unit) -> None:
    with pytest.raises(DurationError):
        Duration(amount, unit)


@given(DURATIONS)
def test_it_reads_back_what_it_writes(duration: Duration) -> None:
    assert Duration.parse(str(duration)) == duration


def readings(text: str) -> tuple[str, ...]:
    """The text itself if it can be read, else what is proposed in its place."""
    try:
        return (str(Duration.parse(text)),)
    except DurationError as error:
        return error.instead


@given(st.text(max_size=80))
def test_every_text_is_read_or_refused_with_something_that_can_be_read(text: str) -> None:
    assert all(Duration.parse(each) for each in readings(text))


@given(
    st.from_regex(
        r"-?[0-9]{1,8}(\.[0-9]{1,3})? ?(h|hours|d|day|weeks|months|years|seconds|wd|cd|工作日|天|周)", fullmatch=True
    )
)
def test_what_it_proposes_can_always_be_read(text: str) -> None:
    assert all(Duration.parse(each) for each in readings(text))


def test_it_is_read_from_a_string_and_written_as_one() -> None:
    step = Step.model_validate({"within": "3 working days"})

    assert step.within == Duration(3, Unit.WORKING_DAYS)
    assert json.loads(step.model_dump_json()) == {"within": "3 working days"}


@pytest.mark.parametrize("value", [24, 1.5, True, None, ["24 hours"], "1 day"])
def test_a_field_refuses_anything_else_with_a_remedy(value: object) -> None:
    with pytest.raises(ValidationError, match="write "):
        Step.model_validate({"within": value})


def test_its_schema_is_a_string_with_a_pattern_and_a_chinese_description() -> None:
    schema = Step.model_json_schema()["properties"]["within"]

    assert schema["type"] == "string"
    assert "working" in schema["pattern"]
    assert "自然日" in schema["description"]
