"""What Duly says when the caller, not the program, has to change something."""

import click


class UserError(click.ClickException):
    """An expected failure: what is wrong, and what to do about it.

    Ends the command with exit code 2 and both sentences on stderr, without a traceback.
    It is a click exception so that it reads the same from a terminal and from tests.
    """

    exit_code = 2

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy

    def format_message(self) -> str:
        """The message, and the remedy below it, as in the problems that `duly check` prints."""
        return f"{self.message}\n  → {self.remedy}"


class Unavailable(UserError):  # noqa: N818 - it says what is the case
    """Something that is away now and may come back by itself; whoever watches the process starts it again."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h
