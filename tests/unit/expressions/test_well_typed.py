"""What passes the checker runs: any well-typed expression, on any environment, gives a value.

Python itself is the judge of the values: our language reads like Python, so where
nothing is missing it must mean what Python means.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.expressions import Bool, EvaluationError, Scope, parse
from models.expressions.syntax import LONGEST_TEXT
from models.expressions.types import CHINA
from tests.unit.expressions.typed_texts import VALUES, conditions

RELAXED: Final = settings(max_examples=400, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
CONDITIONS: Final = conditions(3).filter(lambda text: len(text) <= LONGEST_TEXT)
COMPLETE: Final = st.fixed_dictionaries(VALUES)
PARTIAL: Final = st.fixed_dictionaries({}, optional={path: st.none() | value for path, value in VALUES.items()})
JUNK: Final = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        VALUES,
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=3)
        | st.lists(st.integers() | st.none() | st.dictionaries(st.sampled_from(["amount", "paid"]), st.floats())),
    ),
)


def in_china(value: object) -> object:
    return value.replace(tzinfo=CHINA) if isinstance(value, datetime) else value


@RELAXED
@given(text=CONDITIONS, values=PARTIAL)
def test_it_gives_yes_or_no_whatever_is_missing(text: str, values: dict[str, object], scope: Scope) -> None:
    environment = {path: in_china(value) for path, value in values.items()}

    assert parse(text, scope, expect=Bool)(environment) in (True, False)


@RELAXED
@given(text=CONDITIONS, environment=JUNK)
def test_it_raises_nothing_but_its_own_error_on_junk(text: str, environment: dict[str, object], scope: Scope) -> None:
    condition = parse(text, scope, expect=Bool)

    try:
        value = condition(environment)
    except EvaluationError:
        return
    assert isinstance(value, bool)


@RELAXED
@given(text=CONDITIONS, values=COMPLETE)
def test_it_means_what_python_means(text: str, values: dict[str, object], scope: Scope) -> None:
    environment = {path: in_china(value) for path, value in values.items()}
    expected = judged_by_python(text, environment)
    assume(expected is not None)

    assert parse(text, scope, expect=Bool)(environment) is expected


@RELAXED
@given(text=CONDITIONS, values=PARTIAL)
def test_it_gives_the_same_twice(text: str, values: dict[str, object], scope: Scope) -> None:
    environment = {path: in_china(value) for path, value in values.items()}
    condition = parse(text, scope, expect=Bool)

    assert condition(environment) is condition(environment)


def judged_by_python(text: str, environment: dict[str, Any]) -> bool | None:
    """Evaluate as Python; None where Python raises and our language says "missing"."""
    names = {path: value for path, value in environment.items() if "." not in path}
    names["items"] = [SimpleNamespace(**item) for item in environment["items"]]
    names["forward"] = SimpleNamespace(done=environment["forward.done"], at=environment["forward.at"])
    try:
        return bool(eval(text, {"__builtins__": FUNCTIONS, **names}))  # noqa: S307 - our own text, from our own grammar
    except (ArithmeticError, ValueError):
        return None


FUNCTIONS: Final[dict[str, object]] = {
    "any": any,
    "all": all,
    "count": sum,
    "given": lambda value: value is not None and str(value).strip() != "",
    "len": len,
    "max": max,
    "min": min,
    "sum": sum,
    "minutes": lambda number: timedelta(minutes=number),
    "hours": lambda number: timedelta(hours=number),
    "days": lambda number: timedelta(days=number),
    "moment": lambda text: datetime.fromisoformat(text).replace(tzinfo=CHINA),
}
