"""The registry: which work a machine step may name. It imports the tasks, and no task imports it."""

from collections.abc import Mapping

from tasks.checks import CHECK_HEARTBEAT
from tasks.evidence import SEAL_EVIDENCE
from tasks.filtering import CONTENT_FILTER
from tasks.overdue import OVERDUE_CASES
from tasks.pages import COMPARE_PAGE
from tasks.queries import QUERY_CASES, SEND_REPORT
from tasks.reading_back import READ_BACK_PAGE
from tasks.registered import Registered
from tasks.requests import HTTP_REQUEST

_ALL = (
    HTTP_REQUEST, COMPARE_PAGE, READ_BACK_PAGE, CHECK_HEARTBEAT, CONTENT_FILTER, QUERY_CASES, OVERDUE_CASES,
    SEND_REPORT, SEAL_EVIDENCE,
)  # fmt: skip


def registry() -> Mapping[str, Registered]:
    """All registered work, by name."""
    return {one.name: one for one in _ALL}
