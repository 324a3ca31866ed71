"""What holds for every start and every duration, searched for with Hypothesis."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import Calendar
from models.language.company_hours import Break, CompanyHours, OpenHours
from models.language.durations import Duration, Unit
from models.language.moments import CHINA
from tests.unit.calendar_files import files, shipped

LUNCH = OpenHours(breaks=(Break.model_validate({"from": "12:00", "until": "13:30"}),))
WITH_LUNCH = Calendar.build(files().years, CompanyHours(business_hours=LUNCH))

STARTS = st.datetimes(datetime(2014, 1, 1), datetime(2032, 12, 31)).map(  # noqa: DTZ001 - zoned in the next step
    lambda moment: moment.replace(tzinfo=CHINA, microsecond=0)
)
FEW = st.integers(1, 60)
DURATIONS = st.builds(Duration, FEW, st.sampled_from(list(Unit)))


@given(STARTS, DURATIONS)
def test_it_is_always_due_after_the_start(start: datetime, duration: Duration) -> None:
    assert shipped().add(start, duration).at > start


@given(STARTS, st.timedeltas(timedelta(0), timedelta(days=20)), DURATIONS)
def test_a_later_start_is_never_due_earlier(start: datetime, delay: timedelta, duration: Duration) -> None:
    assert shipped().add(start + delay, duration).at >= shipped().add(start, duration).at


@given(STARTS, DURATIONS)
def test_one_more_is_due_later(start: datetime, duration: Duration) -> None:
    more = Duration(duration.amount + 1, duration.unit)

    assert shipped().add(start, more).at > shipped().add(start, duration).at


@given(STARTS, FEW)
def test_working_days_are_due_at_the_close_of_a_working_day_that_is_the_nth(start: datetime, n: int) -> None:
    calendar = shipped()
    counted = calendar.add(start, Duration(n, Unit.WORKING_DAYS)).at
    days = [start.date() + timedelta(days=i) for i in range(1, (counted.date() - start.date()).days + 1)]

    assert calendar.close_of(counted) == counted
    assert sum(calendar.is_working_day(day) for day in days) == n
    assert calendar.is_working_day(days[-1])


@given(STARTS, FEW)
def test_subtracting_working_days_undoes_adding_them(start: datetime, n: int) -> None:
    calendar, days = shipped(), Duration(n, Unit.WORKING_DAYS)
    close = calendar.close_of(calendar.roll_forward(start))

    assert calendar.subtract(calendar.add(close, days).at, days) == close


@given(STARTS, st.integers(1, 3000))
def test_subtracting_working_minutes_undoes_adding_them_inside_business_hours(start: datetime, n: int) -> None:
    calendar, minutes = WITH_LUNCH, Duration(n, Unit.WORKING_MINUTES)
    due_at = calendar.add(start, minutes).at
    back = calendar.subtract(due_at, minutes)

    # Starts outside business hours all mean the next opening, so compare what both lead to.
    assert calendar.add(back, minutes).at == due_at


@given(STARTS, st.sampled_from([Unit.HOURS, Unit.MINUTES]), FEW)
def test_subtracting_hours_undoes_adding_them(start: datetime, unit: Unit, n: int) -> None:
    duration = Duration(n, unit)

    assert shipped().subtract(shipped().add(start, duration).at, duration) == start


@given(STARTS)
def test_the_target_for_an_authority_is_a_close_of_business_and_never_late(legal: datetime) -> None:
    target = shipped().target_for_authority(legal)

    assert target <= legal
    assert shipped().is_working_day(target)
    assert target == shipped().close_of(target)


@given(STARTS, DURATIONS)
def test_the_receipt_accounts_for_the_whole_duration(start: datetime, duration: Duration) -> None:
    receipt = shipped().add(start, duration).receipt()
    counted = {
        Unit.WORKING_DAYS: max((day.counts for day in receipt.days), default=0),
        Unit.CALENDAR_DAYS: len(receipt.days),
    }

    assert counted.get(duration.unit, duration.amount) == duration.amount
    assert receipt.zh[-2 if not receipt.provisional else -3].startswith("到期")
