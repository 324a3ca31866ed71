"""Refusals: why the engine turns an event down, with what to do instead. Nothing has changed when one is raised."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer to a person, not a fault of the program
    """An event that is not allowed now; `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}" if self.remedy else self.message


class UnknownName(Refusal):
    """The event names a step, gate, deadline or row that this case does not have."""


class NotAsked(Refusal):
    """The person was not asked, or is asked no longer."""


class AlreadyDecided(Refusal):
    """Somebody else was first; the message says who and when."""


class NotOpen(Refusal):
    """The step is not open, or may not be asked for now."""


class Held(Refusal):
    """A gate holds the step; the message is the gate's own."""


class InvalidAnswer(Refusal):
    """The values do not meet what the step or form asks for."""


class OutdatedFacts(Refusal):
    """What was shown has changed since the link was sent; the old answer does not count."""


class WrongTime(Refusal):
    """An event time in the future, or before the case began."""


class Stale(Refusal):
    """A timer that is no longer due, because it has fired or was moved."""


class CaseClosed(Refusal):
    """The case has ended; it can only be reopened."""


class NotPermitted(Refusal):
    """The person may not do this, whoever was asked."""
