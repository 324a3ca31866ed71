"""Event times: whole seconds of China time, whatever offset an event came with (section 0.2 of the requirements)."""

from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from engine.days import local
from engine.errors import WrongTime
from engine.events import Done, Event, Exempted, Opened, TimerFired

E = TypeVar("E", bound=Event)


def in_china_time(event: E) -> E:
    """The event with its times as the engine counts. Raises `WrongTime` for a time without an offset."""
    if event.at is not None:
        event = replace(event, at=_exact(event.at))
    if isinstance(event, Done):
        # Most events are of this kind, and have no other time.
        return event
    if isinstance(event, TimerFired):
        return replace(event, due=_exact(event.due))
    if isinstance(event, Exempted) and event.until is not None:
        return replace(event, until=_exact(event.until))
    if isinstance(event, Opened) and event.discovered_at is not None:
        return replace(event, discovered_at=_exact(event.discovered_at))
    return event


def _exact(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise WrongTime(f"{moment.isoformat(' ')} has no time zone", "Send it with its offset, e.g. +08:00")
    return local(moment)
