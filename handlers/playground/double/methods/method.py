"""What a Web API method is, and how it reads its arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Method:
    """`arguments` are all it knows; `required` must be there; `scope` must have
    been granted to the bot; an app-level token serves for sockets by itself."""

    run: Callable[[Workspace, Json], Json]
    arguments: frozenset[str]
    required: tuple[str, ...] = ()
    scope: str = ""
    token: Literal["bot", "app"] = "bot"


def words(args: Json, name: str) -> str:
    """A text argument, "" when absent."""
    value = args.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        fault = f"must be a string [json-pointer:/{name}]"
        raise Refusal("invalid_arguments", faults=[fault])
    return value


def flag(args: Json, name: str, default: bool = False) -> bool:
    """A boolean argument as JSON or as a form writes it."""
    value: Any = args.get(name, default)
    if isinstance(value, str):
        return value.casefold() in ("1", "true")
    return bool(value)


def whole(args: Json, name: str, default: int) -> int:
    """A whole number as JSON or as a form writes it."""
    value: Any = args.get(name, default)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        fault = f"must be an integer [json-pointer:/{name}]"
        raise Refusal("invalid_arguments", faults=[fault])
    return value


def token_kind(space: Workspace, token: str) -> Literal["bot", "app"]:
    """Whose a token is that is good by now."""
    if not token:
        raise Refusal("not_authed")
    if token in space.dead_tokens:
        raise Refusal(space.dead_tokens[token])
    if not space.knows_token(token):
        raise Refusal("invalid_auth")
    ends = space.token_ends.get(token)
    if ends is not None and space.now() >= ends:
        raise Refusal("token_expired")
    return "app" if token == space.app.app_token else "bot"


def demand_scope(space: Workspace, scope: str) -> None:
    if scope and scope not in space.app.scopes:
        provided = ",".join(sorted(space.app.scopes))
        raise Refusal("missing_scope", needed=scope, provided=provided)
