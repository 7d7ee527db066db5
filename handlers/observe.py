"""Logs as JSON lines on stderr: what was handled, for whom, how long it took, what went wrong.

No message text and no token ever stands in a log: payloads are described by their ids alone, and of
an unexpected exception only its kind and the places it came through, since its words may quote
somebody.
"""

import contextvars
import logging
import re
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import Ambiguous, BadInput, CharterError, NotFound, Refused, Unavailable

T = TypeVar("T")

SECRETS = re.compile(
    r"xox[a-z][a-z.]*-[\w.-]+|xapp-[\w-]+|(?<=ticket=)[\w-]+"
    r"|github_pat_\w+|gh[opsu]_[\w.-]{16,}|(?<=Bearer )\S+|(?<=Basic )[\w+/=]{8,}"
    r"|(?<=//)[^\s:/@]+:[^\s@/]+(?=@)|(?<=hooks\.slack\.com/)\S+"
)
QUIET = {"slack_bolt": logging.ERROR, "httpx": logging.WARNING, "httpcore": logging.WARNING}

log = structlog.get_logger("charter")


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Send all logs, those of the libraries too, to `stream` (stderr), one JSON object a line."""
    steps: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _faults,
        _scrubbed,
    ]
    structlog.configure(
        processors=[*steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("charter").setLevel(level.upper())
    handler.addFilter(_is_wanted)


def _is_wanted(record: logging.LogRecord) -> bool:
    """Libraries speak up for errors alone: what they say below that may quote payloads."""
    library = record.name.partition(".")[0]
    return record.levelno >= QUIET.get(library, logging.NOTSET)


def new_id() -> str:
    """A short id for one request; the one that a person is given to report an error with."""
    return secrets.token_hex(4)


def bolt_logger() -> logging.Logger:
    """Bolt's logger, quiet: below errors it quotes whole payloads."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


@contextmanager
def request(request_id: str, body: MutableMapping[str, Any]) -> Iterator[None]:
    """Everything logged inside belongs to this request; ends with one line of how long it took."""
    begun = time.perf_counter()
    with structlog.contextvars.bound_contextvars(request=request_id, **described(body)):
        yield
        log.info("handled", ms=milliseconds(time.perf_counter() - begun))


@contextmanager
def bound(kind: str, **known: str) -> Iterator[None]:
    """Everything logged inside belongs to something that no person brought about, such as a job."""
    with structlog.contextvars.bound_contextvars(request=new_id(), kind=kind, **known):
        yield


def carried(work: Callable[[], T]) -> Callable[[], T]:
    """The same work, for another thread: what it logs belongs to the same request."""
    return partial(contextvars.copy_context().run, work)


KINDS = frozenset(
    {
        "block_actions",
        "block_suggestion",
        "event_callback",
        "interactive_message",
        "message_action",
        "shortcut",
        "view_closed",
        "view_submission",
    }
)


def kind(body: Mapping[str, Any]) -> str:
    """What sort of payload it is, of few; `other` for what Slack does not send by now."""
    if "command" in body:
        return "command"
    named = str(body.get("type"))
    return named if named in KINDS else "other"


def described(body: MutableMapping[str, Any]) -> dict[str, str]:
    """A payload by its kind and ids, without a word that anybody wrote."""
    event = body.get("event") or {}
    actions = body.get("actions") or [{}]
    ids = {
        "kind": "command" if "command" in body else body.get("type"),
        "name": event.get("type") or body.get("command") or actions[0].get("action_id"),
        "form": (body.get("view") or {}).get("callback_id"),
        "event_id": body.get("event_id"),
        "team": _id(body.get("team")) or body.get("team_id"),
        "user": _id(body.get("user")) or body.get("user_id") or _id(event.get("user")),
        "channel": _id(body.get("channel")) or body.get("channel_id") or _id(event.get("channel")),
    }
    return {key: str(value) for key, value in ids.items() if value}


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _id(value: Any) -> str | None:
    return value.get("id") if isinstance(value, dict) else value


def fault(error: BaseException) -> dict[str, Any]:
    """An exception as facts for the log: its kind, its causes, where it came through."""
    chain: list[str] = []
    frames: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 5:
        chain.append(_told(seen))
        frames += [_place(frame) for frame in traceback.extract_tb(seen.__traceback__)[-12:]]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return {"error": chain[0], "causes": chain[1:], "trace": frames}


def refusal(error: CharterError) -> dict[str, str]:
    """A refusal as facts for the log, without the names and texts it is about."""
    facts = {"refusal": type(error).__name__}
    if isinstance(error, (BadInput, Refused)):
        facts["why"] = error.why.value
    elif isinstance(error, (NotFound, Ambiguous, Unavailable)):
        facts["what"] = error.what
    return facts


def _told(error: BaseException) -> str:
    """The kind of an exception; with its words only where these are the machine's own."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, SlackApiError):
        return f"{kind}: {error.response['error']} ({error.response.api_url})"
    if isinstance(error, (OSError, TypeError, AttributeError, NameError, ImportError)):
        return f"{kind}: {error}"
    return kind


def _place(frame: traceback.FrameSummary) -> str:
    parts = Path(frame.filename).parts
    return f"{'/'.join(parts[-3:])}:{frame.lineno} {frame.name}"


def _faults(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception's rendered trace, which quotes its words, by its facts."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event.update(fault(raised))
    return event


def _scrubbed(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take whatever looks like a token, a password in an address or a response_url out."""
    for key, value in event.items():
        event[key] = _without_secrets(value)
    return event


def _without_secrets(value: Any) -> Any:
    match value:
        case str():
            return SECRETS.sub("[hidden]", value)
        case list() | tuple():
            return [_without_secrets(item) for item in value]
        case dict():
            return {key: _without_secrets(item) for key, item in value.items()}
        case _:
            return value
