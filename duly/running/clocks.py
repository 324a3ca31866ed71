"""Clocks: the clock on the wall, and the company's clock, which runs faster in a demonstration."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from duly.settings_parts import ClockSettings
from models.language.moments import CHINA


def wall() -> datetime:
    """Now, China time, whole seconds; what sessions, codes and claims are counted by."""
    return datetime.now(CHINA).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class CompanyClock:
    """What time it is for cases. All processes of an installation are given the same one."""

    speed: float
    real_start: datetime
    company_start: datetime

    def now(self) -> datetime:
        """Now, China time, whole seconds."""
        passed = (datetime.now(CHINA) - self.real_start) * self.speed
        return (self.company_start + passed).astimezone(CHINA).replace(microsecond=0)

    def on_the_wall(self, moment: datetime) -> datetime:
        """When, by the clock on the wall, this clock shows a moment."""
        return self.real_start + (moment - self.company_start) / self.speed

    def seconds(self, real: float) -> timedelta:
        """How long real seconds last by this clock."""
        return timedelta(seconds=real * self.speed)


def company_clock(settings: ClockSettings) -> CompanyClock:
    """The clock of an installation; the wall's own if nothing is set."""
    now = datetime.now(CHINA)
    real, company = settings.real_start or now, settings.company_start or now
    return CompanyClock(settings.speed, real, company)
