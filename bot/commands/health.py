"""`health` and `done`: how a project does as a whole."""

from datetime import date

from bot.commands.orders import Order
from bot.commands.reading import reference, with_project, without_project
from bot.commands.words import unwrapped, words
from bot.commands.work import ShowHealth
from bot.condition import Light
from bot.errors import BadInput, Why
from bot.orders import FinishProject, SetHealth

LIGHTS = {
    "green": Light.GREEN,
    "amber": Light.AMBER,
    "yellow": Light.AMBER,
    "red": Light.RED,
}
_AUTO = {"auto", "computed", "automatic"}


def read_health(rest: str, today: date) -> Order:
    head, reason, quoted = _with_reason(rest)
    some, project = without_project(words(head))
    said = some[0].key.rstrip(":") if some else ""
    if said in _AUTO and len(some) == 1:
        return SetHealth(None, "", project)
    if said in LIGHTS and len(some) == 1:
        return SetHealth(LIGHTS[said], reason, project or quoted)
    if some and project is None and not reason:
        return ShowHealth(reference(some, "project"))
    if some:
        raise BadInput(Why.BAD_HEALTH, {"status": said}, field="status")
    return ShowHealth(project)


def read_done(rest: str, today: date) -> Order:
    """`done`, `done Churn Radar because …`, `done off`."""
    head, why, quoted = _with_reason(rest)
    some, project = without_project(words(head))
    if some and some[0].key == "off":
        named = reference(some[1:], "project") if len(some) > 1 else project
        return FinishProject(named, "", finished=False)
    named = reference(some, "project") if some else project
    return FinishProject(named or quoted, why)


def _with_reason(rest: str) -> tuple[str, str, str | None]:
    """What stands before `because`, what after it, and the project quoted at its end."""
    because = next((word for word in words(rest) if word.key == "because"), None)
    if because is None:
        return rest, "", None
    reason, project = with_project(rest[because.end :])
    return rest[: because.start], unwrapped(reason), project
