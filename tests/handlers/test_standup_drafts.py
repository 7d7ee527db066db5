"""A standup that drafts itself, in Slack: boxes to tick, a blocker that carries over three days."""

from handlers.playground.double import Message
from tests.handlers.mornings import Morning
from tests.handlers.talk import typed

MOVED = "Modelling: not started → in progress"


def answered(morning: Morning, said: str, tick: str = "") -> Message:
    """Bea says this of the blocker that stands in her form, and ticks what she is offered."""
    bea = morning.person("bea")
    before = bea.sees()[-1]
    bea.presses(morning.questions("bea")[-1], "Answer")
    fields = list(bea.gets_modal("Standup").values)
    [blocker] = [one for one in fields if one.startswith("blocker-")]
    filled: dict[str, str | list[str]] = {blocker: said}
    if tick:
        filled[next(one for one in fields if one.startswith("tick-"))] = [tick]
    bea.fills(filled)
    assert bea.submits() is None
    noted = bea.hears("Noted", after=before)
    morning.settle()
    return noted


def test_u6_u7_a_draft_is_ticked_and_a_blocker_carries_over_until_it_is_resolved(
    morning: Morning,
) -> None:
    morning.begin("ana")
    ana, bea = morning.person("ana"), morning.person("bea")
    typed(ana, f"raci modelling A @{ana.user.name}")
    typed(ana, f"raci modelling R @{bea.user.name}")
    typed(bea, "stage modelling in progress")
    morning.until("08:31")
    typed(bea, "block modelling: no export")
    answered(morning, "Still there", tick=MOVED)
    for day in (25, 26):
        morning.until("08:31", day=day)
        answered(morning, "Still there")
    morning.until("11:01", day=26)
    first, _, third = morning.reports()
    assert MOVED in first.said
    assert "no export (still there" in first.said
    assert "no export (still there, for the 3rd time, 2 working days)" in third.said
    morning.until("09:00", day=27)
    told = [one.said for one in ana.sees() if "for the third time" in one.said]
    assert len(told) == 1

    noted = answered(morning, "Resolved")
    assert "blocked (no export) → in progress" in noted.said
    bea.presses(noted, "Undo")
    bea.hears("Taken back")
    assert "no export" in typed(bea, "stage modelling").said
    morning.until("11:01", day=27)
    assert "Resolved: no export" in morning.reports()[-1].said
