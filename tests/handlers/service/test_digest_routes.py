"""Row R12: what the table says that the informed read in the digest can stand there."""

from bot import changes
from bot.changes import Change
from bot.project import Letter
from bot.routing import ROUTES, Deed, Event
from handlers.service.edits import _CHANGES

BY_CHANGE: dict[Event, type[Change]] = {
    Event.STAGE_BLOCKED: changes.StageMoved,
    Event.STAGE_UNBLOCKED: changes.StageMoved,
    Event.GATE_OPENED: changes.GateAsked,
    Event.GATE_PASSED: changes.StageMoved,
    Event.GATE_OVERRIDDEN: changes.StageMoved,
    Event.STAGE_REOPENED: changes.StageMoved,
    Event.LETTER_GIVEN: changes.RolesChanged,
    Event.LETTER_TAKEN: changes.RolesChanged,
    Event.PERSON_LEFT: changes.RolesChanged,
    Event.SCOPE_CHANGED: changes.ScopeRevised,
    Event.SCOPE_SIGNED: changes.ScopeApproved,
    Event.BLOCKER_GIVEN: changes.BlockerHanded,
}
STANDING = {
    Event.BLOCKER_OLD: "blockers, with their age",
    Event.STAGE_STARTED_UNOWNED: "seats that nobody holds",
    Event.DECISION_KEPT: "decisions",
    Event.MILESTONE_SLIPPED: "milestones",
    Event.RAID_GRAVE: "risks and the like",
    Event.RAID_PAST: "risks and the like",
}
"""What a digest tells of by what stands, not by what was changed."""


def test_r12_what_the_informed_hear_of_is_told_in_digests() -> None:
    informed = {one.event for one in ROUTES if one.to is Letter.I and one.deed is Deed.SHOW}
    assert informed == BY_CHANGE.keys() | STANDING.keys()
    for event, kind in BY_CHANGE.items():
        assert kind.__name__ in _CHANGES, event
