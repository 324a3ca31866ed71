"""Logs: one line an event on standard error, as text or JSON, also of the libraries; never a secret, never content."""

import logging
import re
import sys
from typing import Any, Final

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from duly.settings_parts import LogSettings

_SHARED: Final[list[Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    structlog.processors.StackInfoRenderer(),
]

_TRACEBACKS: Final = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
"""Tracebacks as JSON without the values of variables, which are shown otherwise: they may hold somebody's facts."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32,}")
"""What is as long as a token, in an address that somebody has asked for."""

_NOISY: Final = ("httpx", "httpcore", "aiosqlite", "asyncio", "mail.log", "alembic", "uvicorn.error")
"""Loggers whose every request or plan is of no interest to an operator."""


def set_up_logs(settings: LogSettings, process: str) -> None:
    """Send structlog and the standard library's logging through one renderer."""
    structlog.contextvars.bind_contextvars(process=process)
    renderers: list[Any] = (
        [_TRACEBACKS, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if settings.format == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_plain)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_not_a_waiting_run)
    handler.addFilter(_without_tokens)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _not_a_waiting_run(record: logging.LogRecord) -> bool:
    """Prefect calls every run that does not complete an error; one that stands and waits for people is none."""
    return not (record.name == "prefect.flow_runs" and "type=SCHEDULED" in record.getMessage())


def _without_tokens(record: logging.LogRecord) -> bool:
    """A link is a key: who reads the log of the requests must not be able to use it."""
    if record.name == "uvicorn.access" and isinstance(record.args, tuple):
        record.args = tuple(_TOKEN.sub("…", one) if isinstance(one, str) else one for one in record.args)
    return True


def _plain(stream: Any, error: Any) -> None:
    # A traceback without the values of variables: they may hold somebody's facts.
    structlog.dev.plain_traceback(stream, error)
