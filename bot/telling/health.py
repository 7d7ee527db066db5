"""How a project does as somebody says, and that it is done."""

from bot.changes import HealthChange, HealthSet
from bot.condition import Light
from bot.telling.line import Line


def lines(change: HealthChange) -> tuple[Line, ...]:
    if isinstance(change, HealthSet):
        before = _said(change.before, change.before_reason)
        return (Line("health", before, _said(change.after, change.reason)),)
    done = f"yes ({change.why})" if change.why else "yes"
    return (Line("done", *(("no", done) if change.finished else (done, "no"))),)


def _said(light: Light | None, reason: str) -> str:
    if light is None:
        return "as computed"
    return f"{light.words} ({reason})" if reason else light.words
