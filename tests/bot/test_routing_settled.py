"""Which messages are looked at again before they go: all that wait for somebody to see to it."""

from bot.routing import ROUTES, Deed, Event, Surface, When
from bot.routing.settled import may_be_settled

NEVER_SETTLED = {
    Event.BLOCKER_TAKEN: "it is somebody else's now, whatever becomes of it",
    Event.STAGE_UNBLOCKED: "tells what became of a blocker",
    Event.GATE_PASSED: "tells that it is done",
    Event.GATE_OVERRIDDEN: "tells what somebody did",
    Event.STAGE_REOPENED: "tells what somebody did",
    Event.LETTER_GIVEN: "that it was taken again is told beside it",
    Event.LETTER_TAKEN: "that it was given again is told beside it",
    Event.PULL_REVIEW: "taken back where the host says that nobody waits for it any more",
    Event.TEAM_REVIEW: "taken back where the host says that nobody waits for it any more",
    Event.MODEL_PROMOTED: "the version is out, whatever becomes of it",
    Event.DELEGATE_LEFT: "they have left, whoever acts instead",
    Event.CONSULTATION_ANSWERED: "tells what somebody said",
    Event.CHANNEL_GONE: "tells what happened to it",
    Event.CHANNEL_RESTS: "tells what happened to it",
    Event.QUESTIONS_OPEN: "its buttons say what was settled meanwhile",
    Event.QUESTIONS_STRAY: "its buttons say what was settled meanwhile",
    Event.QUESTION_CLEARED: "tells that it is answered",
    Event.MILESTONE_SLIPPED: "tells what somebody did",
    Event.OUT_OF_SIGHT: "tells who cannot see it",
    Event.OUT_OF_REACH: "tells who was not reached",
    Event.CHANNEL_OPENED: "what was read cannot be called back",
    Event.CHANNEL_CLOSED: "tells what was",
    Event.DRIFT_SEEN: "asks what somebody did, not who holds the letter",
    Event.NOT_TOLD: "tells who was not told",
}
"""What stays as it is, and why."""


def test_what_can_wait_for_its_readers_hours_is_settled_or_never_is() -> None:
    waits = {
        one.event
        for one in ROUTES
        if one.surface is Surface.DM
        and one.when is not When.AT_ONCE
        and one.deed is not Deed.CONSULT
    }
    assert {event for event in waits if may_be_settled(event)} == waits - set(NEVER_SETTLED)
    assert set(NEVER_SETTLED) <= waits
