"""Logs: a token in the path of a request is left out of the server's log, which more people read than should decide."""

import logging
import re
from typing import Final

_TOKEN: Final = re.compile(r"(/d/|/signin/|[?&]of=)(?!link\b|file/)[^\s?\"&]+")


class WithoutTokens(logging.Filter):
    """Puts `…` in place of tokens in what uvicorn logs of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; never drops one."""
        if isinstance(record.args, tuple):
            record.args = tuple(_TOKEN.sub(r"\1…", one) if isinstance(one, str) else one for one in record.args)
        elif isinstance(record.msg, str):
            record.msg = _TOKEN.sub(r"\1…", record.msg)
        return True


def keep_tokens_out() -> None:
    """Filter what uvicorn logs; said twice it does no harm."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, WithoutTokens) for one in logger.filters):
            logger.addFilter(WithoutTokens())
