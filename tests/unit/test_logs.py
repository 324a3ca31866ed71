"""The logs: whatever breaks, and however much is logged, no secret and nobody's facts stand in them."""

import subprocess
import sys
from pathlib import Path

import pytest

BREAKS = """
import logging, structlog
from duly.running.logs import set_up_logs
from duly.settings_parts import LogSettings

set_up_logs(LogSettings(format="{format}", level="debug"), "web")
def handle(facts):
    raise ValueError("it broke")
for log in (structlog.get_logger("duly"), logging.getLogger("a.library")):
    try:
        handle({{"customer": "hush-" + "hush"}})
    except ValueError:
        log.exception("request_failed")
"""

ASKED = """
import logging, secrets, sys
from duly.running.logs import set_up_logs
from duly.settings_parts import LogSettings

set_up_logs(LogSettings(level="debug"), "web")
token = secrets.token_urlsafe(32)
print(token)
for path in ("/d/" + token, "/signin/" + token, "/forms/complaint-handling"):
    logging.getLogger("uvicorn.access").info('%s - "%s %s HTTP/%s" %d', "10.0.0.1:9", "GET", path, "1.1", 200)
"""


def run(code: str) -> tuple[str, str]:
    """What a process prints, and what it logs."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_traceback_says_where_but_not_with_what(form: str) -> None:
    _, logged = run(BREAKS.format(format=form))

    assert (logged.count("it broke") >= 2, "handle" in logged, "hush-hush" in logged) == (True, True, False)


def test_an_address_that_was_asked_for_is_logged_without_the_token_in_it() -> None:
    printed, logged = run(ASKED)

    assert (logged.count("/d/"), logged.count("/signin/"), "/forms/complaint-handling" in logged) == (1, 1, True)
    assert printed.strip() not in logged
