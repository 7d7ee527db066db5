"""blocks.validate, which says what is wrong with blocks without showing them to anybody."""

from typing import Any

from handlers.playground.double import blocks
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.method import Method
from handlers.playground.double.workspace import Workspace

KINDS = frozenset({"blocks", "message", "view"})


def validate(space: Workspace, args: Json) -> Json:
    if len(args) != 1:
        fault = "must provide exactly one of `blocks`, `view`, or `message`"
        raise Refusal("invalid_arguments", faults=[fault])
    [(kind, value)] = args.items()
    if faults := _faults(kind, value):
        told = [_told(kind, fault) for fault in faults]
        raise Refusal(f"invalid_{kind}", errors=told)
    return {}


def _faults(kind: str, value: Any) -> list[str]:
    if kind == "view":
        surface = value.get("type") if isinstance(value, dict) else None
        return blocks.faults_of_view(value, surface if surface in ("modal", "home") else "modal")
    if kind == "message":
        value = value.get("blocks") if isinstance(value, dict) else None
    return blocks.faults_of_message(value)


def _told(kind: str, fault: str) -> Json:
    """A fault as this method tells it: the pointer leads into what was sent."""
    words, _, pointer = fault.rpartition(" [json-pointer:")
    at = pointer.removesuffix("]").removeprefix(f"/{kind}")
    return {"code": "failed_constraint", "message": words, "pointer": at}


METHODS = {"blocks.validate": Method(validate, KINDS)}
