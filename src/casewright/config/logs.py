"""Log lines as one JSON object each, for a machine to read; they carry ids, never names or secrets."""

from __future__ import annotations

import logging
import re

import structlog

# What PostgreSQL adds to an error: the row, the key or the line of a COPY it speaks of, with whatever stands in it.
ROWS = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|QUERY):.*(\n[ \t]+.*)*$", re.MULTILINE)

# A one-time link: whoever reads it in a log could use it before its person does (a refused first password, a 503).
LINKS = re.compile(r"(/sign-in/(?:password/)?)[\w-]{20,}")


def without_links(
    _logger: object, _name: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Leave the token of a one-time link out of every message and traceback."""
    for key in ("event", "exception"):
        if isinstance(line.get(key), str):
            line[key] = LINKS.sub(r"\1…", line[key])
    return line


def without_rows(_logger: object, _name: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Leave the words of rows out of every message and traceback; the constraint's name stays."""
    for key in ("event", "exception"):
        if isinstance(line.get(key), str):
            line[key] = ROWS.sub(r"\1: left out", line[key])
    return line


def formatter() -> logging.Formatter:
    """The formatter of every log line: Django's, the libraries' and our own structlog loggers'."""
    before: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_rows,
            without_links,
            structlog.processors.JSONRenderer(),
        ],
    )
