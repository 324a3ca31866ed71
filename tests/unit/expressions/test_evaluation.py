"""What expressions give when every value is there."""

import doctest
import importlib
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from models.expressions import Bool, Choice, Number, Record, Scope, Text, parse
from models.expressions.types import CHINA

NOON: Final = datetime(2026, 2, 13, 12, tzinfo=CHINA)
ENV: Final[dict[str, object]] = {
    "amount": 3,
    "categories": ["network"],
    "category": "coordination",
    "day": date(2026, 2, 13),
    "done": True,
    "due": NOON,
    "elapsed": timedelta(hours=25),
    "forward.done": False,
    "forward.at": NOON - timedelta(hours=30),
    "items": [
        {"amount": 2, "name": "a", "paid": True, "at": NOON, "tags": ["x"]},
        {"amount": 5, "name": "b", "paid": False, "at": NOON + timedelta(days=1), "tags": []},
    ],
    "level": "重大",
    "numbers": [4, 1, 3],
    "people": ["p1", "p2"],
    "requester": "p1",
    "tags": ["a", "紧急"],
    "title": "关于机房断电的报告",
    "urgent": False,
    "部门": "安全部",
    "转办.完成": True,
    "转办.Ａ类": True,
}

CONDITIONS: Final = [
    ("done", True),
    ("not done", False),
    ("done and not urgent", True),
    ("done and urgent or forward.done", False),
    ("urgent or forward.done or done", True),
    ("done and done and urgent", False),
    ("True", True),
    ("true and not false", True),
    ("category == 'coordination'", True),
    ("category != 'coordination'", False),
    ("category in ['other', 'coordination']", True),
    ("category not in ['other']", True),
    ("'network' in categories", True),
    ("'paper' not in categories", True),
    ("amount in [1, 2, 3]", True),
    ("amount in [len(tags), 4]", False),
    ("requester in people", True),
    ("'断电' in title", True),
    ("1 < amount <= 3", True),
    ("1 < amount < 3", False),
    ("amount == 3.0", True),
    ("amount + 1 > 3 and amount - 1 < 3", True),
    ("amount * 2 / 4 == 1.5", True),
    ("-amount < 0", True),
    ("--amount == 3", True),
    ("due - forward.at == hours(30)", True),
    ("due - forward.at > days(1)", True),
    ("due + minutes(30) == moment('2026-02-13 12:30')", True),
    ("minutes(30) + due == moment('2026-02-13 12:30:00')", True),
    ("due == moment('2026-02-13T04:00:00+00:00')", True),
    ("due == moment('2026-02-13T12:00+08:00')", True),
    ("due - hours(1) < due", True),
    ("elapsed / hours(1) == 25", True),
    ("elapsed / 5 == hours(5)", True),
    ("2 * elapsed - elapsed == elapsed * 1", True),
    ("date_of(due) == day", True),
    ("day == date('2026-02-13')", True),
    ("day - date('2026-02-10') == days(3)", True),
    ("(amount if done else 0) == 3", True),
    ("(amount if urgent else 0) == 3", False),
    ("done if amount > 2 else urgent", True),
    ("any(i.amount > 3 for i in items)", True),
    ("all(i.amount > 3 for i in items)", False),
    ("all(i.amount > 3 for i in items if not i.paid)", True),
    ("any(i == '紧急' for i in tags)", True),
    ("any(category == i for i in ['coordination', 'other'])", True),
    ("any(i.amount == amount + 2 for i in items)", True),
    ("any(any(t == 'x' and i.paid for t in i.tags) for i in items)", True),
    ("any('x' in i.tags for i in items)", True),
    ("all(any(j.amount > i.amount for j in items) for i in items)", False),
    ("count(i.paid for i in items) == 1", True),
    ("count(items) == 2 and len(items) == 2", True),
    ("len(title) == 9", True),
    ("sum(i.amount for i in items) == 7", True),
    ("sum(numbers) == 8", True),
    ("sum(i.at - due for i in items) == days(1)", True),
    ("min(numbers) == 1 and max(numbers) == 4", True),
    ("min(i.at for i in items) == due", True),
    ("max(amount, 7) == 7 and min(amount, 7, 1) == 1", True),
    ("given(title) and given(done) and given(urgent)", True),
    ("lower('ABC') == 'abc'", True),
    ("部门 == '安全部' and 转办.完成", True),
    ("level == '重大'", True),
    ("转办.Ａ类 and 转办.A类", True),
    ("done\n  and not\n  urgent", True),
    ("　done　and　not　urgent　", True),
    ('category == "coordination"', True),
    ("'\\n' == title", False),
]


@pytest.mark.parametrize(("text", "value"), CONDITIONS)
def test_it_gives_the_value_that_a_reader_expects(text: str, value: bool, scope: Scope) -> None:
    assert parse(text, scope, expect=Bool)(ENV) is value


def test_it_may_give_any_type_where_none_is_expected(scope: Scope) -> None:
    assert parse("amount * 2", scope)(ENV) == 6


def test_it_keeps_a_backslash_as_it_is(scope: Scope) -> None:
    assert parse(r"'C:\temp'", scope)({}) == r"C:\temp"


def test_it_knows_its_type(scope: Scope) -> None:
    assert parse("len(tags) / 2", scope).type == Number


def test_it_lists_the_paths_that_it_reads(scope: Scope) -> None:
    expression = parse("category == 'other' and not forward.done or any(i.paid and urgent for i in items)", scope)

    assert expression.names == {"category", "forward.done", "items", "urgent"}


def test_it_names_paths_as_the_scope_spells_them(scope: Scope) -> None:
    assert parse("转办.A类", scope).names == {"转办.Ａ类"}


def test_it_reads_a_dotted_path_as_one_name(scope: Scope) -> None:
    assert parse("forward.done", scope)({"forward.done": True, "forward": {"done": False}}) is True


@pytest.mark.parametrize("text", ["category", "title", "'other'", "category if done else 'other'", "None"])
def test_it_accepts_a_text_where_text_is_expected(text: str, scope: Scope) -> None:
    parse(text, scope, expect=Text)


def test_it_accepts_an_option_where_a_choice_is_expected(scope: Scope) -> None:
    wanted = Choice(frozenset({"coordination", "other", "third"}))

    assert parse("'third' if done else category", scope, expect=wanted)(ENV) == "third"


def test_it_takes_the_date_in_china_of_a_moment_from_elsewhere(scope: Scope) -> None:
    evening_in_london = datetime(2026, 2, 12, 20, tzinfo=UTC)

    assert parse("date_of(due)", scope)({"due": evening_in_london}) == date(2026, 2, 13)


def test_it_keeps_a_written_moment_in_china_time(scope: Scope) -> None:
    moment = parse("moment('2026-02-13T04:00:00+00:00')", scope)({})

    assert isinstance(moment, datetime)
    assert (moment.tzinfo, moment.hour) == (CHINA, 12)


def test_a_name_of_the_writer_is_no_word_of_another_language() -> None:
    scope = Scope({"是": Bool, "on": Bool, "reply": Record({"no": Bool})})

    assert parse("是 and on and reply.no", scope)({"是": True, "on": True, "reply.no": True}) is True


def test_two_equal_texts_are_equal_expressions(scope: Scope) -> None:
    assert parse("done and urgent", scope) == parse("done and urgent", scope)
    assert len({parse("done and urgent", scope), parse("done and urgent", scope)}) == 1


def test_the_example_in_the_module_is_true() -> None:
    # The package offers the function `parse` under the module's own name.
    module = importlib.import_module("models.expressions.parse")

    assert doctest.testmod(module) == (0, 5)
